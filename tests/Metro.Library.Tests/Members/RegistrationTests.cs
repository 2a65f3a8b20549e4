using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Members;

public sealed class RegistrationTests
{
    [Fact]
    public async Task An_application_online_is_no_membership_until_it_is_reviewed()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        var id = (await desk.The<Registrations>().ApplyAsync(People.Siti)).Value;

        var waiting = Assert.Single(await desk.The<Registrations>().AwaitingReviewAsync(0, 10));
        Assert.Equal(id, waiting.Id);
        Assert.Null(waiting.CardNumber);
        Assert.Equal(MemberRefusals.AwaitingReview, waiting.CannotUseCardOn(library.Calendar.Today));
    }

    [Fact]
    public async Task An_approved_applicant_gets_a_card_for_365_days_and_a_message()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var id = (await desk.The<Registrations>().ApplyAsync(People.Siti)).Value;

        var member = (await desk.The<Registrations>().ApproveAsync(id, TestLibrary.Librarian)).Value;

        Assert.Equal("MTR-000001", member.CardNumber);
        Assert.True(CardBarcode.IsValid(member.Barcode));
        Assert.Equal(library.Calendar.Today.AddDays(365), member.MembershipEnd);
        Assert.Null(member.CannotUseCardOn(library.Calendar.Today));
        Assert.Equal("members.welcome", Assert.Single(desk.Db.OutboxMessages).Kind);
        Assert.Contains(desk.Db.AuditLines, line => line.Action == "member.accepted");
    }

    [Fact]
    public async Task An_application_is_decided_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var id = (await desk.The<Registrations>().ApplyAsync(People.Siti)).Value;
        await desk.The<Registrations>().DeclineAsync(id, "Alamat tidak jelas", TestLibrary.Librarian);

        var approval = await desk.The<Registrations>().ApproveAsync(id, TestLibrary.Librarian);

        Assert.Equal(MemberRefusals.AlreadyReviewed, approval.Refusal);
        Assert.Equal("members.declined", Assert.Single(desk.Db.OutboxMessages).Kind);
    }

    [Fact]
    public async Task A_declined_application_is_forgotten_after_a_month()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var id = (await desk.The<Registrations>().ApplyAsync(People.Siti)).Value;
        await desk.The<Registrations>().DeclineAsync(id, "Alamat tidak jelas", TestLibrary.Librarian);

        Assert.Equal(0, await desk.The<MemberPrivacy>().ForgetDeclinedAsync());
        library.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await desk.The<MemberPrivacy>().ForgetDeclinedAsync());

        var member = await desk.Db.Members.AsNoTracking().SingleAsync();
        Assert.Equal(MemberStatus.Erased, member.Status);
        Assert.DoesNotContain("Siti", member.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_identity_card_does_not_make_two_members()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();

        var again = await desk.The<Registrations>().RegisterAtDeskAsync(People.Siti, TestLibrary.Librarian);

        Assert.Equal("members.nik_known", again.Refusal?.Code);
        Assert.Equal(1, await desk.Db.Members.CountAsync());
    }

    [Fact]
    public async Task Many_applicants_approved_at_once_get_different_cards()
    {
        await using var library = await TestLibrary.OpenAsync();

        var cards = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
            (await library.JoinAsync(People.AGrownUp($"Anggota {i}", $"187201010190{i + 1000}"))).CardNumber)));

        Assert.Equal(40, cards.Distinct().Count());
    }

    [Fact]
    public async Task A_child_s_card_needs_a_guardian_s_consent_with_evidence()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var registrations = desk.The<Registrations>();

        Assert.Equal(MemberRefusals.GuardianNeeded, (await registrations.ApplyAsync(People.Ani with { Guardian = null })).Refusal);
        Assert.Equal(MemberRefusals.ConsentNeeded, (await registrations.ApplyAsync(People.Ani with { Consents = [] })).Refusal);
        Assert.Equal(MemberRefusals.ConsentNeeded,
            (await registrations.ApplyAsync(People.Ani with { Consents = [new ConsentGiven(ConsentPurpose.Photographs, "Formulir 18/2026")] })).Refusal);
        Assert.Equal(MemberRefusals.EvidenceNeeded,
            (await registrations.ApplyAsync(People.Ani with { Consents = [new ConsentGiven(ConsentPurpose.Membership, " ")] })).Refusal);
        Assert.Equal(MemberRefusals.GuardianUnreachable,
            (await registrations.ApplyAsync(People.Ani with { Guardian = new GuardianDetails("Dewi", "ibu") })).Refusal);
        Assert.True((await registrations.ApplyAsync(People.Ani)).Succeeded);
    }

    [Fact]
    public async Task A_grown_up_gets_no_child_s_card_and_a_child_no_grown_up_s()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        var child = await desk.The<Registrations>().ApplyAsync(People.Ani with { Category = MemberCategory.Adult });
        var grownUp = await desk.The<Registrations>().ApplyAsync(People.Siti with { Category = MemberCategory.Child });

        Assert.Equal("members.category_does_not_fit_age", child.Refusal?.Code);
        Assert.Equal("members.category_does_not_fit_age", grownUp.Refusal?.Code);
    }

    [Fact]
    public async Task A_school_joins_with_its_NPSN_and_a_person_to_speak_to()
    {
        await using var library = await TestLibrary.OpenAsync();

        var school = await library.JoinAsync(People.ASchool);

        Assert.False(school.IsPerson);
        await using var desk = library.OpenDesk();
        var details = People.ASchool.Details;
        Assert.Equal(MemberRefusals.NpsnNeeded, (await desk.The<Registrations>().ApplyAsync(People.ASchool with { Details = details with { Npsn = "12" } })).Refusal);
        Assert.Equal("input.missing", (await desk.The<Registrations>().ApplyAsync(People.ASchool with { Details = details with { ContactPerson = null } })).Refusal?.Code);
    }

    public static TheoryData<string, MembershipApplication> BadInput => new()
    {
        { "input.missing", People.Siti with { Details = People.Siti.Details with { Name = " " } } },
        { "input.not_a_name", People.Siti with { Details = People.Siti.Details with { Name = "🙂🙃" } } },
        { "input.too_long", People.Siti with { Details = People.Siti.Details with { Address = new string('a', 10_000_000) } } },
        { "input.unreadable", People.Siti with { Details = People.Siti.Details with { Name = "Siti\0" } } },
        { "input.unreadable", People.Siti with { Details = People.Siti.Details with { Name = "Siti \ud83d" } } },
        { "input.date_out_of_range", People.Siti with { Details = People.Siti.Details with { BirthDate = new DateOnly(1066, 10, 14) } } },
        { "input.date_out_of_range", People.Siti with { Details = People.Siti.Details with { BirthDate = new DateOnly(2030, 1, 1) } } },
        { "input.missing", People.Siti with { Details = People.Siti.Details with { BirthDate = null } } },
        { "input.not_an_email", People.Siti with { Details = People.Siti.Details with { Email = "siti at example" } } },
        { "input.not_a_phone", People.Siti with { Details = People.Siti.Details with { Phone = "twelve" } } },
        { "members.not_a_nik", People.Siti with { Nik = "123" } },
        { "members.nik_needed", People.Siti with { Nik = null } },
        { "members.unknown_language", People.Siti with { Language = "jv" } },
        { "input.unreadable", People.Siti with { Category = (MemberCategory)99 } },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Bad_input_is_refused_and_leaves_nothing(string code, MembershipApplication application)
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        var outcome = await desk.The<Registrations>().ApplyAsync(application);

        Assert.Equal(code, outcome.Refusal?.Code);
        Assert.Empty(desk.Db.Members);
    }
}

