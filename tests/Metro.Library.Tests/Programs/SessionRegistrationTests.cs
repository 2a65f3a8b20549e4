using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Tests.Members;
using Metro.Library.Tests.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

public sealed class SessionRegistrationTests
{
    private static readonly GuardianConsentGiven MayTakePart =
        new(GuardianConsentPurpose.Participation, "Dewi Lestari", "0812 3456 7890", ConsentChannel.PaperForm, "2026-01");

    [Fact]
    public async Task A_registrant_gets_a_seat_a_ticket_a_confirmation_and_a_reminder()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 5);

        var registration = await library.SomebodyAsync(session, "Ani", companions: 2);

        Assert.Equal((RegistrationStatus.Confirmed, 3), (registration.Status, registration.Seats));
        Assert.Equal(2, (await library.NowAsync(session)).SeatsLeft);
        Assert.NotNull(TicketCode.Normalise(registration.TicketCode));
        Assert.Equal([ProgramMessages.Registered, ProgramMessages.Reminder], await library.ToldAsync(registration.Subject));
        await using var db = library.NewContext();
        var reminder = await db.OutboxMessages.SingleAsync(message => message.Kind == ProgramMessages.Reminder);
        Assert.Equal(session.StartsAt.AddDays(-2), reminder.ScheduledAt);
        Assert.Contains(TicketCode.Display(registration.TicketCode), reminder.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_registered_twice_for_one_session()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 5);
        await library.SomebodyAsync(session, "Ani");

        var again = await library.RegisterAsync(session, Happenings.AVisitor("Ani") with { Email = "ANI@example.id" });

        Assert.Equal(ProgramRefusals.AlreadyRegistered, again.Refusal);
        Assert.Equal(4, (await library.NowAsync(session)).SeatsLeft);
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_is_told_how_many_seats_are_left()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);

        var refused = await library.RegisterAsync(session, Happenings.AVisitor("Ani") with { Companions = 1, WaitIfFull = false });

        Assert.Equal("programs.more_than_all_seats", refused.Refusal?.Code);
        await library.SomebodyAsync(session, "Budi");
        Assert.Equal(ProgramRefusals.Full(0), (await library.RegisterAsync(session, Happenings.AVisitor("Citra") with { WaitIfFull = false })).Refusal);
    }

    [Fact]
    public async Task Registration_has_a_window()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync();
        await using var desk = library.OpenDesk();
        var start = library.Calendar.Now.AddDays(10);
        var session = (await desk.The<ProgramPlanning>().ScheduleAsync(program.Id, new SessionPlan(
            start, start.AddHours(1), SessionPlace.Elsewhere("Taman Merdeka"), 5, start.AddDays(-5), start.AddDays(-1)), TestLibrary.Librarian)).Value;

        Assert.Equal(ProgramRefusals.NotYetOpen(new DateOnly(2026, 1, 10), new TimeOnly(9, 0)), (await library.RegisterAsync(session, Happenings.AVisitor("Ani"))).Refusal);
        library.Clock.Advance(TimeSpan.FromDays(5));
        Assert.True((await library.RegisterAsync(session, Happenings.AVisitor("Ani"))).Succeeded);
        library.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(ProgramRefusals.RegistrationClosed, (await library.RegisterAsync(session, Happenings.AVisitor("Budi"))).Refusal);
        library.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ProgramRefusals.AlreadyStarted, (await library.RegisterAsync(session, Happenings.AVisitor("Budi"))).Refusal);
    }

    [Fact]
    public async Task A_draft_is_as_if_it_were_not_there()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var draft = (await desk.The<ProgramPlanning>().CreateAsync(Happenings.Workshop, TestLibrary.Librarian)).Value;
        var session = await library.ASessionAsync(5, programId: draft.Id);

        Assert.Equal(ProgramRefusals.UnknownSession(session.Id), (await library.RegisterAsync(session, Happenings.AVisitor("Ani"))).Refusal);
        Assert.Empty(await desk.Db.Sessions.ForThePublic().ToListAsync());
        Assert.Empty(await desk.Db.Programs.ForThePublic().ToListAsync());
    }

    [Fact]
    public async Task Only_members_register_where_the_program_says_so()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var session = await library.ASessionAsync(5, Happenings.Workshop with { OpenToNonMembers = false });

        Assert.Equal(ProgramRefusals.MembersOnly, (await library.RegisterAsync(session, Happenings.AVisitor("Ani"))).Refusal);
        Assert.True((await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Succeeded);
    }

    [Fact]
    public async Task Nobody_registers_or_cancels_for_another_member()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        var session = await library.ASessionAsync(5);
        var asBudi = Actor.Member(budi.Id, budi.Name);

        Assert.Equal(MemberRefusals.Unknown, (await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id }, asBudi)).Refusal);
        var sitis = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name))).Value;
        Assert.Equal(ProgramRefusals.UnknownRegistration, (await library.CancelAsync(sitis, asBudi)).Refusal);
    }

    [Fact]
    public async Task An_expired_member_renews_before_registering()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        library.Clock.Advance(TimeSpan.FromDays(400));
        var session = await library.ASessionAsync(5);

        var refused = await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id }, Actor.Member(siti.Id, siti.Name));

        Assert.Equal("members.expired", refused.Refusal?.Code);
    }

    [Fact]
    public async Task Age_is_what_one_is_on_the_day_of_the_session()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5, Happenings.Workshop with { LeastAge = 18, GreatestAge = 25 }, inDays: 8);
        var day = library.Calendar.DateOf(session.StartsAt);

        Assert.Equal(ProgramRefusals.TooYoung(18), (await library.RegisterAsync(session, Happenings.AVisitor("Ani") with { BirthDate = day.AddYears(-18).AddDays(1) })).Refusal);
        Assert.Equal(18, (await library.RegisterAsync(session, Happenings.AVisitor("Budi") with { BirthDate = day.AddYears(-18) })).Value.Age);
        Assert.Equal(ProgramRefusals.TooOld(25), (await library.RegisterAsync(session, Happenings.AVisitor("Citra") with { BirthDate = day.AddYears(-26) })).Refusal);
        Assert.Equal("input.missing", (await library.RegisterAsync(session, Happenings.AVisitor("Dewi"))).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await library.RegisterAsync(session, Happenings.AVisitor("Edi") with { BirthDate = new(1066, 10, 14) })).Refusal?.Code);
    }

    [Fact]
    public async Task A_child_takes_part_only_with_the_guardian_s_recorded_consent()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani);
        var session = await library.ASessionAsync(5, Happenings.Workshop with { NeedsGuardianConsent = true });
        var asked = new RegistrationRequest { MemberId = ani.Id };

        Assert.Equal(ProgramRefusals.ConsentNeeded, (await library.RegisterAsync(session, asked, TestLibrary.Librarian)).Refusal);
        var registration = (await library.RegisterAsync(session, asked with { Consents = [MayTakePart] }, TestLibrary.Librarian)).Value;

        var consent = Assert.Single((await library.NowAsync(registration)).Consents);
        Assert.Equal(("Dewi Lestari", "2026-01", ConsentChannel.PaperForm, library.Calendar.Now), (consent.GuardianName, consent.Wording, consent.Channel, consent.GivenAt));
    }

    [Fact]
    public async Task A_child_cannot_consent_for_the_guardian_but_may_use_the_guardian_s_standing_consent()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani);
        var session = await library.ASessionAsync(5, Happenings.Workshop with { NeedsGuardianConsent = true });
        var asAni = Actor.Member(ani.Id, ani.Name);
        var asked = new RegistrationRequest { MemberId = ani.Id };

        Assert.Equal(MemberRefusals.NotYoursToDecide, (await library.RegisterAsync(session, asked with { Consents = [MayTakePart] }, asAni)).Refusal);
        await using var desk = library.OpenDesk();
        Assert.Null(await desk.The<Consents>().GiveAsync(ani.Id, new ConsentGiven(ConsentPurpose.OnlineUse, "Formulir 18/2026"), TestLibrary.Librarian));
        Assert.True((await library.RegisterAsync(session, asked, asAni)).Succeeded);
    }

    [Fact]
    public async Task Consent_to_photographs_is_separate_and_can_be_withdrawn_by_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani);
        var session = await library.ASessionAsync(5, Happenings.Workshop with { NeedsGuardianConsent = true });
        var photographs = MayTakePart with { Purpose = GuardianConsentPurpose.Photographs };
        Assert.Equal(ProgramRefusals.ConsentNeeded, (await library.RegisterAsync(session, new RegistrationRequest { MemberId = ani.Id, Consents = [photographs] }, TestLibrary.Librarian)).Refusal);
        var registration = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = ani.Id, Consents = [MayTakePart, photographs] }, TestLibrary.Librarian)).Value;
        await using var desk = library.OpenDesk();
        var registrations = desk.The<SessionRegistrations>();

        Assert.True((await registrations.WithdrawConsentAsync(registration.TicketCode, GuardianConsentPurpose.Photographs, TestLibrary.Librarian)).Succeeded);
        Assert.Equal(RegistrationStatus.Confirmed, (await library.NowAsync(registration)).Status);

        Assert.True((await registrations.WithdrawConsentAsync(registration.TicketCode, GuardianConsentPurpose.Participation, TestLibrary.Librarian)).Succeeded);
        var now = await library.NowAsync(registration);
        Assert.Equal(RegistrationStatus.Cancelled, now.Status);
        Assert.All(now.Consents, consent => Assert.NotNull(consent.WithdrawnAt));
        Assert.Equal(ProgramRefusals.NoConsent, (await registrations.WithdrawConsentAsync(registration.TicketCode, GuardianConsentPurpose.Participation, TestLibrary.Librarian)).Refusal);
    }

    [Fact]
    public async Task From_eighteen_on_nobody_consents_for_anybody()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var session = await library.ASessionAsync(5, Happenings.Workshop with { NeedsGuardianConsent = true });

        var registration = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id, Consents = [MayTakePart] }, TestLibrary.Librarian)).Value;

        Assert.Empty((await library.NowAsync(registration)).Consents);
    }

    [Fact]
    public async Task What_somebody_needs_is_kept_answered_and_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5);
        var registration = (await library.RegisterAsync(session, Happenings.AVisitor("Ani") with
        {
            Needs = [new AccommodationWish(AccommodationKind.SignLanguage), new AccommodationWish(AccommodationKind.SeatInFront, "dekat penerjemah")],
        })).Value;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<SessionRegistrations>().AnswerNeedAsync(registration.Needs[0].Id, AccommodationAnswer.Arranged, TestLibrary.Librarian));

        Assert.Equal([AccommodationAnswer.Arranged, AccommodationAnswer.Pending], (await library.NowAsync(registration)).Needs.OrderBy(need => need.Id).Select(need => need.Answer));
        Assert.Contains(ProgramMessages.NeedAnswered, await library.ToldAsync(registration.Subject));
    }

    [Fact]
    public async Task Companions_and_groups_have_limits()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(50, Happenings.Workshop with { MostCompanions = 1, LargestGroup = 10 });
        var alone = await library.ASessionAsync(50, Happenings.Workshop with { MostCompanions = 0, LargestGroup = 0 });

        Assert.Equal(ProgramRefusals.TooManyCompanions(1), (await library.RegisterAsync(session, Happenings.AVisitor("Ani") with { Companions = 2 })).Refusal);
        Assert.Equal(ProgramRefusals.GroupTooLarge(10), (await library.RegisterAsync(session, Happenings.AVisitor("Ani") with { GroupName = "PKK", GroupSize = 11 })).Refusal);
        Assert.Equal(ProgramRefusals.NoGroups, (await library.RegisterAsync(alone, Happenings.AVisitor("Ani") with { GroupName = "PKK", GroupSize = 2 })).Refusal);
    }

    [Fact]
    public async Task A_series_gives_all_its_sessions_or_none()
    {
        await using var library = await TestLibrary.OpenAsync();
        var program = await library.AProgramAsync(Happenings.Workshop with { Enrolment = Enrolment.WholeSeries });
        var first = await library.ASessionAsync(2, inDays: 8, programId: program.Id);
        var second = await library.ASessionAsync(1, inDays: 15, programId: program.Id);
        await using var desk = library.OpenDesk();
        var registrations = desk.The<SessionRegistrations>();

        Assert.Equal(ProgramRefusals.WholeSeriesOnly, (await library.RegisterAsync(first, Happenings.AVisitor("Ani"))).Refusal);
        var anis = (await registrations.EnrolAsync(program.Id, Happenings.AVisitor("Ani"), Happenings.Visitor)).Value;
        Assert.Equal([first.Id, second.Id], anis.Select(one => one.SessionId));
        Assert.Equal(ProgramRefusals.SeriesFull(library.Calendar.DateOf(second.StartsAt)), (await registrations.EnrolAsync(program.Id, Happenings.AVisitor("Budi") with { WaitIfFull = false }, Happenings.Visitor)).Refusal);
        Assert.Equal(1, (await library.NowAsync(first)).SeatsTaken);

        Assert.Equal(ProgramRefusals.PartOfSeries, (await library.CancelAsync(anis[1])).Refusal);
        Assert.True((await registrations.CancelSeriesAsync(anis[1].TicketCode, Happenings.Visitor)).Succeeded);
        Assert.Equal((0, 0), ((await library.NowAsync(first)).SeatsTaken, (await library.NowAsync(second)).SeatsTaken));
    }

    [Fact]
    public async Task Bad_input_is_refused_and_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5);
        var good = Happenings.AVisitor("Ani");
        var bad = new Dictionary<string, RegistrationRequest>
        {
            ["input.not_a_name"] = good with { Name = "📚🎉" },
            ["input.missing"] = good with { Email = null },
            ["input.not_an_email"] = good with { Email = "ani at example" },
            ["input.too_long"] = good with { Note = new string('a', 10_000_000) },
            ["input.number_out_of_range"] = good with { Companions = -1 },
            ["input.unreadable"] = good with { Note = "\0" },
        };

        foreach (var (code, request) in bad) Assert.Equal(code, (await library.RegisterAsync(session, request)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await library.RegisterAsync(session, good with { GroupSize = int.MinValue })).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await library.RegisterAsync(session, good with { Companions = int.MaxValue })).Refusal?.Code);
        Assert.Equal(MemberRefusals.Unknown, (await library.RegisterAsync(session, new RegistrationRequest { MemberId = -7 })).Refusal);
        await using var desk = library.OpenDesk();
        Assert.Equal(ProgramRefusals.UnknownSession(-1), (await desk.The<SessionRegistrations>().RegisterAsync(-1, good, Happenings.Visitor)).Refusal);
        Assert.Equal(ProgramRefusals.NotATicket, (await desk.The<SessionRegistrations>().CancelAsync("🎟️", Happenings.Visitor)).Refusal);
        Assert.Equal(ProgramRefusals.UnknownRegistration, (await desk.The<SessionRegistrations>().CancelAsync(TicketCode.New(), Happenings.Visitor)).Refusal);
        Assert.Empty(await desk.Db.Registrations.ToListAsync());
        Assert.Empty(await desk.Db.OutboxMessages.ToListAsync());
    }

    [Fact]
    public async Task The_database_itself_refuses_a_seat_too_many_and_a_person_twice()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await using var db = library.NewContext();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Sessions.ExecuteUpdateAsync(change => change.SetProperty(one => one.SeatsTaken, 2)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Registrations.Where(one => one.Id == budi.Id).ExecuteUpdateAsync(change => change.SetProperty(one => one.ActiveKey, ani.ActiveKey)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Registrations.ExecuteUpdateAsync(change => change.SetProperty(one => one.Note, new string('a', 1001))));
    }

    [Fact]
    public async Task Merging_two_records_of_one_person_keeps_one_seat_and_all_bookings()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (kept, duplicate) = (await library.JoinAsync(People.Siti), await library.JoinAsync(People.Budi));
        var (both, single) = (await library.ASessionAsync(5), await library.ASessionAsync(5));
        foreach (var (session, member) in new[] { (both, kept), (both, duplicate), (single, duplicate) })
            Assert.True((await library.RegisterAsync(session, new RegistrationRequest { MemberId = member.Id }, Actor.Member(member.Id, member.Name))).Succeeded);
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 11) with { MemberId = duplicate.Id }, Actor.Member(duplicate.Id, duplicate.Name))).Value;
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<MemberPrivacy>().MergeAsync(kept.Id, duplicate.Id, TestLibrary.Librarian));

        Assert.Equal((1, 1), ((await library.NowAsync(both)).SeatsTaken, (await library.NowAsync(single)).SeatsTaken));
        Assert.Equal(kept.Id, (await library.NowAsync(booking)).MemberId);
        Assert.Equal(2, await desk.Db.Registrations.ThatCount().CountAsync(one => one.MemberId == kept.Id));
        Assert.Equal(ProgramRefusals.AlreadyRegistered, (await library.RegisterAsync(single, new RegistrationRequest { MemberId = kept.Id }, Actor.Member(kept.Id, kept.Name))).Refusal);
    }

    [Fact]
    public async Task A_member_who_is_erased_leaves_their_seat_to_the_next_and_their_name_nowhere()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var session = await library.ASessionAsync(1);
        var sitis = (await library.RegisterAsync(session, new RegistrationRequest { MemberId = siti.Id, Note = "kursi roda" }, Actor.Member(siti.Id, siti.Name))).Value;
        var budi = await library.SomebodyAsync(session, "Budi");
        await using var desk = library.OpenDesk();

        Assert.Contains("kursi roda", (await desk.The<MemberPrivacy>().ExportAsync(siti.Id, Actor.Member(siti.Id, siti.Name))).Value, StringComparison.Ordinal);
        Assert.Null(await desk.The<MemberPrivacy>().EraseAsync(siti.Id, Actor.Member(siti.Id, siti.Name)));

        var now = await library.NowAsync(sitis);
        Assert.Equal((RegistrationStatus.Cancelled, null, null), (now.Status, now.MemberId, now.Note));
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(budi)).Status);
    }
}
