using System.Globalization;
using System.Text;
using Metro.Library.Marc;
using Metro.Testing;

namespace Metro.Library.Tests.Marc;

public sealed class MarcReaderTests
{
    private static readonly MarcRecord Rainbow = new(MarcRecord.NewBookLeader,
    [
        new ControlField("001", "42"),
        new ControlField("008", "260105s2005    io            000 1 ind d"),
        DataField.Of("245", '1', '0', new('a', "Laskar pelangi /"), new('c', "Andrea Hirata")),
        DataField.Of("650", ' ', '4', new MarcSubfield('a', "Fiksi Indonésia — 📚")),
    ]);

    [Fact]
    public async Task A_record_written_in_ISO_2709_reads_back_the_same()
    {
        var read = Assert.Single(await ReadAsync(MarcWriter.ToIso2709(Rainbow)));

        Assert.Empty(read.Flaws);
        Assert.Equal(Rainbow.Fields, read.Record!.Fields);
        Assert.Equal((1, 0), (read.Number, read.Offset));
    }

    [Fact]
    public async Task A_record_written_in_MARCXML_reads_back_the_same()
    {
        var read = Assert.Single(await ReadAsync(MarcWriter.ToXml(Rainbow)));

        Assert.Empty(read.Flaws);
        Assert.Equal(Rainbow.Fields, read.Record!.Fields);
    }

    [Fact]
    public async Task A_broken_record_is_reported_with_its_number_and_place_and_the_rest_is_read()
    {
        var good = MarcWriter.ToIso2709(Rainbow);
        byte[] file = [.. good, .. "this is no record"u8, 0x1D, .. good, .. "00"u8, 0x1D, .. good];

        var reads = await ReadAsync(file);

        Assert.Equal([true, false, true, false, true], reads.Select(read => read.Record is not null));
        Assert.Equal(MarcFlawKind.NoLeader, Assert.Single(reads[1].Flaws).Kind);
        Assert.Equal((2, good.Length), (reads[1].Number, reads[1].Offset));
        Assert.Equal((4, (2 * good.Length) + 18), (reads[3].Number, reads[3].Offset));
    }

    [Fact]
    public async Task Wrong_lengths_and_addresses_are_tolerated()
    {
        var file = MarcWriter.ToIso2709(Rainbow);
        "99999"u8.CopyTo(file);
        "00000"u8.CopyTo(file.AsSpan(12));
        // Lengths counted in characters, as broken exporters do: the directory leads astray.
        "9999"u8.CopyTo(file.AsSpan(24 + 3));

        var read = Assert.Single(await ReadAsync(file));

        Assert.Equal(Rainbow.Fields, read.Record!.Fields);
        Assert.Contains(read.Flaws, flaw => flaw.Kind == MarcFlawKind.WrongLengths);
    }

    [Fact]
    public async Task A_record_whose_terminator_is_missing_does_not_swallow_the_next()
    {
        var good = MarcWriter.ToIso2709(Rainbow);
        byte[] file = [.. good[..^1], .. good];

        var reads = await ReadAsync(file);

        Assert.Equal(2, reads.Count);
        Assert.All(reads, read => Assert.Equal(Rainbow.Fields, read.Record!.Fields));
        Assert.Contains(reads[0].Flaws, flaw => flaw.Kind == MarcFlawKind.MissingTerminator);
    }

    [Fact]
    public async Task A_file_that_ends_inside_a_record_says_so()
    {
        var good = MarcWriter.ToIso2709(Rainbow);

        var reads = await ReadAsync([.. good, .. good[..^20]]);

        Assert.NotNull(reads[0].Record);
        Assert.Equal(MarcFlawKind.Truncated, Assert.Single(reads[1].Flaws).Kind);
        Assert.Empty(await ReadAsync([]));
    }