public sealed class NikTests
{
    [Theory]
    [InlineData("1872010101900002")]
    [InlineData("18.72.01 410190-0001")]
    [InlineData("3171012902000001")]
    public void Sixteen_digits_of_a_plausible_place_and_birth_are_a_NIK(string text) => Assert.True(Nik.TryParse(text, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("187201010190000")]
    [InlineData("18720101019000022")]
    [InlineData("0072010101900002")]
    [InlineData("1872013202900002")]
    [InlineData("1872013002900002")]
    [InlineData("1872010113900002")]
    [InlineData("1872010101900000")]
    [InlineData("187201010190000x")]
    [InlineData("١٨٧٢٠١٠١٠١٩٠٠٠٠٢")]
    public void Anything_else_is_not(string? text) => Assert.False(Nik.TryParse(text, out _));

    [Fact]
    public void It_shows_its_last_four_digits_only()
    {
        Assert.True(Nik.TryParse("1872010101900002", out var nik));

        Assert.Equal("••••••••••••0002", nik.ToString());
    }

    [Fact]
    public void A_woman_s_day_of_birth_has_forty_added()
    {
        Assert.True(Nik.TryParse("1872014101900001", out var nik));

        Assert.True(nik.IsOfSomeoneBornOn(new DateOnly(1990, 1, 1)));
        Assert.False(nik.IsOfSomeoneBornOn(new DateOnly(1990, 1, 2)));
    }
}

public sealed class CardBarcodeTests
{
    [Fact]
    public void It_has_fourteen_digits_and_begins_with_two() => Assert.Equal("2187200000042", CardBarcode.Of("1872", 42)[..13]);

