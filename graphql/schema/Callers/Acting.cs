using System.Security.Claims;
using Metro.Library;
using Metro.Library.Members;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Callers;

/// <summary>In whose name a request acts. Not thread-safe: one per request, or per field of a query.</summary>
public sealed class Acting(
    ICallers callers, IHttpContextAccessor requests, IAuthorizationService authorization, LibraryDbContext db, Guardians guardians)
{
    private ClaimsPrincipal User => requests.HttpContext?.User ?? new();

    /// <summary>Who asks.</summary>
    /// <exception cref="GraphQLException">Nobody signed in, or the account is gone.</exception>
    public async ValueTask<Caller> CallerAsync(CancellationToken stop) => await callers.FindAsync(User, stop)
        ?? throw new GraphQLException(ErrorBuilder.New().SetMessage("The current user is not authorized to access this resource.").SetCode("AUTH_NOT_AUTHENTICATED").Build());

    /// <summary>Acting as the desk.</summary>
    public async ValueTask<Actor> AsStaffAsync(CancellationToken stop) => (await CallerAsync(stop)).AsStaff;

    /// <summary>Acting as the desk where the caller may, else as the member; refused where there is none.</summary>
    public async ValueTask<Outcome<Actor>> AsAnyoneAsync(CancellationToken stop)
    {
        var caller = await CallerAsync(stop);
        return await IsDeskAsync() ? caller.AsStaff : caller.AsMember is { } member ? member : MemberRefusals.NotAMember;
    }

    /// <summary>
    /// Acting for a member: oneself where none is named, a child whose guardian one is, or anybody at the desk. Whether a guardian
    /// may, the library decides; that somebody else's record exists is not said.
    /// </summary>
    /// <param name="memberId">The member; null for oneself.</param>
    /// <param name="stop">Ends the search.</param>
    public async ValueTask<Outcome<(long MemberId, Actor By)>> ForAsync(long? memberId, CancellationToken stop)
    {
        var caller = await CallerAsync(stop);
        if (memberId is { } named && named != caller.MemberId && await IsDeskAsync()) return (named, caller.AsStaff);
        if (caller.AsMember is not { } self) return MemberRefusals.NotAMember;
        if (memberId is not { } other || other == caller.MemberId) return (caller.MemberId!.Value, self);
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == other, stop) is { } ward && await guardians.MayActForAsync(self, ward, stop)
            ? (other, self)
            : MemberRefusals.Unknown;
    }

    /// <summary>Whether the caller may act as the desk.</summary>
    public async ValueTask<bool> IsDeskAsync() => (await authorization.AuthorizeAsync(User, null, Permissions.WriteDesk)).Succeeded;
}
