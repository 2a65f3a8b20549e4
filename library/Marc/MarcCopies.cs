using System.Globalization;
using System.Text;
using Metro.Library.Catalog;

namespace Metro.Library.Marc;

/// <summary>A copy that a record mentions, before its title has a key.</summary>
internal sealed record MarcCopy(CopyDescription Description, long BranchId, DateTime Now)
{
    public Copy For(long titleId)
    {
        var copy = Copy.Create(titleId, Description, Now).Value;
        copy.Shelve(BranchId, Now);
        return copy;
    }
}

/// <summary>
/// Copies in records: 952 as Koha writes them ($p barcode, $a owner, $b place, $o shelf mark, $g price,
/// $d acquired, $7 not for loan), and 990 as INLISLite does ($a barcode).
/// </summary>
internal static class MarcCopies
{
    public static IEnumerable<string> BarcodesOf(MarcRecord record) =>
        record.Data("952", "990").Select(BarcodeOf).OfType<string>();

    /// <summary>The copies of a record that are not there yet; their barcodes are added to <paramref name="known"/>.</summary>
    public static IReadOnlyList<MarcCopy> Of(
        MarcRecord record, long defaultBranch, IReadOnlyDictionary<string, long> branches, HashSet<string> known, DateTime now)
    {
        List<MarcCopy>? copies = null;
        foreach (var field in record.Data("952", "990"))
        {
            if (BarcodeOf(field) is not { } barcode || known.Contains(barcode)) continue;
            var owner = Branch(field, 'a') ?? defaultBranch;
            var description = new CopyDescription(barcode, owner)
            {
                ShelfMark = Trimmed(field['o'], Copy.ShelfMarkLimit) ?? Trimmed(CallNumber(record), Copy.ShelfMarkLimit),
                Price = Price(field['g']),
                AcquiredOn = DateOnly.TryParseExact(field['d'], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1800 and < 2200 ? day : null,
                ForReferenceOnly = field.Tag == "952" && field['7'] is { } lending && lending.Trim() is not ("" or "0"),
            };
            if (description.Check() is not null) continue;
            known.Add(barcode);
            (copies ??= []).Add(new MarcCopy(description, (field.Tag == "952" ? Branch(field, 'b') : null) ?? owner, now));
        }

        return copies ?? [];

        long? Branch(DataField field, char code) =>
            field.Tag == "952" && field[code] is { } name && branches.TryGetValue(name.Trim(), out var id) ? id : null;
    }

    private static string? BarcodeOf(DataField field) =>
        field[field.Tag == "952" ? 'p' : 'a'] is { } text && text.Trim() is { Length: > 0 and <= Copy.BarcodeLimit } barcode
            && barcode.All(sign => sign is > ' ' and < '\u007F') ? Copy.NormalBarcode(barcode) : null;

    private static string? CallNumber(MarcRecord record) =>
        record.Data("084", "082", "090").Select(field => string.Join(' ', field.All("ab"))).FirstOrDefault();

    private static string? Trimmed(string? text, int limit)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = string.Concat(text.Where(sign => !char.IsControl(sign) && sign is not ('\ufffe' or '\uffff'))).Trim().Normalize(NormalizationForm.FormC);
        return text.Length <= limit ? text : text[..limit];
    }

    /// <summary>A price in rupiah: "Rp 45.000", "45000.00"; null when it cannot be read.</summary>
    private static int? Price(string? text)
    {
        if (text is null) return null;
        var digits = text.AsSpan().Trim();
        // Two decimals behind a point or comma are cents that nobody pays.
        if (digits.Length > 3 && digits[^3] is '.' or ',') digits = digits[..^3];
        var whole = new StringBuilder();
        foreach (var sign in digits)
            if (char.IsAsciiDigit(sign)) whole.Append(sign);
        return int.TryParse(whole.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var price) && price <= Copy.HighestPrice ? price : null;
    }
}
