using Metro.Library.Visits;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>A school is written down, known by its NPSN from then on.</summary>
internal sealed class NewSchoolModel(Schools schools) : SchoolForm
{
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var registered = await schools.RegisterAsync(Details, Staff, stop);
        return registered.Refusal is { } refusal
            ? this.Refuse(refusal, About)
            : Tell(VisitQueueText.Get("Told.SchoolRegistered", registered.Value.Name), $"/desk/schools/{Key(registered.Value.Id)}");
    }
}
