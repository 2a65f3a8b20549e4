using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Members;

/// <summary>
/// The secret address under which a member's calendar program reads their dates. Shown once; only its hash is kept, so that who
/// reads the database reads nobody's calendar.
/// </summary>
public sealed class CalendarSecret
{
    private const int SecretBytes = 32;

    private CalendarSecret()
    {
    }

    internal CalendarSecret(long memberId, string hash, DateTime now) => (MemberId, Hash, CreatedAt) = (memberId, hash, now);

    /// <summary>Whose calendar it opens.</summary>
    public long MemberId { get; private set; }

    /// <summary>SHA-256 of the secret in hexadecimal: with 256 random bits nobody guesses it, however fast the hash.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Since when it opens it, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    internal void Become(string hash, DateTime now) => (Hash, CreatedAt) = (hash, now);

    /// <summary>A new secret.</summary>
    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

internal sealed class CalendarSecretConfiguration : IEntityTypeConfiguration<CalendarSecret>
{
    public void Configure(EntityTypeBuilder<CalendarSecret> builder)
    {
        builder.ToTable("calendar_secrets");
        builder.HasKey(secret => secret.MemberId);
        builder.Property(secret => secret.MemberId).ValueGeneratedNever();
        builder.Property(secret => secret.Hash).HasMaxLength(64);
        builder.HasIndex(secret => secret.Hash).IsUnique();
        builder.HasOne<Member>().WithOne().HasForeignKey<CalendarSecret>(secret => secret.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Opens, renews and closes the secret addresses of members' calendars. Not thread-safe: one per request.</summary>
public sealed class CalendarSecrets(LibraryDbContext db, LibraryCalendar calendar, Guardians guardians)
{
    /// <summary>Makes a secret; one that there was opens nothing any more.</summary>
    /// <param name="memberId">Whose calendar.</param>
    /// <param name="by">The member, or their guardian.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The secret, which is never told again.</returns>
    public Task<Outcome<string>> RenewAsync(long memberId, Actor by, CancellationToken stop = default) => db.WriteAsync<Outcome<string>>(async inner =>
    {
        if (await WhyNotAsync(memberId, by, inner) is { } no) return no;

        var secret = CalendarSecret.New();
        if (await db.CalendarSecrets.FindAsync([memberId], inner) is { } former) former.Become(CalendarSecret.HashOf(secret), calendar.Now);
        else db.Add(new CalendarSecret(memberId, CalendarSecret.HashOf(secret), calendar.Now));
        await db.SaveChangesAsync(inner);
        return secret;
    }, stop);

    /// <summary>Closes the address; repeating it changes nothing.</summary>
    public Task<Refusal?> EndAsync(long memberId, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (await WhyNotAsync(memberId, by, inner) is { } no) return no;
        if (await db.CalendarSecrets.FindAsync([memberId], inner) is { } secret) db.Remove(secret);
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>Whose calendar a secret opens; null for nobody's, and for somebody who is no member any more.</summary>
    public async Task<Member?> FindAsync(string secret, CancellationToken stop = default)
    {
        if (secret.Length > 100) return null;
        var hash = CalendarSecret.HashOf(secret);
        return await (
            from kept in db.CalendarSecrets.AsNoTracking()
            where kept.Hash == hash
            join member in db.Members on kept.MemberId equals member.Id
            where member.Status == MemberStatus.Active
            select member).FirstOrDefaultAsync(stop);
    }

    /// <summary>Since when a member's calendar is open, in UTC; null while it is not.</summary>
    public Task<DateTime?> OpenSinceAsync(long memberId, CancellationToken stop = default) =>
        db.CalendarSecrets.AsNoTracking().Where(secret => secret.MemberId == memberId).Select(secret => (DateTime?)secret.CreatedAt).FirstOrDefaultAsync(stop);

    private async Task<Refusal?> WhyNotAsync(long memberId, Actor by, CancellationToken stop)
    {
        var member = await db.Members.FindAsync([memberId], stop);
        if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;
        return member.Status == MemberStatus.Active ? null : MemberRefusals.NotAMember;
    }
}

/// <summary>What is kept of a member's calendar address: that there is one.</summary>
internal sealed class CalendarSecretRecords : IMemberRecords
{
    public string Name => "calendar";

    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        new { OpenSince = await db.CalendarSecrets.Where(secret => secret.MemberId == memberId).Select(secret => (DateTime?)secret.CreatedAt).FirstOrDefaultAsync(stop) };

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        db.RemoveRange(await db.CalendarSecrets.Where(secret => secret.MemberId == memberId).ToListAsync(stop));

    /// <summary>An address is no data to keep: the record that stays keeps its own, and the other's is closed.</summary>
    public Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop) => EraseAsync(db, fromMemberId, stop);
}
