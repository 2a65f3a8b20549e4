using System.Buffers;
using System.Runtime.CompilerServices;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Marc;

/// <summary>
/// Gives titles as MARC 21 records. A title that was imported gives back what it came with, fields that
/// the catalogue does not know included; only the parts that were changed here are written anew.
/// </summary>
public sealed class MarcExport(LibraryDbContext db)
{
    private const int PageSize = 500;

    /// <summary>The record of one title; null when there is none or it has left the catalogue.</summary>
    public async Task<MarcRecord?> RecordOfAsync(long titleId, CancellationToken stop = default)
    {
        var records = await PageAsync(db.Titles.InCatalogue().Where(title => title.Id == titleId), stop);
        return records.Count == 0 ? null : records[0].Record;
    }

    /// <summary>Every title of the catalogue, by key, a page in memory at a time.</summary>
    public async IAsyncEnumerable<MarcRecord> AllAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        var last = 0L;
        while (true)
        {
            var after = last;
            var page = await PageAsync(db.Titles.InCatalogue().Where(title => title.Id > after).OrderBy(title => title.Id).Take(PageSize), stop);
            if (page.Count == 0) yield break;
            foreach (var (titleId, record) in page)
            {
                last = titleId;
                yield return record;
            }
        }
    }

    /// <summary>Writes every title in ISO 2709.</summary>
    /// <returns>How many.</returns>
    public async Task<long> WriteIso2709Async(Stream into, IProgress<long>? progress = null, CancellationToken stop = default)
    {
        var count = 0L;
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        await foreach (var record in AllAsync(stop))
        {
            MarcWriter.WriteIso2709(record, buffer);
            count++;
            if (buffer.WrittenCount < 1 << 16) continue;
            await into.WriteAsync(buffer.WrittenMemory, stop);
            buffer.ResetWrittenCount();
            progress?.Report(count);
        }

        await into.WriteAsync(buffer.WrittenMemory, stop);
        progress?.Report(count);
        return count;
    }

    /// <summary>Writes every title in MARCXML.</summary>
    /// <returns>How many.</returns>
    public async Task<long> WriteXmlAsync(Stream into, IProgress<long>? progress = null, CancellationToken stop = default)
    {
        var count = 0L;
        await using var xml = MarcWriter.BeginXml(into);
        await foreach (var record in AllAsync(stop))
        {
            MarcWriter.WriteXml(record, xml);
            if (++count % PageSize != 0) continue;
            await xml.FlushAsync();
            progress?.Report(count);
        }

        await xml.WriteEndDocumentAsync();
        progress?.Report(count);
        return count;
    }

    private async Task<List<(long TitleId, MarcRecord Record)>> PageAsync(IQueryable<Title> titles, CancellationToken stop)
    {
        var page = await titles.AsNoTracking().Whole().ToListAsync(stop);
        var ids = page.Select(title => title.Id).ToList();
        var kept = await db.Set<ImportedRecord>().AsNoTracking().Where(record => ids.Contains(record.TitleId))
            .ToDictionaryAsync(record => record.TitleId, record => record.Record, stop);
        return [.. page.OrderBy(title => title.Id).Select(title => (title.Id, MarcMapping.ToRecord(title, kept.TryGetValue(title.Id, out var bytes) ? Read(bytes) : null)))];
    }

    private static MarcRecord? Read(byte[] bytes) => Iso2709Reader.Parse(1, 0, bytes.AsSpan(0, bytes.Length - 1), terminated: true).Record;
}