    [Fact]
    public async Task A_field_longer_than_four_digits_can_say_survives()
    {
        var long_ = Rainbow with { Fields = [.. Rainbow.Fields, DataField.Of("520", ' ', ' ', new MarcSubfield('a', new string('x', 150_000)))] };

        var read = Assert.Single(await ReadAsync(MarcWriter.ToIso2709(long_)));

        Assert.Equal(long_.Fields, read.Record!.Fields);
    }

    [Fact]
    public async Task A_MARC_8_record_becomes_composed_Unicode()
    {
        // "De la solitude à la communauté.", Łódź, and Привет by an escape to Cyrillic and back.
        byte[] field = [.. "De la solitude "u8, 0xE1, .. "a la communaut"u8, 0xE2, .. "e. "u8, 0xA1, 0xE2, .. "od"u8, 0xE2, .. "z "u8,
            0x1B, (byte)'(', (byte)'N', .. "pRIWET"u8, 0x1B, (byte)'(', (byte)'B', .. " ."u8];
        var file = Iso2709('j', ' ', field);

        var read = Assert.Single(await ReadAsync(file));

        Assert.Empty(read.Flaws);
        Assert.Equal("De la solitude à la communauté. Łódź Привет .", read.Record!.First("245", 'a'));
    }

    [Fact]
    public async Task MARC_8_in_Hebrew_Arabic_Greek_and_East_Asian_is_read()
    {
        byte[] field = [0x1B, (byte)'(', (byte)'2', .. "ylem"u8, 0x1B, (byte)'(', (byte)'B', (byte)' ',
            0x1B, (byte)'(', (byte)'3', .. "GJK"u8, 0x1B, (byte)'(', (byte)'B', (byte)' ',
            0x1B, (byte)'(', (byte)'S', .. "akl"u8, 0x1B, (byte)'(', (byte)'B', (byte)' ',
            0x1B, (byte)'$', (byte)'1', 0x21, 0x30, 0x21, 0x21, 0x30, 0x24, 0x1B, (byte)'(', (byte)'B', .. " H"u8, 0x1B, (byte)'b', (byte)'2', 0x1B, (byte)'s', (byte)'O'];

        var read = Assert.Single(await ReadAsync(Iso2709('a', ' ', field)));

        Assert.Empty(read.Flaws);
        Assert.Equal("שלום اتث αθι 一三 H₂O", read.Record!.First("245", 'a'));
    }

    [Fact]
    public async Task Unannounced_and_broken_UTF_8_is_read_and_reported()
    {
        var unannounced = Assert.Single(await ReadAsync(Iso2709('a', ' ', "Fiksi Indonésia"u8)));
        Assert.Equal("Fiksi Indonésia", unannounced.Record!.First("245", 'a'));
        Assert.Equal(MarcFlawKind.UnannouncedUtf8, Assert.Single(unannounced.Flaws).Kind);

        var broken = Assert.Single(await ReadAsync(Iso2709('a', 'a', [.. "Fiksi "u8, 0xE9, .. "ndonesia"u8])));
        Assert.Equal("Fiksi \uFFFDndonesia", broken.Record!.First("245", 'a'));
        Assert.Equal(new MarcFlaw(MarcFlawKind.NotUtf8, "245"), Assert.Single(broken.Flaws));
    }

