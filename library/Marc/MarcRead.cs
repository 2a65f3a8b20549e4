using System.Globalization;
using System.Text.Json;

namespace Metro.Library.Marc;

/// <summary>
/// What was found at one place of a file: a record, or why there is none. A record may come with flaws
/// that were mended while reading.
/// </summary>
/// <param name="Number">The record's number in the file, from 1; broken records count.</param>
/// <param name="Offset">Where it begins, in bytes from the file's beginning.</param>
/// <param name="Record">The record, or null when it could not be read.</param>
/// <param name="Flaws">What is wrong with it; the reason, when there is no record.</param>
public sealed record MarcRead(long Number, long Offset, MarcRecord? Record, IReadOnlyList<MarcFlaw> Flaws);

/// <summary>Something wrong with a record in a file.</summary>
/// <param name="Kind">What, as a stable code.</param>
/// <param name="Detail">The tag, number or parser's words that say where; empty when the kind says all.</param>
public sealed record MarcFlaw(MarcFlawKind Kind, string Detail = "") : IExplained
{
    /// <summary>The flaw as a sentence for a cataloguer.</summary>
    public string Explain(CultureInfo culture) => Sentences.Of("marc." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString()), "Flaws", culture, Detail);
}

/// <summary>The ways in which a MARC record is broken. Those up to <see cref="IllFormedXml"/> leave no record.</summary>
public enum MarcFlawKind
{
    /// <summary>The file ends inside the record.</summary>
    Truncated,

    /// <summary>The record is longer than any real one (<see cref="MarcReader.LongestRecord"/> bytes).</summary>
    TooLong,

    /// <summary>Fewer bytes than a leader, or a leader that is not text.</summary>
    NoLeader,

    /// <summary>The directory does not lead to the fields, and they cannot be counted off either.</summary>
    BadDirectory,

    /// <summary>The record has no fields at all.</summary>
    NoFields,

    /// <summary>The XML of the record is not well formed, or not MARCXML.</summary>
    IllFormedXml,

    /// <summary>Lengths or addresses are wrong; the fields were found by their terminators.</summary>
    WrongLengths,

    /// <summary>The terminator between this record and the next is missing; they were told apart by their leaders.</summary>
    MissingTerminator,

    /// <summary>A field says it is UTF-8 and is not; unreadable bytes became U+FFFD.</summary>
    NotUtf8,

    /// <summary>The leader does not say so, but the record is UTF-8 and was read as such.</summary>
    UnannouncedUtf8,

    /// <summary>A field has MARC-8 codes without a meaning; they became U+FFFD.</summary>
    UnknownMarc8Code,

    /// <summary>A field without subfields was read as if it were one subfield $a.</summary>
    NoSubfields,
}
