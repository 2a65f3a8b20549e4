using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Metro.Library.Marc;

/// <summary>
/// MARCXML (Library of Congress, MARC 21 XML schema 1.1). Each record element is cut out of the stream
/// and parsed on its own: a record that is not well formed spoils no other, entities have nowhere to be
/// declared, and memory is that of one record.
/// </summary>
internal static class MarcXmlReader
{
    public static async IAsyncEnumerable<MarcRead> ReadAsync(ByteWindow window, [EnumeratorCancellation] CancellationToken stop)
    {
        await window.FillAsync(stop);
        if (OtherEncoding(window.Bytes) is { } encoding)
        {
            await using var recoded = Encoding.CreateTranscodingStream(window.AsStream(), encoding, new UTF8Encoding(false));
            using var inner = new ByteWindow(recoded);
            await foreach (var read in ReadUtf8Async(inner, stop)) yield return read;
            yield break;
        }

        await foreach (var read in ReadUtf8Async(window, stop)) yield return read;
    }

    private static async IAsyncEnumerable<MarcRead> ReadUtf8Async(ByteWindow window, [EnumeratorCancellation] CancellationToken stop)
    {
        var number = 0L;
        while (await FindAsync(window, closing: false, 0, stop) is var begin and >= 0)
        {
            window.Advance(begin);
            var offset = window.Offset;
            var end = await FindAsync(window, closing: true, 1, stop);
            if (end < 0)
            {
                number++;
                yield return new(number, offset, null, [new(end == TooLong ? MarcFlawKind.TooLong : MarcFlawKind.Truncated)]);
                // Nothing closes: another record may still begin behind this tag.
                window.Advance(1);
                continue;
            }

            // A record element of an envelope (OAI-PMH) has the MARC record inside: the last opening counts.
            // So it does when the closing tag of the one before is missing.
            var inside = LastOpening(window.Bytes[..end]);
            if (inside > 0)
            {
                if (LooksLikeMarc(window.Bytes[..inside]))
                {
                    number++;
                    yield return new(number, offset, null, [new(MarcFlawKind.Truncated)]);
                }

                window.Advance(inside);
                (offset, end) = (window.Offset, end - inside);
            }

            var length = end + window.Bytes[end..].IndexOf((byte)'>') + 1;
            number++;
            yield return Parse(number, offset, window.Bytes[..length]);
            window.Advance(length);
        }
    }

    private const int TooLong = -2;

    /// <summary>Where the next record tag begins in the window, reading on as needed; negative when there is none.</summary>
    private static async ValueTask<int> FindAsync(ByteWindow window, bool closing, int from, CancellationToken stop)
    {
        while (true)
        {
            var found = FindTag(window.Bytes, closing, ref from);
            if (found >= 0) return found;
            if (closing && window.Bytes.Length > MarcReader.LongestRecord) return TooLong;
            if (window.Ended)
            {
                if (!closing) window.Advance(window.Bytes.Length);
                return -1;
            }

            if (!closing)
            {
                window.Advance(from);
                from = 0;
            }

            await window.FillAsync(stop);
        }
    }

