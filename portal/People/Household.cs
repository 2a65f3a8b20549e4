using System.Security.Claims;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.People;

/// <summary>Somebody for whom the signed-in person may act: themselves, or a child whose guardian they are.</summary>
/// <param name="Member">The member's record; not followed by the context.</param>
/// <param name="By">In whose name what is done is written down.</param>
/// <param name="IsSelf">Whether it is the signed-in person.</param>
internal sealed record ActingFor(Member Member, Actor By, bool IsSelf);

/// <summary>
/// The member behind an account and the children for whom they decide. That somebody else's record exists is not said: whoever
/// is not of the household is not found. Not thread-safe: one per request.
/// </summary>
internal sealed class Household(ICallers callers, LibraryDbContext db, Guardians guardians, MemberAccounts accounts)
{
    private const int MostWards = 20;

    /// <summary>Who is signed in; null for nobody, or an account that is gone.</summary>
    public ValueTask<Caller?> CallerAsync(ClaimsPrincipal user, CancellationToken stop) => callers.FindAsync(user, stop);

    /// <summary>The member of that key as far as the caller may act for them; null otherwise.</summary>
    /// <param name="caller">Who is signed in.</param>
    /// <param name="memberId">The member; null for the caller's own record.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<ActingFor?> FindAsync(Caller caller, long? memberId, CancellationToken stop)
    {
        if (caller.AsMember is not { } by) return null;

        if (memberId is null || memberId == caller.MemberId)
            return await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == caller.MemberId, stop) is { } self ? new ActingFor(self, by, IsSelf: true) : null;

        // Looking at somebody else's record leaves an audit line, also a guardian's.
        var viewed = await accounts.ViewAsync(memberId.Value, by, stop);
        return viewed.Succeeded ? new ActingFor(viewed.Value, by, IsSelf: false) : null;
    }

    /// <summary>The children for whom the caller decides today, by name.</summary>
    public async Task<IReadOnlyList<Member>> WardsAsync(Caller caller, CancellationToken stop)
    {
        if (caller.AsMember is not { } by) return [];

        var wards = await (
            from guardianship in db.Guardianships.AsNoTracking()
            where guardianship.GuardianId == caller.MemberId && guardianship.EndedAt == null
            join child in db.Members.AsNoTracking() on guardianship.ChildId equals child.Id
            where child.Status == MemberStatus.Active || child.Status == MemberStatus.Applied
            orderby child.NameKey, child.Id
            select child).Take(MostWards).ToListAsync(stop);
        var decided = new List<Member>();
        foreach (var ward in wards)
            if (await guardians.MayDecideForAsync(by, ward, stop)) decided.Add(ward);
        return decided;
    }
}
