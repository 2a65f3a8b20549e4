using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Marc;

namespace Metro.Library.Tests.Marc;

public sealed class MarcRoundTripTests
{
    private static readonly Gen<string> Texts =
        from letters in Gen.Elements("abc ", "Éé", "—", "पुस्तक", "图书馆", "كتاب", "📚", "<&>\"'", "\\$", "e\u0301", ".").ListOf()
        select string.Concat(letters);

    private static readonly Gen<MarcField> Fields = Gen.OneOf(
        from tag in Gen.Choose(1, 9)
        from text in Texts
        select (MarcField)new ControlField($"00{tag}", text),
        from tag in Gen.Choose(10, 999)
        from indicators in Gen.Elements("  ", "10", "a ", "4#")
        from codes in Gen.Elements('a', 'b', '9', 'z').NonEmptyListOf()
        from texts in Gen.ListOf(Texts, 4)
        select (MarcField)new DataField($"{tag:000}", indicators[0], indicators[1],
            [.. codes.Take(4).Select((code, at) => new MarcSubfield(code, texts.ElementAt(at)))]));

    private static readonly Arbitrary<MarcRecord> Records =
        (from fields in Fields.NonEmptyListOf()
         select new MarcRecord("00000nam a2200000 i 4500", [.. fields.Take(50)])).ToArbitrary();

    [Fact]
    public void What_is_written_in_ISO_2709_reads_back_the_same() =>
        Prop.ForAll(Records, record => Single(MarcWriter.ToIso2709(record)) is { Record: { } again, Flaws.Count: 0 }
            && again.Fields.SequenceEqual(record.Fields)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_in_MARCXML_reads_back_the_same() =>
        Prop.ForAll(Records, record => Single(MarcWriter.ToXml(record)).Record!.Fields.SequenceEqual(record.Fields)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_file_makes_reading_throw()
    {
        var good = MarcWriter.ToIso2709(new MarcRecord(MarcRecord.NewBookLeader, [new ControlField("001", "1"), DataField.Of("245", '1', '0', new MarcSubfield('a', "Buku"))]));
        var xml = Encoding.UTF8.GetBytes("<collection><record><leader>00000nam a2200000 i 4500</leader><datafield tag='245' ind1='1' ind2='0'><subfield code='a'>Buku</subfield></datafield></record></collection>");
        var hostile =
            from start in Gen.Elements(good, xml, [.. good, .. good], [])
            from places in Gen.Choose(0, 400).ListOf()
            from bytes in Gen.Choose(0, 255).ListOf()
            from tail in Gen.Choose(0, 255).ListOf()
            select Spoilt(start, [.. places], [.. bytes], [.. tail]);

        Prop.ForAll(hostile.ToArbitrary(), file =>
        {
            foreach (var read in MarcReaderTests.ReadAsync(file).GetAwaiter().GetResult())
            {
                // What was read can be described and written again.
                if (read.Record is not { } record) continue;
                _ = MarcMapping.ToDescription(record);
                _ = MarcWriter.ToIso2709(record);
                _ = MarcWriter.ToXml(record);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void No_text_makes_MARC_8_throw()
    {
        var bytes = Gen.Frequency((3, Gen.Choose(0x20, 0xFF)), (1, Gen.Elements(0x1B, 0x24, 0x28, 0x29, 0x31, 0x45))).ListOf();
        Prop.ForAll(bytes.ToArbitrary(), codes =>
            new Marc8Decoder().Decode([.. codes.Select(code => (byte)code)], out _) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static byte[] Spoilt(byte[] start, int[] places, int[] bytes, int[] tail)
    {
        var file = start.ToArray();
        for (var i = 0; i < Math.Min(places.Length, bytes.Length); i++)
            if (places[i] < file.Length) file[places[i]] = (byte)bytes[i];
        return [.. file, .. tail.Select(one => (byte)one)];
    }

    private static MarcRead Single(byte[] file) => Assert.Single(MarcReaderTests.ReadAsync(file).GetAwaiter().GetResult());
}
