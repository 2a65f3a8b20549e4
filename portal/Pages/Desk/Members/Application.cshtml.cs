using System.Globalization;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>One application, with what speaks for another card of the same person; approve it, or decline it with a reason that goes into the letter.</summary>
internal sealed class ApplicationModel(Library.Members.Registrations registrations, MemberAccounts accounts, LibraryDbContext db) : MemberFilePage
{
    /// <summary>Why it is declined.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Members of the same name or address, who may be the same person.</summary>
    public IReadOnlyList<FoundMember> Alike { get; private set; } = [];

    /// <summary>Who decides for the applicant; null for a grown-up.</summary>
    public Guardianship? Guardian { get; private set; }

    /// <summary>What was consented to.</summary>
    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken stop)
    {
        var outcome = await registrations.ApproveAsync(Id, Staff, stop);
        if (outcome.Succeeded) return Tell(FilesText.Get("Done.New", outcome.Value.CardNumber!), Within("/card"));

        await ShowAsync();
        return this.Refuse(outcome.Refusal!);
    }

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop)
    {
        if (await registrations.DeclineAsync(Id, Reason ?? "", Staff, stop) is not { } refusal) return Tell(FilesText.Get("Done.Declined", Member.Name), "/desk/applications");

        await ShowAsync();
        return this.Refuse(refusal);
    }

    private async Task ShowAsync()
    {
        var stop = HttpContext.RequestAborted;
        Guardian = await db.Guardianships.AsNoTracking().Where(one => one.ChildId == Id && one.EndedAt == null).OrderBy(one => one.Id).FirstOrDefaultAsync(stop);
        Consents = await db.Consents.AsNoTracking().Where(one => one.MemberId == Id && one.WithdrawnAt == null).OrderBy(one => one.Id).Take(20).ToListAsync(stop);
        var alike = await accounts.FindAsync(Member.Name, Staff, stop);
        if (Member.Email is { } email) alike.AddRange(await accounts.FindAsync(email, Staff, stop));
        Alike = [.. alike.Where(one => one.Id != Id).DistinctBy(one => one.Id)];
    }

    /// <summary>A purpose in words.</summary>
    public static string Purpose(ConsentPurpose purpose) => FilesText.Get(string.Create(CultureInfo.InvariantCulture, $"Consent.{purpose}"));
}
