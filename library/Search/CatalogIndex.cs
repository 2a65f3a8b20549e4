using System.Collections.Frozen;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Search;

/// <summary>
/// The index by which the catalogue is searched: one in each process, in memory, built from the database
/// and following the notes of change that every write leaves (see docs/decisions/0008). Safe to use from
/// any number of threads; one at a time brings it up to date.
/// </summary>
public sealed class CatalogIndex(TimeProvider clock) : IDisposable
{
    /// <summary>How many changes one search takes over before it answers; the next one goes on.</summary>
    private const int MostChangesAtOnce = 5_000;

    private const int MostForgottenAtOnce = 10_000;
    private const int TitlesAtOnce = 4_096;
    private const int TitlesInSegment = 65_536;

    /// <summary>PostgreSQL may commit a note after a later one: this many are read again after a start.</summary>
    private const int NotesReadAgain = 1_000;

    /// <summary>No number of transactions that are open at once leaves a wider gap.</summary>
    private const int WidestGap = 10_000;

    private static readonly TimeSpan PatienceWithGap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PatienceWithWriter = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim writer = new(1, 1);
    private volatile IndexSnapshot? current;

    // The writer's own.
    private SegmentBuilder? builder;
    private readonly Dictionary<long, (Segment Segment, int Title)> moved = [];
    private DateTimeOffset? gapSince;

    /// <summary>How many titles can be found; 0 before the index is built.</summary>
    public int Count => current?.Parts.Sum(part => part.Count) ?? 0;

    /// <summary>
    /// Builds the index, or brings it up to date, however much there is to do. Worth calling when a process
    /// starts and after an import; a search does it by itself otherwise.
    /// </summary>
    public async Task WarmUpAsync(LibraryDbContext db, CancellationToken stop = default)
    {
        while (true)
        {
            var before = await UpToDateAsync(db, stop);
            if (ReferenceEquals(before, await UpToDateAsync(db, stop))) return;
        }
    }

