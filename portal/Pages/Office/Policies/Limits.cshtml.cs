using Metro.Library;
using Metro.Library.Input;
using Metro.Library.Policies;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The limits that hold for everybody alike: changed, their effect looked at, then kept.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class LimitsModel(LimitsInForce limits) : DeskPage
{
    [BindProperty]
    public int VisitsPerSchoolYear { get; set; }

    [BindProperty]
    public int MostStrikes { get; set; }

    [BindProperty]
    public int StrikeDays { get; set; }

    [BindProperty]
    public int MostOwed { get; set; }

    [BindProperty]
    public int MembershipDays { get; set; }

    [BindProperty]
    public int MostDigitalLoans { get; set; }

    /// <summary>What would become of what was typed; null until it is looked at.</summary>
    public IReadOnlyList<string>? Effects { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = await limits.GetAsync(stop);
        (VisitsPerSchoolYear, MostStrikes, StrikeDays) = (now.VisitsPerSchoolYear, now.MostStrikes, now.StrikeDays);
        (MostOwed, MembershipDays, MostDigitalLoans) = (now.MostOwed, now.MembershipDays, now.MostDigitalLoans);
    }

    /// <summary>Shows what the typed limits would mean; keeps nothing.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();
        if (Typed.Check() is { } refusal) return Refuse(refusal);

        Effects = [.. EffectsOf(await limits.GetAsync(stop), Typed)];
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Refused();

        return await limits.SetAsync(Typed, Staff, stop) is { } refusal ? Refuse(refusal) : Tell(PoliciesText.Get("Told.Limits"), "/desk/policies");
    }

    private HouseLimits Typed => new()
    {
        VisitsPerSchoolYear = VisitsPerSchoolYear,
        MostStrikes = MostStrikes,
        StrikeDays = StrikeDays,
        MostOwed = MostOwed,
        MembershipDays = MembershipDays,
        MostDigitalLoans = MostDigitalLoans,
    };

    private static IEnumerable<string> EffectsOf(HouseLimits now, HouseLimits then)
    {
        (string Name, object Now, object Then)[] all =
        [
            (nameof(VisitsPerSchoolYear), now.VisitsPerSchoolYear, then.VisitsPerSchoolYear), (nameof(MostStrikes), now.MostStrikes, then.MostStrikes),
            (nameof(StrikeDays), now.StrikeDays, then.StrikeDays), (nameof(MostOwed), TermsInWords.Rupiah(now.MostOwed), TermsInWords.Rupiah(then.MostOwed)),
            (nameof(MembershipDays), now.MembershipDays, then.MembershipDays), (nameof(MostDigitalLoans), now.MostDigitalLoans, then.MostDigitalLoans),
        ];
        return all.Where(one => !one.Now.Equals(one.Then)).Select(one => PoliciesText.Get($"Effect.{one.Name}", one.Now, one.Then)).DefaultIfEmpty(PoliciesText.Get("Effect.None"));
    }

    private PageResult Refuse(Refusal refusal) => this.Refuse(refusal, ("input.number_out_of_range", FieldOf(refusal)));

    private static string FieldOf(Refusal refusal) => refusal.Arguments is [FieldName field, ..]
        ? field.Key switch
        {
            "visits" => nameof(VisitsPerSchoolYear),
            "strikes" => nameof(MostStrikes),
            "strike_days" => nameof(StrikeDays),
            "amount" => nameof(MostOwed),
            "membership_days" => nameof(MembershipDays),
            _ => nameof(MostDigitalLoans),
        }
        : "";
}