    [Fact]
    public async Task MARCXML_is_read_with_a_prefix_inside_an_envelope_and_in_UTF_16()
    {
        const string xml = """
            <?xml version="1.0"?><OAI-PMH><ListRecords><record><header><identifier>1</identifier></header><metadata>
            <marc:record xmlns:marc="http://www.loc.gov/MARC21/slim" xsi:schemaLocation="x"><marc:leader>00000nam a2200000 i 4500</marc:leader>
            <marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">Satu &amp; dua</marc:subfield></marc:datafield></marc:record></metadata></record>
            <record><metadata><marc:record><marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a"><![CDATA[Dua]]></marc:subfield></marc:datafield></marc:record></metadata></record>
            </ListRecords></OAI-PMH>
            """;

        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var reads = await ReadAsync([.. encoding.Preamble, .. encoding.GetBytes(xml)]);
            Assert.Equal(["Satu & dua", "Dua"], reads.Select(read => read.Record?.First("245", 'a')));
        }
    }

    [Fact]
    public async Task An_ill_formed_record_of_a_MARCXML_file_spoils_no_other()
    {
        const string good = """<record><leader>00000nam a2200000 i 4500</leader><controlfield tag="001">1</controlfield></record>""";
        var reads = await ReadAsync(Encoding.UTF8.GetBytes(
            $"<collection>{good}<record><leader>x</lead></record>{good}<record><datafield tag='1'>{good}<record/>&lol;{good}</collection>"));

        Assert.Equal([true, false, true, false, true], reads.Take(5).Select(read => read.Record is not null));
        Assert.NotNull(reads[^1].Record);
        Assert.Equal(MarcFlawKind.IllFormedXml, reads[1].Flaws[0].Kind);
    }

    [Fact]
    public async Task Entities_of_a_document_type_are_never_expanded()
    {
        var reads = await ReadAsync(Encoding.UTF8.GetBytes("""
            <?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY file SYSTEM "file:///etc/passwd">]>
            <collection><record><datafield tag="245" ind1="1" ind2="0"><subfield code="a">&lol;&file;</subfield></datafield></record></collection>
            """));

        Assert.Null(Assert.Single(reads).Record);
    }

    [Fact]
    public void Every_flaw_is_explained_in_both_languages()
    {
        foreach (var kind in Enum.GetValues<MarcFlawKind>())
            Assert.NotEqual(new MarcFlaw(kind, "x").Explain(CultureInfo.GetCultureInfo("id")), new MarcFlaw(kind, "x").Explain(CultureInfo.GetCultureInfo("en")));
    }

    [Theory]
    [InlineData("jazz_1k.mrc", 1000)]
    [InlineData("nepali.marc", 96)]
    [InlineData("loc-books-100.mrc", 100)]
    [InlineData("marc8.mrc", 1)]
    [InlineData("utf8-errors.mrc", 1)]
    public async Task The_files_of_other_libraries_are_read_whole(string name, int count)
    {
        // Where the samples are not at hand, a file of our own stands in.
        byte[] file = Repository.SampleFile("marc", name) is { } path
            ? await File.ReadAllBytesAsync(path)
            : [.. Enumerable.Repeat(MarcWriter.ToIso2709(Rainbow), count).SelectMany(bytes => bytes)];

        var reads = await ReadAsync(file);

        Assert.Equal(count, reads.Count);
        Assert.All(reads, read => Assert.NotNull(read.Record?.First("245", 'a')));
        foreach (var read in reads)
        {
            var again = Assert.Single(await ReadAsync(MarcWriter.ToIso2709(read.Record!)));
            Assert.Equal(read.Record!.Fields, again.Record!.Fields);
            var xml = Assert.Single(await ReadAsync(MarcWriter.ToXml(read.Record)));
            Assert.Equal(read.Record.Fields, xml.Record!.Fields);
        }
    }

    /// <summary>A record with one field 245 $a, its bytes as given.</summary>
    internal static byte[] Iso2709(char type, char encoding, ReadOnlySpan<byte> text)
    {
        byte[] data = [.. "10"u8, 0x1F, (byte)'a', .. text, 0x1E];
        var head = $"{24 + 12 + 1 + data.Length + 1:00000}n{type}m {encoding}2200037 i 4500245{data.Length:0000}00000";
        return [.. Encoding.ASCII.GetBytes(head), 0x1E, .. data, 0x1D];
    }

    internal static async Task<List<MarcRead>> ReadAsync(byte[] file)
    {
        var reads = new List<MarcRead>();
        await foreach (var read in MarcReader.ReadAsync(new MemoryStream(file))) reads.Add(read);
        return reads;
    }
}
