using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Members;

public sealed class MemberAccountTests
{
    [Fact]
    public async Task Every_view_of_another_person_s_record_is_audited()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();

        await desk.The<MemberAccounts>().ViewAsync(siti.Id, Actor.Member(siti.Id, siti.Name));
        Assert.DoesNotContain(desk.Db.AuditLines, line => line.Action == "member.viewed");

        await desk.The<MemberAccounts>().ViewAsync(siti.Id, TestLibrary.Librarian);
        var line = await desk.Db.AuditLines.SingleAsync(line => line.Action == "member.viewed");
        Assert.Equal(("Ibu Ratna", $"member:{siti.Id}"), (line.ActorName, line.Subject));
    }

    [Fact]
    public async Task A_member_does_not_see_another_member()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        await using var desk = library.OpenDesk();

        var seen = await desk.The<MemberAccounts>().ViewAsync(siti.Id, Actor.Member(budi.Id, budi.Name));
        var changed = await desk.The<MemberAccounts>().UpdateAsync(siti.Id, People.Budi.Details, Actor.Member(budi.Id, budi.Name));

        Assert.Equal(MemberRefusals.Unknown, seen.Refusal);
        Assert.Equal(MemberRefusals.NotYoursToDecide, changed);
    }

    [Fact]
    public async Task An_identity_number_is_stored_encrypted_shown_masked_and_read_with_a_reason_only()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();

        Assert.Equal("••••••••••••0001", siti.NikMasked);
        Assert.DoesNotContain("1872014101900001", await desk.Db.Members.Select(member => member.NikCipher).SingleAsync(), StringComparison.Ordinal);

        Assert.Equal("input.missing", (await desk.The<MemberAccounts>().RevealNikAsync(siti.Id, "", TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("1872014101900001", (await desk.The<MemberAccounts>().RevealNikAsync(siti.Id, "Laporan ke Dukcapil", TestLibrary.Librarian)).Value);
        Assert.Contains(desk.Db.AuditLines, line => line.Action == "member.nik_revealed" && line.After!.Contains("Dukcapil"));
    }

    [Fact]
    public async Task A_member_updates_their_details_but_not_their_date_of_birth()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();
        var self = Actor.Member(siti.Id, siti.Name);
        var moved = People.Siti.Details with { Address = "Jl. Sudirman 5, Metro" };

        Assert.Null(await desk.The<MemberAccounts>().UpdateAsync(siti.Id, moved, self));
        Assert.Equal(MemberRefusals.NotYoursToDecide, await desk.The<MemberAccounts>().UpdateAsync(siti.Id, moved with { BirthDate = new DateOnly(1991, 1, 1) }, self));

        var line = await desk.Db.AuditLines.SingleAsync(line => line.Action == "member.updated");
        Assert.Contains("Ahmad Yani", line.Before, StringComparison.Ordinal);
        Assert.Contains("Sudirman", line.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_membership_is_renewed_near_its_end_and_loses_no_day()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();
        var accounts = desk.The<MemberAccounts>();
        var self = Actor.Member(siti.Id, siti.Name);

        Assert.Equal("members.renewal_too_early", (await accounts.RenewMembershipAsync(siti.Id, self))?.Code);

        library.Clock.Advance(TimeSpan.FromDays(345));
        Assert.Null(await accounts.RenewMembershipAsync(siti.Id, self));
        Assert.Equal(siti.MembershipEnd!.Value.AddDays(365), (await desk.Db.Members.AsNoTracking().SingleAsync()).MembershipEnd);

        library.Clock.Advance(TimeSpan.FromDays(500));
        Assert.Null(await accounts.RenewMembershipAsync(siti.Id, self));
        Assert.Equal(library.Calendar.Today.AddDays(365), (await desk.Db.Members.AsNoTracking().SingleAsync()).MembershipEnd);
    }

    [Fact]
    public async Task A_suspension_ends_by_itself_or_when_it_is_lifted()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();
        var accounts = desk.The<MemberAccounts>();
        var today = library.Calendar.Today;

        Assert.Null(await accounts.SuspendAsync(siti.Id, today.AddDays(7), "Merusak buku", TestLibrary.Librarian));
        var suspended = await desk.Db.Members.AsNoTracking().SingleAsync();
        Assert.Equal(MemberRefusals.Suspended(today.AddDays(7)), suspended.CannotUseCardOn(today.AddDays(7)));
        Assert.Null(suspended.CannotUseCardOn(today.AddDays(8)));

        Assert.Null(await accounts.LiftSuspensionAsync(siti.Id, "Sudah diganti", TestLibrary.Librarian));
        Assert.Null((await desk.Db.Members.AsNoTracking().SingleAsync()).CannotUseCardOn(today));
        Assert.Equal(MemberRefusals.NotSuspended, await accounts.LiftSuspensionAsync(siti.Id, "Sudah diganti", TestLibrary.Librarian));
    }

    [Fact]
    public async Task A_lost_card_is_replaced_by_one_with_another_barcode()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();

        var barcode = (await desk.The<MemberAccounts>().ReplaceCardAsync(siti.Id, TestLibrary.Librarian)).Value;

        Assert.NotEqual(siti.Barcode, barcode);
        Assert.True(CardBarcode.IsValid(barcode));
    }

    [Fact]
    public async Task The_desk_finds_people_by_the_beginning_of_the_name_without_accents_or_by_card()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.JoinAsync(People.AGrownUp("Désirée Ayu", "1872014101900009"));
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();

        Assert.Equal("Désirée Ayu", Assert.Single(await desk.The<MemberAccounts>().FindAsync("desi", TestLibrary.Librarian)).Name);
        Assert.Equal(siti.Id, Assert.Single(await desk.The<MemberAccounts>().FindAsync(siti.Barcode!, TestLibrary.Librarian)).Id);
        Assert.Empty(await desk.The<MemberAccounts>().FindAsync("s", TestLibrary.Librarian));
        Assert.Equal(2, await desk.Db.AuditLines.CountAsync(line => line.Action == "member.searched"));
    }
}

