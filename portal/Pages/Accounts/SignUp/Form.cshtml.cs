using System.Globalization;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>
/// An account and an application for membership in one: for oneself, with a child, for a school, for a group. Whether the address
/// has an account already, the page does not say.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignUp)]
[ResponseCache(NoStore = true)]
internal sealed class SignUpModel(SignUps signUps, Registrations registrations, LibrarySettings library, TimeProvider clock) : PageModel
{
    /// <summary>As whom somebody signs up, in the order in which it is offered.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["myself", "child", "school", "group"];

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    [BindProperty]
    public MemberCategory Category { get; set; } = MemberCategory.Adult;

    [BindProperty]
    public string? Nik { get; set; }

    [BindProperty]
    public string? Npsn { get; set; }

    [BindProperty]
    public string? ContactPerson { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public ChildAnswers Child { get; set; } = new();

    [BindProperty]
    public IReadOnlyList<ConsentPurpose> Consents { get; set; } = [];

    /// <summary>The address to which was written, for the page that follows.</summary>
    [TempData]
    public string? SentTo { get; set; }

    public bool IsPerson => Kind is "myself" or "child";

    public bool IsReviewed => library.Members.ReviewApplications;

    public static IEnumerable<SelectListItem> Categories =>
        ((MemberCategory[])[MemberCategory.Adult, MemberCategory.Student, MemberCategory.Teacher]).Select(category => new SelectListItem(SignUpText.Get($"Category.{category}"), category.ToString()));

    public IActionResult OnGet()
    {
        if (!Kinds.Contains(Kind)) return NotFound();
        return User.Identity?.IsAuthenticated == true ? LocalRedirect(Url.Content("~/account/membership")) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!Kinds.Contains(Kind)) return NotFound();

        RequireAnswers();
        if (!ModelState.IsValid) return this.Refused();

        var own = Own();
        if (registrations.Check(own) is { } refusal) return this.Refuse(refusal, Questions);
        if (Kind == "child")
        {
            var child = Child.Application(own.Details, own.Nik, Consents.Where(OnlineConsent.OfGuardians.Contains).Select(one => OnlineConsent.Given(one, byGuardian: true, HttpContext, clock)));
            if (registrations.Check(child) is { } why) return this.RefuseChild(why);
            if (await signUps.SignUpAsync(new WantedAccount(Name, own, child), stop) is { } refused) return this.Refuse(refused);
        }
        else if (await signUps.SignUpAsync(new WantedAccount(IsPerson ? Name : ContactPerson!, own), stop) is { } refused) return this.Refuse(refused, Questions);

        SentTo = Email!.Trim();
        return LocalRedirect(Url.Content("~/account/sign-up/sent"));
    }

    private static ReadOnlySpan<(string Code, string Field)> Questions => new (string, string)[]
    {
        ("members.not_a_nik", nameof(Nik)), ("members.nik_needed", nameof(Nik)), ("members.npsn_needed", nameof(Npsn)),
        ("members.category_does_not_fit_age", nameof(BirthDate)), ("members.guardian_needed", nameof(BirthDate)),
    };

    private void RequireAnswers()
    {
        this.Require(nameof(Name), Name);
        this.Require(nameof(Email), Email);
        if (IsPerson)
        {
            if (BirthDate is null) this.Require(nameof(BirthDate), null);
            this.Require(nameof(Nik), Nik);
        }
        else
        {
            this.Require(nameof(ContactPerson), ContactPerson);
            if (Kind == "school") this.Require(nameof(Npsn), Npsn);
        }

        if (Kind == "child") Child.Require(this, nameof(Child));
    }

    private MembershipApplication Own()
    {
        var category = Kind switch
        {
            "school" => MemberCategory.School,
            "group" => MemberCategory.Organisation,
            "child" => MemberCategory.Adult,
            _ => Category is MemberCategory.Student or MemberCategory.Teacher ? Category : MemberCategory.Adult,
        };
        var details = new MemberDetails(
            Name, IsPerson ? BirthDate : null, Email!.Trim(), Phone, Address, IsPerson ? null : ContactPerson, Kind == "school" ? Npsn?.Trim() : null);
        var consents = Kind == "myself" ? Consents.Where(OnlineConsent.OfOneself.Contains).Select(one => OnlineConsent.Given(one, byGuardian: false, HttpContext, clock)).ToList() : [];
        return new MembershipApplication(details, category, IsPerson ? Nik : null, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "id", Consents: consents);
    }
}
