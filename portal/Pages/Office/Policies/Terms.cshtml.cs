using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Input;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>The terms for one category of members and one format: changed, their effect looked at, then kept.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class TermsModel(LibraryDbContext db, TermsTable table, LibraryCalendar calendar) : DeskPage
{
    private BranchCalendar hours = null!;

    /// <summary>For whom; null for everybody.</summary>
    [BindProperty(SupportsGet = true)]
    public MemberCategory? Category { get; set; }

    /// <summary>For what; null for everything.</summary>
    [BindProperty(SupportsGet = true)]
    public TitleFormat? Format { get; set; }

    [BindProperty]
    public int Loans { get; set; }

    [BindProperty]
    public int Days { get; set; }

    [BindProperty]
    public int Renewals { get; set; }

    [BindProperty]
    public int GraceDays { get; set; }

    [BindProperty]
    public int FinePerDay { get; set; }

    [BindProperty]
    public int FineCeiling { get; set; }

    [BindProperty]
    public int SuspensionDays { get; set; }

    [BindProperty]
    public int Holds { get; set; }

    [BindProperty]
    public int PickupDays { get; set; }

    /// <summary>What holds now.</summary>
    public LoanTerms Now { get; private set; } = null!;

    /// <summary>What was typed; null until its effect is looked at.</summary>
    public LoanTerms? Then { get; private set; }

    public static IEnumerable<SelectListItem> Categories =>
        Enum.GetValues<MemberCategory>().Select(category => new SelectListItem(PoliciesText.Get($"Category.{category}"), category.ToString())).Prepend(new SelectListItem(PoliciesText.Get("Everybody"), ""));

    public static IEnumerable<SelectListItem> Formats =>
        Enum.GetValues<TitleFormat>().Select(format => new SelectListItem(PoliciesText.Get($"Format.{format}"), format.ToString())).Prepend(new SelectListItem(PoliciesText.Get("Everything"), ""));

    /// <summary>"Anak, buku cetak".</summary>
    public static string NameOf(MemberCategory? category, TitleFormat? format) => (category, format) switch
    {
        (null, null) => PoliciesText.Get("General"),
        ({ } who, null) => PoliciesText.Get($"Category.{who}"),
        (null, { } what) => PoliciesText.Get($"Format.{what}"),
        ({ } who, { } what) => $"{PoliciesText.Get($"Category.{who}")}, {PoliciesText.Get($"Format.{what}")}",
    };

    public IEnumerable<string> ExamplesOf(LoanTerms terms) => TermsInWords.ExamplesOf(terms, calendar.Today, hours);

    public async Task OnGetAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        (Loans, Days, Renewals, GraceDays) = (Now.MostLoans, Now.LoanDays, Now.MostRenewals, Now.GraceDays);
        (FinePerDay, FineCeiling, SuspensionDays) = (Now.FinePerDay, Now.FineCeiling, Now.SuspensionDaysPerDayLate);
        (Holds, PickupDays) = (Now.MostHolds, Now.PickupDays);
    }

    /// <summary>Shows what the typed terms would mean; keeps nothing.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!ModelState.IsValid) return this.Refused();
        if (Typed.Check() is { } refusal) return Refuse(refusal);

        Then = Typed;
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!ModelState.IsValid) return this.Refused();

        return await table.SetAsync(Typed, Staff, stop) is { } refusal ? Refuse(refusal) : Tell(PoliciesText.Get("Told.Terms", NameOf(Category, Format)), "/desk/policies");
    }

    private LoanTerms Typed => new()
    {
        Category = Category,
        Format = Format,
        MostLoans = Loans,
        LoanDays = Days,
        MostRenewals = Renewals,
        GraceDays = GraceDays,
        FinePerDay = FinePerDay,
        FineCeiling = FineCeiling,
        SuspensionDaysPerDayLate = SuspensionDays,
        MostHolds = Holds,
        PickupDays = PickupDays,
    };

    private PageResult Refuse(Refusal refusal) => this.Refuse(refusal, ("input.number_out_of_range", FieldOf(refusal)));

    /// <summary>Several questions are about days or rupiah: the one whose answer stands in the refusal is meant.</summary>
    private string FieldOf(Refusal refusal) => refusal.Arguments is [FieldName field, long number, ..]
        ? field.Key switch
        {
            "loans" => nameof(Loans),
            "renewals" => nameof(Renewals),
            "holds" => nameof(Holds),
            "amount" => FinePerDay == number ? nameof(FinePerDay) : nameof(FineCeiling),
            _ => Days == number ? nameof(Days) : GraceDays == number ? nameof(GraceDays) : SuspensionDays == number ? nameof(SuspensionDays) : nameof(PickupDays),
        }
        : "";

    private async Task LoadAsync(CancellationToken stop)
    {
        Now = await table.HoldingAsync(Category, Format, stop);
        hours = await calendar.OfAsync(db, Here.Id, stop);
    }
}
