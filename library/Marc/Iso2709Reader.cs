using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Metro.Library.Marc;

/// <summary>
/// ISO 2709, MARC 21's binary form: leader, directory of twelve characters a field, fields. Records are
/// told apart by their terminator rather than by the lengths they claim, because lengths are what broken
/// exporters get wrong (counted in characters, cut at 99,999) and the terminator cannot occur inside.
/// </summary>
internal static class Iso2709Reader
{
    internal const byte RecordTerminator = 0x1D;
    internal const byte FieldTerminator = 0x1E;
    internal const byte SubfieldDelimiter = 0x1F;
    internal const int LeaderLength = 24;
    private const int EntryLength = 12;
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\0\x1A"u8);

    public static async IAsyncEnumerable<MarcRead> ReadAsync(ByteWindow window, [EnumeratorCancellation] CancellationToken stop)
    {
        var number = 0L;
        while (true)
        {
            await SkipBlanksAsync(window, stop);
            if (window.Bytes.IsEmpty) yield break;

            number++;
            var offset = window.Offset;
            var length = await FindTerminatorAsync(window, stop);
            if (length < 0)
            {
                if (length == TooLong) await SkipRecordAsync(window, stop);
                else window.Advance(window.Bytes.Length);
                yield return new(number, offset, null, [new(length == TooLong ? MarcFlawKind.TooLong : MarcFlawKind.Truncated)]);
                continue;
            }

            var own = OwnLength(window.Bytes[..length]);
            yield return Parse(number, offset, window.Bytes[..own], terminated: own == length);
            window.Advance(own == length ? length + 1 : own);
        }
    }

    private const int TooLong = -2;

    private static async ValueTask<int> FindTerminatorAsync(ByteWindow window, CancellationToken stop)
    {
        var searched = 0;
        while (true)
        {
            var found = window.Bytes[searched..].IndexOf(RecordTerminator);
            if (found >= 0) return searched + found;
            searched = window.Bytes.Length;
            if (searched > MarcReader.LongestRecord) return TooLong;
            if (window.Ended) return -1;
            await window.FillAsync(stop);
        }
    }

    private static async ValueTask SkipRecordAsync(ByteWindow window, CancellationToken stop)
    {
        while (true)
        {
            var end = window.Bytes.IndexOf(RecordTerminator);
            window.Advance(end < 0 ? window.Bytes.Length : end + 1);
            if (end >= 0 || window.Ended) return;
            await window.FillAsync(stop);
        }
    }

    private static async ValueTask SkipBlanksAsync(ByteWindow window, CancellationToken stop)
    {
        while (true)
        {
            var blank = window.Bytes.IndexOfAnyExcept(Blanks);
            if (blank >= 0)
            {
                // A byte order mark stands before the first leader in some exports.
                if (window.Offset == 0 && window.Bytes[blank..] is [0xEF, 0xBB, 0xBF, ..]) blank += 3;
                window.Advance(blank);
                return;
            }

            window.Advance(window.Bytes.Length);
            if (window.Ended) return;
            await window.FillAsync(stop);
        }
    }

