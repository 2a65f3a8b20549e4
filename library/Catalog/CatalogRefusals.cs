using System.Globalization;

namespace Metro.Library.Catalog;

/// <summary>What the catalogue says no with.</summary>
public static class CatalogRefusals
{
    /// <summary>The title left the catalogue.</summary>
    public static readonly Refusal TitleWithdrawn = new("catalog.title_withdrawn");

    /// <summary>There is no such title.</summary>
    public static readonly Refusal NoSuchTitle = new("catalog.no_such_title");

    /// <summary>There is no such copy.</summary>
    public static readonly Refusal NoSuchCopy = new("catalog.no_such_copy");

    /// <summary>There is no such branch.</summary>
    public static readonly Refusal NoSuchBranch = new("catalog.no_such_branch");

    /// <summary>Someone else changed it in the meantime.</summary>
    public static readonly Refusal ChangedMeanwhile = new("catalog.changed_meanwhile");

    /// <summary>The title still has copies.</summary>
    public static Refusal TitleHasCopies(int copies) => new("catalog.title_has_copies", copies);

    /// <summary>Not an ISBN: wrong length or check digit.</summary>
    public static Refusal NotAnIsbn(string text) => new("catalog.not_an_isbn", Short(text));

    /// <summary>Not an ISSN: wrong length or check digit.</summary>
    public static Refusal NotAnIssn(string text) => new("catalog.not_an_issn", Short(text));

    /// <summary>Not a language code of three letters.</summary>
    public static Refusal NotALanguage(string text) => new("catalog.not_a_language", Short(text));

    /// <summary>Not a class of the Dewey Decimal Classification.</summary>
    public static Refusal NotAClass(string text) => new("catalog.not_a_class", Short(text));

    /// <summary>A barcode with signs that no scanner reads.</summary>
    public static Refusal NotABarcode(string text) => new("catalog.not_a_barcode", Short(text));

    /// <summary>Another copy has this barcode.</summary>
    public static Refusal BarcodeTaken(string barcode) => new("catalog.barcode_taken", barcode);

    /// <summary>The copy is read in the library only.</summary>
    public static Refusal ForReferenceOnly(string barcode) => new("catalog.for_reference_only", barcode);

    /// <summary>The copy left the library.</summary>
    public static Refusal CopyWithdrawn(string barcode) => new("catalog.copy_withdrawn", barcode);

    /// <summary>The copy is with a borrower.</summary>
    public static Refusal OnLoan(string barcode) => new("catalog.on_loan", barcode);

    /// <summary>The copy cannot be lent as it is.</summary>
    public static Refusal NotHere(string barcode, CopyStatus status) => new("catalog.not_here", barcode, new CopyStatusName(status));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>A copy's status in the reader's language.</summary>
/// <param name="Status">The status.</param>
public sealed record CopyStatusName(CopyStatus Status) : IExplained
{
    /// <inheritdoc />
    public string Explain(CultureInfo culture) => CatalogWords.Of(Status, culture);
}

/// <summary>The names of the catalogue's vocabulary for readers.</summary>
public static class CatalogWords
{
    /// <summary>The name of a format, audience, role, status, condition or source: English for English readers, Indonesian for everyone else.</summary>
    public static string Of<T>(T value, CultureInfo culture)
        where T : struct, Enum =>
        Sentences.In("Catalog", "Words").GetString($"{typeof(T).Name}.{value}", culture) ?? value.ToString();
}
