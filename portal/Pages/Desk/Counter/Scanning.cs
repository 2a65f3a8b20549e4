using System.Globalization;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Portal.Web;
using Metro.Theme;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>
/// Brings what was scanned before the rules and puts their answer into words for somebody with a pile of books in one arm: the page,
/// the script on it and what was kept while the network was down all come through here. Not thread-safe: one per request.
/// </summary>
internal sealed class Scanning(CirculationDesk desk, OnSiteCounter reading, AtTheDesk atTheDesk, LibraryDbContext db, Dates dates)
{
    private static CultureInfo Reader => CultureInfo.CurrentUICulture;

    /// <summary>Lends a copy to the member whose card was scanned.</summary>
    public async Task<Answer> LendAsync(LendingScan scan, Actor by, CancellationToken stop)
    {
        var outcome = await desk.CheckOutAsync(scan, by, stop);
        if (outcome.Refusal is { } refusal) return await RefusedAsync(refusal, scan.Barcode, lending: true, stop);

        var lent = outcome.Value;
        var moved = lent.Due.Date == lent.Due.Asked ? null : lent.Due.Explain(Reader);
        return new Answer(lent.Repeated ? Tone.Caution : Tone.Good, CounterText.Get("Lent", dates.Day(lent.Due.Date)))
        {
            About = $"{lent.Title} · {lent.Barcode}",
            Next = lent.Repeated ? CounterText.Get("Lent.Already") : moved is null ? null : char.ToUpper(moved[0], Reader) + moved[1..] + ".",
        };
    }

    /// <summary>Takes a copy in.</summary>
    public async Task<Answer> ReturnAsync(ReturnScan scan, Actor by, CancellationToken stop)
    {
        var outcome = await desk.CheckInAsync(scan, by, stop);
        if (outcome.Refusal is { } refusal) return await RefusedAsync(refusal, scan.Barcode, lending: false, stop);

        var taken = outcome.Value;
        var copy = (await atTheDesk.CopyAsync(taken.Barcode, stop))!;
        var ways = new List<SiteLink>();
        string? next = null;
        if (taken.Routing == Routing.ToHoldShelf && await atTheDesk.SlipAsync(copy.Id, stop) is { } slip)
        {
            next = CounterText.Get("Hold.For", slip.MemberName, dates.Day(slip.PickupBy!.Value));
            ways.Add(new(CounterText.Get("Slip"), PortalChrome.InLanguage($"/desk/slips/{Key(slip.HoldId)}")));
        }
        else if (taken.Routing == Routing.ToShelf) next = copy.ShelfMark is { } mark ? CounterText.Get("Shelf.At", mark) : CounterText.Get("Shelf.Unknown");

        if (taken.MemberId is { } member && taken.Lateness.Amount > 0) ways.Add(new(CounterText.Get("Fine.Pay"), PortalChrome.InLanguage($"/desk/members/{Key(member)}/fines")));
        return new Answer(taken.Routing == Routing.ToShelf && taken.Lateness.DaysLate == 0 ? Tone.Good : Tone.Caution, await WordAsync(taken.Routing, taken.DestinationBranchId, stop))
        {
            About = $"{taken.Title} · {taken.Barcode}",
            Next = string.Join(' ', new[] { next, Lateness(taken.Lateness), taken.Repeated ? CounterText.Get("Return.Already") : null }.OfType<string>()),
            Ways = ways,
        };
    }

    /// <summary>Counts a copy that was read in the library.</summary>
    public async Task<Answer> ReadAsync(ReadingScan scan, Actor by, CancellationToken stop)
    {
        var outcome = await reading.CountAsync(scan, by, stop);
        if (outcome.Refusal is { } refusal) return await RefusedAsync(refusal, scan.Barcode, lending: false, stop);

        var copy = (await atTheDesk.CopyAsync(scan.Barcode, stop))!;
        return new Answer(Tone.Good, CounterText.Get("Read", outcome.Value))
        {
            About = $"{copy.Title} · {copy.Barcode}",
            Next = copy.ShelfMark is { } mark ? CounterText.Get("Shelf.At", mark) : CounterText.Get("Shelf.Unknown"),
        };
    }

