using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>Random histories of a small library, compared act by act with a model that fits on a page.</summary>
public sealed class CirculationModelTests
{
    private const int Members = 4;

    /// <summary>The title of each copy: one title has a single copy, the other two.</summary>
    private static readonly int[] TitleOf = [0, 1, 1];

    private static readonly int[][] CopiesOf = [[0], [1, 2]];

    [Fact]
    public void Circulation_does_what_the_simple_model_says_in_every_history()
    {
        var act =
            from what in Gen.Frequency((6, Gen.Constant(Act.CheckOut)), (4, Gen.Constant(Act.CheckIn)), (6, Gen.Constant(Act.Hold)), (2, Gen.Constant(Act.Cancel)),
                (3, Gen.Constant(Act.Renew)), (3, Gen.Constant(Act.Suspend)), (1, Gen.Constant(Act.Resume)), (1, Gen.Constant(Act.Lose)), (2, Gen.Constant(Act.Pass)))
            from member in Gen.Choose(0, Members - 1)
            from copy in Gen.Choose(0, TitleOf.Length - 1)
            select new Step(what, member, copy);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
            Arb.From(act.ListOf(40), Shrink),
            history => PlayAsync(history).GetAwaiter().GetResult()));
    }

    private enum Act { CheckOut, CheckIn, Hold, Cancel, Renew, Suspend, Resume, Lose, Pass }

    private sealed record Step(Act Act, int Member, int Copy)
    {
        public override string ToString() => $"{Act} {Member} {Copy}";
    }

    private static IEnumerable<List<Step>> Shrink(List<Step> history) =>
        Enumerable.Range(0, history.Count).Select(left => history.Where((_, i) => i != left).ToList());

    private static async Task PlayAsync(List<Step> history)
    {
        await using var library = await TestLibrary.OpenAsync();
        var members = new List<Member>();
        for (var i = 0; i < Members; i++) members.Add(await library.AMemberAsync());
        var books = new List<Book>();
        foreach (var copies in CopiesOf) books.Add(await library.ABookAsync(copies.Length));
        var model = new Model(new BranchCalendar(TestLibrary.MondayToSaturday, [], library.Calendar.Zone), library.Today);

        foreach (var step in history)
        {
            model.Today = library.Today;
            var expected = model.Do(step);
            var actual = await DoAsync(library, members, books, step);
            Assert.True(expected == actual, $"{step}: the model says {expected ?? "yes"}, the library {actual ?? "yes"}, after {string.Join("; ", history.TakeWhile(one => one != step))}");
            await CompareAsync(library, members, books, model);
        }

        await using var db = library.NewContext();
        await CirculationInvariants.HoldInAsync(db, library.Today);
    }

    private static async Task<string?> DoAsync(TestLibrary library, List<Member> members, List<Book> books, Step step)
    {
        var (member, book) = (members[step.Member], books[TitleOf[step.Copy]]);
        var barcode = BarcodeOf(books, step.Copy);
        await using var desk = library.OpenDesk();
        var hold = await desk.Db.Holds.AsNoTracking().Active().FirstOrDefaultAsync(one => one.MemberId == member.Id && one.TitleId == book.TitleId);
        switch (step.Act)
        {
            case Act.CheckOut:
                return (await library.LendAsync(member, barcode)).Refusal?.Code;
            case Act.CheckIn:
                return (await library.ReturnAsync(barcode)).Refusal?.Code;
            case Act.Hold:
                return (await library.HoldAsync(member, book)).Refusal?.Code;
            case Act.Cancel:
                return hold is null ? "none" : (await desk.The<HoldQueue>().CancelAsync(hold.Id, TestLibrary.Librarian))?.Code;
            case Act.Suspend:
                return hold is null ? "none" : (await desk.The<HoldQueue>().SuspendAsync(hold.Id, library.Today.AddDays(150), TestLibrary.Librarian))?.Code;
            case Act.Resume:
                return hold is null ? "none" : (await desk.The<HoldQueue>().SuspendAsync(hold.Id, null, TestLibrary.Librarian))?.Code;
            case Act.Lose:
                return (await desk.The<CirculationDesk>().ReportLostAsync(barcode, TestLibrary.Librarian))?.Code;
            case Act.Renew:
                var loan = await desk.Db.Loans.AsNoTracking().Open().Where(one => one.MemberId == member.Id && one.TitleId == book.TitleId).OrderBy(one => one.Id).FirstOrDefaultAsync();
                return loan is null ? "none" : (await library.RenewAsync(loan.Id)).Refusal?.Code;
            default:
                library.Pass(step.Copy + 1);
                while (await desk.The<HoldQueue>().ExpireAsync() > 0)
                {
                }

                return null;
        }
    }

    private static async Task CompareAsync(TestLibrary library, List<Member> members, List<Book> books, Model model)
    {
        await using var db = library.NewContext();
        for (var i = 0; i < TitleOf.Length; i++)
        {
            var barcode = BarcodeOf(books, i);
            var copy = await db.Copies.SingleAsync(one => one.Barcode == barcode);
            var loan = await db.Loans.Open().SingleOrDefaultAsync(one => one.CopyId == copy.Id);
            var hold = await db.Holds.Active().SingleOrDefaultAsync(one => one.CopyId == copy.Id);
            var spot = model.Copies[i];
            Assert.Equal(spot.Place, hold?.State == HoldState.Ready ? Where.Ready : copy.Status switch
            {
                CopyStatus.Available => Where.Shelf,
                CopyStatus.OnLoan => Where.Out,
                CopyStatus.Lost => Where.Lost,
                _ => Where.Claimed,
            });
            Assert.Equal(spot.Who, loan is not null ? members.FindIndex(one => one.Id == loan.MemberId) : hold is not null ? members.FindIndex(one => one.Id == hold.MemberId) : -1);
            Assert.Equal(spot.Due, loan?.DueOn ?? hold?.PickupBy ?? default);
        }

        for (var title = 0; title < CopiesOf.Length; title++)
            Assert.Equal(
                model.Queues[title].Select(place => (members[place.Member].Id, place.Suspended)),
                (await db.Holds.QueueFor(books[title].TitleId).ToListAsync()).Select(hold => (hold.MemberId!.Value, hold.IsSuspendedOn(library.Today))));
    }

    private static string BarcodeOf(List<Book> books, int copy) => books[TitleOf[copy]].Barcodes[Array.IndexOf(CopiesOf[TitleOf[copy]], copy)];

    private enum Where { Shelf, Out, Claimed, Ready, Lost }

    /// <summary>Where a copy is, who has it or waits for it with which hold, and until when.</summary>
    private sealed record Spot(Where Place, int Who, DateOnly Due, int Hold)
    {
        public static readonly Spot OnShelf = new(Where.Shelf, -1, default, 0);

        public bool IsWith(int who) => Who == who && Place is Where.Out or Where.Lost;

        public bool IsKeptFor(int who) => Who == who && IsKept;

        public bool IsKept => Place is Where.Claimed or Where.Ready;
    }

    private sealed record InQueue(int Hold, int Member, bool Suspended);

    /// <summary>The rule book in its shortest form: two loans, two holds, seven days, one renewal, three days for pickup.</summary>
    private sealed class Model(BranchCalendar calendar, DateOnly today)
    {
        private readonly Dictionary<int, (int Count, DateOnly Last)> renewals = [];
        private readonly List<int> lent = [];
        private readonly int[] owed = new int[Members];
        private int holds;

        public Spot[] Copies { get; } = [.. Enumerable.Repeat(Spot.OnShelf, TitleOf.Length)];

        public List<InQueue>[] Queues { get; } = [.. CopiesOf.Select(_ => new List<InQueue>())];

        public DateOnly Today { get; set; } = today;

        /// <summary>Does it, or says by which code it is refused.</summary>
        public string? Do(Step step)
        {
            var (who, copy, title) = (step.Member, step.Copy, TitleOf[step.Copy]);
            return step.Act switch
            {
                Act.CheckOut => CheckOut(who, copy, title),
                Act.CheckIn => CheckIn(copy),
                Act.Hold => Hold(who, title),
                Act.Cancel => Cancel(who, title),
                Act.Renew => Renew(who, title),
                Act.Suspend => Suspend(who, title, suspended: true),
                Act.Resume => Suspend(who, title, suspended: false),
                Act.Lose => Lose(copy),
                _ => Pass(step.Copy + 1),
            };
        }

        private string? CheckOut(int who, int copy, int title)
        {
            var spot = Copies[copy];
            if (spot.Place == Where.Out && spot.Who == who) return null;
            if (spot.Place is Where.Out or Where.Lost) return "circulation.lent_to_another";
            if (spot.IsKept && spot.Who != who) return "circulation.kept_for_another";
            if (MayNotBorrow(who, exceptCopy: -1) is { } no) return no;
            if (Copies.Count(one => one.IsWith(who)) >= 2) return "circulation.too_many_loans";

            Copies[copy] = new Spot(Where.Out, who, Due(), 0);
            renewals.Remove(copy);
            lent.Remove(copy);
            lent.Add(copy);
            Queues[title].RemoveAll(one => one.Member == who);
            if (KeptFor(who, title) is { } another) Free(another, inHand: Copies[another].Place == Where.Ready);
            return null;
        }

        private string? CheckIn(int copy)
        {
            var spot = Copies[copy];
            if (spot.Place == Where.Claimed) Copies[copy] = spot with { Place = Where.Ready, Due = Pickup() };
            if (spot.Place is not (Where.Out or Where.Lost)) return null;

            if (Today > spot.Due) owed[spot.Who] += Math.Min(25_000, 500 * calendar.OpenDaysBetween(spot.Due, Today));
            Free(copy, inHand: true);
            return null;
        }

        private string? Hold(int who, int title)
        {
            if (Queues[title].Exists(one => one.Member == who) || KeptFor(who, title) is not null) return null;
            if (owed[who] >= 50_000) return "circulation.owes_too_much";
            if (Queues.Sum(queue => queue.Count(one => one.Member == who)) + Copies.Count(one => one.IsKeptFor(who)) >= 2) return "circulation.too_many_holds";
            if (CopiesOf[title].Any(copy => Copies[copy].Place == Where.Out && Copies[copy].Who == who)) return "circulation.already_borrowed";
            if (CopiesOf[title].All(copy => Copies[copy].Place == Where.Lost)) return "circulation.nothing_to_lend";

            Queues[title].Add(new InQueue(++holds, who, Suspended: false));
            Claim(title);
            return null;
        }

        private string? Cancel(int who, int title)
        {
            if (KeptFor(who, title) is { } copy) Free(copy, inHand: Copies[copy].Place == Where.Ready);
            else if (Queues[title].RemoveAll(one => one.Member == who) == 0) return "none";
            return null;
        }

        private string? Suspend(int who, int title, bool suspended)
        {
            if (KeptFor(who, title) is not null) return "circulation.hold_has_copy";
            var place = Queues[title].FindIndex(one => one.Member == who);
            if (place < 0) return "none";

            Queues[title][place] = Queues[title][place] with { Suspended = suspended };
            if (!suspended) Claim(title);
            return null;
        }

        private string? Renew(int who, int title)
        {
            var place = lent.FindIndex(one => TitleOf[one] == title && Copies[one].IsWith(who));
            if (place < 0) return "none";
            var copy = lent[place];
            if (Copies[copy].Place == Where.Lost) return "circulation.not_out";
            var renewed = renewals.GetValueOrDefault(copy);
            if (renewed.Last == Today && Copies[copy].Due == Due()) return null;
            if (MayNotBorrow(who, exceptCopy: copy) is { } no) return no;
            if (Copies[copy].Due < Today) return "circulation.overdue";
            if (renewed.Count >= 1) return "circulation.no_renewals_left";
            if (Queues[title].Exists(one => !one.Suspended)) return "circulation.someone_waiting";
            if (Due() <= Copies[copy].Due) return "circulation.nothing_gained";

            Copies[copy] = Copies[copy] with { Due = Due() };
            renewals[copy] = (renewed.Count + 1, Today);
            return null;
        }

        private string? Lose(int copy)
        {
            if (Copies[copy].Place is not (Where.Out or Where.Lost)) return "circulation.not_lent";
            Copies[copy] = Copies[copy] with { Place = Where.Lost };
            return null;
        }

        private string? Pass(int days)
        {
            Today = Today.AddDays(days);
            var late = Enumerable.Range(0, Copies.Length).Where(i => Copies[i].Place == Where.Ready && Copies[i].Due < Today)
                .OrderBy(i => Copies[i].Due).ThenBy(i => Copies[i].Hold).ToList();
            foreach (var copy in late) Free(copy, inHand: true);
            return null;
        }

        /// <summary>To the first who does not let others go before; what nobody has in hand must first be fetched.</summary>
        private void Free(int copy, bool inHand)
        {
            var queue = Queues[TitleOf[copy]];
            var next = queue.FindIndex(one => !one.Suspended);
            Copies[copy] = next < 0 ? Spot.OnShelf
                : inHand ? new Spot(Where.Ready, queue[next].Member, Pickup(), queue[next].Hold)
                : new Spot(Where.Claimed, queue[next].Member, default, queue[next].Hold);
            if (next >= 0) queue.RemoveAt(next);
        }

        private void Claim(int title)
        {
            var free = CopiesOf[title].Where(copy => Copies[copy].Place == Where.Shelf).Select(copy => (int?)copy).FirstOrDefault();
            if (free is { } copy) Free(copy, inHand: false);
        }

        private string? MayNotBorrow(int who, int exceptCopy)
        {
            if (owed[who] >= 50_000) return "circulation.owes_too_much";
            return Copies.Where((one, i) => i != exceptCopy && one.Place == Where.Out && one.Who == who && one.Due < Today).Any() ? "circulation.has_overdue" : null;
        }

        private int? KeptFor(int who, int title) => CopiesOf[title].Where(copy => Copies[copy].IsKeptFor(who)).Select(copy => (int?)copy).FirstOrDefault();

        private DateOnly Due() => calendar.DueAfter(Today, 7).Date;

        private DateOnly Pickup() => calendar.AfterOpenDays(Today, 3);
    }
}
