using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Metro.Library.Input;

/// <summary>What is asked of any text that a person types, before it comes near a rule or a database.</summary>
public static class InputText
{
    /// <summary>Null when the text may be kept as it is; otherwise why not.</summary>
    /// <param name="text">What was typed; null and blank count as nothing.</param>
    /// <param name="field">The field's name, such as <c>name</c> or <c>note</c>; its words stand in InputRefusals.resx as <c>input.field.name</c>.</param>
    /// <param name="limit">The most UTF-16 units that the model keeps.</param>
    /// <param name="required">Whether nothing is refused.</param>
    public static Refusal? Check(string? text, string field, int limit, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return required ? InputRefusals.Missing(field) : null;
        if (text.Length > limit) return InputRefusals.TooLong(field, limit);
        return IsReadable(text) ? null : InputRefusals.Unreadable(field);
    }

    /// <summary>As <see cref="Check"/>, for the name of a person or a thing: it has at least one letter or digit.</summary>
    public static Refusal? CheckName(string? text, string field, int limit) =>
        Check(text, field, limit, required: true)
        ?? (text!.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? null : InputRefusals.NotAName(field));

    /// <summary>Null for an e-mail address that could be delivered to, or for nothing.</summary>
    public static Refusal? CheckEmail(string? text, string field = "email")
    {
        if (Check(text, field, EmailLimit) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(text)) return null;
        return MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Contains(' ', StringComparison.Ordinal)
            ? null
            : InputRefusals.NotAnEmail(text);
    }

    /// <summary>Null for a telephone number of 6 to 15 digits with the usual signs, or for nothing.</summary>
    public static Refusal? CheckPhone(string? text, string field = "phone")
    {
        if (Check(text, field, PhoneLimit) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(text)) return null;
        return text.Count(char.IsAsciiDigit) is >= 6 and <= 15 && text.All(sign => char.IsAsciiDigit(sign) || "+-() .".Contains(sign, StringComparison.Ordinal))
            ? null
            : InputRefusals.NotAPhone(text);
    }

    /// <summary>Null for a date within a span that makes sense for the field.</summary>
    public static Refusal? CheckDate(DateOnly date, string field, DateOnly earliest, DateOnly latest) =>
        date < earliest || date > latest ? InputRefusals.DateOutOfRange(field, date, earliest, latest) : null;

    /// <summary>Null for a number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Refusal? CheckNumber(long number, string field, long least, long most) =>
        number < least || number > most ? InputRefusals.NumberOutOfRange(field, number, least, most) : null;

    /// <summary>The text without blanks at its ends, in the composed form; null for nothing. Call after the check.</summary>
    public static string? Tidy(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>The most characters of an e-mail address (RFC 5321, section 4.5.3.1.3, less the angle brackets).</summary>
    public const int EmailLimit = 254;

    /// <summary>The most characters of a telephone number with its signs.</summary>
    public const int PhoneLimit = 32;

    /// <summary>No half of a surrogate pair, no noncharacter, no control character but line ends and tabs: PostgreSQL or normalisation refuses them.</summary>
    private static bool IsReadable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if ((char.IsControl(sign) && sign is not ('\n' or '\r' or '\t')) || sign is '\ufffe' or '\uffff') return false;
            if (!char.IsSurrogate(sign)) continue;
            if (!char.IsHighSurrogate(sign) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

/// <summary>What any area says about input that it cannot use.</summary>
public static class InputRefusals
{
    /// <summary>A required field is empty.</summary>
    public static Refusal Missing(string field) => new("input.missing", new FieldName(field));

    /// <summary>The text is longer than the model keeps.</summary>
    public static Refusal TooLong(string field, int limit) => new("input.too_long", new FieldName(field), limit);

    /// <summary>The text has characters that cannot be kept or shown.</summary>
    public static Refusal Unreadable(string field) => new("input.unreadable", new FieldName(field));

    /// <summary>A name without a letter or digit.</summary>
    public static Refusal NotAName(string field) => new("input.not_a_name", new FieldName(field));

    /// <summary>Not an e-mail address.</summary>
    public static Refusal NotAnEmail(string text) => new("input.not_an_email", text);

    /// <summary>Not a telephone number.</summary>
    public static Refusal NotAPhone(string text) => new("input.not_a_phone", text);

    /// <summary>A date outside the span that makes sense.</summary>
    public static Refusal DateOutOfRange(string field, DateOnly date, DateOnly earliest, DateOnly latest) =>
        new("input.date_out_of_range", new FieldName(field), date, earliest, latest);

    /// <summary>A number outside the span that makes sense.</summary>
    public static Refusal NumberOutOfRange(string field, long number, long least, long most) =>
        new("input.number_out_of_range", new FieldName(field), number, least, most);
}

/// <summary>A field's name in the reader's language; a field without words of its own is shown by its key.</summary>
/// <param name="Key">The key, such as <c>birth_date</c>.</param>
public sealed record FieldName(string Key) : IExplained
{
    /// <inheritdoc />
    public string Explain(CultureInfo culture) =>
        Sentences.In("Input", "Refusals").GetString("input.field." + Key, culture) ?? Key;
}
