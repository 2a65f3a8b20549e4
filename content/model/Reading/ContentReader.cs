using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>
/// What the public may read, for pages, feeds and GraphQL: published versions only, each by an index, each
/// list bounded. <see cref="AsOn"/> gives a reader of the site as it will be. Not thread-safe, as its context.
/// </summary>
public sealed partial class ContentReader(ContentDbContext db, ContentTypes types, ContentSettings settings)
{
    private DateTime? at;

    /// <summary>
    /// A reader of the site as it will be at that instant, if nobody changes a thing: scheduled publications
    /// done, scheduled withdrawals too. For those who may preview.
    /// </summary>
    public ContentReader AsOn(DateTime atUtc) => new(db, types, settings) { at = atUtc };

    /// <summary>The published version of an item; null when there is none.</summary>
    public async Task<ContentItem?> FindAsync(string itemId, CancellationToken stop = default) =>
        (await FindManyAsync([itemId], stop)).GetValueOrDefault(itemId);

    /// <summary>The published versions of up to 500 items, by id; what is not published is missing.</summary>
    public async Task<IReadOnlyDictionary<string, ContentItem>> FindManyAsync(IReadOnlyList<string> itemIds, CancellationToken stop = default)
    {
        var sought = itemIds.Distinct().Take(500).ToArray();
        if (sought.Length == 0) return new Dictionary<string, ContentItem>();

        var found = await Documents(Rows().Where(row => sought.Contains(row.ItemId) && !row.IsFallback)).ToListAsync(stop);
        return found.ToDictionary(each => each.Item.ItemId, each => ContentItem.Of(each.Item, each.Version));
    }

    /// <summary>The newest version of an item, published or not: for those who may preview it. Null when there is no such item.</summary>
    public async Task<ContentItem?> FindLatestAsync(string itemId, CancellationToken stop = default) =>
        await (from item in db.Items.AsNoTracking()
               join version in db.Versions.AsNoTracking() on item.LatestVersionId equals version.VersionId
               where item.ItemId == itemId
               select new { item, version }).SingleOrDefaultAsync(stop) is { } found
            ? ContentItem.Of(found.item, found.version)
            : null;

    /// <summary>What an address of the portal leads to; null when to nothing.</summary>
    /// <param name="path">The path of the request, with or without slashes at its ends.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<RouteAnswer?> ByPathAsync(string path, CancellationToken stop = default)
    {
        var norm = ContentPath.Normalise(path);
        if (norm.Length > ContentPath.MaxLength) return null;

        var routes = await (from route in db.Routes
                            join row in Rows() on new { route.ItemId, route.Scope } equals new { row.ItemId, row.Scope }
                            where route.PathNorm == norm && (route.Scope == Scope.Published || route.Scope == Scope.Latest) && !row.IsFallback
                            orderby route.Scope, row.ItemId
                            select new { row.ItemId, row.VersionId, route.ContainedItemId }).Take(2).ToListAsync(stop);
        if (routes.Count > 0)
        {
            var found = await VersionAsync(routes[0].ItemId, routes[0].VersionId, stop);
            return new RouteAnswer(found, routes[0].ContainedItemId, null);
        }

        return await LedOnAsync(norm, stop) is { } target ? new RouteAnswer(null, null, target) : null;
    }

    /// <summary>Where an address that was left leads in the end: over several redirects the reader is sent once.</summary>
    private async Task<string?> LedOnAsync(string from, CancellationToken stop)
    {
        string? target = null;
        for (var step = 0; step < Redirects.LongestChain; step++)
        {
            if (await db.Redirects.AsNoTracking().SingleOrDefaultAsync(row => row.PathNorm == from, stop) is not { } redirect) return target;
            if (redirect.ItemId is { } moved)
                return await Rows().Where(row => row.ItemId == moved && !row.IsFallback).Select(row => row.Path).FirstOrDefaultAsync(stop) is { } now ? "/" + now : null;

            target = redirect.Target!;
            if (!target.StartsWith('/')) return target;
            from = ContentPath.Normalise(target);
        }

        return target;
    }

