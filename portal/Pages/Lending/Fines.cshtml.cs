using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Policies;
using Metro.Portal.People;

namespace Metro.Portal.Pages.Lending;

/// <summary>What a member was fined, paid and was let off, each for itself; what is owed, and where it is paid.</summary>
internal sealed class FinesModel(FinesLedger ledger, LimitsInForce limits, LibrarySettings library) : MemberPage
{
    public IReadOnlyList<FineOnRecord> Fines { get; private set; } = [];

    public long Owed => Fines.Sum(one => (long)one.Fine.Outstanding);

    /// <summary>Whether so much is owed that nothing is lent.</summary>
    public bool OwesTooMuch { get; private set; }

    public string Address => library.Address;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Fines = await ledger.RecordOfAsync(Member.Id, stop);
        OwesTooMuch = Owed >= (await limits.GetAsync(stop)).MostOwed;
    }

    /// <summary>Why a fine was let go: what the staff wrote, or the library's own reason in the reader's language.</summary>
    public static string ReasonOf(string reason) => reason == FineWaiver.Found ? LendingText.Get("Fine.Found") : reason;
}
