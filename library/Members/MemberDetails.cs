using System.Globalization;
using System.Text;
using Metro.Library.Input;

namespace Metro.Library.Members;

/// <summary>What a member tells about themselves and may change by self-service.</summary>
/// <param name="Name">The person's or the organisation's; at most 200 characters.</param>
/// <param name="BirthDate">Needed for persons; null for organisations and schools.</param>
/// <param name="Email">Null where there is none.</param>
/// <param name="Phone">Null where there is none.</param>
/// <param name="Address">Null where there is none; at most 400 characters.</param>
/// <param name="ContactPerson">Whom to speak to at an organisation or a school.</param>
/// <param name="Npsn">A school's eight digits.</param>
public sealed record MemberDetails(
    string Name,
    DateOnly? BirthDate = null,
    string? Email = null,
    string? Phone = null,
    string? Address = null,
    string? ContactPerson = null,
    string? Npsn = null)
{
    /// <summary>Why these cannot be a member's details; null when they can.</summary>
    internal Refusal? Check(MemberCategory category, DateOnly today, MemberSettings settings)
    {
        var isPerson = category is not (MemberCategory.Organisation or MemberCategory.School);
        return InputText.CheckName(Name, "name", Member.NameLimit)
            ?? InputText.CheckEmail(Email)
            ?? InputText.CheckPhone(Phone)
            ?? InputText.Check(Address, "address", Member.AddressLimit)
            ?? (isPerson ? null : InputText.CheckName(ContactPerson, "contact_person", Member.NameLimit))
            ?? (isPerson ? CheckBirthDate(category, today, settings) : null)
            ?? (category == MemberCategory.School && Npsn is not { Length: 8 } ? MemberRefusals.NpsnNeeded : null)
            ?? (Npsn is not null && !(Npsn.Length == 8 && Npsn.All(char.IsAsciiDigit)) ? MemberRefusals.NpsnNeeded : null);
    }

    /// <summary>The same without blanks at the ends of its texts; call after the check.</summary>
    internal MemberDetails Tidy() => this with
    {
        Name = InputText.Tidy(Name)!,
        Email = InputText.Tidy(Email),
        Phone = InputText.Tidy(Phone),
        Address = InputText.Tidy(Address),
        ContactPerson = InputText.Tidy(ContactPerson),
    };

    private Refusal? CheckBirthDate(MemberCategory category, DateOnly today, MemberSettings settings)
    {
        if (BirthDate is not { } born) return InputRefusals.Missing("birth_date");
        if (InputText.CheckDate(born, "birth_date", today.AddYears(-120), today) is { } refusal) return refusal;

        var isMinor = born.AddYears(settings.AgeOfMajority) > today;
        return (category, isMinor) is (MemberCategory.Child, false) or (MemberCategory.Adult or MemberCategory.Teacher, true)
            ? MemberRefusals.CategoryDoesNotFitAge(settings.AgeOfMajority)
            : null;
    }
}

/// <summary>How the library may reach a member, and in which language.</summary>
/// <param name="Language"><c>id</c> or <c>en</c>.</param>
/// <param name="ByEmail">By e-mail.</param>
/// <param name="ByPhone">By telephone or a message to it.</param>
/// <param name="ByPost">By post.</param>
/// <param name="WantsNews">News of programs too, besides what concerns their own loans and bookings.</param>
public sealed record ContactPreferences(string Language, bool ByEmail = true, bool ByPhone = true, bool ByPost = true, bool WantsNews = false);

/// <summary>A name as it is compared: lower case, without accents.</summary>
internal static class FoldedName
{
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var sign in name.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(sign));
        return folded.Length <= Member.NameLimit ? folded.ToString() : folded.ToString(0, Member.NameLimit);
    }
}

/// <summary>A telephone number as it is compared: digits only, as they are dialled within the country.</summary>
internal static class DialledNumber
{
    public static string? Of(string? phone)
    {
        if (phone is null) return null;
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits.StartsWith("62", StringComparison.Ordinal) ? $"0{digits[2..]}" : digits;
    }
}
