using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Programs;

/// <summary>
/// Something that goes on: a program of the library with its sessions, what editors write about it, or both. They are joined by
/// the program's <see cref="LibraryProgram.ContentKey"/>, which is the content's ProgramCode, in every language the same.
/// </summary>
internal sealed record Happening(LibraryProgram? Program, IReadOnlyList<Session> Sessions, OfferedItem? Presented)
{
    public ContentItem? Content => Presented?.Item;

    public string Title => Content?.DisplayText ?? Program!.LocalTitle.Explain(CultureInfo.CurrentUICulture);

    public string? Summary => Content?.Text("Summary") is { Length: > 0 } summary ? summary
        : Program is { } program ? new LocalText(program.Summary ?? "", program.SummaryEnglish).Explain(CultureInfo.CurrentUICulture) : null;

    /// <summary>The words' own language where it is not the reader's: not translated yet.</summary>
    public string? Language => Presented is { IsFallback: true } ? Content!.Culture
        : Content is null && Program?.TitleEnglish is null && ContentCards.Culture == "en" ? "id" : null;

    public ProgramKind Kind => Program?.Kind ?? (Content!.Type switch
    {
        "Exhibition" => ProgramKind.Exhibition,
        "ReadingProgram" => ProgramKind.ReadingProgram,
        "CommunityEvent" => ProgramKind.CommunityEvent,
        _ => ProgramKind.Workshop,
    });

    /// <summary>Its page: with sessions and seats where the library plans them, otherwise where editors put it.</summary>
    public string? Address => Program is { } program
        ? PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/programs/{program.Id}"))
        : ContentCards.AddressOf(Content!);

    /// <summary>The first and the last day by the library's clock, as far as they are known.</summary>
    public (DateOnly First, DateOnly Last)? Days(Dates dates)
    {
        if (Sessions.Count > 0) return (dates.DateOf(Sessions[0].StartsAt), dates.DateOf(Sessions[^1].EndsAt.AddTicks(-1)));
        if (Content?.Day("StartsOn") is { } first) return (first, Content.Day("EndsOn") ?? first);
        return Content?.Instant("StartsAt") is { } starts ? (dates.DateOf(starts), dates.DateOf(Content.Instant("EndsAt") ?? starts)) : null;
    }
}

/// <summary>What is on, for lists, calendars and feeds. Everything is bounded. One answer for each request.</summary>
internal sealed class WhatsOn(LibraryDbContext db, LibraryCalendar calendar, ContentReader content)
{
    public const int MostSessions = 400;

    private const int MostItems = ContentQuery.MaxPageSize;

    private static readonly string[] EventTypes = ["Workshop", "Exhibition", "ReadingProgram", "CommunityEvent"];

    private IReadOnlyDictionary<string, LocalText>? places;

    /// <summary>Everything that is to come or under way, what comes next first.</summary>
    public async Task<IReadOnlyList<Happening>> ToComeAsync(Dates dates, CancellationToken stop)
    {
        var sessions = await db.Sessions.AsNoTracking().ForThePublic().ToCome(calendar.Now).Include(session => session.Program).Take(MostSessions).ToListAsync(stop);
        var presented = await PresentedAsync(stop);
        var happenings = sessions.GroupBy(session => session.ProgramId)
            .Select(group => Join(group.First().Program, [.. group], presented)).ToList();

        var shown = happenings.Select(one => one.Program!.ContentKey).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var rest = presented.Where(each => Code(each) is not { } code || shown.Add(code)).ToList();
        var codes = rest.Select(Code).OfType<string>().ToList();
        var without = await db.Programs.AsNoTracking().ForThePublic().Where(program => program.ContentKey != null && codes.Contains(program.ContentKey)).OrderBy(program => program.Id).Take(MostItems).ToListAsync(stop);
        happenings.AddRange(rest
            .Select(each => new Happening(without.Find(program => program.ContentKey == Code(each)), [], each))
            .Where(one => one.Address is not null && one.Days(dates) is { } days && days.Last >= dates.Today));
        return [.. happenings.OrderBy(one => one.Days(dates)!.Value.First < dates.Today ? dates.Today : one.Days(dates)!.Value.First).ThenBy(one => one.Days(dates)!.Value.Last).ThenBy(one => one.Title, StringComparer.CurrentCulture)];
    }