    /// <summary>Where a copy goes that was taken in.</summary>
    public async Task<string> WordAsync(Routing routing, long? destination, CancellationToken stop) => routing switch
    {
        Routing.ToShelf => CounterText.Get("To.Shelf"),
        Routing.ToHoldShelf => CounterText.Get("To.HoldShelf"),
        _ => CounterText.Get("To.Branch", destination is { } id ? (await db.Branches.FindAsync([id], stop))!.LocalName.Explain(Reader) : ""),
    };

    /// <summary>What being late came to; null where it came to nothing.</summary>
    public string? Lateness(Lateness lateness) => (lateness.Amount, lateness.SuspendedThrough) switch
    {
        ( > 0, _) => CounterText.Get("Late.Fine", lateness.DaysLate, lateness.Amount),
        (_, { } through) => CounterText.Get("Late.Suspended", lateness.DaysLate, dates.Day(through)),
        _ => lateness.DaysLate > 0 ? CounterText.Get("Late", lateness.DaysLate) : null,
    };

    /// <summary>A copy was scanned before any card: what it is, and what to do.</summary>
    public async Task<Answer> WithoutCardAsync(string text, CancellationToken stop)
    {
        if (await atTheDesk.CopyAsync(text, stop) is not { } copy)
            return new Answer(Tone.Bad, CounterText.Get(AtTheDesk.LooksLikeACard(text) ? "Card.Unknown" : "Scan.Unknown", text.Trim()))
            {
                Next = CounterText.Get(AtTheDesk.LooksLikeACard(text) ? "Card.Unknown.Next" : "Scan.Unknown.Next"),
                Ways = AtTheDesk.LooksLikeACard(text) ? [new(CounterText.Get("Find"), PortalChrome.InLanguage("/desk/members"))] : [],
            };

        return new Answer(Tone.Caution, CounterText.Get("Card.First"))
        {
            About = $"{copy.Title} · {copy.Barcode}",
            Next = copy.DueOn is { } due ? CounterText.Get("Copy.Out", dates.Day(due)) : CounterText.Get($"Copy.{copy.Status}"),
            Ways = copy.BorrowerId is { } borrower ? [new(CounterText.Get("Copy.Borrower"), PortalChrome.InLanguage($"/desk/members/{Key(borrower)}"))] : [],
        };
    }

    private async Task<Answer> RefusedAsync(Refusal refusal, string barcode, bool lending, CancellationToken stop)
    {
        var copy = await atTheDesk.CopyAsync(barcode, stop);
        var next = refusal.Code switch
        {
            "circulation.unknown_barcode" when AtTheDesk.LooksLikeACard(barcode) => "Next.CardHere",
            "circulation.unknown_barcode" => "Scan.Unknown.Next",
            "circulation.lent_to_another" => "Next.ReturnFirst",
            "circulation.kept_for_another" => "Next.KeepForAnother",
            "circulation.not_in_circulation" => "Next.Catalogue",
            _ when lending && CirculationDesk.MayBeOverridden(refusal) => "Next.Override",
            _ => null,
        };
        return new Answer(Tone.Bad, refusal.Explain(Reader))
        {
            About = copy is null ? null : $"{copy.Title} · {copy.Barcode}",
            Next = next is null ? null : CounterText.Get(next),
            Ways = refusal.Code == "circulation.lent_to_another" && copy?.BorrowerId is { } borrower
                ? [new(CounterText.Get("Copy.Borrower"), PortalChrome.InLanguage($"/desk/members/{Key(borrower)}"))]
                : [],
            Override = lending && copy is not null && CirculationDesk.MayBeOverridden(refusal) ? copy.Barcode : null,
        };
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}
