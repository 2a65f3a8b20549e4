namespace Metro.Library.Catalog;

/// <summary>
/// The MARC record from which a title was imported, whole, so that an export loses nothing that the
/// catalogue does not model.
/// </summary>
internal sealed class ImportedRecord(long titleId, string hash, byte[] record)
{
    /// <summary>The most characters of a <see cref="Title.SourceKey"/>.</summary>
    public const int SourceKeyLimit = 120;

    public long TitleId { get; private set; } = titleId;

    /// <summary>SHA-256 of <see cref="Record"/> in lower-case hexadecimal: a record with the same hash changes nothing.</summary>
    public string Hash { get; private set; } = hash;

    /// <summary>The record in ISO 2709, UTF-8.</summary>
    public byte[] Record { get; private set; } = record;
}