    /// <summary>The item of that name in the reader's language, else in the language that stands in for it.</summary>
    public async Task<OfferedItem?> ByAliasAsync(string alias, string culture, CancellationToken stop = default)
    {
        var name = alias.ToLowerInvariant();
        var named = await (from row in db.Aliases
                           join index in Rows() on new { row.ItemId, row.Scope } equals new { index.ItemId, index.Scope }
                           where row.Alias == name && (row.Scope == Scope.Published || row.Scope == Scope.Latest) && !index.IsFallback
                           select new { index.ItemId, index.VersionId, index.LocSet }).FirstOrDefaultAsync(stop);
        if (named is null) return null;
        if (named.LocSet is not null && await InLanguageAsync(named.LocSet, culture, stop) is { } translated) return translated;

        return await VersionAsync(named.ItemId, named.VersionId, stop) is { } item ? new OfferedItem(item, false) : null;
    }

    /// <summary>The item of a localization set in the reader's language, else the one that stands in for it; null when none is published.</summary>
    public async Task<OfferedItem?> InLanguageAsync(string localizationSet, string culture, CancellationToken stop = default)
    {
        var row = await Rows().Where(row => row.LocSet == localizationSet && row.Culture == culture).OrderBy(row => row.IsFallback)
            .Select(row => new { row.ItemId, row.VersionId, row.IsFallback }).FirstOrDefaultAsync(stop);
        return row is not null && await VersionAsync(row.ItemId, row.VersionId, stop) is { } item ? new OfferedItem(item, row.IsFallback) : null;
    }

    /// <summary>The languages in which a set is published, with the address in each: for the language switch and hreflang.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> LanguagesAsync(string localizationSet, CancellationToken stop = default)
    {
        var rows = await Rows().Where(row => row.LocSet == localizationSet && !row.IsFallback).OrderBy(row => row.Culture).Select(row => new { row.Culture, row.Path }).Take(20).ToListAsync(stop);
        return rows.DistinctBy(row => row.Culture).ToDictionary(row => row.Culture, row => row.Path);
    }

    /// <summary>A page of a list.</summary>
    /// <exception cref="ArgumentException">A type or field is unknown, or the cursor is of another order: the caller's mistake.</exception>
    public async Task<ContentPage> ListAsync(ContentQuery query, CancellationToken stop = default)
    {
        if (query.Types.Count is 0 or > 8) throw new ArgumentException("A list is of one to eight types.", nameof(query));
        if (query.After is { } after && after.Order != query.Order) throw new ArgumentException("The cursor is of another order.", nameof(query));

        // Each type is a range of the index; the few best of each are merged, rather than all of them sorted.
        var size = Math.Clamp(query.PageSize, 1, ContentQuery.MaxPageSize);
        var branches = await BranchesAsync(query.Terms, stop);
        var found = new List<Candidate>();
        foreach (var type in query.Types.Distinct())
        {
            found.AddRange(await InOrder(Candidates(query, branches, type, query.Culture), query).Take(size + 1).ToListAsync(stop));
            if (types.Find(type) is not { IsLocalised: true }) found.AddRange(await InOrder(Candidates(query, branches, type, ""), query).Take(size + 1).ToListAsync(stop));
        }

        var page = Sorted(found, query.Order).Take(size).ToList();
        if (page.Count == 0) return new ContentPage([], false);

        var versions = page.Select(each => each.VersionId).ToArray();
        var documents = await (from version in db.Versions.AsNoTracking()
                               join item in db.Items.AsNoTracking() on version.ItemId equals item.ItemId
                               where versions.Contains(version.VersionId)
                               select new { item, version }).ToDictionaryAsync(each => each.version.VersionId, stop);
        return new ContentPage(
            [.. page.Where(each => documents.ContainsKey(each.VersionId)).Select(each => new OfferedItem(
                ContentItem.Of(documents[each.VersionId].item, documents[each.VersionId].version), each.IsFallback) { Cursor = each.Cursor(query.Order) })],
            found.Count > size);
    }

