using System.Buffers;
using System.Diagnostics;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Marc;

namespace Metro.Bench.Catalog;

/// <summary>Budget: at least 5,000 records a second into SQLite, memory flat.</summary>
internal static class CatalogImportBench
{
    public static async Task RunAsync(Options options)
    {
        var records = options.Number("records", 100_000);
        var folder = Directory.CreateTempSubdirectory("metro-import-");
        try
        {
            var file = options.Text("file") ?? Path.Combine(folder.FullName, "records");
            if (!options.Has("file")) await WriteAsync(file, records, options.Has("xml"));
            await using var db = GeneratedCatalogue.Connect(Path.Combine(folder.FullName, "library.db"));
            await db.Database.EnsureCreatedAsync();
            Console.WriteLine($"{(options.Has("file") ? file : $"{records:N0} records")}, {new FileInfo(file).Length >> 20:N0} MiB of {(options.Has("xml") ? "MARCXML" : "ISO 2709")}");
            var first = await ImportAsync("first time", db, file);
            Figures.Keep("records a second", first.PerSecond);
            Figures.Keep("heap at first MiB", first.HeapAtFirst >> 20);
            Figures.Keep("heap at the end MiB", first.HeapAtEnd >> 20);
            await ImportAsync("the same again", db, file);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double PerSecond, long HeapAtFirst, long HeapAtEnd)> ImportAsync(string what, LibraryDbContext db, string file)
    {
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var memory = new List<(long Records, long Heap)>();
        await using var stream = File.OpenRead(file);
        var report = await new MarcImport(db, TimeProvider.System, []).ImportAsync(stream, new MarcImportOptions(), Actor.System("bench"),
            new Watcher(memory));
        var (records, took) = (report.Totals.Records, watch.Elapsed);
        Console.WriteLine($"{what}: {records / took.TotalSeconds:N0} records/s by the clock ({took.TotalSeconds:0.0} s), {records / (Environment.CpuUsage.TotalTime - processor).TotalSeconds:N0} by the processor; new {report.Totals.New:N0}, unchanged {report.Totals.Unchanged:N0}, refused {report.Totals.Refused:N0}");
        foreach (var share in (double[])[0.1, 0.5, 1.0])
        {
            var (at, heap) = memory[Math.Max(0, (int)(memory.Count * share) - 1)];
            Console.WriteLine($"  after {at,9:N0} records: heap {heap >> 20} MiB");
        }

        Console.WriteLine($"  resident at the end {Figures.ResidentMebibytes()} MiB");
        return (records / took.TotalSeconds, memory[Math.Max(0, (memory.Count / 10) - 1)].Heap, memory[^1].Heap);
    }

    private static async Task WriteAsync(string file, int records, bool asXml)
    {
        var catalogue = new GeneratedCatalogue(records);
        await using var stream = File.Create(file);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var xml = asXml ? MarcWriter.BeginXml(stream) : null;
        for (var i = 0; i < records; i++)
        {
            var record = MarcMapping.ToRecord(Title.Create(catalogue.Next(i), new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc)).Title!, null);
            record = record with { Fields = [new ControlField("001", $"{i}"), new ControlField("003", "BENCH"), .. record.Fields.Where(field => field.Tag != "001")] };
            if (xml is not null)
            {
                MarcWriter.WriteXml(record, xml);
                continue;
            }

            MarcWriter.WriteIso2709(record, buffer);
            if (buffer.WrittenCount < 1 << 20) continue;
            await stream.WriteAsync(buffer.WrittenMemory);
            buffer.ResetWrittenCount();
        }

        xml?.WriteEndDocument();
        xml?.Flush();
        await stream.WriteAsync(buffer.WrittenMemory);
    }

    private sealed class Watcher(List<(long Records, long Heap)> memory) : IProgress<MarcImportProgress>
    {
        public void Report(MarcImportProgress value) => memory.Add((value.Records, GC.GetTotalMemory(false)));
    }
}
