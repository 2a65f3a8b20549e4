using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Metro.Library.Marc;

/// <summary>Writes MARC 21 records, always in Unicode: ISO 2709 and MARCXML. Record after record, so that memory does not grow with the file.</summary>
public static class MarcWriter
{
    /// <summary>The namespace of MARCXML.</summary>
    public const string Namespace = "http://www.loc.gov/MARC21/slim";

    private const int LongestField = 9_999;
    private const int LongestRecord = 99_999;

    /// <summary>
    /// Writes a record in ISO 2709. Lengths that do not fit in their four or five digits are written as
    /// nines, as other systems do; a reader that goes by the terminators, as <see cref="MarcReader"/>, loses nothing.
    /// </summary>
    public static void WriteIso2709(MarcRecord record, IBufferWriter<byte> into)
    {
        var data = new ArrayBufferWriter<byte>(1024);
        var directory = new StringBuilder();
        foreach (var field in record.Fields)
        {
            var start = data.WrittenCount;
            WriteField(field, data);
            directory.Append(CultureInfo.InvariantCulture,
                $"{field.Tag,3}{Math.Min(data.WrittenCount - start, LongestField):0000}{Math.Min(start, LongestRecord):00000}");
        }

        var baseAddress = Iso2709Reader.LeaderLength + directory.Length + 1;
        var length = baseAddress + data.WrittenCount + 1;
        WriteText(Leader(record, length, baseAddress), into);
        WriteText(directory.ToString(), into);
        into.Write([Iso2709Reader.FieldTerminator]);
        into.Write(data.WrittenSpan);
        into.Write([Iso2709Reader.RecordTerminator]);
    }

    /// <summary>The bytes of one record in ISO 2709.</summary>
    public static byte[] ToIso2709(MarcRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        WriteIso2709(record, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Begins a MARCXML file of any number of records; end it with <see cref="XmlWriter.WriteEndDocument"/>.</summary>
    public static XmlWriter BeginXml(Stream into)
    {
        var xml = XmlWriter.Create(into, new XmlWriterSettings
        {
            Async = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            // The text of a field stays as it is, line ends too.
            NewLineHandling = NewLineHandling.Entitize,
        });
        xml.WriteStartDocument();
        xml.WriteStartElement("collection", Namespace);
        return xml;
    }

    /// <summary>Writes a record element.</summary>
    public static void WriteXml(MarcRecord record, XmlWriter xml)
    {
        xml.WriteStartElement("record", Namespace);
        xml.WriteElementString("leader", Namespace, Readable(UnicodeLeader(record)));
        foreach (var field in record.Fields)
        {
            switch (field)
            {
                case ControlField control:
                    xml.WriteStartElement("controlfield", Namespace);
                    xml.WriteAttributeString("tag", control.Tag);
                    xml.WriteString(Readable(control.Value));
                    xml.WriteEndElement();
                    break;
                case DataField data:
                    xml.WriteStartElement("datafield", Namespace);
                    xml.WriteAttributeString("tag", data.Tag);
                    xml.WriteAttributeString("ind1", data.Indicator1.ToString());
                    xml.WriteAttributeString("ind2", data.Indicator2.ToString());
                    foreach (var subfield in data.Subfields)
                    {
                        xml.WriteStartElement("subfield", Namespace);
                        xml.WriteAttributeString("code", subfield.Code.ToString());
                        xml.WriteString(Readable(subfield.Value));
                        xml.WriteEndElement();
                    }

                    xml.WriteEndElement();
                    break;
            }
        }

        xml.WriteEndElement();
    }

    /// <summary>One record as a MARCXML file.</summary>
    public static byte[] ToXml(MarcRecord record)
    {
        using var bytes = new MemoryStream();
        using (var xml = BeginXml(bytes))
        {
            WriteXml(record, xml);
            xml.WriteEndDocument();
        }

        return bytes.ToArray();
    }

    private static void WriteField(MarcField field, IBufferWriter<byte> into)
    {
        switch (field)
        {
            case ControlField control:
                WriteText(WithoutSeparators(control.Value), into);
                break;
            case DataField data:
                into.Write([(byte)data.Indicator1, (byte)data.Indicator2]);
                foreach (var subfield in data.Subfields)
                {
                    into.Write([Iso2709Reader.SubfieldDelimiter, (byte)subfield.Code]);
                    WriteText(WithoutSeparators(subfield.Value), into);
                }

                break;
        }

        into.Write([Iso2709Reader.FieldTerminator]);
    }

    private static string Leader(MarcRecord record, int length, int baseAddress)
    {
        var leader = UnicodeLeader(record);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Math.Min(length, LongestRecord):00000}{leader[5..12]}{Math.Min(baseAddress, LongestRecord):00000}{leader[17..20]}4500");
    }

    /// <summary>The leader with "Unicode" at position 09 and the counts that MARC 21 fixes at 10, 11 and 20 to 23.</summary>
    private static string UnicodeLeader(MarcRecord record)
    {
        var leader = record.Leader.PadRight(Iso2709Reader.LeaderLength)[..Iso2709Reader.LeaderLength];
        return $"{leader[..9]}a22{leader[12..20]}4500";
    }

    private static void WriteText(string text, IBufferWriter<byte> into) => Encoding.UTF8.GetBytes(text, into);

    /// <summary>The three separators of ISO 2709 cannot stand in a text: each becomes a blank.</summary>
    private static string WithoutSeparators(string text) =>
        text.AsSpan().ContainsAnyInRange('\x1D', '\x1F')
            ? text.Replace('\x1D', ' ').Replace('\x1E', ' ').Replace('\x1F', ' ')
            : text;

    /// <summary>Signs that XML 1.0 cannot hold become U+FFFD.</summary>
    private static string Readable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
                continue;
            }

            return string.Create(text.Length, text, static (into, from) =>
            {
                for (var at = 0; at < from.Length; at++)
                {
                    var pair = at + 1 < from.Length && XmlConvert.IsXmlSurrogatePair(from[at + 1], from[at]);
                    into[at] = pair || XmlConvert.IsXmlChar(from[at]) ? from[at] : '\uFFFD';
                    if (pair) into[++at] = from[at];
                }
            });
        }

        return text;
    }
}