    /// <summary>How many items a list has in all, whatever its page.</summary>
    public async Task<int> CountAsync(ContentQuery query, CancellationToken stop = default)
    {
        var branches = await BranchesAsync(query.Terms, stop);
        var count = 0;
        foreach (var type in query.Types.Distinct())
        {
            count += await Candidates(query, branches, type, query.Culture).CountAsync(stop);
            if (types.Find(type) is not { IsLocalised: true }) count += await Candidates(query, branches, type, "").CountAsync(stop);
        }

        return count;
    }

    /// <summary>Everything published that has an address, by address: for the site map.</summary>
    /// <param name="after">Only addresses after that one; null from the first.</param>
    /// <param name="limit">How many, at most 1,000.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<SiteMapLine>> SiteMapAsync(string? after = null, int limit = 1_000, CancellationToken stop = default)
    {
        after ??= "";
        return await (from route in db.Routes
                      join row in db.Index on route.ItemId equals row.ItemId
                      where route.Scope == Scope.Published && route.ContainedItemId == null && string.Compare(route.PathNorm, after) > 0
                          && row.Scope == Scope.Published && !row.IsFallback
                      orderby route.PathNorm
                      select new SiteMapLine(route.PathNorm, row.ItemId, row.Culture, row.LocSet, row.ModifiedUtc))
            .Take(Math.Clamp(limit, 1, 1_000)).ToListAsync(stop);
    }

    /// <summary>The rows of what is published, or will be at the instant of <see cref="AsOn"/>.</summary>
    private IQueryable<IndexRow> Rows()
    {
        if (at is not { } then) return db.Index.AsNoTracking().Where(row => row.Scope == Scope.Published);

        var appointed = db.Schedules.Where(due => due.Act == ScheduledAct.Publish && due.RefusalCode == null && due.DueUtc <= then).Select(due => due.ItemId);
        return db.Index.AsNoTracking().Where(row => (row.ArchiveUtc == null || row.ArchiveUtc > then)
            && (row.Scope == Scope.Published
                ? !appointed.Contains(row.ItemId) && !(row.IsFallback && db.Index.Any(other => other.Scope == Scope.Latest && other.LocSet == row.LocSet
                    && other.Culture == row.Culture && appointed.Contains(other.ItemId)))
                : appointed.Contains(row.ItemId)));
    }

    private IQueryable<Found> Documents(IQueryable<IndexRow> rows) =>
        from row in rows
        join item in db.Items.AsNoTracking() on row.ItemId equals item.ItemId
        join version in db.Versions.AsNoTracking() on row.VersionId equals version.VersionId
        select new Found { Item = item, Version = version };

    private async Task<ContentItem?> VersionAsync(string itemId, string versionId, CancellationToken stop) =>
        await (from version in db.Versions.AsNoTracking()
               join item in db.Items.AsNoTracking() on version.ItemId equals item.ItemId
               where version.VersionId == versionId && item.ItemId == itemId
               select new Found { Item = item, Version = version }).SingleOrDefaultAsync(stop) is { } found
            ? ContentItem.Of(found.Item, found.Version)
            : null;

