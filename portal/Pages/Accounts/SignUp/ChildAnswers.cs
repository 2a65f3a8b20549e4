using System.Globalization;
using Metro.Library;
using Metro.Library.Input;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>What a guardian tells of a child for whom they want a card.</summary>
public sealed class ChildAnswers
{
    /// <summary>The child's name.</summary>
    public string? Name { get; set; }

    /// <summary>The child's day of birth.</summary>
    public DateOnly? BirthDate { get; set; }

    /// <summary>What the guardian is to the child.</summary>
    public string? Relation { get; set; }

    /// <summary>The number of the child's own identity card; empty for the guardian's.</summary>
    public string? Nik { get; set; }

    /// <summary>Says which answers are missing.</summary>
    internal void Require(PageModel page, string prefix)
    {
        page.Require($"{prefix}.{nameof(Name)}", Name);
        if (BirthDate is null) page.Require($"{prefix}.{nameof(BirthDate)}", null);
        page.Require($"{prefix}.{nameof(Relation)}", Relation);
    }

    /// <summary>The application for the child's card.</summary>
    /// <param name="guardian">Who applies, and how to reach them.</param>
    /// <param name="nik">The guardian's own identity number, for a child without one.</param>
    /// <param name="consents">What the guardian consents to.</param>
    /// <param name="guardianId">The guardian's membership; null where it is only applied for.</param>
    internal MembershipApplication Application(MemberDetails guardian, string? nik, IEnumerable<ConsentGiven> consents, long? guardianId = null) => new(
        new MemberDetails(Name!, BirthDate, Address: guardian.Address), MemberCategory.Child, string.IsNullOrWhiteSpace(Nik) ? nik : Nik,
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "id",
        new GuardianDetails(guardian.Name, Relation!, guardian.Phone, guardian.Email, guardianId), [.. consents]);
}

/// <summary>The boxes for consents in a form.</summary>
/// <param name="ByGuardian">Whether a guardian ticks them for a child.</param>
/// <param name="Ticked">What is ticked.</param>
internal sealed record ConsentBoxes(bool ByGuardian, IReadOnlyList<ConsentPurpose> Ticked);

/// <summary>How the library's "no" about a child reaches the question that it is about.</summary>
internal static class ChildRefusing
{
    /// <summary>The page once more, with a refusal of a child's application.</summary>
    public static PageResult RefuseChild(this PageModel page, Refusal refusal)
    {
        var field = refusal.Arguments.OfType<FieldName>().FirstOrDefault()?.Key switch
        {
            "name" => "Child.Name",
            "birth_date" => "Child.BirthDate",
            "relation" => "Child.Relation",
            _ => refusal.Code switch
            {
                "members.not_a_nik" or "members.nik_needed" => "Child.Nik",
                "members.category_does_not_fit_age" or "members.guardian_not_needed" => "Child.BirthDate",
                "members.consent_needed" => "Consents",
                _ => "",
            },
        };
        page.Fault(field, refusal.Explain(CultureInfo.CurrentUICulture));
        return page.Refused();
    }
}
