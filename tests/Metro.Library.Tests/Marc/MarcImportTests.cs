using System.Buffers;
using Metro.Library.Catalog;
using Metro.Library.Marc;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Marc;

public sealed class MarcImportTests
{
    private static readonly MarcImportOptions Import = new() { BatchSize = 3 };

    [Fact]
    public async Task Importing_the_same_file_twice_changes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        byte[] file = Repository.SampleFile("marc", "jazz_1k.mrc") is { } path ? await File.ReadAllBytesAsync(path) : File_(Enumerable.Range(1, 1000).Select(Book));

        var first = await RunAsync(library, file, new MarcImportOptions());
        var before = await StateAsync(library);
        library.Clock.Advance(TimeSpan.FromDays(1));
        var second = await RunAsync(library, file, new MarcImportOptions());

        Assert.Equal(1000, first.Totals.New + first.Totals.Refused);
        Assert.Equal((0, 0, first.Totals.New), (second.Totals.New, second.Totals.Changed, second.Totals.Unchanged));
        Assert.Equal(before, await StateAsync(library));
    }

    [Fact]
    public async Task Records_without_a_number_are_recognised_too()
    {
        await using var library = await TestLibrary.OpenAsync();
        byte[] file = Repository.SampleFile("marc", "nepali.marc") is { } path ? await File.ReadAllBytesAsync(path) : File_(Enumerable.Range(1, 96).Select(i => Without(Book(i), "001")));

        var first = await RunAsync(library, file, Import);
        var second = await RunAsync(library, file, Import);

        Assert.Equal(96, first.Totals.New + first.Totals.Unchanged + first.Totals.Refused);
        Assert.Equal((0, 0), (second.Totals.New, second.Totals.Changed));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_writes_nothing()
    {
        await using var library = await TestLibrary.OpenAsync();
        await RunAsync(library, File_([Book(1), Book(2), Book(3)]), Import);
        var before = await StateAsync(library);
        byte[] file = [.. File_([Book(1), Renamed(Book(2), "Judul baru"), Book(4)]), .. "broken"u8, 0x1D, .. File_([Renamed(Book(5), "📚"), Book(4), Book(6)])];

        var dry = await RunAsync(library, file, Import with { DryRun = true });
        Assert.Equal(before, await StateAsync(library));
        var wet = await RunAsync(library, file, Import);

        Assert.Equal((2, 1, 2, 2), (dry.Totals.New, dry.Totals.Changed, dry.Totals.Unchanged, dry.Totals.Refused));
        Assert.Equal(dry.Totals, wet.Totals);
        Assert.Equal([4L, 5L], dry.Refused.Select(one => one.Number));
        Assert.Equal(new MarcFlaw(MarcFlawKind.NoLeader), Assert.Single(dry.Refused[0].Reasons));
        Assert.Equal("input.not_a_name", Assert.IsType<Refusal>(Assert.Single(dry.Refused[1].Reasons)).Code);
    }

    [Fact]
    public async Task A_changed_record_describes_its_title_anew_and_keeps_its_key()
    {
        await using var library = await TestLibrary.OpenAsync();
        await RunAsync(library, File_([Book(1)]), Import);

        var report = await RunAsync(library, File_([Renamed(Book(1), "Judul baru")]), Import);

        await using var db = library.NewContext();
        var title = await db.Titles.Whole().SingleAsync();
        Assert.Equal(1, report.Totals.Changed);
        Assert.Equal(("Judul baru", 2), (title.Name, title.Version));
        Assert.Equal("title.imported", (await db.AuditLines.OrderByDescending(line => line.Id).FirstAsync()).Action);
    }

    [Fact]
    public async Task A_title_of_the_library_itself_is_found_by_its_ISBN_and_may_be_kept_as_it_is()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        await desk.AddTitleAsync(new TitleDescription { Name = "Buku nomor 1", Summary = "Ditulis di sini.", Identifiers = [new(IdentifierKind.Isbn, IsbnOf(1))] }, TestLibrary.Librarian);

        var kept = await RunAsync(library, File_([Book(1)]), Import with { KeepExisting = true });
        Assert.Equal((0, 0, 1), (kept.Totals.New, kept.Totals.Changed, kept.Totals.Unchanged));
        var replaced = await RunAsync(library, File_([Book(1)]), Import);
        Assert.Equal((0, 1), (replaced.Totals.New, replaced.Totals.Changed));
        Assert.Equal((0, 0, 1), await CountsAsync(File_([Book(1)])));

        async Task<(long, long, long)> CountsAsync(byte[] file)
        {
            var totals = (await RunAsync(library, file, Import)).Totals;
            return (totals.New, totals.Changed, totals.Unchanged);
        }
    }

    [Fact]
    public async Task Two_records_with_one_number_are_not_taken_for_one_title()
    {
        await using var library = await TestLibrary.OpenAsync();
        var file = File_([Book(1), Renamed(Book(1), "Yang lain"), Book(2)]);

        var first = await RunAsync(library, file, Import);
        var second = await RunAsync(library, file, Import);

        Assert.Equal((2, 0, 1), (first.Totals.New, first.Totals.Unchanged, first.Totals.Refused));
        Assert.Equal((0, 2, 1), (second.Totals.New, second.Totals.Unchanged, second.Totals.Refused));
        Assert.Equal("marc.repeated_number", Assert.IsType<Refusal>(Assert.Single(second.Refused[0].Reasons)).Code);
    }

    [Fact]
    public async Task Copies_come_in_once_and_only_when_asked_for()
    {
        await using var library = await TestLibrary.OpenAsync();
        var book = Book(1) with
        {
            Fields = [.. Book(1).Fields,
                DataField.Of("952", ' ', ' ', new('p', "b-1"), new('a', "YSM"), new('b', "MTR"), new('g', "45000.00"), new('o', "899.221 HIR l"), new('d', "2025-03-01")),
                DataField.Of("952", ' ', ' ', new('p', "b-1"), new('a', "YSM")),
                DataField.Of("990", ' ', ' ', new MarcSubfield('a', "INV/0001"))],
        };

        Assert.Equal(0, (await RunAsync(library, File_([book]), Import with { DryRun = true })).Totals.Copies);
        var report = await RunAsync(library, File_([book]), Import with { BranchId = library.Main });
        var again = await RunAsync(library, File_([book]), Import with { BranchId = library.Main });

        await using var db = library.NewContext();
        var copies = await db.Copies.OrderBy(copy => copy.Barcode).ToListAsync();
        Assert.Equal((2, 0), (report.Totals.Copies, again.Totals.Copies));
        Assert.Equal(["B-1", "INV/0001"], copies.Select(copy => copy.Barcode));
        Assert.Equal((library.Kelurahan, library.Main, 45_000, CopyStatus.Available), (copies[0].OwnerBranchId, copies[0].CurrentBranchId, copies[0].Price, copies[0].Status));
    }

    [Fact]
    public async Task A_copy_that_an_import_brings_is_offered_to_those_who_wait_for_its_title()
    {
        await using var library = await TestLibrary.OpenAsync();
        await RunAsync(library, File_([Book(1)]), Import);
        var withCopy = Book(1) with { Fields = [.. Book(1).Fields, DataField.Of("952", ' ', ' ', new MarcSubfield('p', "B-1"))] };
        await using var db = library.NewContext();
        var queue = new Queue();

        await new MarcImport(db, library.Clock, [queue]).ImportAsync(
            new MemoryStream(File_([withCopy, Book(2)])), Import with { BranchId = library.Main }, TestLibrary.Librarian);

        Assert.Equal(["B-1"], queue.Offered);
    }

    private sealed class Queue : ICopyListener
    {
        public List<string> Offered { get; } = [];

        public Task<Refusal?> ShelvedAsync(LibraryDbContext db, Copy copy, CancellationToken stop)
        {
            Assert.True(copy.Id > 0);
            Offered.Add(copy.Barcode);
            return Task.FromResult<Refusal?>(null);
        }

        public Task<Refusal?> GoneAsync(LibraryDbContext db, Copy copy, CancellationToken stop) => throw new NotSupportedException();
    }

    [Fact]
    public async Task An_export_gives_back_what_was_imported_and_what_was_changed_here()
    {
        await using var library = await TestLibrary.OpenAsync();
        var book = Book(1) with { Fields = [.. Book(1).Fields, DataField.Of("887", ' ', ' ', new MarcSubfield('a', "yang tidak dikenal katalog"))] };
        await RunAsync(library, File_([book]), Import);
        await using var db = library.NewContext();
        var export = new MarcExport(db);
        var id = (await db.Titles.SingleAsync()).Id;

        var untouched = await export.RecordOfAsync(id);
        Assert.Equal(book.Fields, untouched!.Fields);

        var title = await db.Titles.AsNoTracking().Whole().SingleAsync();
        await new Cataloguing(db, library.Clock, []).DescribeTitleAsync(id, title.Version, title.Description() with { Name = "Judul lain", Year = 2011 }, TestLibrary.Librarian);
        var changed = await export.RecordOfAsync(id);

        Assert.Equal("Judul lain", changed!.First("245", 'a'));
        Assert.Equal("2011", changed.First("264", 'c'));
        Assert.Equal("yang tidak dikenal katalog", changed.First("887", 'a'));
        Assert.Equal("1", changed.Control("001"));
        Assert.Equal(book.Data("020"), changed.Data("020"));
        Assert.Null(await export.RecordOfAsync(id + 1));
    }

    [Fact]
    public async Task A_title_typed_here_is_exported_and_comes_back_as_it_was()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var said = new TitleDescription
        {
            Format = TitleFormat.Braille, Name = "Laskar pelangi", Subtitle = "sebuah novel", Edition = "Cetakan ke-5", Place = "Yogyakarta",
            Publisher = "Bentang", Year = 2005, Extent = "529 halaman", Series = "Tetralogi", SeriesNumber = "1", Language = "ind",
            Audience = Audience.Youth, Summary = "Sepuluh anak.", Ddc = "899.221",
            Contributors = [new("Hirata, Andrea"), new("Putri, Dewi", ContributorRole.Illustrator), new("Dinas Perpustakaan", ContributorRole.Editor, ContributorKind.Organisation)],
            Subjects = ["Fiksi Indonesia", "Belitung -- Pendidikan"],
            Identifiers = [new(IdentifierKind.Isbn, "9789793062792"), new(IdentifierKind.Issn, "0317-8471")],
        };
        var id = (await new Cataloguing(db, library.Clock, []).AddTitleAsync(said, TestLibrary.Librarian)).TitleId!.Value;

        var record = await new MarcExport(db).RecordOfAsync(id);

        Assert.True(TitleDescriptions.Same(said, MarcMapping.ToDescription(record!)));
    }

    [Fact]
    public async Task The_whole_catalogue_is_exported_in_both_forms_without_the_withdrawn()
    {
        await using var library = await TestLibrary.OpenAsync();
        await RunAsync(library, File_(Enumerable.Range(1, 1201).Select(Book)), new MarcImportOptions());
        await using var db = library.NewContext();
        await db.Titles.Where(title => title.Id <= 700).ExecuteUpdateAsync(set => set.SetProperty(title => title.WithdrawnAt, library.Clock.UtcNow));
        var left = await db.Titles.InCatalogue().CountAsync();
        using var binary = new MemoryStream();
        using var xml = new MemoryStream();

        Assert.Equal(left, await new MarcExport(db).WriteIso2709Async(binary));
        Assert.Equal(left, await new MarcExport(db).WriteXmlAsync(xml));

        var one = await MarcReaderTests.ReadAsync(binary.ToArray());
        var other = await MarcReaderTests.ReadAsync(xml.ToArray());
        Assert.Equal(left, one.Count);
        Assert.Equal(one.Select(read => read.Record!.Control("001")), other.Select(read => read.Record!.Control("001")));
    }

    [Fact]
    public async Task Progress_is_told_after_every_batch()
    {
        await using var library = await TestLibrary.OpenAsync();
        var told = new List<long>();
        await using var db = library.NewContext();

        await new MarcImport(db, library.Clock, []).ImportAsync(
            new MemoryStream(File_(Enumerable.Range(1, 8).Select(Book))), Import, TestLibrary.Librarian, new Told(told));

        Assert.Equal([3, 6, 8], told);
    }

    private sealed class Told(List<long> records) : IProgress<MarcImportProgress>
    {
        public void Report(MarcImportProgress value) => records.Add(value.Records);
    }

    private static async Task<MarcImportReport> RunAsync(TestLibrary library, byte[] file, MarcImportOptions options)
    {
        await using var db = library.NewContext();
        return await new MarcImport(db, library.Clock, []).ImportAsync(new MemoryStream(file), options, TestLibrary.Librarian);
    }

    /// <summary>Everything that an import could change, as one text.</summary>
    private static async Task<string> StateAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        var titles = await db.Titles.Whole().OrderBy(title => title.Id).ToListAsync();
        return string.Join('\n', titles.Select(title => $"{title.Id} {title.Version} {title.ChangedAt:O} {title.Name} {title.SourceKey}"))
            + $"\n{await db.AuditLines.CountAsync()} {await db.Set<ImportedRecord>().CountAsync()} {await db.Set<CatalogChange>().CountAsync()}";
    }

    private static byte[] File_(IEnumerable<MarcRecord> records)
    {
        var file = new ArrayBufferWriter<byte>();
        foreach (var record in records) MarcWriter.WriteIso2709(record, file);
        return file.WrittenSpan.ToArray();
    }

    private static MarcRecord Book(int number) => new("00000nam a2200000 i 4500",
    [
        new ControlField("001", $"{number}"),
        new ControlField("003", "ID-MTR"),
        new ControlField("008", "260105s2005    io            000 1 ind d"),
        DataField.Of("020", ' ', ' ', new('a', IsbnOf(number)), new('c', "Rp45.000")),
        DataField.Of("100", '1', ' ', new('a', "Hirata, Andrea,"), new('e', "pengarang.")),
        DataField.Of("245", '1', '0', new('a', $"Buku nomor {number} /"), new('c', "Andrea Hirata.")),
        DataField.Of("264", ' ', '1', new('a', "Yogyakarta :"), new('b', "Bentang,"), new('c', "2005.")),
        DataField.Of("650", ' ', '4', new('a', "Fiksi Indonesia"), new('x', "Sejarah.")),
    ]);

    private static MarcRecord Renamed(MarcRecord book, string name) => book with
    {
        Fields = [.. book.Fields.Select(field => field.Tag == "245" ? DataField.Of("245", '1', '0', new MarcSubfield('a', name)) : field)],
    };

    private static MarcRecord Without(MarcRecord book, string tag) => book with { Fields = [.. book.Fields.Where(field => field.Tag != tag)] };

    private static string IsbnOf(int number)
    {
        var twelve = $"978602{number:000000}";
        var sum = twelve.Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 1 : 3)).Sum();
        return twelve + ((10 - (sum % 10)) % 10);
    }
}
