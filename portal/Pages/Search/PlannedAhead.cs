using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Search;
using Metro.Portal.Pages.Programs;
using Metro.Portal.Schema.Programs;
using Metro.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Search;

/// <summary>Programs and spaces about which no editor has written: they have a page all the same, and a search finds it.</summary>
internal sealed class PlannedAhead(LibraryDbContext db, WhatsOn whatsOn, ContentReader content, Dates dates)
{
    private const int MostSpaces = 500;

    /// <summary>What has all the words, in a part of the site.</summary>
    /// <param name="part">The part's name; those without programs or spaces have nothing.</param>
    /// <param name="words">What was typed.</param>
    /// <param name="most">The most hits.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<IEnumerable<SearchHit>> FindAsync(string part, string words, int most, CancellationToken stop) => most <= 0 ? [] : part switch
    {
        "programs" => (await ProgramsAsync(WordsSought.Of(words), stop)).Take(most),
        "spaces" => (await SpacesAsync(WordsSought.Of(words), stop)).Take(most),
        _ => [],
    };

    private async Task<IEnumerable<SearchHit>> ProgramsAsync(WordsSought sought, CancellationToken stop) =>
        (await whatsOn.ToComeAsync(dates, stop))
            .Where(one => one is { Content: null, Program: { } program } && sought.AreIn($"{one.Title} {program.Title} {program.TitleEnglish} {one.Summary}"))
            .Select(one => Hit("program", one.Program!.Id, "programs", one.Title, one.Summary ?? dates.Span(one.Sessions[0].StartsAt, one.Sessions[0].EndsAt)));

    private async Task<IEnumerable<SearchHit>> SpacesAsync(WordsSought sought, CancellationToken stop)
    {
        var spaces = await db.Spaces.AsNoTracking().Where(space => space.IsActive).Include(space => space.Kind).OrderBy(space => space.Id).Take(MostSpaces).ToListAsync(stop);
        var found = spaces.Where(space => sought.AreIn($"{space.Name} {space.NameEnglish} {space.Kind.Name} {space.Kind.NameEnglish}")).ToList();
        var described = await content.PresentingSpacesAsync([.. found.Select(space => space.ContentKey).OfType<string>()], ContentCards.Culture, stop);
        return found.Where(space => space.ContentKey is not { } key || !described.ContainsKey(key)).Select(space => Hit(
            "space", space.Id, "spaces", space.LocalName.Explain(CultureInfo.CurrentUICulture), new LocalText(space.Kind.Name, space.Kind.NameEnglish).Explain(CultureInfo.CurrentUICulture)));
    }

    private static SearchHit Hit(string kind, long id, string folder, string title, string words) => new(
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{id}"), kind, ContentCards.Culture, title,
        string.Create(CultureInfo.InvariantCulture, $"{PortalChrome.InLanguage("/" + folder)[1..]}/{id}"), [new ExcerptPiece(words, IsSought: false)]);
}
