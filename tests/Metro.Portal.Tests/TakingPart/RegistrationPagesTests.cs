using System.Net;
using Metro.Library;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>Registering for programs, waiting, changing one's mind, on the pages.</summary>
public sealed class RegistrationPagesTests(Town town) : IClassFixture<Town>
{
    private static readonly ProgramDetails Workshop = new()
    {
        Title = "Lokakarya menulis", TitleEnglish = "Writing workshop", OpenToNonMembers = true, NeedsGuardianConsent = false, MostCompanions = 3, LargestGroup = 20,
    };

    [Fact]
    public async Task A_member_registers_with_companions_and_needs_and_gets_a_ticket_that_scanners_read()
    {
        var (member, session) = (await town.MemberAsync("Siti"), await town.SessionAsync(await town.ProgramAsync(Workshop)));
        var browser = await town.SignedInAsync(member);
        Assert.Contains($"href=\"/programs/{session.ProgramId}/register/{session.Id}\"", await browser.ReadAsync($"/programs/{session.ProgramId}"), StringComparison.Ordinal);

        var reply = await browser.SendAsync(Register(session), null, ("Companions", "2"), ("Needs", "Wheelchair"), ("Needs", "Other"), ("NeedNote", "Dekat pintu"), ("Wait", "false"));

        var ticket = await browser.ReadAsync(reply.LeadsOn());
        Assert.Contains("Anda terdaftar", ticket, StringComparison.Ordinal);
        Assert.Contains("Selasa, 13 Januari 2026", ticket, StringComparison.Ordinal);
        Assert.Contains("<svg", ticket, StringComparison.Ordinal);
        Assert.Contains("Menunggu jawaban kami", ticket, StringComparison.Ordinal);
        var made = await OfAsync(session, member.Id);
        Assert.Equal((RegistrationStatus.Confirmed, 3), (made!.Status, made.Seats));
        Assert.Contains("Dekat pintu", made.Needs.Single(need => need.Kind == AccommodationKind.Other).Note, StringComparison.Ordinal);
        Assert.Contains(reply.Location!, await browser.ReadAsync("/account/registrations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_the_form_twice_makes_one_registration()
    {
        var (member, session) = (await town.MemberAsync("Rudi"), await town.SessionAsync(await town.ProgramAsync(Workshop)));
        var browser = await town.SignedInAsync(member);

        var (first, again) = (await browser.SendAsync(Register(session), null), await browser.SendAsync(Register(session), null));

        Assert.Equal(first.LeadsOn(), again.LeadsOn());
        Assert.Contains("sudah terdaftar", await browser.ReadAsync(Register(session)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_question_and_everything_typed_stays()
    {
        var (member, session) = (await town.MemberAsync("Tono"), await town.SessionAsync(await town.ProgramAsync(Workshop)));
        var browser = await town.SignedInAsync(member);

        (await browser.SendAsync(Register(session), null, ("Companions", "9"), ("Note", "Kami dari Metro Timur."))).Refuses("id=\"Companions-fault\"");
        var reply = await browser.SendAsync("/en" + Register(session), null, ("Companions", "many"), ("Needs", "Other"), ("Note", "We come from Metro Timur."));

        reply.Refuses("cannot be read");
        Assert.Contains("id=\"NeedNote-fault\"", reply.Html, StringComparison.Ordinal);
        Assert.Contains("We come from Metro Timur.", reply.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"many\"", reply.Html, StringComparison.Ordinal);
        Assert.Null(await OfAsync(session, member.Id));
    }

    [Fact]
    public async Task A_session_that_fills_up_meanwhile_offers_the_waitlist_with_everything_kept()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop), seats: 1);
        var (first, late) = (await town.MemberAsync("Andi"), await town.MemberAsync("Dewi"));
        var browser = await town.SignedInAsync(late);
        (await (await town.SignedInAsync(first)).SendAsync(Register(session), null, ("Wait", "false"))).LeadsOn();

        var refused = await browser.SendAsync(Register(session), null, ("Note", "Saya membawa kursi."), ("Wait", "false"));
        refused.Refuses("tempat Anda nomor 1");
        Assert.Contains("Saya membawa kursi.", refused.Html, StringComparison.Ordinal);
        Assert.Contains("Masuk daftar tunggu", refused.Html, StringComparison.Ordinal);
        Assert.Contains("name=\"Wait\" value=\"true\"", refused.Html, StringComparison.Ordinal);

        var ticket = await browser.ReadAsync((await browser.SendAsync(Register(session), null, ("Wait", "true"))).LeadsOn());
        Assert.Contains("Nomor 1 dari 1 di daftar tunggu", ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("ticket__qr", ticket, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offered_seat_is_accepted_before_its_deadline_and_not_after()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop), seats: 1);
        var (first, second) = (await town.MemberAsync("Andi"), await town.MemberAsync("Dewi"));
        var (one, other) = (await town.SignedInAsync(first), await town.SignedInAsync(second));
        var seat = (await one.SendAsync(Register(session), null)).LeadsOn();
        var queue = (await other.SendAsync(Register(session), null, ("Wait", "true"))).LeadsOn();

        (await one.SendAsync(seat, seat + "?handler=Cancel")).LeadsOn();

        Assert.Contains("Ada kursi untuk Anda", await other.ReadAsync(queue), StringComparison.Ordinal);
        Assert.Contains("Jawab tawaran", await other.ReadAsync("/account/registrations"), StringComparison.Ordinal);
        (await other.SendAsync(queue, queue + "?handler=Accept")).LeadsOn();
        Assert.Equal(RegistrationStatus.Confirmed, (await OfAsync(session, second.Id))!.Status);
        (await other.SendAsync(queue, queue + "?handler=Accept")).Refuses("Tidak ada");
    }

    [Fact]
    public async Task Two_people_who_race_for_the_last_seat_see_one_winner_and_one_helpful_answer()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop), seats: 1);
        var browsers = new List<HttpClient>();
        foreach (var name in (string[])["Andi", "Dewi", "Budi", "Citra"]) browsers.Add(await town.SignedInAsync(await town.MemberAsync(name)));

        var replies = await Task.WhenAll(browsers.Select(browser => browser.SendAsync(Register(session), null, ("Wait", "false"))));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Redirect);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.Redirect), reply => reply.Refuses("Masuk daftar tunggu"));
        Assert.Equal(1, await town.DoAsync((LibraryDbContext db) => db.Registrations.CountAsync(one => one.SessionId == session.Id, Town.Stop)));
    }

    [Fact]
    public async Task A_guardian_registers_a_child_and_each_consent_stands_by_itself()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop with { NeedsGuardianConsent = true, GreatestAge = 12, LeastAge = 7 }));
        var guardian = await town.MemberAsync("Wati");
        var child = await town.ChildOfAsync(guardian, "Ani");
        var browser = await town.SignedInAsync(guardian);
        var address = $"{Register(session)}?for={child.Id}";
        Assert.Contains("Persetujuan Anda sebagai orang tua atau wali", await browser.ReadAsync(address), StringComparison.Ordinal);

        (await browser.SendAsync(address, null, ("GuardianContact", "0812"))).Refuses("id=\"Participation-fault\"");
        (await browser.SendAsync(Register(session), null)).Refuses("12");
        var ticket = (await browser.SendAsync(address, null, ("GuardianContact", "0812 0000 111"), ("Participation", "true"), ("Photographs", "true"))).LeadsOn();
        (await browser.SendAsync(ticket, $"{ticket}?handler=Withdraw&purpose=Photographs")).LeadsOn();

        var made = (await OfAsync(session, child.Id))!;
        Assert.Equal(RegistrationStatus.Confirmed, made.Status);
        Assert.Equal(("Wati", ConsentChannel.Portal), (made.Consents[0].GuardianName, made.Consents[0].Channel));
        Assert.Null(made.Consents.Single(consent => consent.Purpose == GuardianConsentPurpose.Participation).WithdrawnAt);
        Assert.NotNull(made.Consents.Single(consent => consent.Purpose == GuardianConsentPurpose.Photographs).WithdrawnAt);
        Assert.Contains(ticket, await browser.ReadAsync($"/account/registrations?for={child.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain(ticket, await browser.ReadAsync("/account/registrations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_card_registers_by_mail_alone_and_nobody_learns_whether_an_address_is_registered()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop));
        (string, string)[] typed = [("Name", "Tamu"), ("Email", "Tamu@contoh.id")];

        var (first, again) = (await town.Visitor().SendAsync(Register(session), null, typed), await town.Visitor().SendAsync(Register(session), null, typed));

        Assert.Equal((Register(session), Register(session)), (first.LeadsOn(), again.LeadsOn()));
        var made = await town.DoAsync((LibraryDbContext db) => db.Registrations.AsNoTracking().SingleAsync(one => one.SessionId == session.Id, Town.Stop));
        var ticket = $"/tickets/{TicketCode.Display(made.TicketCode)}";
        Assert.DoesNotContain(made.TicketCode, first.Html, StringComparison.Ordinal);
        var visitor = town.Visitor();
        Assert.Contains("Terdaftar", await visitor.ReadAsync(ticket), StringComparison.Ordinal);
        (await visitor.SendAsync(ticket, ticket + "?handler=Resize", ("People", "3"))).LeadsOn();
        Assert.Equal(3, (await town.DoAsync((LibraryDbContext db) => db.Registrations.AsNoTracking().SingleAsync(one => one.Id == made.Id, Town.Stop))).Seats);
        (await visitor.SendAsync(ticket, ticket + "?handler=Resize", ("People", "30"))).Refuses("id=\"People-fault\"");
    }

    [Fact]
    public async Task A_full_session_answers_an_address_that_has_a_seat_as_any_other()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop), 1);
        (await town.Visitor().SendAsync(Register(session), null, ("Name", "Tamu"), ("Email", "tamu@contoh.id"))).LeadsOn();

        var answers = new List<(string Asked, string Waits)>();
        foreach (var email in (string[])["tamu@contoh.id", "orang.lain@contoh.id"])
        {
            var asked = await town.Visitor().SendAsync(Register(session), null, ("Name", "Tamu"), ("Email", email));
            asked.Refuses("Kursi tidak cukup");
            var browser = town.Visitor();
            var waits = await browser.SendAsync(Register(session), null, ("Name", "Tamu"), ("Email", email), ("Wait", "true"));
            answers.Add((Faults(asked.Html), Faults(await browser.ReadAsync(waits.LeadsOn())).Replace(email, "…", StringComparison.OrdinalIgnoreCase)));
        }

        Assert.Equal(answers[0], answers[1]);

        static string Faults(string html) => string.Join('\n', html.Split('\n').Where(line => line.Contains("notice--", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_a_program_for_members_a_visitor_is_told_how_to_become_one()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop with { OpenToNonMembers = false }));

        var html = await town.Visitor().ReadAsync("/en" + Register(session));

        Assert.Contains("This program is for members", html, StringComparison.Ordinal);
        Assert.Contains($"/en/account/sign-in?returnTo={Uri.EscapeDataString("/en" + Register(session))}", html, StringComparison.Ordinal);
        (await town.Visitor().SendAsync(Register(session), null, ("Name", "Tamu"), ("Email", "tamu@contoh.id"))).Refuses("anggota");
        Assert.Contains("Menjadi anggota", await (await town.SignedInAsync("Tanpa kartu", null)).ReadAsync(Register(session)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_lost_the_session_meanwhile_signs_in_first_and_registers_nobody_else()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop));
        Assert.Contains("name=\"WasSignedIn\" value=\"true\"", await (await town.SignedInAsync(await town.MemberAsync("Siti"))).ReadAsync(Register(session)), StringComparison.Ordinal);

        var reply = await town.Visitor().SendAsync(Register(session), null, ("WasSignedIn", "true"), ("Name", "Tamu"), ("Email", "tamu@contoh.id"));

        Assert.Contains("/account/sign-in", reply.LeadsOn(), StringComparison.Ordinal);
        Assert.Equal(0, await town.DoAsync((LibraryDbContext db) => db.Registrations.CountAsync(one => one.SessionId == session.Id, Town.Stop)));
    }

    [Fact]
    public async Task A_series_is_registered_for_and_cancelled_as_a_whole()
    {
        var program = await town.ProgramAsync(Workshop with { Enrolment = Enrolment.WholeSeries });
        var (first, second) = (await town.SessionAsync(program), await town.SessionAsync(program, inDays: 9));
        var member = await town.MemberAsync("Siti");
        var browser = await town.SignedInAsync(member);

        var ticket = (await browser.SendAsync($"/programs/{program}/register", null)).LeadsOn();
        Assert.Contains("Batalkan seluruh rangkaian", await browser.ReadAsync(ticket), StringComparison.Ordinal);
        (await browser.SendAsync(ticket, ticket + "?handler=Cancel")).Refuses("rangkaian");
        (await browser.SendAsync(ticket, ticket + "?handler=CancelSeries")).LeadsOn();

        Assert.Null(await OfAsync(first, member.Id));
        Assert.Null(await OfAsync(second, member.Id));
        Assert.Equal(HttpStatusCode.Redirect, await browser.StatusOfAsync(Register(first)));
    }

    [Fact]
    public async Task Somebody_elses_ticket_child_or_draft_is_not_there()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop));
        var (member, other) = (await town.MemberAsync("Siti"), await town.MemberAsync("Rudi"));
        var (browser, stranger) = (await town.SignedInAsync(member), await town.SignedInAsync(other));
        var ticket = (await browser.SendAsync(Register(session), null)).LeadsOn();

        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync(ticket));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(Register(session), ticket + "?handler=Cancel")).Status);
        Assert.Equal(HttpStatusCode.Redirect, await town.Visitor().StatusOfAsync(ticket));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync($"{Register(session)}?for={member.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync("/tickets/2222-2222"));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync("/tickets/AAAA-AAAA"));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync($"/programs/{session.ProgramId}/register/999999"));
    }

    private static string Register(Session session) => $"/programs/{session.ProgramId}/register/{session.Id}";

    private Task<Registration?> OfAsync(Session session, long memberId) => town.DoAsync((LibraryDbContext db) => db.Registrations.AsNoTracking().ThatCount()
        .Include(one => one.Needs).Include(one => one.Consents).SingleOrDefaultAsync(one => one.SessionId == session.Id && one.MemberId == memberId, Town.Stop));
}
