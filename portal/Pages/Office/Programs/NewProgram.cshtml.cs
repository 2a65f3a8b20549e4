using Metro.Library.Programs;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>A program is written down as a draft that only staff see.</summary>
internal sealed class NewProgramModel(ProgramPlanning planning) : ProgramForm
{
    public void OnGet() => Show(new ProgramDetails { Title = "" });

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();

        var created = await planning.CreateAsync(Details, Staff, stop);
        return created.Refusal is { } refusal ? this.Refuse(refusal, About) : Tell(ProgramDeskText.Get("Told.Created"), $"/desk/programs/{Key(created.Value.Id)}");
    }
}
