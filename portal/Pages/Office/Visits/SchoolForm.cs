using Metro.Library.Visits;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>What is asked about a school, be it new or known.</summary>
internal abstract class SchoolForm : DeskPage
{
    [BindProperty]
    public string? Npsn { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public SchoolLevel Level { get; set; } = SchoolLevel.Primary;

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? ContactName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    public static IEnumerable<SelectListItem> Levels => Enum.GetValues<SchoolLevel>().Select(level => new SelectListItem(VisitQueueText.Get($"Level.{level}"), level.ToString()));

    /// <summary>To which question a refusal belongs that does not say so itself.</summary>
    protected static (string Code, string Field)[] About { get; } =
        [("visits.not_an_npsn", nameof(Npsn)), ("visits.npsn_taken", nameof(Npsn))];

    protected SchoolDetails Details => new()
    {
        Npsn = Npsn ?? "",
        Name = Name ?? "",
        Level = Level,
        Address = Address,
        ContactName = ContactName ?? "",
        ContactEmail = Email ?? "",
        ContactPhone = Phone,
    };

    protected void Show(School school)
    {
        (Npsn, Name, Level, Address) = (school.Npsn, school.Name, school.Level, school.Address);
        (ContactName, Email, Phone) = (school.ContactName, school.ContactEmail, school.ContactPhone);
    }
}