/// <summary>DOMAIN.md rule 10.</summary>
public sealed class GuardianTests
{
    [Fact]
    public async Task A_guardian_decides_for_a_child_and_a_child_does_not()
    {
        await using var library = await TestLibrary.OpenAsync();
        var dewi = await library.JoinAsync(People.AGrownUp("Dewi Lestari", "1872014101850004"));
        var ani = await library.JoinAsync(People.Ani with { Guardian = People.Ani.Guardian! with { MemberId = dewi.Id } });
        await using var desk = library.OpenDesk();
        var consents = desk.The<Consents>();
        var photographs = new ConsentGiven(ConsentPurpose.Photographs, "Dicentang di akun, 5 Januari 2026");

        Assert.Equal(MemberRefusals.NotYoursToDecide, await consents.GiveAsync(ani.Id, photographs, Actor.Member(ani.Id, ani.Name)));
        Assert.Null(await consents.GiveAsync(ani.Id, photographs, Actor.Member(dewi.Id, dewi.Name)));

        var consent = await desk.Db.Consents.SingleAsync(consent => consent.Purpose == ConsentPurpose.Photographs);
        Assert.Equal(("Dewi Lestari", true, library.Calendar.Now), (consent.GivenBy, consent.ByGuardian, consent.GivenAt));
    }

    [Fact]
    public async Task Each_consent_is_withdrawn_by_itself_and_what_was_given_can_still_be_proved()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani with
        {
            Consents = [.. People.Ani.Consents!, new ConsentGiven(ConsentPurpose.Photographs, "Formulir 17/2026, butir 2")],
        });
        await using var desk = library.OpenDesk();
        var consents = desk.The<Consents>();

        Assert.Null(await consents.WithdrawAsync(ani.Id, ConsentPurpose.Photographs, TestLibrary.Librarian));

        Assert.False(await consents.HasAsync(ani.Id, ConsentPurpose.Photographs));
        Assert.True(await consents.HasAsync(ani.Id, ConsentPurpose.Membership));
        Assert.Equal("Formulir 17/2026, butir 2", (await desk.Db.Consents.SingleAsync(consent => consent.WithdrawnAt != null)).Evidence);
        Assert.Equal(MemberRefusals.NoSuchConsent, await consents.WithdrawAsync(ani.Id, ConsentPurpose.Photographs, TestLibrary.Librarian));
    }

    [Fact]
    public async Task At_eighteen_control_moves_to_the_member_on_the_birthday_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        var dewi = await library.JoinAsync(People.AGrownUp("Dewi Lestari", "1872014101850004"));
        var ani = await library.JoinAsync(People.Ani with
        {
            Details = People.Ani.Details with { BirthDate = new DateOnly(2008, 1, 10) },
            Guardian = People.Ani.Guardian! with { MemberId = dewi.Id },
            Consents = [.. People.Ani.Consents!, new ConsentGiven(ConsentPurpose.Photographs, "Formulir 17/2026, butir 2")],
        });
        await using var desk = library.OpenDesk();
        var (self, mother) = (Actor.Member(ani.Id, ani.Name), Actor.Member(dewi.Id, dewi.Name));
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 9, 16, 59, 59, TimeSpan.Zero));
        Assert.Equal((false, true), (await MayDecide(self), await MayDecide(mother)));
        Assert.Equal(0, await desk.The<Guardians>().ComeOfAgeAsync());

        library.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((true, false), (await MayDecide(self), await MayDecide(mother)));
        Assert.Equal(1, await desk.The<Guardians>().ComeOfAgeAsync());
        Assert.Equal(0, await desk.The<Guardians>().ComeOfAgeAsync());
        Assert.False(await desk.The<Consents>().HasAsync(ani.Id, ConsentPurpose.Photographs));
        Assert.Equal(MemberCategory.Adult, (await desk.Db.Members.AsNoTracking().SingleAsync(member => member.Id == ani.Id)).Category);
        Assert.Contains(desk.Db.OutboxMessages, message => message.Kind == "members.came_of_age" && message.MemberId == ani.Id);

        async Task<bool> MayDecide(Actor actor) =>
            await desk.The<Guardians>().MayDecideForAsync(actor, await desk.Db.Members.AsNoTracking().SingleAsync(member => member.Id == ani.Id));
    }
}

