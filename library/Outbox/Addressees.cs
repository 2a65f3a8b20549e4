using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Outbox;

/// <summary>One address to which a message goes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Name">Whose it is; null for somebody who is not a member.</param>
/// <param name="Culture">The language in which they are written to: <c>id</c> or <c>en</c>.</param>
/// <param name="IsGuardian">Whether they read it on behalf of a member under age.</param>
public sealed record Addressee(string Email, string? Name, string Culture, bool IsGuardian);

/// <summary>
/// The one place that says to which addresses a message goes, asked just before it is sent: people move and come of age while
/// it waits. A message stays on the record of the member whom it concerns; what goes to a member under age is read by the
/// guardian, and by the child as well where the child has an address of their own and wants letters (DOMAIN.md rule 10). Safe
/// for several threads.
/// </summary>
public sealed class Addressees(LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>The addresses, the guardian's first; none where nobody can or wants to be written to by e-mail.</summary>
    public async Task<IReadOnlyList<Addressee>> OfAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop = default)
    {
        if (message.Email is { } address) return [new Addressee(address, null, message.Culture, false)];
        if (message.MemberId is not { } memberId || await MemberAsync(db, memberId, stop) is not { } member) return [];

        var own = member is { ByEmail: true, Email: { } email } ? new Addressee(email, member.Name, message.Culture, false) : null;
        if (!member.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority)) return own is null ? [] : [own];

        var guardian = await GuardianAsync(db, member.Id, message.Culture, stop);
        // A child's record often holds the parent's address: one letter is enough.
        if (string.Equals(own?.Email, guardian?.Email, StringComparison.OrdinalIgnoreCase)) own = null;
        return [.. new[] { guardian, own }.OfType<Addressee>()];
    }

    /// <summary>The member, or the record into which theirs was merged meanwhile.</summary>
    private static async Task<Member?> MemberAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        return member?.MergedIntoId is { } kept ? await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == kept, stop) : member;
    }

    private static async Task<Addressee?> GuardianAsync(LibraryDbContext db, long childId, string culture, CancellationToken stop)
    {
        var guardianship = await db.Guardianships.AsNoTracking().Where(one => one.ChildId == childId && one.EndedAt == null)
            .OrderByDescending(one => one.Id).FirstOrDefaultAsync(stop);
        if (guardianship is null) return null;
        var member = guardianship.GuardianId is { } id ? await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) : null;
        // The address given for the child's affairs comes before the guardian's own, and their own wish for no letters counts for the latter.
        var email = guardianship.Email ?? (member is { ByEmail: true } ? member.Email : null);
        return email is null ? null : new Addressee(email, guardianship.Name, member?.Language ?? culture, true);
    }
}