    private IQueryable<Candidate> Candidates(ContentQuery query, IReadOnlyList<string[]> branches, string type, string culture)
    {
        IQueryable<Candidate> candidates;
        IReadOnlyList<string[]> remaining = [.. branches.OrderBy(branch => branch.Length)];
        if (remaining.Count > 0 && remaining[0].Length == 1 && at is null)
        {
            // A term with none below it is a range of its own index; a branch is asked for by each item of the type's.
            var first = remaining[0][0];
            remaining = [.. remaining.Skip(1)];
            candidates = from term in db.Terms
                         join row in db.Index on new { term.ItemId, term.Scope, term.Culture } equals new { row.ItemId, row.Scope, row.Culture }
                         where term.Scope == Scope.Published && term.TermId == first && term.Type == type && term.Culture == culture
                         select new Candidate
                         {
                             ItemId = term.ItemId, VersionId = row.VersionId, DisplayText = row.DisplayText, IsFallback = term.IsFallback, Scope = term.Scope,
                             Starts = term.StartsUtc, Ends = term.EndsUtc, Sort = term.SortUtc, Culture = term.Culture,
                         };
        }
        else
        {
            candidates = Rows().Where(row => row.Type == type && row.Culture == culture).Select(row => new Candidate
            {
                ItemId = row.ItemId, VersionId = row.VersionId, DisplayText = row.DisplayText, IsFallback = row.IsFallback, Scope = row.Scope,
                Starts = row.StartsUtc, Ends = row.EndsUtc, Sort = row.SortUtc, Culture = row.Culture,
            });
        }

        foreach (var branch in remaining.Take(10))
        {
            var single = branch[0];
            candidates = branch.Length == 1
                ? candidates.Where(each => db.Terms.Any(row => row.ItemId == each.ItemId && row.Scope == each.Scope && row.Culture == each.Culture && row.TermId == single))
                : candidates.Where(each => db.Terms.Any(row => row.ItemId == each.ItemId && row.Scope == each.Scope && row.Culture == each.Culture && branch.Contains(row.TermId)));
        }

        foreach (var condition in query.Where.Take(10)) candidates = Where(candidates, type, culture, condition);
        if (query.StartsFrom is { } from) candidates = candidates.Where(each => each.Starts >= from);
        if (query.StartsBefore is { } before) candidates = candidates.Where(each => each.Starts < before);
        if (query.EndsAfter is { } ends) candidates = candidates.Where(each => each.Ends > ends);
        return query.WithFallback ? candidates : candidates.Where(each => !each.IsFallback);
    }

