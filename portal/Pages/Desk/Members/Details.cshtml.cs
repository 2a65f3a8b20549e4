using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>Changing what is known of a member.</summary>
internal sealed class DetailsModel(MemberAccounts accounts) : MemberFilePage
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public DetailsForm Form { get; set; } = new();

    public void OnGet() => Form = DetailsForm.Of(Member);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();
        // The category first: whether the details fit is asked of the one that holds from now on.
        if (Form.Category != Member.Category && await accounts.ChangeCategoryAsync(Id, Form.Category, Staff, stop) is { } misfit) return this.Refuse(misfit, (misfit.Code, "Form.Category"));
        if (await accounts.UpdateAsync(Id, Form.ToDetails(), Staff, stop) is { } refusal) return this.Refuse(refusal, ("members.npsn_needed", "Form.Npsn"));
        var preferences = new ContactPreferences(Form.Language, Member.ByEmail, Member.ByPhone, Member.ByPost, Member.WantsNews);
        return Form.Language != Member.Language && await accounts.PreferAsync(Id, preferences, Staff, stop) is { } unknown ? this.Refuse(unknown) : Tell(FilesText.Get("Done.Details"), Within());
    }
}
