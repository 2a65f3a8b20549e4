using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Desk;

/// <summary>What the staff do with a member's record.</summary>
public sealed class MemberFileTests(DeskPortal desk) : IClassFixture<DeskPortal>
{
    private static readonly Actor Clerk = Actor.System("test");

    private static CancellationToken Stop => DeskPortal.Stop;

    [Fact]
    public async Task A_member_is_found_by_card_telephone_address_and_any_word_of_the_name()
    {
        var member = await desk.AMemberAsync("Khairunnisa Larasati");

        foreach (var text in (string[])[member.CardNumber!, member.Barcode!, "+62" + member.Phone!.Replace(" ", "", StringComparison.Ordinal)[1..], member.Email!, "khairun", "larasati"])
        {
            using var found = await desk.Librarian.GetAsync($"/desk/members?q={Uri.EscapeDataString(text)}", Stop);
            Assert.Equal($"/desk/members/{member.Id}", found.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task Opening_a_file_is_audited_and_a_file_that_is_not_there_is_not_found()
    {
        var member = await desk.AMemberAsync();

        Assert.Contains(member.CardNumber!, await PageAsync($"/desk/members/{member.Id}"), StringComparison.Ordinal);

        Assert.True(await desk.DoAsync<LibraryDbContext, bool>(db => db.AuditLines.AnyAsync(line => line.Action == "member.viewed" && line.Subject == $"member:{member.Id}", Stop)));
        using var nobody = await desk.Librarian.GetAsync("/desk/members/999999", Stop);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task Registering_says_beside_each_question_what_is_wrong_and_keeps_what_was_typed()
    {
        using var refused = await DeskPortal.SendAsync(desk.Librarian, "/desk/members/new", "/desk/members/new",
            ("Form.Name", "Budi Santoso"), ("Form.Category", "Adult"), ("Form.BirthDate", "1990-01-01"), ("Form.Nik", "123"), ("Form.Language", "id"));
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"Form-Nik-fault\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Budi Santoso\"", page, StringComparison.Ordinal);

        using var done = await DeskPortal.SendAsync(desk.Librarian, "/desk/members/new", "/desk/members/new",
            ("Form.Name", "Budi Santoso"), ("Form.Category", "Adult"), ("Form.BirthDate", "1990-01-01"), ("Form.Nik", "1872010101909876"), ("Form.Language", "id"));
        Assert.EndsWith("/card", done.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("class=\"barcode\"", await PageAsync(done.Headers.Location.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_links_a_child_with_the_card_of_a_guardian_who_joined_later()
    {
        var (guardian, child) = (await desk.AMemberAsync("Ibu Ratna"), (await desk.DoAsync<Registrations, Outcome<Member>>(one => one.RegisterAtDeskAsync(
            new MembershipApplication(
                new MemberDetails("Rara", new DateOnly(2016, 3, 1)), MemberCategory.Child, "1872010103169871", Guardian: new GuardianDetails("Ratna", "ibu", "0812 1111 2222"),
                Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 9")]), Clerk, Stop))).Value);
        var path = $"/desk/members/{child.Id}/guardian";
        Assert.Contains("0812 1111 2222", await PageAsync($"/desk/members/{child.Id}"), StringComparison.Ordinal);

        using (var unknown = await DeskPortal.SendAsync(desk.Librarian, path, path, ("Card", "MTR-999999"), ("Relation", "ibu")))
        {
            var page = WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync(Stop));
            Assert.Contains("id=\"Card-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"MTR-999999\"", page, StringComparison.Ordinal);
        }

        using (var linked = await DeskPortal.SendAsync(desk.Librarian, path, path, ("Card", guardian.CardNumber!), ("Relation", "ibu"))) Assert.Equal(HttpStatusCode.Redirect, linked.StatusCode);

        Assert.Contains($"/desk/members/{guardian.Id}", await PageAsync($"/desk/members/{child.Id}"), StringComparison.Ordinal);
        Assert.Equal(guardian.Id, await desk.DoAsync<LibraryDbContext, long?>(db => db.Guardianships.Where(one => one.ChildId == child.Id && one.EndedAt == null).Select(one => one.GuardianId).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_fine_is_paid_once_however_often_the_form_is_sent_and_the_rest_is_let_go_with_a_reason()
    {
        var (member, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));
        var loan = (await desk.DoAsync<CirculationDesk, Outcome<CheckedOut>>(one => one.CheckOutAsync(member.CardNumber!, copies[0], 1, Clerk, Stop))).Value.LoanId;
        var fine = (await desk.DoAsync<FinesLedger, Outcome<Fine>>(one => one.AssessDamageAsync(loan, 10_000, "Sampul robek", Clerk, Stop))).Value.Id;
        var path = $"/desk/members/{member.Id}/fines";

        for (var i = 0; i < 2; i++)
            using (await SendAsync(path, "Pay", ("fine", fine), ("amount", "6000"), ("method", "Cash"), ("requestKey", $"kunci-{fine}"))) { }
        Assert.Contains("kuitansi K-2026-", await PageAsync(path), StringComparison.Ordinal);
        using (await SendAsync(path, "Waive", ("fine", fine), ("amount", "4000"), ("reason", " "))) { }
        Assert.Contains("Rp4.000", await PageAsync(path), StringComparison.Ordinal);
        using (await SendAsync(path, "Waive", ("fine", fine), ("amount", "4000"), ("reason", "Buku sudah tua"))) { }

        Assert.Equal(0, await desk.DoAsync<LibraryDbContext, int>(db => db.Fines.Where(one => one.Id == fine).Select(one => one.Outstanding).SingleAsync(Stop)));
        Assert.Equal(1, await desk.DoAsync<LibraryDbContext, int>(db => db.FinePayments.CountAsync(one => one.FineId == fine, Stop)));
        var other = await desk.AMemberAsync();
        using var elsewhere = await SendAsync($"/desk/members/{other.Id}/fines", "Pay", ("fine", fine), ("amount", "1"), ("method", "Cash"), ("requestKey", "x"));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_copy_that_is_said_to_be_back_is_looked_for_and_counts_from_that_day_when_it_is_found()
    {
        var (member, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));
        var loan = (await desk.DoAsync<CirculationDesk, Outcome<CheckedOut>>(one => one.CheckOutAsync(member.CardNumber!, copies[0], 1, Clerk, Stop))).Value.LoanId;

        using (await SendAsync($"/desk/members/{member.Id}", "Claim", ("loan", loan))) { }
        Assert.Contains(copies[0], await PageAsync("/desk/lists/claimed"), StringComparison.Ordinal);
        using (await SendAsync($"/desk/members/{member.Id}", "Found", ("barcode", copies[0]), ("claimed", "2026-01-05"))) { }

        Assert.Equal(new DateOnly(2026, 1, 5), await desk.DoAsync<LibraryDbContext, DateOnly?>(db => db.Loans.Where(one => one.Id == loan).Select(one => one.ReturnedOn).SingleAsync(Stop)));
        Assert.DoesNotContain(copies[0], await PageAsync("/desk/lists/claimed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_are_written_shown_at_the_top_and_removed()
    {
        var member = await desk.AMemberAsync();

        using (await SendAsync($"/desk/members/{member.Id}", "Note", ("Note", "Kartu ditinggal di laci"))) { }
        Assert.Contains("Kartu ditinggal di laci", await PageAsync($"/desk/members/{member.Id}"), StringComparison.Ordinal);
        using var empty = await SendAsync($"/desk/members/{member.Id}", "Note", ("Note", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var note = await desk.DoAsync<LibraryDbContext, long>(db => db.MemberNotes.Where(one => one.MemberId == member.Id).Select(one => one.Id).SingleAsync(Stop));
        using (await SendAsync($"/desk/members/{member.Id}", "RemoveNote", ("note", note))) { }

        Assert.False(await desk.DoAsync<LibraryDbContext, bool>(db => db.MemberNotes.AnyAsync(one => one.MemberId == member.Id, Stop)));
    }

    [Fact]
    public async Task An_application_is_approved_with_a_card_or_declined_with_a_reason_that_goes_into_the_letter()
    {
        var (wanted, unwanted) = (await ApplyAsync("Joko Lamaran", "1872010101905551"), await ApplyAsync("Tono Lamaran", "1872010101905552"));
        Assert.Contains("Joko Lamaran", await PageAsync("/desk/applications"), StringComparison.Ordinal);

        using (await SendAsync($"/desk/applications/{wanted}", "Approve")) { }
        using var silent = await SendAsync($"/desk/applications/{unwanted}", "Decline", ("Reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using (await SendAsync($"/desk/applications/{unwanted}", "Decline", ("Reason", "Foto KTP tidak terbaca"))) { }

        Assert.Equal(MemberStatus.Active, await StatusAsync(wanted));
        Assert.Equal(MemberStatus.Declined, await StatusAsync(unwanted));
        Assert.Contains("Foto KTP", await desk.DoAsync<LibraryDbContext, string>(db => db.OutboxMessages.Where(one => one.MemberId == unwanted && one.Kind == "members.declined").Select(one => one.Payload).SingleAsync(Stop)), StringComparison.Ordinal);
        using var twice = await SendAsync($"/desk/applications/{wanted}", "Approve");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task A_member_is_suspended_and_let_borrow_again_with_reasons()
    {
        var member = await desk.AMemberAsync();
        var path = $"/desk/members/{member.Id}/standing";

        using var dateless = await SendAsync(path, "Suspend", ("Reason", "Ribut"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, dateless.StatusCode);
        using (await SendAsync(path, "Suspend", ("Through", "2026-01-20"), ("Reason", "Ribut di ruang baca"))) { }
        Assert.Contains("Belum boleh meminjam", await PageAsync($"/desk?member={member.Id}"), StringComparison.Ordinal);
        using (await SendAsync(path, "Lift", ("Reason", "Sudah minta maaf"))) { }

        Assert.DoesNotContain("Belum boleh meminjam", await PageAsync($"/desk?member={member.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clearance_is_refused_while_a_copy_is_out_and_then_printed()
    {
        var (member, copies) = (await desk.AMemberAsync(), await desk.CopiesAsync(1));
        Assert.True((await desk.DoAsync<CirculationDesk, Outcome<CheckedOut>>(one => one.CheckOutAsync(member.CardNumber!, copies[0], 1, Clerk, Stop))).Succeeded);
        var path = $"/desk/members/{member.Id}/standing";

        using var refused = await SendAsync(path, "Clear");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.True((await desk.DoAsync<CirculationDesk, Outcome<CheckedIn>>(one => one.CheckInAsync(copies[0], 1, Clerk, stop: Stop))).Succeeded);
        using var given = await SendAsync(path, "Clear");

        var letter = await PageAsync(given.Headers.Location!.OriginalString);
        Assert.Contains("/BP/2026", letter, StringComparison.Ordinal);
        Assert.Contains("tidak mempunyai pinjaman", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_are_compared_before_one_becomes_the_other()
    {
        var (kept, twice, copies) = (await desk.AMemberAsync("Siti Aminah"), await desk.AMemberAsync("Siti Aminah R."), await desk.CopiesAsync(1));
        Assert.True((await desk.DoAsync<CirculationDesk, Outcome<CheckedOut>>(one => one.CheckOutAsync(twice.CardNumber!, copies[0], 1, Clerk, Stop))).Succeeded);
        var path = $"/desk/members/{kept.Id}/merge?with={twice.CardNumber}";

        var compared = await PageAsync(path);
        Assert.Contains(kept.CardNumber!, compared, StringComparison.Ordinal);
        Assert.Contains("Yang pindah: 1 pinjaman", compared, StringComparison.Ordinal);
        using (await DeskPortal.SendAsync(desk.Librarian, path, $"/desk/members/{kept.Id}/merge", ("With", twice.CardNumber!))) { }

        Assert.Contains(copies[0], await PageAsync($"/desk/members/{kept.Id}"), StringComparison.Ordinal);
        Assert.Equal(MemberStatus.Merged, await StatusAsync(twice.Id));
    }

    [Fact]
    public async Task Nobody_is_erased_by_a_slip_of_the_hand()
    {
        var member = await desk.AMemberAsync();
        var path = $"/desk/members/{member.Id}/standing";

        using var slip = await SendAsync(path, "Erase");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, slip.StatusCode);
        using (await SendAsync(path, "Erase", ("Sure", "true"))) { }

        Assert.Equal(MemberStatus.Erased, await StatusAsync(member.Id));
    }

    [Theory]
    [InlineData("/desk/lists"), InlineData("/desk/lists/to-pull"), InlineData("/desk/lists/hold-shelf"), InlineData("/desk/lists/to-clear"), InlineData("/desk/lists/due-today"), InlineData("/desk/lists/overdue")]
    [InlineData("/desk/lists/transit"), InlineData("/desk/lists/lost"), InlineData("/desk/lists/fines"), InlineData("/desk/lists/never-borrowed"), InlineData("/en/desk/lists/never-borrowed?everywhere=true")]
    public async Task Every_list_opens(string path) => Assert.Contains("<h1", await PageAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task A_list_as_a_spreadsheet_runs_no_formula_that_somebody_chose_for_a_name()
    {
        var (member, copies) = (await desk.AMemberAsync("=HYPERLINK(\"http://jahat.example\")"), await desk.CopiesAsync(1));
        Assert.True((await desk.DoAsync<CirculationDesk, Outcome<CheckedOut>>(one => one.CheckOutAsync(member.CardNumber!, copies[0], 1, Clerk, Stop))).Succeeded);
        Assert.Null(await desk.DoAsync<CirculationDesk, Refusal?>(one => one.ReportLostAsync(copies[0], Clerk, Stop)));

        using var file = await desk.Librarian.GetAsync("/desk/lists/lost?handler=File", Stop);
        var text = await file.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        using var nolist = await desk.Librarian.GetAsync("/desk/lists/rahasia", Stop);
        Assert.Equal(HttpStatusCode.NotFound, nolist.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string page, string handler, params (string Name, object Value)[] typed) => DeskPortal.SendAsync(
        desk.Librarian, page, $"{page}?handler={handler}", [.. typed.Select(field => (field.Name, Convert.ToString(field.Value, CultureInfo.InvariantCulture)!))]);

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await desk.Librarian.GetStringAsync(path, Stop));

    private Task<MemberStatus> StatusAsync(long id) => desk.DoAsync<LibraryDbContext, MemberStatus>(db => db.Members.Where(one => one.Id == id).Select(one => one.Status).SingleAsync(Stop));

    private Task<long> ApplyAsync(string name, string nik) => desk.DoAsync<Registrations, long>(async registrations =>
        (await registrations.ApplyAsync(new MembershipApplication(new MemberDetails(name, new DateOnly(1990, 1, 1), "pelamar@example.id"), MemberCategory.Adult, nik), Stop)).Value);
}
