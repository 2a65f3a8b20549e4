using System.Globalization;
using System.Security.Claims;
using Metro.Library;

namespace Metro.Portal.Schema.Callers;

/// <summary>Who asks: a signed-in person, or a program that a person gave a token.</summary>
/// <param name="AccountId">The key of the account.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="MemberId">The library member behind the account; null where there is none.</param>
public sealed record Caller(long AccountId, string Name, long? MemberId)
{
    /// <summary>Acting for oneself, as a member; null where the account belongs to none.</summary>
    public Actor? AsMember => MemberId is { } id ? Actor.Member(id, Name) : null;

    /// <summary>Acting as somebody who works at the library. What that needs is asked beforehand, by <see cref="Permissions"/>.</summary>
    public Actor AsStaff => Actor.Staff(AccountId.ToString(CultureInfo.InvariantCulture), Name);
}

/// <summary>
/// Finds the caller behind a request. A boundary: accounts belong to the host, which alone knows how people sign in.
/// </summary>
public interface ICallers
{
    /// <summary>The caller; null when nobody signed in.</summary>
    /// <param name="user">What the host's authentication says of the request.</param>
    /// <param name="stop">Ends the search.</param>
    ValueTask<Caller?> FindAsync(ClaimsPrincipal user, CancellationToken stop);
}

/// <summary>
/// What the fields of the schema ask for, as names of authorization policies that the host registers. Somebody signed in by
/// cookie has the first two, the next two with a role of the desk, and the last two as an administrator. A token has those
/// that it was given, and never more than its owner has.
/// </summary>
public static class Permissions
{
    /// <summary>Read what is one's own: loans, holds, registrations, bookings, visits, fines, messages.</summary>
    public const string ReadOwn = "account:read";

    /// <summary>Act for oneself: place a hold, renew, register, book, ask for a visit.</summary>
    public const string WriteOwn = "account:write";

    /// <summary>Read what the desk sees: members, loans, bookings, visits, registrants. Each look at a person leaves an audit line.</summary>
    public const string ReadDesk = "desk:read";

    /// <summary>Act as the desk: lend, take in, register, approve, suspend.</summary>
    public const string WriteDesk = "desk:write";

    /// <summary>Decide what administrators decide: terms of lending, and the rules by which spaces are booked.</summary>
    public const string WritePolicies = "admin:write";

    /// <summary>See to the accounts of those who work with the portal: invite, give roles, shut out.</summary>
    public const string SeeToAccounts = "admin:accounts";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ReadOwn, WriteOwn, ReadDesk, WriteDesk, WritePolicies, SeeToAccounts];
}