    /// <summary>
    /// Deletes notes of change that every index has followed long ago, the oldest first and at most 10,000 at a time: all but the last
    /// <paramref name="keep"/> in the end.
    /// </summary>
    /// <returns>How many; 0 when there is no more to delete.</returns>
    public static Task<int> ForgetOldChangesAsync(LibraryDbContext db, int keep = 100_000, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var last = await db.Set<CatalogChange>().MaxAsync(change => (long?)change.Id, inner) ?? 0;
            var first = await db.Set<CatalogChange>().MinAsync(change => (long?)change.Id, inner) ?? 0;
            var through = Math.Min(last - keep, first + MostForgottenAtOnce - 1);
            return await db.Set<CatalogChange>().Where(change => change.Id <= through).ExecuteDeleteAsync(inner);
        }, stop);

    /// <summary>The index with everything that was committed before the call, but for the exceptions that <see cref="MostChangesAtOnce"/> and a rebuild make.</summary>
    internal async Task<IndexSnapshot> UpToDateAsync(LibraryDbContext db, CancellationToken stop)
    {
        if (current is { } ready && (await NewNotesAsync(db, ready, stop)).Count == 0) return ready;

        if (!await writer.WaitAsync(current is null ? Timeout.InfiniteTimeSpan : PatienceWithWriter, stop)) return current!;
        try
        {
            if (current is null) await BuildAsync(db, stop);
            var notes = await NewNotesAsync(db, current!, stop);
            // Notes between were forgotten while this node slept: only the titles themselves know what changed.
            if (notes.Count > 0 && notes[0].Id > current!.Horizon + WidestGap) await BuildAsync(db, stop);
            else if (notes.Count > 0) await FollowAsync(db, current!, notes, stop);
            return current!;
        }
        finally
        {
            writer.Release();
        }
    }

    private static async Task<List<Note>> NewNotesAsync(LibraryDbContext db, IndexSnapshot index, CancellationToken stop)
    {
        var notes = await db.Set<CatalogChange>().AsNoTracking().Where(change => change.Id > index.Horizon)
            .OrderBy(change => change.Id).Take(MostChangesAtOnce + index.Seen.Count)
            .Select(change => new Note(change.Id, change.TitleId)).ToListAsync(stop);
        if (index.Seen.Count > 0) notes.RemoveAll(note => index.Seen.Contains(note.Id));
        return notes;
    }

    private async Task BuildAsync(LibraryDbContext db, CancellationToken stop)
    {
        var last = await db.Set<CatalogChange>().MaxAsync(change => (long?)change.Id, stop) ?? 0;
        var (words, languages, subjects) = (new WordList(), new FacetValues(), new FacetValues());
        var writing = new SegmentBuilder(words, languages, subjects);
        var parts = new List<IndexPart>();
        for (var after = 0L; ;)
        {
            var titles = await IndexedTitles.AfterAsync(db, after, TitlesAtOnce, stop);
            foreach (var title in titles) writing.Add(title);
            if (writing.Count >= TitlesInSegment || (titles.Count == 0 && writing.Count > 0)) parts.Add(writing.Build());
            if (titles.Count == 0) break;
            after = titles[^1].Id;
        }

        if (parts.Count > 1) parts = [Segment.Join(parts)];
        var horizon = db.Database.IsSqlite() ? last : Math.Max(0, last - NotesReadAgain);
        // Only now: a build that was broken off leaves the index as it was.
        builder = writing;
        moved.Clear();
        current = new IndexSnapshot(words.Now(), words, languages, subjects, [.. parts], horizon, FrozenSet<long>.Empty);
    }

    private async Task FollowAsync(LibraryDbContext db, IndexSnapshot index, List<Note> notes, CancellationToken stop)
    {
        var ids = notes.Select(note => note.TitleId).ToHashSet();
        var titles = await IndexedTitles.OfAsync(db, ids, stop);
        var replaced = new List<(Segment Segment, int Title)>();
        foreach (var title in titles)
        {
            ids.Remove(title.Id);
            if (PlaceOf(index, title.Id) is { } place)
            {
                // Borrowed or brought back: the words are the same, and the columns are changed where they are.
                if (place.Segment.Versions[place.Title] == title.Version && IsLive(index, place))
                {
                    place.Segment.SetCopies(place.Title, title.Copies);
                    place.Segment.Popularity[place.Title] = title.TimesBorrowed;
                    continue;
                }

                replaced.Add(place);
            }

            builder!.Add(title);
        }

        // What was asked for and did not come has left the catalogue.
        foreach (var gone in ids)
            if (PlaceOf(index, gone) is { } place) replaced.Add(place);

        var parts = index.Parts.ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var here = replaced.Where(place => place.Segment == parts[i].Segment).Select(place => place.Title).ToList();
            if (here.Count > 0) parts[i] = parts[i].Without(here);
        }

        if (builder!.Count > 0) Append(parts, builder.Build());
        var (horizon, seen) = Settle(index, notes);
        current = index with { Words = index.List.Now(), Parts = [.. parts], Horizon = horizon, Seen = seen };

        // Titles that were replaced stay in their segment, and new ones in segments of their own, until that is too much.
        var (stored, live) = (parts.Sum(part => part.Segment.Count), parts.Sum(part => part.Count));
        var apart = parts.Skip(1).Sum(part => part.Segment.Count);
        if (stored - live + apart > 50_000 + stored / 2) await BuildAsync(db, stop);
    }

    /// <summary>Adds a part, joined with the ones before that are not much larger: few segments, and each title joined seldom.</summary>
    private void Append(List<IndexPart> parts, IndexPart added)
    {
        var from = parts.Count;
        var size = added.Segment.Count;
        // The first segment is the one that was built from the database, in the order of the keys, and stays so.
        while (from > 1 && parts[from - 1].Segment.Count <= size * 2) size += parts[--from].Segment.Count;
        if (from < parts.Count)
        {
            added = Segment.Join([.. parts.Skip(from), added]);
            parts.RemoveRange(from, parts.Count - from);
        }

        parts.Add(added);
        if (parts.Count == 1) return;
        for (var title = 0; title < added.Segment.Count; title++)
            if (added.IsLive(title)) moved[added.Segment.TitleIds[title]] = (added.Segment, title);
    }

    private (Segment Segment, int Title)? PlaceOf(IndexSnapshot index, long titleId)
    {
        if (moved.TryGetValue(titleId, out var place)) return place;
        if (index.Parts.Length == 0) return null;
        var number = Array.BinarySearch(index.Parts[0].Segment.TitleIds, titleId);
        return number >= 0 ? (index.Parts[0].Segment, number) : null;
    }

    private static bool IsLive(IndexSnapshot index, (Segment Segment, int Title) place) =>
        Array.Exists(index.Parts, part => part.Segment == place.Segment && part.IsLive(place.Title));

    /// <summary>
    /// Up to where every note has been followed, and which later ones. Notes of SQLite come without gaps. On
    /// PostgreSQL a missing number belongs to a transaction that is still open, or was undone: it is waited for.
    /// </summary>
    private (long Horizon, FrozenSet<long> Seen) Settle(IndexSnapshot index, List<Note> notes)
    {
        var seen = index.Seen.Concat(notes.Select(note => note.Id)).ToHashSet();
        var horizon = index.Horizon;
        while (seen.Remove(horizon + 1)) horizon++;
        if (seen.Count == 0)
        {
            gapSince = null;
            return (horizon, FrozenSet<long>.Empty);
        }

        var now = clock.GetUtcNow();
        if (horizon != index.Horizon || gapSince is null) gapSince = now;
        if (now - gapSince < PatienceWithGap && seen.Count < MostChangesAtOnce) return (horizon, seen.ToFrozenSet());
        gapSince = null;
        return (seen.Max(), FrozenSet<long>.Empty);
    }

    /// <inheritdoc />
    public void Dispose() => writer.Dispose();

    private readonly record struct Note(long Id, long TitleId);
}

/// <summary>The index at one moment.</summary>
/// <param name="Words">The words there are.</param>
/// <param name="List">The list that they are a view of.</param>
/// <param name="Languages">Codes of languages.</param>
/// <param name="Subjects">Subject headings.</param>
/// <param name="Parts">The titles; the first part is the large one.</param>
/// <param name="Horizon">Every note of change up to this one has been followed.</param>
/// <param name="Seen">Later notes that have been followed too.</param>
internal sealed record IndexSnapshot(
    WordList.View Words, WordList List, FacetValues Languages, FacetValues Subjects, IndexPart[] Parts, long Horizon, FrozenSet<long> Seen);