/// <summary>DOMAIN.md rule 11, as far as the member's record itself goes.</summary>
public sealed class MemberPrivacyTests
{
    [Fact]
    public async Task A_member_downloads_everything_that_is_kept_about_them_and_nobody_else_does()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        await using var desk = library.OpenDesk();

        var download = (await desk.The<MemberPrivacy>().ExportAsync(siti.Id, Actor.Member(siti.Id, siti.Name))).Value;

        Assert.Contains("Siti Rahayu", download, StringComparison.Ordinal);
        Assert.Contains("1872014101900001", download, StringComparison.Ordinal);
        Assert.DoesNotContain("Budi", download, StringComparison.Ordinal);
        Assert.DoesNotContain("nikCipher", download, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(MemberRefusals.Unknown, (await desk.The<MemberPrivacy>().ExportAsync(siti.Id, Actor.Member(budi.Id, budi.Name))).Refusal);
    }

    [Fact]
    public async Task An_erased_member_leaves_no_trace_of_who_they_were()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        await using var desk = library.OpenDesk();
        await desk.The<MemberAccounts>().SuspendAsync(siti.Id, library.Calendar.Today, "Siti merusak buku", TestLibrary.Librarian);
        await desk.The<MemberAccounts>().ViewAsync(siti.Id, TestLibrary.Librarian);

        Assert.Null(await desk.The<MemberPrivacy>().EraseAsync(siti.Id, Actor.Member(siti.Id, siti.Name)));

        Assert.Empty(desk.Db.OutboxMessages);
        Assert.Empty(desk.Db.Suspensions);
        Assert.DoesNotContain(desk.Db.AuditLines.AsNoTracking().AsEnumerable(), line => (line.Before + line.After + line.ActorName).Contains("Siti", StringComparison.Ordinal));
        var member = await desk.Db.Members.AsNoTracking().SingleAsync();
        Assert.Equal((MemberStatus.Erased, null, null, null), (member.Status, member.Email, member.BirthDate, member.NikFingerprint));
    }

    [Fact]
    public async Task Duplicates_are_merged_and_the_old_card_stops_working()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var twin = await library.JoinAsync(People.AGrownUp("Siti Rahayu S.", "1872014101900008"));
        var other = await library.JoinAsync(People.AGrownUp("Siti R.", "1872014101900007") with
        {
            Details = People.Siti.Details with { BirthDate = new DateOnly(1991, 5, 5) },
        });
        await using var desk = library.OpenDesk();
        var privacy = desk.The<MemberPrivacy>();

        Assert.Null(await privacy.MergeAsync(siti.Id, twin.Id, TestLibrary.Librarian));
        Assert.Equal(MemberRefusals.CannotMerge, await privacy.MergeAsync(siti.Id, twin.Id, TestLibrary.Librarian));
        Assert.Equal(MemberRefusals.CannotMerge, await privacy.MergeAsync(siti.Id, siti.Id, TestLibrary.Librarian));
        Assert.Equal(MemberRefusals.DifferentPeople, await privacy.MergeAsync(siti.Id, other.Id, TestLibrary.Librarian));

        var merged = await desk.Db.Members.AsNoTracking().SingleAsync(member => member.Id == twin.Id);
        Assert.Equal((MemberStatus.Merged, siti.Id), (merged.Status, merged.MergedIntoId));
        Assert.Equal(MemberRefusals.NotAMember, merged.CannotUseCardOn(library.Calendar.Today));
    }
}
