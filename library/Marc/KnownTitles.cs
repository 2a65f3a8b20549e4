using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Marc;

/// <summary>The titles of the catalogue that a batch of records may stand for, found with a few queries however large the batch.</summary>
internal sealed class KnownTitles
{
    private readonly Dictionary<string, long> byHash;
    private readonly Dictionary<string, Candidate> byKey;
    private readonly ILookup<string, Candidate> byIsbn;
    private readonly ILookup<string, Candidate> byFingerprint;

    private KnownTitles(
        Dictionary<string, long> byHash, Dictionary<string, Candidate> byKey, ILookup<string, Candidate> byIsbn,
        ILookup<string, Candidate> byFingerprint, Dictionary<string, long> branches) =>
        (this.byHash, this.byKey, this.byIsbn, this.byFingerprint, Branches) = (byHash, byKey, byIsbn, byFingerprint, branches);

    /// <summary>The branches' keys by their codes.</summary>
    public Dictionary<string, long> Branches { get; }

    // A list as one parameter: a thousand parameters would be a new statement to prepare for every batch.
    public static async Task<KnownTitles> FindAsync(LibraryDbContext db, IReadOnlyList<ReadRecord> records, CancellationToken stop)
    {
        var hashes = records.Where(record => record.IsReadable).Select(record => record.Hash).ToList();
        var sameHash = await db.Set<ImportedRecord>().Where(record => EF.Parameter(hashes).Contains(record.Hash))
            .Select(record => new { record.Hash, record.TitleId }).ToListAsync(stop);

        // Records that say nothing new, as most of a file that comes again, need no more.
        var unchanged = sameHash.Select(one => one.Hash).ToHashSet(StringComparer.Ordinal);
        var readable = records.Where(record => record.IsReadable && !unchanged.Contains(record.Hash)).ToList();
        var keys = readable.Select(record => record.SourceKey).OfType<string>().ToList();
        var isbns = readable.SelectMany(IsbnsOf).Distinct().ToList();
        var fingerprints = readable.Select(record => CatalogText.FingerprintOf(record.Description!)).ToList();

        var sameKey = await db.Titles.Where(title => EF.Parameter(keys).Contains(title.SourceKey!))
            .Select(title => new Candidate(title.Id, title.Name, title.SourceKey, title.Fingerprint)).ToListAsync(stop);
        var sameIsbn = await db.Set<TitleIdentifier>().Where(one => one.Kind == IdentifierKind.Isbn && EF.Parameter(isbns).Contains(one.Value))
            .Join(db.Titles, one => one.TitleId, title => title.Id,
                (one, title) => new { one.Value, Candidate = new Candidate(title.Id, title.Name, title.SourceKey, title.Fingerprint) }).ToListAsync(stop);
        var alike = await db.Titles.Where(title => EF.Parameter(fingerprints).Contains(title.Fingerprint))
            .Select(title => new Candidate(title.Id, title.Name, title.SourceKey, title.Fingerprint)).ToListAsync(stop);
        var branches = await db.Branches.Select(branch => new { branch.Code, branch.Id }).ToListAsync(stop);

        return new KnownTitles(
            sameHash.GroupBy(one => one.Hash).ToDictionary(same => same.Key, same => same.Min(one => one.TitleId)),
            sameKey.ToDictionary(one => one.SourceKey!),
            sameIsbn.ToLookup(one => one.Value, one => one.Candidate),
            alike.ToLookup(one => one.Fingerprint),
            branches.ToDictionary(one => one.Code, one => one.Id, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The title that was imported from exactly this record.</summary>
    public long? ByHash(string hash) => byHash.TryGetValue(hash, out var id) ? id : null;

    /// <summary>The title for which the record stands, or null for a new one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isTaken">Whether another record of the file stands for a title already.</param>
    /// <param name="repeated">Whether another record of the file has the same number and says something else.</param>
    public long? Match(ReadRecord record, Func<long, bool> isTaken, out bool repeated)
    {
        repeated = false;
        if (record.SourceKey is { } key && byKey.TryGetValue(key, out var numbered))
        {
            repeated = isTaken(numbered.TitleId);
            return repeated ? null : numbered.TitleId;
        }

        var name = CatalogText.KeyOf(record.Description!.Name);
        foreach (var isbn in IsbnsOf(record))
            foreach (var candidate in byIsbn[isbn])
                if (SameName(name, CatalogText.KeyOf(candidate.Name)) && MayBe(candidate)) return candidate.TitleId;
        foreach (var candidate in byFingerprint[CatalogText.FingerprintOf(record.Description)])
            if (MayBe(candidate)) return candidate.TitleId;
        return null;

        // Two numbers of one source are two records, however alike they look.
        bool MayBe(Candidate candidate) =>
            !isTaken(candidate.TitleId) && (record.SourceKey is null || candidate.SourceKey is null || SourceOf(record.SourceKey) != SourceOf(candidate.SourceKey));
    }

    private static IEnumerable<string> IsbnsOf(ReadRecord record) =>
        record.Description!.Identifiers.Where(one => one.Kind == IdentifierKind.Isbn).Select(one => one.Value);

    // A set and its volumes often share an ISBN; a reprint may add to its title.
    private static bool SameName(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static string SourceOf(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private sealed record Candidate(long TitleId, string Name, string? SourceKey, string Fingerprint);
}
