using System.Globalization;
using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>One thing that classes can come for, and when it can still be had, four weeks at a time.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Visits | Matters.Spaces)]
internal sealed class VisitOfferModel(LibraryDbContext db, VisitSlots slots, Dates dates, SiteChrome chrome) : PageModel
{
    private const int DaysShown = 28;

    public VisitOffer Offer { get; private set; } = null!;

    public string Name => Offer.LocalName.Explain(CultureInfo.CurrentUICulture);

    public IReadOnlyList<VisitSlot> Slots { get; private set; } = [];

    public IReadOnlyList<string> Facts { get; private set; } = [];

    public DateOnly From { get; private set; }

    public DateOnly To { get; private set; }

    public string? Earlier { get; private set; }

    public string? Later { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, [FromQuery] string? from, CancellationToken stop)
    {
        if (await db.VisitOffers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Id == id && offer.IsActive, stop) is not { } found) return NotFound();

        Offer = found;
        var (first, last) = (dates.Today.AddDays(found.NoticeDays), dates.Today.AddDays(found.DaysAhead));
        From = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked > first && asked <= last ? asked : first;
        To = From.AddDays(DaysShown - 1) < last ? From.AddDays(DaysShown - 1) : last;
        var free = await slots.BetweenAsync(id, From, To, stop);
        Slots = free.Succeeded ? free.Value : [];
        Earlier = From > first ? AddressFrom(From.AddDays(-DaysShown)) : null;
        Later = To < last ? AddressFrom(To.AddDays(1)) : null;
        Facts = [.. await FactsAsync(stop)];

        chrome.Head.Description = $"{Name}. {string.Join(". ", Facts.Take(3))}.";
        chrome.Head.Canonical = PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/visits/{id}"));
        chrome.Head.Next = Later;
        return Page();
    }

    private async Task<IEnumerable<string>> FactsAsync(CancellationToken stop)
    {
        var space = await db.Spaces.AsNoTracking().SingleOrDefaultAsync(one => one.Id == Offer.SpaceId, stop);
        var branch = await db.Branches.AsNoTracking().SingleOrDefaultAsync(one => one.Id == Offer.BranchId, stop);
        return
        [
            VisitsText.Get("Minutes", Offer.DurationMinutes),
            VisitsText.Get("Children", Offer.LeastChildren, Offer.MostChildren),
            VisitsText.Get("Rule.Adults"),
            VisitsText.Get("Languages", string.Join(", ", Offer.Languages.Split(',').Select(language => VisitsText.Get($"Language.{language}")))),
            Offer.Kind == VisitKind.MobileLibrary ? VisitsText.Get("Where.School")
                : VisitsText.Get("Where", (space?.LocalName ?? branch!.LocalName).Explain(CultureInfo.CurrentUICulture)),
            VisitsText.Get("Notice", Offer.NoticeDays),
            VisitsText.Get("CancelBy", Offer.CancelDays),
        ];
    }

    private string AddressFrom(DateOnly date) =>
        PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/visits/{Offer.Id}?from={date:yyyy-MM-dd}"));
}