    /// <summary>Finds <c>&lt;record</c> or <c>&lt;/record</c>, with or without a prefix. <paramref name="from"/> moves to where the next search must start.</summary>
    private static int FindTag(ReadOnlySpan<byte> bytes, bool closing, ref int from)
    {
        while (true)
        {
            var at = bytes[from..].IndexOf("record"u8);
            if (at < 0 || from + at + 7 > bytes.Length)
            {
                // What was seen may be the beginning of a tag that the window cuts.
                from = Math.Max(from, bytes.Length - LongestTag);
                return -1;
            }

            at += from;
            from = at + 1;
            if (bytes[at + 6] is not ((byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/')) continue;
            if (TagStart(bytes, at, closing) is not (>= 0 and var start)) continue;
            if (closing && bytes[at..].IndexOf((byte)'>') < 0)
            {
                from = at;
                return -1;
            }

            from = at + 6;
            return start;
        }
    }

    private const int LongestTag = 64;

    private static int TagStart(ReadOnlySpan<byte> bytes, int name, bool closing)
    {
        var at = name - 1;
        if (at >= 0 && bytes[at] == ':')
        {
            at--;
            while (at >= 0 && name - at < LongestTag && (char.IsAsciiLetterOrDigit((char)bytes[at]) || bytes[at] is (byte)'-' or (byte)'_' or (byte)'.')) at--;
        }

        if (closing)
        {
            if (at < 1 || bytes[at] != '/') return -1;
            at--;
        }

        return at >= 0 && bytes[at] == '<' ? at : -1;
    }

    private static int LastOpening(ReadOnlySpan<byte> bytes)
    {
        var last = 0;
        for (var from = 1; FindTag(bytes, closing: false, ref from) is var at and >= 0;) last = at;
        return last;
    }

    private static bool LooksLikeMarc(ReadOnlySpan<byte> bytes) => bytes.IndexOf("datafield"u8) >= 0;

    private static MarcRead Parse(long number, long offset, ReadOnlySpan<byte> bytes)
    {
        var flaws = new List<MarcFlaw>();
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) flaws.Add(new(MarcFlawKind.NotUtf8, "XML"));
        try
        {
            // Prefixes are declared outside the cut: names are read without regard to namespaces.
            using var xml = new XmlTextReader(new StringReader(Encoding.UTF8.GetString(bytes)))
            {
                Namespaces = false,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                WhitespaceHandling = WhitespaceHandling.All,
            };
            var record = ReadRecord(xml);
            return record.Fields.Count == 0
                ? new(number, offset, null, [new(MarcFlawKind.NoFields)])
                : new(number, offset, record, flaws);
        }
        catch (XmlException broken)
        {
            return new(number, offset, null, [new(MarcFlawKind.IllFormedXml, broken.Message)]);
        }
    }

    private static MarcRecord ReadRecord(XmlTextReader xml)
    {
        var leader = "";
        var fields = new List<MarcField>();
        string tag = "", code = "";
        var (indicator1, indicator2) = (' ', ' ');
        List<MarcSubfield>? subfields = null;
        var text = new StringBuilder();
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    text.Clear();
                    switch (LocalName(xml))
                    {
                        case "controlfield":
                            tag = Tag(xml);
                            break;
                        case "datafield":
                            (tag, indicator1, indicator2) = (Tag(xml), Indicator(xml, "ind1"), Indicator(xml, "ind2"));
                            subfields = [];
                            break;
                        case "subfield":
                            code = xml.GetAttribute("code") ?? "";
                            // An empty element has no end of its own.
                            if (xml.IsEmptyElement && code.Length == 1) subfields?.Add(new(code[0], ""));
                            break;
                    }

                    break;
                case XmlNodeType.EntityReference:
                    throw new XmlException($"&{xml.Name};");
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text.Append(xml.Value);
                    break;
                case XmlNodeType.EndElement:
                    switch (LocalName(xml))
                    {
                        case "leader":
                            leader = text.ToString();
                            break;
                        case "controlfield" when tag.Length == 3:
                            fields.Add(new ControlField(tag, text.ToString()));
                            break;
                        case "subfield" when code is [> ' ' and < '\u007F']:
                            subfields?.Add(new(code[0], text.ToString()));
                            break;
                        case "datafield" when subfields is { Count: > 0 } && tag.Length == 3:
                            fields.Add(new DataField(tag, indicator1, indicator2, subfields));
                            subfields = null;
                            break;
                    }

                    break;
            }
        }

        return new MarcRecord(leader.Length >= Iso2709Reader.LeaderLength ? leader[..Iso2709Reader.LeaderLength] : leader.PadRight(Iso2709Reader.LeaderLength), fields);
    }

    private static string LocalName(XmlTextReader xml) =>
        xml.Name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? xml.Name[(colon + 1)..] : xml.Name;

    private static string Tag(XmlTextReader xml) =>
        xml.GetAttribute("tag") is { Length: 3 } tag && tag.All(char.IsAsciiLetterOrDigit) ? tag : "";

    private static char Indicator(XmlTextReader xml, string name) =>
        xml.GetAttribute(name) is [>= ' ' and < '\u007F' and var indicator] ? indicator : ' ';

    /// <summary>The encoding of a file that is not UTF-8, by its byte order mark or its declaration; null for UTF-8.</summary>
    private static Encoding? OtherEncoding(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..] or [(byte)'<', 0, ..]) return Encoding.Unicode;
        if (start is [0xFE, 0xFF, ..] or [0, (byte)'<', ..]) return Encoding.BigEndianUnicode;

        var declaration = Encoding.ASCII.GetString(start[..Math.Min(start.Length, 200)]);
        var end = declaration.IndexOf("?>", StringComparison.Ordinal);
        if (end < 0 || !declaration.Contains("<?xml", StringComparison.Ordinal)) return null;
        return declaration[..end].Contains("iso-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;
    }
}
