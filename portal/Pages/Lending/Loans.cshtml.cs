using System.Globalization;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Lending;

/// <summary>What a member has borrowed: until when and why until then, renewed one by one or all at once, and what came back where they keep a history.</summary>
internal sealed class LoansModel(LibraryDbContext db, BorrowedCopies borrowed, CirculationDesk desk) : MemberPage
{
    private const int PageSize = 20;

    /// <summary>The key of the last loan of the history that was seen; null for its beginning.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<BorrowedCopy> Loans { get; private set; } = [];

    public IReadOnlyList<Loan> History { get; private set; } = [];

    public IReadOnlyDictionary<long, BookLine> Books { get; private set; } = new Dictionary<long, BookLine>();

    /// <summary>The loan that was to be renewed and was not; null for none.</summary>
    public long? RefusedLoan { get; private set; }

    public Pager Pager { get; private set; } = new(null, null);

    public bool AnyRenewable => Loans.Count(loan => loan.NotRenewed is null) > 1;

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostRenewAsync(long loan, CancellationToken stop)
    {
        if (await TitleOfAsync(loan, stop) is not { } title) return NotFound();

        var renewed = await desk.RenewAsync(loan, By, stop);
        if (renewed.Succeeded) return Tell(LendingText.Get(renewed.Value.Repeated ? "Renewed.Already" : "Renewed", title, Sentence(renewed.Value.Due)), "/account/loans");

        await LoadAsync(stop);
        RefusedLoan = loan;
        this.Fault("", LendingText.Get("NotRenewed", title, Sentence(renewed.Refusal!)));
        return this.Refused();
    }

    public async Task<IActionResult> OnPostRenewAllAsync(CancellationToken stop)
    {
        var answers = await desk.RenewAllAsync(Member.Id, By, stop);
        if (answers.Refusal is { } refusal)
        {
            await LoadAsync(stop);
            return this.Refuse(refusal);
        }

        var (all, done) = (answers.Value.Count, answers.Value.Count(one => one.Outcome.Succeeded));
        var told = done == all ? LendingText.Get("RenewedAll", done) : done == 0 ? LendingText.Get("RenewedNone") : LendingText.Get("RenewedSome", done, all);
        return Tell(told, "/account/loans");
    }

    /// <summary>A phrase of the library, such as a due date with its reasons, in the reader's language.</summary>
    public static string Sentence(IExplained explained) => explained.Explain(CultureInfo.CurrentUICulture);

    private async Task<string?> TitleOfAsync(long loan, CancellationToken stop) => await (
        from one in db.Loans.AsNoTracking()
        where one.Id == loan && one.MemberId == Member.Id
        join title in db.Titles on one.TitleId equals title.Id
        select title.Name).FirstOrDefaultAsync(stop);

    private async Task LoadAsync(CancellationToken stop)
    {
        Loans = await borrowed.OfAsync(Member.Id, stop);
        if (Member.KeepsLoanHistory) await LoadHistoryAsync(stop);
        Books = await db.BooksOfAsync(Loans.Select(loan => loan.TitleId).Concat(History.Select(loan => loan.TitleId)), stop);
    }

    private async Task LoadHistoryAsync(CancellationToken stop)
    {
        var ended = db.Loans.AsNoTracking().Of(Member.Id).Where(loan => loan.EndedAt != null);
        if (Before is { } before) ended = ended.Where(loan => loan.Id < before);
        var rows = await ended.OrderByDescending(loan => loan.Id).Take(PageSize + 1).ToListAsync(stop);
        History = [.. rows.Take(PageSize)];
        var next = rows.Count > PageSize ? At(string.Create(CultureInfo.InvariantCulture, $"/account/loans?before={History[^1].Id}")) + "#history" : null;
        Pager = new Pager(Before is null ? null : At("/account/loans") + "#history", next) { PreviousIsFirst = true };
    }
}
