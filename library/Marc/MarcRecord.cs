using System.Text;

namespace Metro.Library.Marc;

/// <summary>
/// One MARC 21 record, as it travels between libraries: a leader of 24 characters and fields in the
/// order in which they stood. Immutable; text is Unicode, whatever encoding it came in.
/// </summary>
/// <param name="Leader">24 characters. Lengths and addresses inside it are those of the file it was
/// read from; writing computes them anew.</param>
/// <param name="Fields">Control and data fields, in the record's order.</param>
public sealed record MarcRecord(string Leader, IReadOnlyList<MarcField> Fields)
{
    /// <summary>The leader of a new record of a printed book: full level, ISBD punctuation, Unicode.</summary>
    public const string NewBookLeader = "00000nam a2200000 i 4500";

    /// <summary>What is described (leader 06): <c>a</c> text, <c>j</c> music, <c>g</c> film…; a blank when the leader is short.</summary>
    public char Type => LeaderAt(6);

    /// <summary>The bibliographic level (leader 07): <c>m</c> a monograph, <c>s</c> a serial…</summary>
    public char Level => LeaderAt(7);

    /// <summary>The value of the first control field with this tag, or null.</summary>
    public string? Control(string tag) => Fields.OfType<ControlField>().FirstOrDefault(field => field.Tag == tag)?.Value;

    /// <summary>Every data field with one of these tags, in the record's order.</summary>
    public IEnumerable<DataField> Data(params string[] tags) =>
        Fields.OfType<DataField>().Where(field => Array.IndexOf(tags, field.Tag) >= 0);

    /// <summary>The first subfield with this code of the first field with this tag that has one, or null.</summary>
    public string? First(string tag, char code) =>
        Data(tag).Select(field => field[code]).FirstOrDefault(value => value is not null);

    /// <summary>The character of the leader at a position of the standard, a blank where the leader ends early.</summary>
    public char LeaderAt(int position) => position < Leader.Length ? Leader[position] : ' ';

    /// <summary>The record as cataloguers write it down: one line a field, <c>$</c> before a subfield's code.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("LDR ").Append(Leader);
        foreach (var field in Fields) text.Append('\n').Append(field);
        return text.ToString();
    }
}

/// <summary>A field of a record: three characters of tag and what follows.</summary>
public abstract record MarcField(string Tag)
{
    /// <summary>Whether a tag is that of a control field (00X), which has neither indicators nor subfields.</summary>
    public static bool IsControl(ReadOnlySpan<char> tag) => tag is ['0', '0', _];
}

/// <summary>A field 001–009: plain characters at fixed positions.</summary>
public sealed record ControlField(string Tag, string Value) : MarcField(Tag)
{
    /// <inheritdoc />
    public override string ToString() => $"{Tag} {Value}";
}

/// <summary>A field 010–999: two indicators and subfields.</summary>
public sealed record DataField(string Tag, char Indicator1, char Indicator2, IReadOnlyList<MarcSubfield> Subfields) : MarcField(Tag)
{
    /// <summary>A field with the subfields given.</summary>
    public static DataField Of(string tag, char indicator1, char indicator2, params MarcSubfield[] subfields) =>
        new(tag, indicator1, indicator2, subfields);

    /// <summary>The value of the first subfield with this code, or null.</summary>
    public string? this[char code]
    {
        get
        {
            foreach (var subfield in Subfields)
                if (subfield.Code == code) return subfield.Value;
            return null;
        }
    }

    /// <summary>The values of every subfield with one of these codes, in the field's order.</summary>
    public IEnumerable<string> All(string codes) =>
        Subfields.Where(subfield => codes.Contains(subfield.Code)).Select(subfield => subfield.Value);

    /// <inheritdoc />
    public bool Equals(DataField? other) => other is not null && Tag == other.Tag
        && Indicator1 == other.Indicator1 && Indicator2 == other.Indicator2 && Subfields.SequenceEqual(other.Subfields);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Tag, Indicator1, Indicator2, Subfields.Count);

    /// <inheritdoc />
    public override string ToString() =>
        $"{Tag} {Indicator1}{Indicator2} {string.Concat(Subfields.Select(subfield => $"${subfield.Code}{subfield.Value}"))}";
}

/// <summary>A part of a data field: a code of one character and its text.</summary>
public readonly record struct MarcSubfield(char Code, string Value);
