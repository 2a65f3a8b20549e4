using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Search;

/// <summary>Reads titles for the index, many at a time, with one query for each of their parts.</summary>
internal static class IndexedTitles
{
    /// <summary>The next titles of the catalogue after a key, in the order of their keys.</summary>
    public static Task<List<IndexedTitle>> AfterAsync(LibraryDbContext db, long titleId, int most, CancellationToken stop) =>
        ReadAsync(db, db.Titles.Where(title => title.Id > titleId && title.WithdrawnAt == null).OrderBy(title => title.Id).Take(most), null, stop);

    /// <summary>Those of these titles that are in the catalogue, in the order of their keys.</summary>
    public static Task<List<IndexedTitle>> OfAsync(LibraryDbContext db, IReadOnlyCollection<long> titleIds, CancellationToken stop) =>
        ReadAsync(db, db.Titles.Where(title => EF.Parameter(titleIds).Contains(title.Id) && title.WithdrawnAt == null).OrderBy(title => title.Id), titleIds, stop);

    private static async Task<List<IndexedTitle>> ReadAsync(LibraryDbContext db, IQueryable<Title> which, IReadOnlyCollection<long>? ids, CancellationToken stop)
    {
        var titles = await which.Select(title => new IndexedTitle
        {
            Id = title.Id,
            Version = title.Version,
            Name = title.Name,
            Subtitle = title.Subtitle,
            Series = title.Series,
            Summary = title.Summary,
            Publisher = title.Publisher,
            Format = title.Format,
            Language = title.Language,
            Audience = title.Audience,
            Year = title.Year,
            Ddc = title.Ddc,
            TimesBorrowed = title.TimesBorrowed,
        }).AsNoTracking().ToListAsync(stop);
        if (titles.Count == 0) return titles;

        var (first, last) = (titles[0].Id, titles[^1].Id);
        var contributors = db.Set<Contributor>().AsNoTracking();
        contributors = ids is null
            ? contributors.Where(one => one.TitleId >= first && one.TitleId <= last)
            : contributors.Where(one => EF.Parameter(ids).Contains(one.TitleId));
        await ForEachAsync(contributors.OrderBy(one => one.TitleId).ThenBy(one => one.Position).Select(one => new Part(one.TitleId, one.Name, null)),
            (title, part) => title.Contributors.Add(part.Text));

        var subjects = db.Set<SubjectHeading>().AsNoTracking();
        subjects = ids is null
            ? subjects.Where(one => one.TitleId >= first && one.TitleId <= last)
            : subjects.Where(one => EF.Parameter(ids).Contains(one.TitleId));
        await ForEachAsync(subjects.OrderBy(one => one.TitleId).ThenBy(one => one.Position).Select(one => new Part(one.TitleId, one.Text, null)),
            (title, part) => title.Subjects.Add(part.Text));

        var identifiers = db.Set<TitleIdentifier>().AsNoTracking();
        identifiers = ids is null
            ? identifiers.Where(one => one.TitleId >= first && one.TitleId <= last)
            : identifiers.Where(one => EF.Parameter(ids).Contains(one.TitleId));
        await ForEachAsync(identifiers.OrderBy(one => one.TitleId).Select(one => new Part(one.TitleId, one.Value, one.Kind)),
            (title, part) => title.Identifiers.Add((part.Kind!.Value, part.Text)));

        var copies = db.Copies.AsNoTracking().Where(copy =>
            copy.Status != CopyStatus.Withdrawn && copy.Status != CopyStatus.Lost && copy.Status != CopyStatus.Missing);
        copies = ids is null
            ? copies.Where(one => one.TitleId >= first && one.TitleId <= last)
            : copies.Where(one => EF.Parameter(ids).Contains(one.TitleId));
        var places = copies.OrderBy(one => one.TitleId)
            .Select(one => new { one.TitleId, one.CurrentBranchId, IsFree = one.Status == CopyStatus.Available && !one.ForReferenceOnly });
        var at = 0;
        await foreach (var copy in places.AsAsyncEnumerable().WithCancellation(stop))
            if (Find(copy.TitleId, ref at) is { } title) title.Copies.Add((copy.CurrentBranchId, copy.IsFree));
        return titles;

        async Task ForEachAsync(IQueryable<Part> parts, Action<IndexedTitle, Part> add)
        {
            var next = 0;
            await foreach (var part in parts.AsAsyncEnumerable().WithCancellation(stop))
                if (Find(part.TitleId, ref next) is { } title) add(title, part);
        }

        // Titles and parts come in the same order: both lists are walked once.
        IndexedTitle? Find(long titleId, ref int next)
        {
            while (next < titles.Count && titles[next].Id < titleId) next++;
            return next < titles.Count && titles[next].Id == titleId ? titles[next] : null;
        }
    }

    private sealed record Part(long TitleId, string Text, IdentifierKind? Kind);
}
