using System.Security.Cryptography;
using Metro.Library.Catalog;

namespace Metro.Library.Marc;

/// <summary>How a file of MARC records is brought in.</summary>
public sealed record MarcImportOptions
{
    /// <summary>Whether only to say what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether a record that matches a title of the catalogue leaves the title as it is, rather than describing it anew.</summary>
    public bool KeepExisting { get; init; }

    /// <summary>The branch of copies (fields 952 and 990) that name none that is known; null to leave all copies out.</summary>
    public long? BranchId { get; init; }

    /// <summary>How many records go into one transaction: from 1 to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number.</exception>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch has 1 to 10,000 records.");
    } = 1000;
}

/// <summary>How far an import has come.</summary>
/// <param name="Records">Records read, broken ones too.</param>
/// <param name="Bytes">Where the last record read begins, in bytes from the file's beginning.</param>
/// <param name="New">Titles that came in.</param>
/// <param name="Changed">Titles described anew.</param>
/// <param name="Unchanged">Records that say what is known already.</param>
/// <param name="Refused">Records that could not be read or are not a title.</param>
/// <param name="Copies">Copies that came in.</param>
public readonly record struct MarcImportProgress(long Records, long Bytes, long New, long Changed, long Unchanged, long Refused, long Copies);

/// <summary>What an import did, or would do.</summary>
/// <param name="Totals">The counts.</param>
/// <param name="Refused">The first records that were refused, at most <see cref="MarcImport.MostRemarks"/>; the totals count all.</param>
/// <param name="Mended">The first records that came in although something was wrong with them, at most as many.</param>
public sealed record MarcImportReport(MarcImportProgress Totals, IReadOnlyList<MarcRemark> Refused, IReadOnlyList<MarcRemark> Mended);

/// <summary>What is to be said about one record of a file.</summary>
/// <param name="Number">The record's number in the file, from 1.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Name">Its title, if it could be read.</param>
/// <param name="Reasons">What is wrong; each says so in the reader's language.</param>
public sealed record MarcRemark(long Number, long Offset, string? Name, IReadOnlyList<IExplained> Reasons);

/// <summary>
/// Brings files of MARC 21 records into the catalogue: one transaction a batch, memory flat for a file of
/// any size. A record is matched by its source and number (003 and 001), then by ISBN and title, then by
/// fingerprint. What says nothing new changes nothing, so a file can be imported again, and an import that
/// was broken off is finished by starting it anew. Not thread-safe, as the context is not.
/// </summary>
public sealed class MarcImport(LibraryDbContext db, TimeProvider clock, IEnumerable<ICopyListener> listeners)
{
    /// <summary>The most remarks of each kind that a report holds.</summary>
    public const int MostRemarks = 1000;

    /// <summary>Imports a file, MARCXML or ISO 2709.</summary>
    /// <param name="file">The file; it is read once, forwards.</param>
    /// <param name="options">How.</param>
    /// <param name="actor">Who imports, for the audit trail.</param>
    /// <param name="progress">Told after every batch; null when nobody watches.</param>
    /// <param name="stop">Ends the import; the batches before stay.</param>
    public async Task<MarcImportReport> ImportAsync(
        Stream file, MarcImportOptions options, Actor actor, IProgress<MarcImportProgress>? progress = null, CancellationToken stop = default)
    {
        var run = new MarcImportRun(db, clock, listeners, options, actor);
        var batch = new List<ReadRecord>(options.BatchSize);
        var read = 0L;
        await foreach (var found in MarcReader.ReadAsync(file, stop))
        {
            read++;
            batch.Add(ReadRecord.Of(found));
            if (batch.Count < options.BatchSize) continue;

            await run.TakeAsync(batch, stop);
            progress?.Report(run.Totals);
            batch.Clear();
        }

        if (batch.Count > 0) await run.TakeAsync(batch, stop);
        if (batch.Count > 0 || read == 0) progress?.Report(run.Totals);
        return new MarcImportReport(run.Totals, run.Refused, run.Mended);
    }
}

/// <summary>A record as the import sees it: its bytes as they will be kept, and what it means once somebody asks.</summary>
internal sealed record ReadRecord(MarcRead Read, byte[] Bytes, string Hash)
{
    private TitleDescription? description;

    /// <summary>What the record says; null when it could not be read.</summary>
    public TitleDescription? Description => Read.Record is { } record ? description ??= MarcMapping.ToDescription(record) : null;

    /// <summary>Its source and number; null when it has none.</summary>
    public string? SourceKey { get; } = Read.Record is { } record ? MarcMapping.SourceKeyOf(record) : null;

    /// <summary>Whether there is a record at all.</summary>
    public bool IsReadable => Read.Record is not null;

    public static ReadRecord Of(MarcRead read)
    {
        if (read.Record is not { } record) return new(read, [], "");
        var bytes = MarcWriter.ToIso2709(record);
        return new(read, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
