using Metro.Library.Members;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>What is asked about a member, at registration and later.</summary>
internal class DetailsForm
{
    /// <summary>The person's name, or the organisation's.</summary>
    public string? Name { get; set; }

    /// <summary>On which terms.</summary>
    public MemberCategory Category { get; set; }

    /// <summary>The date of birth; null for organisations and schools.</summary>
    public DateOnly? BirthDate { get; set; }

    /// <summary>Where to write by e-mail.</summary>
    public string? Email { get; set; }

    /// <summary>Where to ring.</summary>
    public string? Phone { get; set; }

    /// <summary>The postal address.</summary>
    public string? Address { get; set; }

    /// <summary>Whom to speak to at an organisation or a school.</summary>
    public string? ContactPerson { get; set; }

    /// <summary>A school's eight digits.</summary>
    public string? Npsn { get; set; }

    /// <summary>The language to write in.</summary>
    public string Language { get; set; } = "id";

    /// <summary>The categories to choose from.</summary>
    public static IEnumerable<SelectListItem> Categories => Enum.GetValues<MemberCategory>().Select(one => new SelectListItem(FilesText.Get($"Category.{one}"), one.ToString()));

    /// <summary>The languages to choose from.</summary>
    public static IEnumerable<SelectListItem> Languages => [new("Bahasa Indonesia", "id"), new("English", "en")];

    /// <summary>What was typed, for the rules.</summary>
    public MemberDetails ToDetails() => new(Name ?? "", BirthDate, Blank(Email), Blank(Phone), Blank(Address), Blank(ContactPerson), Blank(Npsn));

    /// <summary>The details of a member, to be changed.</summary>
    public static DetailsForm Of(Member member) => new()
    {
        Name = member.Name, Category = member.Category, BirthDate = member.BirthDate, Email = member.Email, Phone = member.Phone, Address = member.Address,
        ContactPerson = member.ContactPerson, Npsn = member.Npsn, Language = member.Language,
    };

    private protected static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What is asked of somebody who stands at the desk and wants a card.</summary>
internal sealed class NewMemberForm : DetailsForm
{
    /// <summary>The sixteen digits of the identity card, a child's own or the parent's.</summary>
    public string? Nik { get; set; }

    /// <summary>The guardian's name, for people under age.</summary>
    public string? Guardian { get; set; }

    /// <summary>What the guardian is to the child.</summary>
    public string? Relation { get; set; }

    /// <summary>Where to ring the guardian.</summary>
    public string? GuardianPhone { get; set; }

    /// <summary>Where to write to the guardian.</summary>
    public string? GuardianEmail { get; set; }

    /// <summary>What proves the guardian's consent, such as the number of the signed form.</summary>
    public string? Evidence { get; set; }

    /// <summary>The application as the rules see it.</summary>
    public MembershipApplication ToApplication()
    {
        var guardian = Blank(Guardian) is { } name ? new GuardianDetails(name, Relation ?? "", Blank(GuardianPhone), Blank(GuardianEmail)) : null;
        return new(ToDetails(), Category, Blank(Nik), Language, guardian, guardian is null || Blank(Evidence) is null ? [] : [new ConsentGiven(ConsentPurpose.Membership, Evidence!)]);
    }
}