    /// <summary>
    /// How many of the bytes up to the terminator belong to this record: all, unless its own terminator
    /// is missing and the next record's leader stands where the length says.
    /// </summary>
    private static int OwnLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeaderLength || !TryNumber(bytes[..5], out var claimed)) return bytes.Length;
        // The claimed length counts the terminator that is missing.
        foreach (var end in (ReadOnlySpan<int>)[claimed - 1, claimed])
        {
            if (end > LeaderLength && end + LeaderLength < bytes.Length
                && bytes[end - 1] == FieldTerminator && LooksLikeLeader(bytes[end..])) return end;
        }

        return bytes.Length;
    }

    private static bool LooksLikeLeader(ReadOnlySpan<byte> bytes) =>
        TryNumber(bytes[..5], out _) && TryNumber(bytes[12..17], out _) && bytes[10] == '2' && bytes[20] == '4' && bytes[21] == '5';

    internal static MarcRead Parse(long number, long offset, ReadOnlySpan<byte> bytes, bool terminated)
    {
        if (bytes.Length < LeaderLength || bytes[..LeaderLength].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            return new(number, offset, null, [new(MarcFlawKind.NoLeader)]);

        var flaws = new List<MarcFlaw>();
        if (!terminated) flaws.Add(new(MarcFlawKind.MissingTerminator));

        var directoryEnd = bytes[LeaderLength..].IndexOf(FieldTerminator);
        if (directoryEnd < 0) return new(number, offset, null, [new(MarcFlawKind.BadDirectory)]);

        var directory = bytes.Slice(LeaderLength, directoryEnd);
        var data = bytes[(LeaderLength + directoryEnd + 1)..];
        if (directory.Length == 0) return new(number, offset, null, [new(MarcFlawKind.NoFields)]);

        // The leader's address and length are redundant; when they are wrong it is worth saying.
        if (!TryNumber(bytes[12..17], out var baseAddress) || baseAddress != LeaderLength + directoryEnd + 1
            || !TryNumber(bytes[..5], out var length) || (terminated && length != bytes.Length + 1))
            flaws.Add(new(MarcFlawKind.WrongLengths));

        var places = Places(directory, data) ?? CountedOff(directory, data, flaws);
        if (places is null) return new(number, offset, null, [new(MarcFlawKind.BadDirectory)]);

        var text = new FieldText(bytes, flaws);
        var fields = new List<MarcField>(places.Count);
        foreach (var (tag, place) in places)
        {
            var field = ReadField(tag, data[place], ref text, flaws);
            if (field is not null) fields.Add(field);
        }

        return new(number, offset, new MarcRecord(Encoding.ASCII.GetString(bytes[..LeaderLength]), fields), flaws);
    }

    /// <summary>Where the directory says the fields are; null when it cannot be trusted.</summary>
    private static List<(string Tag, Range Place)>? Places(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data)
    {
        if (directory.Length % EntryLength != 0) return null;
        var places = new List<(string, Range)>(directory.Length / EntryLength);
        for (; directory.Length > 0; directory = directory[EntryLength..])
        {
            if (!TryNumber(directory[3..7], out var length) || !TryNumber(directory[7..12], out var start)) return null;
            var end = start + length - 1;
            if (length < 1 || end >= data.Length || data[end] != FieldTerminator) return null;
            if (data[start..end].Contains(FieldTerminator) || TagOf(directory) is not { } tag) return null;
            places.Add((tag, start..end));
        }

        return places;
    }

    /// <summary>The fields counted off by their terminators, in the directory's order; null when there are more or fewer.</summary>
    private static List<(string Tag, Range Place)>? CountedOff(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data, List<MarcFlaw> flaws)
    {
        if (directory.Length % EntryLength != 0 || data.Count(FieldTerminator) != directory.Length / EntryLength) return null;

        var places = new List<(string, Range)>(directory.Length / EntryLength);
        for (var start = 0; directory.Length > 0; directory = directory[EntryLength..])
        {
            if (TagOf(directory) is not { } tag) return null;
            var end = start + data[start..].IndexOf(FieldTerminator);
            places.Add((tag, start..end));
            start = end + 1;
        }

        if (!flaws.Exists(flaw => flaw.Kind == MarcFlawKind.WrongLengths)) flaws.Add(new(MarcFlawKind.WrongLengths));
        return places;
    }

    private static string? TagOf(ReadOnlySpan<byte> entry)
    {
        foreach (var letter in entry[..3])
            if (!char.IsAsciiLetterOrDigit((char)letter)) return null;
        return Encoding.ASCII.GetString(entry[..3]);
    }

    private static MarcField? ReadField(string tag, ReadOnlySpan<byte> bytes, ref FieldText text, List<MarcFlaw> flaws)
    {
        if (MarcField.IsControl(tag)) return new ControlField(tag, text.Decode(tag, bytes));

        var first = bytes.IndexOf(SubfieldDelimiter);
        if (first < 0)
        {
            if (bytes.IsEmpty) return null;
            flaws.Add(new(MarcFlawKind.NoSubfields, tag));
            var bare = bytes.Length > 2 ? bytes[2..] : bytes;
            return DataField.Of(tag, ' ', ' ', new MarcSubfield('a', text.Decode(tag, bare)));
        }

        var indicators = (first > 0 ? Indicator(bytes[0]) : ' ', first > 1 ? Indicator(bytes[1]) : ' ');
        var subfields = new List<MarcSubfield>();
        text.BeginField();
        for (bytes = bytes[(first + 1)..]; ;)
        {
            var next = bytes.IndexOf(SubfieldDelimiter);
            var part = next < 0 ? bytes : bytes[..next];
            if (part.Length > 0 && part[0] is > 0x20 and < 0x7F)
                subfields.Add(new((char)part[0], text.Decode(tag, part[1..])));
            if (next < 0) break;
            bytes = bytes[(next + 1)..];
        }

        return subfields.Count == 0 ? null : new DataField(tag, indicators.Item1, indicators.Item2, subfields);
    }

    private static char Indicator(byte letter) => letter is >= 0x20 and < 0x7F ? (char)letter : ' ';

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + digit - '0';
        }

        return true;
    }

    /// <summary>Turns the bytes of a record's fields into text, by the encoding of leader 09.</summary>
    private ref struct FieldText
    {
        private readonly bool unicode;
        private readonly List<MarcFlaw> flaws;
        private Marc8Decoder marc8;

        public FieldText(ReadOnlySpan<byte> record, List<MarcFlaw> flaws)
        {
            this.flaws = flaws;
            marc8 = new Marc8Decoder();
            unicode = record[9] == 'a';
            if (unicode || !record.ContainsAnyInRange((byte)0x80, (byte)0xFF)) return;

            // In MARC-8 a diacritic stands before an ASCII letter, which is never valid UTF-8: no record is misjudged.
            if (record.Contains(Marc8Decoder.Escape) || !System.Text.Unicode.Utf8.IsValid(record)) return;
            unicode = true;
            flaws.Add(new(MarcFlawKind.UnannouncedUtf8));
        }

        /// <summary>A field begins in the default character sets; an escape holds until its end.</summary>
        public void BeginField() => marc8 = new Marc8Decoder();

        public string Decode(string tag, ReadOnlySpan<byte> bytes)
        {
            if (unicode)
            {
                var text = Encoding.UTF8.GetString(bytes);
                if (text.Contains('\uFFFD') && !System.Text.Unicode.Utf8.IsValid(bytes)) Report(MarcFlawKind.NotUtf8, tag);
                return text;
            }

            var decoded = marc8.Decode(bytes, out var unknown);
            if (unknown) Report(MarcFlawKind.UnknownMarc8Code, tag);
            return decoded;
        }

        private readonly void Report(MarcFlawKind kind, string tag)
        {
            var flaw = new MarcFlaw(kind, tag);
            if (!flaws.Contains(flaw)) flaws.Add(flaw);
        }
    }
}
