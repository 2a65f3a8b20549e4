using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Accounts.Family;

/// <summary>A child for whom somebody decides.</summary>
/// <param name="Member">The child's record.</param>
/// <param name="Relation">What the guardian is to the child.</param>
/// <param name="GrownUpOn">When the child decides alone.</param>
/// <param name="Consents">What the guardian consents to now.</param>
internal sealed record Ward(Member Member, string Relation, DateOnly GrownUpOn, IReadOnlyDictionary<ConsentPurpose, Consent> Consents);

/// <summary>The children for whom somebody decides, and what they consent to for each: given and withdrawn one by one (DOMAIN.md rule 10).</summary>
internal sealed class FamilyModel(LibraryDbContext db, Household household, Consents consents, LibrarySettings library, TimeProvider clock) : MemberPage
{
    public IReadOnlyList<Ward> Children { get; private set; } = [];

    public int AgeOfMajority => library.Members.AgeOfMajority;

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    /// <summary>Gives a consent, with its sentence as proof.</summary>
    public Task<IActionResult> OnPostGiveAsync(long child, ConsentPurpose purpose, CancellationToken stop) =>
        ChangeAsync(child, ward => consents.GiveAsync(ward.Id, OnlineConsent.Given(purpose, byGuardian: true, HttpContext, clock), By, stop), FamilyText.Get("Given.Told"), stop);

    /// <summary>Withdraws a consent; the others stay.</summary>
    public Task<IActionResult> OnPostWithdrawAsync(long child, ConsentPurpose purpose, CancellationToken stop) =>
        ChangeAsync(child, ward => consents.WithdrawAsync(ward.Id, purpose, By, stop), FamilyText.Get("Withdrawn.Told"), stop);

    /// <inheritdoc />
    protected override IActionResult? WhyNot() => For is null ? base.WhyNot() : LocalRedirect(Url.Content("~/account/family"));

    private async Task<IActionResult> ChangeAsync(long child, Func<Member, Task<Refusal?>> change, string told, CancellationToken stop)
    {
        if (await household.FindAsync(Caller, child, stop) is not { IsSelf: false, Member: var ward }) return NotFound();
        // Pressed twice: what was to be withdrawn is.
        if (await change(ward) is not { } refusal || refusal.Equals(MemberRefusals.NoSuchConsent)) return Tell(told, "/account/family");

        await LoadAsync(stop);
        return this.Refuse(refusal);
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var ids = Wards.Select(ward => ward.Id).ToList();
        var relations = await db.Guardianships.AsNoTracking().Where(one => ids.Contains(one.ChildId) && one.GuardianId == Member.Id && one.EndedAt == null)
            .OrderBy(one => one.Id).Select(one => new { one.ChildId, one.Relation }).ToListAsync(stop);
        var given = await db.Consents.AsNoTracking().Where(one => ids.Contains(one.MemberId) && one.WithdrawnAt == null).OrderBy(one => one.Id).ToListAsync(stop);
        Children =
        [
            .. Wards.Select(ward => new Ward(
                ward, relations.FirstOrDefault(one => one.ChildId == ward.Id)?.Relation ?? "", ward.BirthDate!.Value.AddYears(AgeOfMajority),
                given.Where(one => one.MemberId == ward.Id).DistinctBy(one => one.Purpose).ToDictionary(one => one.Purpose))),
        ];
    }
}
