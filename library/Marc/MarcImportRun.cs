using System.Collections;
using System.Globalization;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Marc;

/// <summary>One import: takes batch after batch and remembers what the next ones need to know.</summary>
internal sealed class MarcImportRun(
    LibraryDbContext db, TimeProvider clock, IEnumerable<ICopyListener> listeners, MarcImportOptions options, Actor actor)
{
    private readonly List<MarcRemark> refused = [];
    private readonly List<MarcRemark> mended = [];

    /// <summary>Titles that a record of this file stands for; a bit each, so that memory stays flat.</summary>
    private readonly BitArray claimed = new(0);

    /// <summary>In a dry run, what earlier batches would have brought in: nothing of it is in the database to be found.</summary>
    private readonly Newcomers imagined = new();

    public MarcImportProgress Totals { get; private set; }

    public IReadOnlyList<MarcRemark> Refused => refused;

    public IReadOnlyList<MarcRemark> Mended => mended;

    public async Task TakeAsync(IReadOnlyList<ReadRecord> records, CancellationToken stop)
    {
        var verdicts = options.DryRun
            ? await JudgeAsync(records, stop)
            : await db.WriteAsync(async inner =>
            {
                var judged = await JudgeAsync(records, inner);
                await SaveAsync(judged, inner);
                return judged;
            }, stop);
        db.ChangeTracker.Clear();
        Remember(verdicts);
    }

    /// <summary>Says of every record what becomes of it. Changes titles in the context, but saves nothing.</summary>
    private async Task<List<Verdict>> JudgeAsync(IReadOnlyList<ReadRecord> records, CancellationToken stop)
    {
        var known = await KnownTitles.FindAsync(db, records, stop);
        var newcomers = options.DryRun ? imagined : new Newcomers();
        var taken = new HashSet<long>();
        var barcodes = await KnownBarcodesAsync(records, stop);
        var now = clock.GetUtcNow().UtcDateTime;

        var verdicts = new List<Verdict>(records.Count);
        foreach (var record in records)
        {
            var verdict = Judge(record, known, newcomers, taken, now);
            if (verdict.TitleId is { } id) taken.Add(id);
            if (options.BranchId is { } branch && verdict.Fate is Fate.New or Fate.Changed)
                verdict = verdict with { Copies = MarcCopies.Of(record.Read.Record!, branch, known.Branches, barcodes, now) };
            verdicts.Add(verdict);
        }

        await DescribeAnewAsync(verdicts, now, stop);
        return verdicts;
    }

    private Verdict Judge(ReadRecord record, KnownTitles known, Newcomers newcomers, HashSet<long> taken, DateTime now)
    {
        if (!record.IsReadable) return new(record, Fate.Refused) { Reasons = [.. record.Read.Flaws] };

        if (known.ByHash(record.Hash) is { } same) return new(record, Fate.Unchanged) { TitleId = same };
        if (newcomers.Has(record.Hash)) return new(record, Fate.Unchanged);

        var match = known.Match(record, id => taken.Contains(id) || IsClaimed(id), out var repeated);
        if (repeated || (record.SourceKey is { } key && newcomers.HasKey(key)))
            return new(record, Fate.Refused) { Reasons = [MarcRefusals.RepeatedNumber(record.SourceKey!)] };

        if (match is { } titleId) return new(record, options.KeepExisting ? Fate.Unchanged : Fate.Changed) { TitleId = titleId };

        var (title, reasons) = Title.Create(record.Description!, now, record.SourceKey);
        if (title is null) return new(record, Fate.Refused) { Reasons = [.. reasons] };
        newcomers.Add(record);
        return new(record, Fate.New) { Title = title };
    }

    /// <summary>Describes the matched titles anew; a description that says nothing new leaves only the record to be kept.</summary>
    private async Task DescribeAnewAsync(List<Verdict> verdicts, DateTime now, CancellationToken stop)
    {
        var ids = verdicts.Where(verdict => verdict.Fate == Fate.Changed).Select(verdict => verdict.TitleId!.Value).ToList();
        if (ids.Count == 0) return;

        var titles = await db.Titles.Whole().Where(title => EF.Parameter(ids).Contains(title.Id)).ToDictionaryAsync(title => title.Id, stop);
        for (var i = 0; i < verdicts.Count; i++)
        {
            if (verdicts[i] is not { Fate: Fate.Changed } verdict) continue;
            var title = titles[verdict.TitleId!.Value];
            var before = title.Version;
            var reasons = title.Describe(verdict.Record.Description!, now);
            if (reasons.Count > 0) verdicts[i] = verdict with { Fate = Fate.Refused, Reasons = [.. reasons], Copies = [] };
            else verdicts[i] = verdict with { Title = title, Redescribed = title.Version != before };
        }
    }

    private async Task SaveAsync(List<Verdict> verdicts, CancellationToken stop)
    {
        var changed = verdicts.Where(verdict => verdict.Fate == Fate.Changed).ToList();
        foreach (var verdict in changed)
            if (verdict.Redescribed) db.Audit(actor, "title.imported", new Subject("title", verdict.TitleId!.Value), Now, after: new { verdict.Record.SourceKey, verdict.Record.Description!.Name });
        await KeepRecordsAsync(changed, stop);

        var news = verdicts.Where(verdict => verdict.Fate == Fate.New).ToList();
        if (news.Count > 0)
        {
            var keys = await TitleRows.InsertAsync(db, [.. news.Select(verdict => (verdict.Title!, verdict.Record.Hash, verdict.Record.Bytes))], stop);
            for (var i = 0; i < news.Count; i++) news[i].TitleId = keys[i];
            db.Audit(actor, "titles.imported", new Subject("title", keys[0]), Now, after: new { Count = keys.Count, First = keys[0], Last = keys[^1] });
        }

        var awaited = new List<Copy>();
        foreach (var verdict in verdicts)
        {
            foreach (var described in verdict.Copies)
            {
                var copy = described.For(verdict.TitleId!.Value);
                db.Copies.Add(copy);
                // Nobody can wait for a title that comes in with its copies.
                if (verdict.Fate == Fate.Changed) awaited.Add(copy);
            }
        }

        if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(stop);
        foreach (var copy in awaited)
            foreach (var listener in listeners)
                if (await listener.ShelvedAsync(db, copy, stop) is { } refusal)
                    throw new InvalidOperationException($"A new copy was refused its shelf: {refusal}");
        if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(stop);
    }

    private async Task KeepRecordsAsync(List<Verdict> changed, CancellationToken stop)
    {
        if (changed.Count == 0) return;
        var ids = changed.Select(verdict => verdict.TitleId!.Value).ToList();
        await db.Set<ImportedRecord>().Where(record => EF.Parameter(ids).Contains(record.TitleId)).ExecuteDeleteAsync(stop);
        foreach (var verdict in changed) db.Add(new ImportedRecord(verdict.TitleId!.Value, verdict.Record.Hash, verdict.Record.Bytes));
    }

    /// <summary>Which of the barcodes that the records mention belong to copies already.</summary>
    private async Task<HashSet<string>> KnownBarcodesAsync(IReadOnlyList<ReadRecord> records, CancellationToken stop)
    {
        if (options.BranchId is null) return [];
        var mentioned = records.Where(record => record.Read.Record is not null).SelectMany(record => MarcCopies.BarcodesOf(record.Read.Record!)).Distinct().ToList();
        return mentioned.Count == 0
            ? []
            : [.. await db.Copies.Where(copy => EF.Parameter(mentioned).Contains(copy.Barcode)).Select(copy => copy.Barcode).ToListAsync(stop)];
    }

    private void Remember(List<Verdict> verdicts)
    {
        var totals = Totals;
        foreach (var verdict in verdicts)
        {
            var read = verdict.Record.Read;
            if (verdict.TitleId is { } id) Claim(id);
            totals = totals with
            {
                Records = totals.Records + 1,
                Bytes = read.Offset,
                New = totals.New + (verdict.Fate == Fate.New ? 1 : 0),
                Changed = totals.Changed + (verdict.Fate == Fate.Changed ? 1 : 0),
                Unchanged = totals.Unchanged + (verdict.Fate == Fate.Unchanged ? 1 : 0),
                Refused = totals.Refused + (verdict.Fate == Fate.Refused ? 1 : 0),
                Copies = totals.Copies + verdict.Copies.Count,
            };

            var (list, reasons) = verdict.Fate == Fate.Refused ? (refused, verdict.Reasons) : (mended, read.Flaws);
            if (reasons.Count > 0 && list.Count < MarcImport.MostRemarks)
                list.Add(new MarcRemark(read.Number, read.Offset, verdict.Record.Description?.Name, reasons));
        }

        Totals = totals;
    }

    private bool IsClaimed(long titleId) => titleId < claimed.Length && claimed[(int)titleId];

    private void Claim(long titleId)
    {
        if (titleId > int.MaxValue / 2) return;
        if (titleId >= claimed.Length) claimed.Length = (int)Math.Max(titleId + 1, claimed.Length * 2L);
        claimed[(int)titleId] = true;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private enum Fate
    {
        New,
        Changed,
        Unchanged,
        Refused,
    }

    private sealed record Verdict(ReadRecord Record, Fate Fate)
    {
        public long? TitleId { get; set; }

        public Title? Title { get; init; }

        public bool Redescribed { get; init; }

        public IReadOnlyList<IExplained> Reasons { get; init; } = [];

        public IReadOnlyList<MarcCopy> Copies { get; init; } = [];
    }

    /// <summary>Records that came in and that no query finds yet.</summary>
    private sealed class Newcomers
    {
        // Half of a hash is enough to tell a hundred million records apart, and keeps a dry run of a million small.
        private readonly HashSet<UInt128> hashes = [];
        private readonly HashSet<string> keys = new(StringComparer.Ordinal);

        public bool Has(string hash) => hashes.Contains(Half(hash));

        public bool HasKey(string key) => keys.Contains(key);

        public void Add(ReadRecord record)
        {
            hashes.Add(Half(record.Hash));
            if (record.SourceKey is { } key) keys.Add(key);
        }

        private static UInt128 Half(string hash) => UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
