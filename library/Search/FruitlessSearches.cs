using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Search;

/// <summary>A search that found nothing, and how often. Says what readers miss, and not who they are.</summary>
public sealed class FruitlessSearch
{
    /// <summary>The most characters that are kept of a search.</summary>
    public const int TextLimit = 120;

    private FruitlessSearch()
    {
    }

    internal FruitlessSearch(string text, DateTime at) => (Text, FirstAt, LastAt) = (text, at, at);

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The words, folded and in the order typed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>How often it found nothing.</summary>
    public int Times { get; private set; }

    /// <summary>The first time, in UTC.</summary>
    public DateTime FirstAt { get; private set; }

    /// <summary>The last time, in UTC.</summary>
    public DateTime LastAt { get; private set; }

    internal void Count(int times, DateTime at) => (Times, LastAt) = (Times + times, at);
}

/// <summary>
/// Gathers searches that found nothing, in memory, and writes them down now and then: a reader never waits
/// for it, and a flood of nonsense costs one write a minute. Safe to use from any number of threads.
/// </summary>
public sealed class FruitlessSearches(TimeProvider clock)
{
    /// <summary>The most different searches that are kept; those longest not asked for go first.</summary>
    public const int MostKept = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> waiting = new(StringComparer.Ordinal);
    private long nextWrite = Later(clock);

    /// <summary>Notes a search. Numbers that may be a person's (long digits, addresses) are not kept.</summary>
    internal void Note(SearchQuery query)
    {
        var words = query.Terms.Where(term => !term.Excluded && term.Fields != WordFields.Number).SelectMany(term => term.Words).ToList();
        if (words.Count == 0 || words.Exists(word => word.Count(char.IsAsciiDigit) > 5)) return;
        var text = string.Join(' ', words);
        if (text.Length > FruitlessSearch.TextLimit) text = text[..FruitlessSearch.TextLimit].TrimEnd('\ud800');
        if (waiting.Count >= MostKept && !waiting.ContainsKey(text)) return;
        waiting.AddOrUpdate(text, 1, static (_, times) => times + 1);
    }

    /// <summary>Writes down what was gathered, when a minute has passed since the last time.</summary>
    internal async Task WriteNowAndThenAsync(LibraryDbContext db, CancellationToken stop)
    {
        var due = Interlocked.Read(ref nextWrite);
        if (waiting.IsEmpty || clock.GetTimestamp() < due) return;
        if (Interlocked.CompareExchange(ref nextWrite, Later(clock), due) != due) return;
        await WriteAsync(db, stop);
    }

    private static long Later(TimeProvider clock) => clock.GetTimestamp() + (long)(Pause.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Writes down what was gathered.</summary>
    public async Task WriteAsync(LibraryDbContext db, CancellationToken stop = default)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in waiting.Keys)
            if (waiting.TryRemove(text, out var times)) taken[text] = times;
        if (taken.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        await db.WriteAsync(async inner =>
        {
            var texts = taken.Keys.ToList();
            var known = await db.FruitlessSearches.Where(search => texts.Contains(search.Text)).ToDictionaryAsync(search => search.Text, inner);
            foreach (var (text, times) in taken)
            {
                if (!known.TryGetValue(text, out var search)) db.Add(search = new FruitlessSearch(text, now));
                search.Count(times, now);
            }

            await db.SaveChangesAsync(inner);
            var over = await db.FruitlessSearches.CountAsync(inner) - MostKept;
            if (over <= 0) return;
            var oldest = await db.FruitlessSearches.OrderBy(search => search.LastAt).ThenBy(search => search.Id).Take(over).Select(search => search.Id).ToListAsync(inner);
            await db.FruitlessSearches.Where(search => oldest.Contains(search.Id)).ExecuteDeleteAsync(inner);
        }, stop);
    }
}

internal sealed class FruitlessSearchConfiguration : IEntityTypeConfiguration<FruitlessSearch>
{
    public void Configure(EntityTypeBuilder<FruitlessSearch> search)
    {
        search.ToTable("fruitless_searches");
        search.Property(one => one.Text).HasMaxLength(FruitlessSearch.TextLimit);
        search.HasIndex(one => one.Text).IsUnique();
        search.HasIndex(one => new { one.LastAt, one.Id });
    }
}
