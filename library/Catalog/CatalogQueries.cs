using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.Library.Catalog;

/// <summary>What is asked of the catalogue by key.</summary>
public static class CatalogQueries
{
    extension(IQueryable<Title> titles)
    {
        /// <summary>Titles with their contributors, subjects and identifiers.</summary>
        public IQueryable<Title> Whole() => titles
            .Include(title => title.Contributors.OrderBy(one => one.Position))
            .Include(title => title.Subjects.OrderBy(one => one.Position))
            .Include(title => title.Identifiers.OrderBy(one => one.Id));

        /// <summary>Titles that have not left the catalogue.</summary>
        public IQueryable<Title> InCatalogue() => titles.Where(title => title.WithdrawnAt == null);

        /// <summary>The newest first, in the order in which they were catalogued.</summary>
        public IQueryable<Title> Newest() => titles.OrderByDescending(title => title.Id);

        /// <summary>Titles with this number: an ISBN in its 13-digit form, an ISSN with its hyphen.</summary>
        public IQueryable<Title> WithIdentifier(string value) =>
            // Keys first, then titles: asked the other way round, SQLite looks at every title.
            titles.Where(title => titles.SelectMany(one => one.Identifiers).Where(one => one.Value == value).Select(one => one.TitleId).Contains(title.Id));

        /// <summary>Titles by the contributor whose name has this key; see <see cref="PersonName.KeyOf"/>.</summary>
        public IQueryable<Title> ByContributor(string nameKey) =>
            titles.Where(title => titles.SelectMany(one => one.Contributors).Where(one => one.NameKey == nameKey).Select(one => one.TitleId).Contains(title.Id));
    }

    // Every list of books asks this. EF Core looks a question up by its whole form each time, unless it was compiled before, for each model by itself.
    private static readonly ConditionalWeakTable<IModel, Counting> Countings = [];

    private static readonly Expression<Func<LibraryDbContext, long[], IQueryable<AlikeCopies>>> Alike = (db, titleIds) => db.Copies
        .Where(copy => titleIds.Contains(copy.TitleId) && copy.Status != CopyStatus.Withdrawn)
        .GroupBy(copy => new { copy.TitleId, copy.CurrentBranchId, copy.Status, copy.ForReferenceOnly })
        .Select(same => new AlikeCopies(same.Key.TitleId, same.Key.CurrentBranchId, same.Key.Status, same.Key.ForReferenceOnly, same.Count()));

    /// <summary>The question, compiled for a model. SQLite answers on the caller's thread, whatever is awaited; so nothing is.</summary>
    private sealed class Counting(bool answersAtOnce)
    {
        public Func<LibraryDbContext, long[], IEnumerable<AlikeCopies>>? AtOnce { get; } = answersAtOnce ? EF.CompileQuery(Alike) : null;

        public Func<LibraryDbContext, long[], IAsyncEnumerable<AlikeCopies>>? Awaited { get; } = answersAtOnce ? null : EF.CompileAsyncQuery(Alike);
    }

    /// <summary>Copies of a title that stand in the same place and do the same.</summary>
    private sealed record AlikeCopies(long TitleId, long BranchId, CopyStatus Status, bool ForReferenceOnly, int Count);

    /// <summary>What is known of a title's copies so far.</summary>
    private struct Tally
    {
        private int copies;
        private int free;
        private int onLoan;
        private int forReference;

        public Dictionary<long, int> FreeAtBranch { get; set; }

        public void Add(AlikeCopies alike)
        {
            copies += alike.Count;
            if (alike.Status == CopyStatus.OnLoan) onLoan += alike.Count;
            if (alike.Status != CopyStatus.Available) return;
            if (alike.ForReferenceOnly)
            {
                forReference += alike.Count;
                return;
            }

            free += alike.Count;
            FreeAtBranch[alike.BranchId] = FreeAtBranch.GetValueOrDefault(alike.BranchId) + alike.Count;
        }

        public readonly Availability Told() => new(copies, free, onLoan, forReference, FreeAtBranch);
    }

    private static void Add(Dictionary<long, Tally> tallies, AlikeCopies same)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, same.TitleId, out var isKnown);
        if (!isKnown) tally.FreeAtBranch = [];
        tally.Add(same);
    }

    extension(LibraryDbContext db)
    {
        /// <summary>
        /// How many copies each of these titles has and how many of them are free. A title without copies
        /// is not in the answer. Ask for a page's titles at once.
        /// </summary>
        public async Task<IReadOnlyDictionary<long, Availability>> AvailabilityOfAsync(IReadOnlyCollection<long> titleIds, CancellationToken stop = default)
        {
            stop.ThrowIfCancellationRequested();
            var tallies = new Dictionary<long, Tally>(titleIds.Count);
            var counting = Countings.GetOrAdd(db.Model, static (_, db) => new(db.Database.IsSqlite()), db);
            if (counting.AtOnce is { } now)
            {
                foreach (var same in now(db, [.. titleIds])) Add(tallies, same);
            }
            else
            {
                await foreach (var same in counting.Awaited!(db, [.. titleIds]).WithCancellation(stop)) Add(tallies, same);
            }

            return tallies.ToDictionary(title => title.Key, title => title.Value.Told());
        }
    }
}

/// <summary>What a title's copies are doing.</summary>
/// <param name="Copies">Every copy that has not left the library, whatever its status.</param>
/// <param name="Free">Those that could be taken from the shelf and borrowed now; an overdue copy is still out.</param>
/// <param name="OnLoan">Those with borrowers.</param>
/// <param name="ForReference">Those on the shelf that are read in the library only.</param>
/// <param name="FreeAtBranch">The free ones by the branch where they stand; branches without any are not named.</param>
public sealed record Availability(int Copies, int Free, int OnLoan, int ForReference, IReadOnlyDictionary<long, int> FreeAtBranch);
