using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A card at once for somebody who stands at the desk.</summary>
internal sealed class NewModel(Library.Members.Registrations registrations) : DeskPage
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public NewMemberForm Form { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();

        var outcome = await registrations.RegisterAtDeskAsync(Form.ToApplication(), Staff, stop);
        return outcome.Refusal is { } refusal
            ? this.Refuse(
                refusal,
                ("members.nik_needed", "Form.Nik"), ("members.not_a_nik", "Form.Nik"), ("members.nik_known", "Form.Nik"), ("members.npsn_needed", "Form.Npsn"),
                ("members.category_does_not_fit_age", "Form.Category"), ("members.guardian_needed", "Form.Guardian"), ("members.guardian_not_needed", "Form.Guardian"),
                ("members.guardian_unreachable", "Form.GuardianPhone"), ("members.consent_needed", "Form.Evidence"), ("members.evidence_needed", "Form.Evidence"))
            : Tell(FilesText.Get("Done.New", outcome.Value.CardNumber!), $"/desk/members/{Key(outcome.Value.Id)}/card");
    }
}
