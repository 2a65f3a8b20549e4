using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>
/// Who decides for a member under age, from now on: with a card of their own they act for the child online too (DOMAIN.md rule 10).
/// </summary>
internal sealed class GuardianModel(LibraryDbContext db, Guardians guardians, AtTheDesk atTheDesk) : MemberFilePage
{
    /// <summary>The guardian's card or its barcode; empty where they have none.</summary>
    [BindProperty]
    public string? Card { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Relation { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>Who it is now; null for nobody.</summary>
    public Guardianship? Now { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        var known = string.IsNullOrWhiteSpace(Card) ? null : await WithCardAsync(Card, stop);
        if (known is null)
        {
            if (!string.IsNullOrWhiteSpace(Card)) this.Fault(nameof(Card), FilesText.Get("Guardian.NoCard"));
            else this.Require(nameof(Name), Name);
        }

        this.Require(nameof(Relation), Relation);
        if (!ModelState.IsValid) return this.Refused();

        var guardian = new GuardianDetails(known?.Name ?? Name!, Relation!, Typed(Phone) ?? known?.Phone, Typed(Email) ?? known?.Email, known?.Id);
        return await guardians.NameGuardianAsync(Id, guardian, Staff, stop) is { } refusal
            ? this.Refuse(refusal, ("members.guardian_unreachable", nameof(Phone)), ("members.unknown", nameof(Card)))
            : Tell(FilesText.Get("Done.Guardian", guardian.Name, Member.Name), Within());
    }

    private async Task LoadAsync(CancellationToken stop) =>
        Now = await db.Guardianships.AsNoTracking().Where(one => one.ChildId == Id && one.EndedAt == null).OrderBy(one => one.Id).FirstOrDefaultAsync(stop);

    private async Task<Member?> WithCardAsync(string card, CancellationToken stop) =>
        await atTheDesk.FindMemberAsync(card, stop) is { } key ? await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == key, stop) : null;

    private static string? Typed(string? answer) => string.IsNullOrWhiteSpace(answer) ? null : answer;
}
