using System.Globalization;
using Metro.Library;
using Metro.Library.Policies;
using Metro.Library.Visits;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Visits;

/// <summary>How a class comes to the library, and what it can come for.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Visits | Matters.Spaces)]
internal sealed class VisitsModel(LibraryDbContext db, VisitSlots slots, LimitsInForce limits, Dates dates, SiteChrome chrome) : PageModel
{
    private const int MostOffers = 30;

    public IReadOnlyList<Card> Offers { get; private set; } = [];

    public IReadOnlyList<string> Steps { get; private set; } = [];

    public IReadOnlyList<string> Rules { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var offers = await db.VisitOffers.AsNoTracking().Include(offer => offer.Times).Where(offer => offer.IsActive).OrderBy(offer => offer.Id).Take(MostOffers).ToListAsync(stop);
        var free = await slots.NextFreeAsync(offers, stop);
        var cards = new List<Card>();
        foreach (var offer in offers.OrderBy(offer => offer.Kind))
        {
            var next = free.GetValueOrDefault(offer.Id);
            cards.Add(new Card(offer.LocalName.Explain(CultureInfo.CurrentUICulture), PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/visits/{offer.Id}")))
            {
                Kicker = VisitsText.Get($"Kind.{offer.Kind}"),
                Mark = next is null ? new Mark(VisitsText.Get("Next.None"), Tone.Caution) : null,
                Facts =
                [
                    VisitsText.Get("Minutes", offer.DurationMinutes), VisitsText.Get("Children", offer.LeastChildren, offer.MostChildren),
                    .. next is null ? (string[])[] : [VisitsText.Get("Next", $"{dates.ShortDay(next.Date)}, {dates.Time(next.Time)}")],
                ],
                HeadingLevel = 3,
            });
        }

        Offers = cards;
        Steps = [VisitsText.Get("How.1"), VisitsText.Get("How.2"), VisitsText.Get("How.3", offers.Count == 0 ? 7 : offers.Max(offer => offer.AnswerDays)), VisitsText.Get("How.4")];
        Rules = [VisitsText.Get("Rule.Adults"), VisitsText.Get("Rule.Quota", (await limits.GetAsync(stop)).VisitsPerSchoolYear), VisitsText.Get("Rule.Photographs"), VisitsText.Get("Rule.Closure")];
        chrome.Head.Description = VisitsText.Get("Lead");
    }
}