    private IQueryable<Candidate> Where(IQueryable<Candidate> candidates, string type, string culture, FieldCondition condition)
    {
        if (types.Find(type)?.Field(condition.Field) is not { IsIndexed: true } field)
            throw new ArgumentException($"{type} has no indexed field {condition.Field}.", nameof(condition));

        var values = db.Fields.Where(row => row.Type == type && row.Field == condition.Field && row.Culture == culture);
        values = at is null ? values.Where(row => row.Scope == Scope.Published) : values;
        values = condition.Value switch
        {
            string text => condition.Comparison == FieldComparison.Equal
                ? values.Where(row => row.Text == text)
                : throw new ArgumentException($"{field.Name} is a text: it is compared for equality.", nameof(condition)),
            IReadOnlyList<string> texts when condition.Comparison == FieldComparison.Equal => values.Where(row => texts.Contains(row.Text!)),
            bool flag => values.Where(row => row.Number == (flag ? 1 : 0)),
            DateTime instant => condition.Comparison switch
            {
                FieldComparison.Equal => values.Where(row => row.Instant == instant),
                FieldComparison.AtLeast => values.Where(row => row.Instant >= instant),
                _ => values.Where(row => row.Instant <= instant),
            },
            IConvertible number => OfNumber(values, condition.Comparison, number.ToDouble(System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"{condition.Value.GetType()} is no value of a field.", nameof(condition)),
        };
        return at is null
            ? candidates.Where(each => values.Select(row => row.ItemId).Contains(each.ItemId))
            : candidates.Where(each => values.Any(row => row.ItemId == each.ItemId && row.Scope == each.Scope));
    }

    private static IQueryable<FieldRow> OfNumber(IQueryable<FieldRow> values, FieldComparison comparison, double number) => comparison switch
    {
        FieldComparison.Equal => values.Where(row => row.Number == number),
        FieldComparison.AtLeast => values.Where(row => row.Number >= number),
        _ => values.Where(row => row.Number <= number),
    };

    /// <summary>
    /// The condition "after the cursor" is written so that its first half is a range of the index and its
    /// second only divides ties.
    /// </summary>
    private static IQueryable<Candidate> InOrder(IQueryable<Candidate> candidates, ContentQuery query)
    {
        var (instant, text, id) = (query.After?.Instant ?? default, query.After?.Text, query.After?.ItemId);
        var pages = query.After is not null;
        return query.Order switch
        {
            ContentOrder.Starts => (pages ? candidates.Where(each => each.Starts >= instant && (each.Starts > instant || string.Compare(each.ItemId, id) > 0)) : candidates)
                .OrderBy(each => each.Starts).ThenBy(each => each.ItemId),
            ContentOrder.StartsDescending => (pages ? candidates.Where(each => each.Starts <= instant && (each.Starts < instant || string.Compare(each.ItemId, id) < 0)) : candidates)
                .OrderByDescending(each => each.Starts).ThenByDescending(each => each.ItemId),
            ContentOrder.Ends => (pages ? candidates.Where(each => each.Ends >= instant && (each.Ends > instant || string.Compare(each.ItemId, id) > 0)) : candidates)
                .OrderBy(each => each.Ends).ThenBy(each => each.ItemId),
            ContentOrder.Newest => (pages ? candidates.Where(each => each.Sort <= instant && (each.Sort < instant || string.Compare(each.ItemId, id) < 0)) : candidates)
                .OrderByDescending(each => each.Sort).ThenByDescending(each => each.ItemId),
            _ => (pages ? candidates.Where(each => string.Compare(each.DisplayText, text) >= 0 && (string.Compare(each.DisplayText, text) > 0 || string.Compare(each.ItemId, id) > 0)) : candidates)
                .OrderBy(each => each.DisplayText).ThenBy(each => each.ItemId),
        };
    }

    private static IEnumerable<Candidate> Sorted(IEnumerable<Candidate> found, ContentOrder order) => order switch
    {
        ContentOrder.Starts => found.OrderBy(each => each.Starts).ThenBy(each => each.ItemId, StringComparer.Ordinal),
        ContentOrder.StartsDescending => found.OrderByDescending(each => each.Starts).ThenByDescending(each => each.ItemId, StringComparer.Ordinal),
        ContentOrder.Ends => found.OrderBy(each => each.Ends).ThenBy(each => each.ItemId, StringComparer.Ordinal),
        ContentOrder.Newest => found.OrderByDescending(each => each.Sort).ThenByDescending(each => each.ItemId, StringComparer.Ordinal),
        _ => found.OrderBy(each => each.DisplayText, StringComparer.Ordinal).ThenBy(each => each.ItemId, StringComparer.Ordinal),
    };

    private sealed class Found
    {
        public required ItemRow Item { get; init; }

        public required VersionRow Version { get; init; }
    }

    private sealed class Candidate
    {
        public required string ItemId { get; init; }
        public required string VersionId { get; init; }
        public required string DisplayText { get; init; }
        public required bool IsFallback { get; init; }
        public required Scope Scope { get; init; }
        public required string Culture { get; init; }
        public required DateTime Starts { get; init; }
        public required DateTime Ends { get; init; }
        public required DateTime Sort { get; init; }

        public ContentCursor Cursor(ContentOrder order) => new(order, order switch
        {
            ContentOrder.Starts or ContentOrder.StartsDescending => Starts,
            ContentOrder.Ends => Ends,
            _ => Sort,
        }, order == ContentOrder.Title ? DisplayText : "", ItemId);
    }
}

/// <summary>A line of the site map.</summary>
/// <param name="Path">The address, without a slash in front.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Culture">Its language; empty when it has none.</param>
/// <param name="LocalizationSet">What joins it to its translations; null when it has none.</param>
/// <param name="ModifiedUtc">When what it shows was written.</param>
public sealed record SiteMapLine(string Path, string ItemId, string Culture, string? LocalizationSet, DateTime ModifiedUtc);