    /// <summary>The sessions that touch a span of time, cancelled ones included, in order; and what editors announce for it without sessions.</summary>
    public async Task<(IReadOnlyList<Session> Sessions, IReadOnlyList<Happening> Others)> BetweenAsync(DateOnly from, DateOnly to, Dates dates, CancellationToken stop)
    {
        var (start, end) = (calendar.StartOf(from), calendar.EndOf(to));
        // What began long before is an exhibition with a session of its own; nothing lasts longer than a year.
        var earliest = start.AddDays(-ProgramPlanning.MostDays);
        var sessions = await db.Sessions.AsNoTracking().ForThePublic().Touching(start, end).Where(session => session.StartsAt > earliest)
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Include(session => session.Program).Take(MostSessions).ToListAsync(stop);
        var codes = await db.Programs.AsNoTracking().ForThePublic().Where(program => program.ContentKey != null).OrderBy(program => program.Id)
            .Select(program => new { program.ContentKey, Program = program, HasSessions = db.Sessions.Any(session => session.ProgramId == program.Id) }).Take(1_000).ToListAsync(stop);
        var others = (await PresentedAsync(stop))
            .Where(each => Code(each) is not { } code || !codes.Exists(one => one.ContentKey == code && one.HasSessions))
            .Select(each => new Happening(codes.Find(one => one.ContentKey == Code(each))?.Program, [], each))
            .Where(one => one.Address is not null && one.Days(dates) is { } days && days.First <= to && days.Last >= from)
            .OrderBy(one => one.Days(dates)!.Value.First).ToList();
        return (sessions, others);
    }

    /// <summary>A published program with its sessions that are not over, cancelled ones included; null where there is none to show.</summary>
    public async Task<Happening?> ProgramAsync(long id, CancellationToken stop)
    {
        if (await db.Programs.AsNoTracking().ForThePublic().SingleOrDefaultAsync(program => program.Id == id, stop) is not { } program) return null;
        var now = calendar.Now;
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.ProgramId == id && session.EndsAt > now)
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Include(session => session.Program).Take(MostSessions).ToListAsync(stop);
        var presented = program.ContentKey is { } key
            ? (await content.ListAsync(new ContentQuery(ContentCards.Culture, EventTypes) { Where = [new FieldCondition("ProgramCode", FieldComparison.Equal, key)], PageSize = 1 }, stop)).Items.FirstOrDefault()
            : null;
        return new Happening(program, sessions, presented);
    }

    /// <summary>One session of a published program by the UID of its calendar entry; null where there is none to show.</summary>
    public Task<Session?> SessionAsync(string uid, CancellationToken stop) =>
        db.Sessions.AsNoTracking().ForThePublic().Include(session => session.Program).SingleOrDefaultAsync(session => session.Uid == uid, stop);

    /// <summary>Where a session is, in the reader's language.</summary>
    public async Task<string?> PlaceAsync(Session session, CancellationToken stop)
    {
        places ??= (await db.Spaces.AsNoTracking().OrderBy(space => space.Id).Take(500).ToDictionaryAsync(space => $"space:{space.Id}", space => space.LocalName, stop))
            .Concat(await db.Branches.AsNoTracking().OrderBy(branch => branch.Id).Take(500).ToDictionaryAsync(branch => $"branch:{branch.Id}", branch => branch.LocalName, stop))
            .ToDictionary(StringComparer.Ordinal);
        var branch = session.BranchId is { } branchId ? places.GetValueOrDefault($"branch:{branchId}")?.Explain(CultureInfo.CurrentUICulture) : null;
        return session.PlaceKind switch
        {
            PlaceKind.Space when places.GetValueOrDefault($"space:{session.SpaceId}") is { } space => branch is null ? space.Explain(CultureInfo.CurrentUICulture) : $"{space.Explain(CultureInfo.CurrentUICulture)}, {branch}",
            PlaceKind.Branch when session.PlaceWords is not null && branch is not null => $"{session.PlaceWords}, {branch}",
            PlaceKind.Branch => session.PlaceWords ?? branch,
            PlaceKind.Online => ProgramsText.Get("Place.Online"),
            _ => session.PlaceWords,
        };
    }

    private static Happening Join(LibraryProgram program, IReadOnlyList<Session> sessions, IEnumerable<OfferedItem> presented) =>
        new(program, sessions, program.ContentKey is { } key ? presented.FirstOrDefault(each => Code(each) == key) : null);

    private static string? Code(OfferedItem each) => each.Item.Text("ProgramCode") is { Length: > 0 } code ? code : null;

    /// <summary>What editors have written of late, and what is not over: enough for a library that plans a hundred programs at once.</summary>
    private async Task<IReadOnlyList<OfferedItem>> PresentedAsync(CancellationToken stop)
    {
        var newest = await content.ListAsync(new ContentQuery(ContentCards.Culture, EventTypes) { PageSize = MostItems }, stop);
        var ending = await content.ListAsync(new ContentQuery(ContentCards.Culture, EventTypes) { Order = ContentOrder.Ends, EndsAfter = calendar.Now, PageSize = MostItems }, stop);
        return [.. newest.Items.Concat(ending.Items).DistinctBy(each => each.Item.ItemId)];
    }
}
