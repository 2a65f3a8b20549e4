using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Pages.Accounts.SignUp;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Family;

/// <summary>A guardian applies for a child's card.</summary>
internal sealed class AddChildModel(Registrations registrations, LibrarySettings library, TimeProvider clock) : MemberPage
{
    [BindProperty]
    public ChildAnswers Child { get; set; } = new();

    [BindProperty]
    public IReadOnlyList<ConsentPurpose> Consents { get; set; } = [];

    public bool IsReviewed => library.Members.ReviewApplications;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Child.Require(this, nameof(Child));
        this.Require($"{nameof(Child)}.{nameof(Child.Nik)}", Child.Nik);
        if (!ModelState.IsValid) return this.Refused();

        var guardian = new MemberDetails(Member.Name, Member.BirthDate, Member.Email, Member.Phone, Member.Address);
        var given = Consents.Where(OnlineConsent.OfGuardians.Contains).Select(one => OnlineConsent.Given(one, byGuardian: true, HttpContext, clock));
        var applied = await registrations.ApplyAsync(Child.Application(guardian, nik: null, given, Member.Id), stop);
        return applied.Refusal is { } refusal ? this.RefuseChild(refusal) : Tell(FamilyText.Get("Added", Child.Name!.Trim()), "/account/family");
    }

    /// <inheritdoc />
    protected override IActionResult? WhyNot() => For is null ? base.WhyNot() : LocalRedirect(Url.Content("~/account/family"));
}