    [Fact]
    public void One_wrong_digit_or_two_swapped_neighbours_are_noticed()
    {
        var barcode = CardBarcode.Of("1872", 12_345_678);
        Assert.True(CardBarcode.IsValid(barcode));

        for (var i = 1; i < barcode.Length; i++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != barcode[i]) Assert.False(CardBarcode.IsValid(barcode[..i] + digit + barcode[(i + 1)..]));

        Assert.False(CardBarcode.IsValid(barcode[..6] + barcode[7] + barcode[6] + barcode[8..]) && barcode[6] != barcode[7]);
    }
}

public sealed class PersonalDataTests
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void What_is_protected_reads_back_for_its_purpose_only()
    {
        var protector = new AesGcmPersonalDataProtector(Old);
        var cipher = protector.Protect("1872010101900002", "member.nik");

        Assert.DoesNotContain("1872010101900002", cipher, StringComparison.Ordinal);
        Assert.Equal("1872010101900002", protector.Unprotect(cipher, "member.nik"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => protector.Unprotect(cipher, "other"));
    }

    [Fact]
    public void The_same_text_is_protected_differently_each_time_but_has_one_fingerprint()
    {
        var protector = new AesGcmPersonalDataProtector(Old);

        Assert.NotEqual(protector.Protect("a", "p"), protector.Protect("a", "p"));
        Assert.Equal(protector.Fingerprint("a", "p"), protector.Fingerprint("a", "p"));
        Assert.NotEqual(protector.Fingerprint("a", "p"), new AesGcmPersonalDataProtector(New).Fingerprint("a", "p"));
    }

    [Fact]
    public void After_a_change_of_keys_the_old_can_be_read_and_duplicates_are_still_found()
    {
        var before = new AesGcmPersonalDataProtector(Old);
        var after = new AesGcmPersonalDataProtector(New, Old);

        Assert.Equal("a", after.Unprotect(before.Protect("a", "p"), "p"));
        Assert.Equal(before.Fingerprint("a", "p"), after.Fingerprint("a", "p"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => before.Unprotect(after.Protect("a", "p"), "p"));
    }

    [Fact]
    public void The_key_file_is_made_once_and_read_by_nobody_else()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var settings = new MemberSettings { PersonalDataKeyFile = file };
            var cipher = AesGcmPersonalDataProtector.FromSettings(settings).Protect("a", "p");

            Assert.Equal("a", AesGcmPersonalDataProtector.FromSettings(settings).Unprotect(cipher, "p"));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Somebody_and_their_child_apply_together_and_the_guardian_acts_for_the_child()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        var guardianId = (await desk.The<Registrations>().ApplyWithChildAsync(People.Siti, People.Ani)).Value;

        var child = await desk.Db.Members.SingleAsync(member => member.Category == MemberCategory.Child);
        Assert.True(await desk.The<Guardians>().MayDecideForAsync(Actor.Member(guardianId, "Siti Rahayu"), child));
        Assert.All(await desk.Db.Members.ToListAsync(), member => Assert.Equal(MemberStatus.Applied, member.Status));
    }

    [Fact]
    public async Task Where_the_child_s_application_is_refused_the_guardian_s_is_not_kept_either()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        var refused = await desk.The<Registrations>().ApplyWithChildAsync(People.Siti, People.Ani with { Consents = [] });

        Assert.Equal(MemberRefusals.ConsentNeeded, refused.Refusal);
        Assert.Equal(0, await desk.Db.Members.CountAsync());
    }

    [Fact]
    public async Task A_guardian_who_applies_again_for_the_same_child_has_applied_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();
        var ani = People.Ani with { Guardian = People.Ani.Guardian! with { MemberId = siti.Id } };

        var first = (await desk.The<Registrations>().ApplyAsync(ani)).Value;
        var second = (await desk.The<Registrations>().ApplyAsync(ani)).Value;

        Assert.Equal(first, second);
        Assert.Equal(2, await desk.Db.Members.CountAsync());
    }

    [Fact]
    public async Task Where_the_library_asks_for_no_review_an_applicant_is_a_member_at_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Settings.Members.ReviewApplications = false;
        await using var desk = library.OpenDesk();

        var id = (await desk.The<Registrations>().ApplyAsync(People.Siti)).Value;

        Assert.Equal(MemberStatus.Active, (await desk.Db.Members.SingleAsync(member => member.Id == id)).Status);
    }

    [Fact]
    public async Task A_card_and_the_day_of_birth_name_a_member_of_age_who_can_be_written_to()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, ani) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Ani));
        await using var desk = library.OpenDesk();
        var accounts = desk.The<MemberAccounts>();

        Assert.Equal(siti.Id, (await accounts.FindForAccountAsync($" {siti.CardNumber!.ToLowerInvariant()} ", siti.BirthDate!.Value))?.Id);
        Assert.Null(await accounts.FindForAccountAsync(siti.CardNumber, siti.BirthDate.Value.AddDays(1)));
        Assert.Null(await accounts.FindForAccountAsync(ani.CardNumber, ani.BirthDate!.Value));
    }
}
