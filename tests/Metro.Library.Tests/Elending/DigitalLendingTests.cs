using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Tests.Circulation;
using Metro.Library.Tests.Members;
using Metro.Library.Tests.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Elending;

/// <summary>DOMAIN.md rule 12. The clock stands at Monday 5 January 2026, 09:00.</summary>
public sealed class DigitalLendingTests
{
    private const string Book = "4laskarpelangi";

    [Fact]
    public async Task No_more_have_it_at_once_than_the_licence_allows()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 2);
        var people = await library.PeopleAsync(3);

        Assert.True((await library.BorrowAsync(people[0])).Succeeded);
        Assert.True((await library.BorrowAsync(people[1])).Succeeded);
        Assert.Equal(ElendingRefusals.AllOut(0), (await library.BorrowAsync(people[2])).Refusal);

        await using var db = library.NewContext();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE licences SET out_now = 3, loans_made = 3"));
    }

    [Fact]
    public async Task A_licence_for_so_many_loans_lends_so_many_and_early_returns_bring_none_back()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1, inAll: 2);
        var people = await library.PeopleAsync(3);

        foreach (var person in people.Take(2))
        {
            var loan = (await library.BorrowAsync(person)).Value;
            Assert.Null(await library.ReturnAsync(loan));
        }

        Assert.Equal(ElendingRefusals.UsedUp, (await library.BorrowAsync(people[2])).Refusal);
        Assert.Equal(ElendingRefusals.UsedUp, (await library.HoldAsync(people[2])).Refusal);
    }

    [Fact]
    public async Task A_loan_never_outlives_its_licence()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(endsOn: new DateOnly(2026, 1, 10));
        var siti = await library.AMemberAsync();

        var loan = (await library.BorrowAsync(siti)).Value;

        Assert.Equal(library.Calendar.EndOf(new DateOnly(2026, 1, 10)), loan.DueAt);
        library.Clock.MoveTo(new DateTimeOffset(loan.DueAt));
        Assert.Equal(ElendingRefusals.LicenceEnded, (await library.BorrowAsync(siti)).Refusal);
        Assert.Equal(1, await library.SettleAsync());
        Assert.Equal(0, (await library.LicenceAsync()).OutNow);
    }

    [Fact]
    public async Task A_licence_that_is_ended_early_ends_its_loans_with_it_and_tells_their_readers()
    {
        await using var library = await TestLibrary.OpenAsync();
        var licence = await library.ALicenceAsync();
        var loan = (await library.BorrowAsync(await library.AMemberAsync())).Value;
        Assert.Equal(library.Calendar.EndOf(new DateOnly(2026, 1, 19)), loan.DueAt);
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<Licensing>().EndAsync(licence.Id, new DateOnly(2026, 1, 7), TestLibrary.Librarian));
        Assert.Equal(ElendingRefusals.NotEarlier, await desk.The<Licensing>().EndAsync(licence.Id, new DateOnly(2026, 1, 8), TestLibrary.Librarian));

        Assert.Equal(library.Calendar.EndOf(new DateOnly(2026, 1, 7)), (await library.NowAsync(loan)).DueAt);
        Assert.Equal(["elending.loan_shortened"], await library.ToldAsync(loan.Subject));
    }

    [Fact]
    public async Task An_early_return_promotes_the_queue()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(4);
        var loan = (await library.BorrowAsync(people[0])).Value;
        var (second, third) = ((await library.HoldAsync(people[1])).Value, (await library.HoldAsync(people[2])).Value);

        Assert.Null(await library.ReturnAsync(loan));

        Assert.Equal((DigitalHoldStatus.Offered, DigitalHoldStatus.Waiting), ((await library.NowAsync(second)).Status, (await library.NowAsync(third)).Status));
        Assert.Equal(["elending.offered"], await library.ToldAsync(second.Subject));
        Assert.Equal(ElendingRefusals.AllOut(1), (await library.BorrowAsync(people[3])).Refusal);
        Assert.True((await library.BorrowAsync(people[1])).Succeeded);
        Assert.Equal(DigitalHoldStatus.Fulfilled, (await library.NowAsync(second)).Status);
        Assert.Equal(1, (await library.LicenceAsync()).OutNow);
    }

    [Fact]
    public async Task An_offer_lapses_goes_to_the_next_and_costs_the_licence_no_loan()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1, inAll: 2);
        var people = await library.PeopleAsync(3);
        var loan = (await library.BorrowAsync(people[0])).Value;
        var (second, third) = ((await library.HoldAsync(people[1])).Value, (await library.HoldAsync(people[2])).Value);
        await library.ReturnAsync(loan);

        library.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(1, await library.SettleAsync());
        Assert.Equal(0, await library.SettleAsync());

        Assert.Equal((DigitalHoldStatus.Lapsed, DigitalHoldStatus.Offered), ((await library.NowAsync(second)).Status, (await library.NowAsync(third)).Status));
        Assert.True((await library.BorrowAsync(people[2])).Succeeded);
        Assert.Equal((1, 2), ((await library.LicenceAsync()).OutNow, (await library.LicenceAsync()).LoansMade));
    }

    [Fact]
    public async Task A_loan_comes_back_by_itself_whether_or_not_a_job_has_run()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(2);
        var loan = (await library.BorrowAsync(people[0])).Value;
        library.Clock.MoveTo(new DateTimeOffset(loan.DueAt));

        Assert.True((await library.BorrowAsync(people[1])).Succeeded);

        Assert.Equal(loan.DueAt, (await library.NowAsync(loan)).EndedAt);
        Assert.False((await library.NowAsync(loan)).IsOpenAt(library.Calendar.Now));
    }

    [Fact]
    public async Task When_recording_the_loan_fails_the_file_is_not_served()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(2);
        var opened = 0;

        Assert.Equal(ElendingRefusals.NotOnLoan, (await ServeAsync(people[0])).Refusal);
        Assert.True((await library.BorrowAsync(people[0])).Succeeded);
        Assert.Equal(1, (await ServeAsync(people[0])).Value);
        Assert.Equal(ElendingRefusals.NotOnLoan, (await ServeAsync(people[1])).Refusal);
        await using (var desk = library.OpenDesk()) Assert.Equal(MemberRefusals.Unknown, (await desk.The<DigitalLending>().ServeAsync(people[0].Id, Book, (_, _) => Task.FromResult(++opened), Actor.Member(people[1].Id, "x"))).Refusal);
        await library.ALicenceAsync(atOnce: 1);
        await RenameAsync("lent_at", "lent_when");

        await Assert.ThrowsAnyAsync<Exception>(() => library.BorrowAsync(people[1]));
        await RenameAsync("lent_when", "lent_at");
        Assert.Equal(ElendingRefusals.NotOnLoan, (await ServeAsync(people[1])).Refusal);
        Assert.Equal(1, opened);

        library.Pass(15);
        Assert.Equal(ElendingRefusals.NotOnLoan, (await ServeAsync(people[0])).Refusal);

        async Task RenameAsync(string from, string to)
        {
            await using var db = library.NewContext();
#pragma warning disable EF1002 // The names stand in this test.
            await db.Database.ExecuteSqlRawAsync($"ALTER TABLE digital_loans RENAME COLUMN {from} TO {to}");
#pragma warning restore EF1002
        }

        async Task<Outcome<int>> ServeAsync(Member member)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<DigitalLending>().ServeAsync(member.Id, Book, (loan, _) => Task.FromResult(++opened), Actor.Member(member.Id, member.Name));
        }
    }

    [Fact]
    public async Task What_is_open_is_read_by_everybody_without_a_loan()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        await desk.The<Licensing>().AddAsync(new LicenceDetails { ResourceKey = Book, Title = new LocalText("Babad Lampung"), IsOpen = true }, TestLibrary.Librarian);

        Assert.True((await desk.The<DigitalLending>().ServeAsync(null, Book, (loan, _) => Task.FromResult(loan is null), Happenings.Visitor)).Value);
        Assert.Equal(ElendingRefusals.OpenToAll, (await library.BorrowAsync(await library.AMemberAsync())).Refusal);
        Assert.Equal(MemberRefusals.Unknown, (await desk.The<DigitalLending>().ServeAsync(null, "4x", (_, _) => Task.FromResult(true), Happenings.Visitor)).Refusal);
        Assert.Empty(await desk.Db.DigitalLoans.ToListAsync());
    }

    [Fact]
    public async Task A_child_borrows_with_its_guardians_consent_and_not_without()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync();
        var ani = await library.JoinAsync(People.Ani);

        Assert.Equal(ElendingRefusals.ConsentNeeded, (await library.BorrowAsync(ani)).Refusal);

        await using var desk = library.OpenDesk();
        Assert.Null(await desk.The<Consents>().GiveAsync(ani.Id, new ConsentGiven(ConsentPurpose.OnlineUse, "Formulir 18/2026"), TestLibrary.Librarian));
        Assert.True((await library.BorrowAsync(ani)).Succeeded);
    }

    [Fact]
    public async Task A_position_in_the_queue_is_honest_and_within_its_length()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(4);
        await library.BorrowAsync(people[0]);
        var holds = new List<DigitalHold>();
        foreach (var person in people.Skip(1)) holds.Add((await library.HoldAsync(person)).Value);
        await using var desk = library.OpenDesk();
        var lending = desk.The<DigitalLending>();

        Assert.Equal(new QueuePosition(3, 3), await lending.PositionOfAsync(holds[2].Id));
        Assert.Null(await lending.CancelHoldAsync(holds[0].Id, Actor.Member(people[1].Id, people[1].Name)));
        Assert.Equal(new QueuePosition(2, 2), await lending.PositionOfAsync(holds[2].Id));
        Assert.Null(await lending.PositionOfAsync(holds[0].Id));
        Assert.Equal(ElendingRefusals.UnknownHold, await lending.CancelHoldAsync(holds[1].Id, Actor.Member(people[3].Id, people[3].Name)));
    }

    [Fact]
    public async Task When_no_licence_will_lend_it_again_those_who_wait_are_told_and_wait_no_longer()
    {
        await using var library = await TestLibrary.OpenAsync();
        var licence = await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(2);
        await library.BorrowAsync(people[0]);
        var hold = (await library.HoldAsync(people[1])).Value;
        await using var desk = library.OpenDesk();

        await desk.The<Licensing>().EndAsync(licence.Id, library.Calendar.Today.AddDays(-1), TestLibrary.Librarian);

        Assert.Equal(DigitalHoldStatus.Cancelled, (await library.NowAsync(hold)).Status);
        Assert.Equal(["elending.hold_ended"], await library.ToldAsync(hold.Subject));
    }

    [Fact]
    public async Task A_second_licence_is_offered_to_those_who_wait_as_soon_as_it_is_bought()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(2);
        await library.BorrowAsync(people[0]);
        var hold = (await library.HoldAsync(people[1])).Value;

        await library.ALicenceAsync(atOnce: 1, inAll: 10);

        Assert.Equal(DigitalHoldStatus.Offered, (await library.NowAsync(hold)).Status);
    }

    [Fact]
    public async Task An_ended_loan_forgets_its_member_after_a_time()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync();
        var loan = (await library.BorrowAsync(await library.AMemberAsync())).Value;
        await library.ReturnAsync(loan);
        library.Clock.Advance(TimeSpan.FromDays(31));
        await using var desk = library.OpenDesk();

        Assert.Equal(1, await desk.The<LoanPrivacy>().UnlinkEndedAsync());

        Assert.Null((await library.NowAsync(loan)).MemberId);
    }

    [Fact]
    public async Task Who_leaves_takes_their_digital_loans_along_as_data_and_leaves_none_behind()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 1);
        var people = await library.PeopleAsync(2);
        var loan = (await library.BorrowAsync(people[0])).Value;
        var hold = (await library.HoldAsync(people[1])).Value;
        await using var desk = library.OpenDesk();

        Assert.Contains("Laskar pelangi", (await desk.The<MemberPrivacy>().ExportAsync(people[0].Id, TestLibrary.Librarian)).Value, StringComparison.Ordinal);
        Assert.Null(await desk.The<MemberPrivacy>().EraseAsync(people[0].Id, TestLibrary.Librarian));

        Assert.Null((await library.NowAsync(loan)).MemberId);
        Assert.Equal(DigitalHoldStatus.Offered, (await library.NowAsync(hold)).Status);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var (licensing, good) = (desk.The<Licensing>(), new LicenceDetails { ResourceKey = Book, Title = new LocalText("Laskar pelangi") });

        Assert.Equal("input.missing", (await licensing.AddAsync(good with { ResourceKey = " " }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.not_a_name", (await licensing.AddAsync(good with { Title = new LocalText("📚") }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await licensing.AddAsync(good with { MostAtOnce = 0 }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.number_out_of_range", (await licensing.AddAsync(good with { LoanDays = -1 }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("input.date_out_of_range", (await licensing.AddAsync(good with { EndsOn = new DateOnly(1066, 10, 14) }, TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal(ElendingRefusals.UnknownLicence(-1), await licensing.EndAsync(-1, library.Calendar.Today, TestLibrary.Librarian));
        Assert.Equal(ElendingRefusals.NotLicensed, (await library.BorrowAsync(await library.AMemberAsync())).Refusal);
        Assert.Empty(await desk.Db.Licences.ToListAsync());
    }

    [Fact]
    public async Task In_a_storm_of_borrowing_returning_and_waiting_no_licence_is_overdrawn()
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 2, inAll: 60);
        await library.ALicenceAsync(atOnce: 1, endsOn: new DateOnly(2026, 2, 1));
        var people = await library.PeopleAsync(8);

        await Task.WhenAll(people.Select((person, number) => Task.Run(async () =>
        {
            var random = new Random(number);
            for (var round = 0; round < 60; round++)
            {
                switch (random.Next(4))
                {
                    case 0 or 1:
                        var lent = await library.BorrowAsync(person);
                        if (lent.Succeeded) Assert.True(lent.Value.IsOpenAt(library.Calendar.Now));
                        break;
                    case 2:
                        await library.HoldAsync(person);
                        break;
                    default:
                        await using (var db = library.NewContext())
                            if (await db.DigitalLoans.FirstOrDefaultAsync(one => one.MemberId == person.Id && one.EndedAt == null) is { } loan) await library.ReturnAsync(loan);
                        break;
                }
            }
        })));

        await library.AssertLicencesAddUpAsync();
        library.Clock.Advance(TimeSpan.FromDays(40));
        while (await library.SettleAsync() > 0) library.Clock.Advance(TimeSpan.FromHours(73));
        await library.AssertLicencesAddUpAsync();
        await using var after = library.NewContext();
        Assert.False(await after.DigitalLoans.AnyAsync(one => one.EndedAt == null));
    }

    [Fact]
    public Task Any_history_ends_as_a_simple_model_says() => Task.Run(() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Arb.From(Histories), (List<Act> history) => AgreesAsync(history))));

    private static async Task<bool> AgreesAsync(List<Act> history)
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.ALicenceAsync(atOnce: 2, inAll: 6);
        var people = await library.PeopleAsync(4);
        var model = new Model(AtOnce: 2, InAll: 6);
        foreach (var act in history)
        {
            var person = people[act.Person];
            await using var db = library.NewContext();
            var loan = await db.DigitalLoans.FirstOrDefaultAsync(one => one.MemberId == person.Id && one.EndedAt == null);
            var hold = await db.DigitalHolds.FirstOrDefaultAsync(one => one.MemberId == person.Id && one.EndedAt == null);
            await using var desk = library.OpenDesk();
            var agreed = act.Verb switch
            {
                Verb.Borrow => (await library.BorrowAsync(person)).Succeeded == model.Borrow(act.Person),
                Verb.Wait => (await library.HoldAsync(person)).Succeeded == model.Wait(act.Person),
                Verb.Return => (loan is not null && await library.ReturnAsync(loan) is null) == model.Return(act.Person),
                _ => (hold is not null && await desk.The<DigitalLending>().CancelHoldAsync(hold.Id, TestLibrary.Librarian) is null) == model.Leave(act.Person),
            };
            if (!agreed) return false;
        }

        await library.AssertLicencesAddUpAsync();
        var licence = await library.LicenceAsync();
        return (licence.OutNow, licence.LoansMade) == (model.Out, model.Made);
    }

    private static Gen<List<Act>> Histories =>
        from acts in (
            from verb in Gen.Frequency((4, Gen.Constant(Verb.Borrow)), (3, Gen.Constant(Verb.Wait)), (3, Gen.Constant(Verb.Return)), (1, Gen.Constant(Verb.Leave)))
            from person in Gen.Choose(0, 3)
            select new Act(verb, person)).ListOf(25)
        select acts.ToList();

    private enum Verb
    {
        Borrow,
        Wait,
        Return,
        Leave,
    }

    private sealed record Act(Verb Verb, int Person);

    /// <summary>One licence, who has it, who is offered it and who waits, as lists.</summary>
    private sealed record Model(int AtOnce, int InAll)
    {
        private readonly List<int> readers = [];
        private readonly List<int> offered = [];
        private readonly List<int> queue = [];
        private int lent;

        public int Out => readers.Count + offered.Count;

        public int Made => lent + offered.Count;

        private bool HasRoom => Out < AtOnce && Made < InAll;

        public bool Borrow(int person)
        {
            if (readers.Contains(person)) return true;
            if (!offered.Remove(person) && !HasRoom) return false;
            queue.Remove(person);
            readers.Add(person);
            lent++;
            return Settled();
        }

        public bool Wait(int person)
        {
            if (readers.Contains(person) || offered.Contains(person) || queue.Contains(person) || HasRoom) return false;
            if (Made >= InAll && offered.Count == 0) return false;
            queue.Add(person);
            return true;
        }

        public bool Return(int person) => readers.Remove(person) && Settled();

        public bool Leave(int person) => (offered.Remove(person) || queue.Remove(person)) && Settled();

        private bool Settled()
        {
            while (queue.Count > 0 && HasRoom)
            {
                offered.Add(queue[0]);
                queue.RemoveAt(0);
            }

            if (Made >= InAll && offered.Count == 0) queue.Clear();
            return true;
        }
    }
}
