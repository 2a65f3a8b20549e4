using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>Random histories of registering, cancelling, accepting and waiting too long, compared with a queue that a child could keep.</summary>
public sealed class WaitlistModelTests
{
    private const int Seats = 4;

    [Fact]
    public Task Any_history_of_a_waitlist_ends_as_a_simple_queue_says() => Task.Run(() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Arb.From(Histories), (List<Act> history) => AgreesAsync(history))));

    private static async Task<bool> AgreesAsync(List<Act> history)
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(Seats, inDays: 60);
        var (model, registered) = (new Model(), new List<Registration>());
        foreach (var act in history)
        {
            var target = registered.Count == 0 ? -1 : act.Target % registered.Count;
            switch (act.Verb)
            {
                case Verb.Register:
                    registered.Add(await library.SomebodyAsync(session, $"Orang{registered.Count}", act.Companions));
                    model.Register(1 + act.Companions);
                    break;
                case Verb.Cancel when target >= 0:
                    if ((await library.CancelAsync(registered[target])).Succeeded != model.Cancel(target)) return false;
                    break;
                case Verb.Accept when target >= 0:
                    if ((await library.AcceptAsync(registered[target])).Succeeded != model.Accept(target)) return false;
                    break;
                case Verb.WaitADay:
                    library.Clock.Advance(TimeSpan.FromDays(1));
                    if (await library.ExpireOffersAsync() != model.WaitADay()) return false;
                    break;
                default:
                    continue;
            }
        }

        await using var db = library.NewContext();
        return (await db.Registrations.OrderBy(one => one.Id).Select(one => one.Status).ToListAsync()).SequenceEqual(model.Statuses);
    }

    private static Gen<List<Act>> Histories =>
        from acts in (
            from verb in Gen.Frequency((6, Gen.Constant(Verb.Register)), (4, Gen.Constant(Verb.Cancel)), (3, Gen.Constant(Verb.Accept)), (2, Gen.Constant(Verb.WaitADay)))
            from companions in Gen.Choose(0, 2)
            from target in Gen.Choose(0, 20)
            select new Act(verb, companions, target)).ListOf(20)
        select acts.ToList();

    private enum Verb
    {
        Register,
        Cancel,
        Accept,
        WaitADay,
    }

    private sealed record Act(Verb Verb, int Companions, int Target);

    /// <summary>Everybody in order of asking, with how they stand and since which day they have an offer.</summary>
    private sealed class Model
    {
        private readonly List<(int Party, RegistrationStatus Status, int OfferedOn)> people = [];
        private int today;

        public IEnumerable<RegistrationStatus> Statuses => people.Select(one => one.Status);

        public void Register(int party) => people.Add((party, party <= Left ? RegistrationStatus.Confirmed : RegistrationStatus.Waiting, 0));

        public bool Cancel(int target)
        {
            if (people[target].Status is RegistrationStatus.Cancelled or RegistrationStatus.Lapsed) return false;
            people[target] = people[target] with { Status = RegistrationStatus.Cancelled };
            OfferWhatIsFree();
            return true;
        }

        public bool Accept(int target)
        {
            if (people[target].Status != RegistrationStatus.Offered) return false;
            people[target] = people[target] with { Status = RegistrationStatus.Confirmed };
            return true;
        }

        public int WaitADay()
        {
            today++;
            var late = Enumerable.Range(0, people.Count).Where(i => people[i].Status == RegistrationStatus.Offered && today - people[i].OfferedOn >= 2).ToList();
            foreach (var i in late) people[i] = people[i] with { Status = RegistrationStatus.Lapsed };
            if (late.Count > 0) OfferWhatIsFree();
            return late.Count;
        }

        private int Left => Seats - people.Where(one => one.Status is RegistrationStatus.Confirmed or RegistrationStatus.Offered).Sum(one => one.Party);

        private void OfferWhatIsFree()
        {
            for (var i = 0; i < people.Count; i++)
                if (people[i].Status == RegistrationStatus.Waiting && people[i].Party <= Left) people[i] = people[i] with { Status = RegistrationStatus.Offered, OfferedOn = today };
        }
    }
}
