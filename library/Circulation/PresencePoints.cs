using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>What a screen at the library lets members do with their own telephones.</summary>
public enum PointPurpose
{
    /// <summary>Borrow what they carry out.</summary>
    Borrow,

    /// <summary>Return what they put into the box.</summary>
    Return,
}

/// <summary>What a screen shows now.</summary>
/// <param name="Code">Six characters in two groups, <c>K7Q M2X</c>.</param>
/// <param name="ChangesAt">When it shows the next, in UTC; this one is still taken for as long again.</param>
public sealed record PresenceCode(string Code, DateTime ChangesAt);

/// <summary>Proof that somebody stood before a screen of the library a short while ago.</summary>
/// <param name="Pass">What they carry; says the rest, and cannot be made by others.</param>
/// <param name="BranchId">Where they stood.</param>
/// <param name="ValidUntil">Until when it is good, in UTC.</param>
public sealed record Presence(string Pass, long BranchId, DateTime ValidUntil);

/// <summary>
/// The screens at which members prove that they are at the library, before they lend to themselves or take in. The codes follow
/// from a key in the database and the clock, so that several nodes show and take the same and none has to be stored. Not
/// thread-safe: one per request.
/// </summary>
public sealed class PresencePoints(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>For how long a screen shows one code.</summary>
    public static readonly TimeSpan CodeLasts = TimeSpan.FromSeconds(30);

    /// <summary>After how many wrong codes a member has to wait.</summary>
    public const int MostWrongCodes = 5;

    /// <summary>For how many minutes.</summary>
    public const int WaitMinutes = 10;

    private const int CodeLength = 6;
    private const int MacLength = 22;

    /// <summary>Without the letters and digits that people confuse.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private byte[]? key;

    /// <summary>What the screen of a branch shows at this instant.</summary>
    public async Task<PresenceCode> ShowAsync(long branchId, PointPurpose purpose, CancellationToken stop = default)
    {
        var step = StepAt(calendar.Now);
        var code = CodeOf(await KeyAsync(stop), branchId, purpose, step);
        return new PresenceCode($"{code[..3]} {code[3..]}", DateTime.UnixEpoch + ((step + 1) * CodeLasts));
    }

    /// <summary>
    /// A code was read from a screen: the pass that it gives for some minutes. The code of the screen and the one before are
    /// taken; after several wrong ones a member waits.
    /// </summary>
    /// <param name="typed">What was typed or scanned; case and spaces do not matter.</param>
    /// <param name="purpose">What they are about to do.</param>
    /// <param name="by">The member.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<Presence>> ArriveAsync(string? typed, PointPurpose purpose, Actor by, CancellationToken stop = default)
    {
        if (by.MemberId is not { } memberId) return MemberRefusals.NotAMember;
        if (await db.WrongCodes.AsNoTracking().FirstOrDefaultAsync(one => one.MemberId == memberId, stop) is { } wrong && wrong.WaitsUntil(calendar.Now) is { } until)
            return CirculationRefusals.TooManyCodes((int)Math.Ceiling((until - calendar.Now).TotalMinutes));

        var (secret, code) = (await KeyAsync(stop), Normalise(typed));
        var branches = await db.Branches.AsNoTracking().Where(branch => branch.IsActive).OrderBy(branch => branch.Id).Select(branch => branch.Id).ToListAsync(stop);
        var found = code is null ? 0 : branches.FirstOrDefault(branch => IsShown(secret, branch, purpose, code));
        await NoteAsync(memberId, isRight: found > 0, stop);
        if (found == 0) return CirculationRefusals.UnknownPresence;

        var ends = calendar.Now.AddMinutes(settings.Circulation.PresenceMinutes);
        return new Presence(PassOf(secret, found, purpose, memberId, ends), found, ends);
    }

    /// <summary>Where and until when a pass holds; a refusal for one that is over, another's, for another purpose or made up.</summary>
    public async Task<Outcome<Presence>> CheckAsync(string? pass, PointPurpose purpose, Actor by, CancellationToken stop = default)
    {
        if (by.MemberId is not { } memberId) return MemberRefusals.NotAMember;
        if (ReadPass(pass) is not var (branchId, until) || calendar.Now >= until || !SameText(PassOf(await KeyAsync(stop), branchId, purpose, memberId, until), pass!))
            return CirculationRefusals.PresenceOver;
        return new Presence(pass!, branchId, until);
    }

    /// <summary>What names a screen in its address, so that it need not be signed in; nobody can make it up.</summary>
    public async Task<string> ScreenOfAsync(long branchId, PointPurpose purpose, CancellationToken stop = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{branchId}-{(purpose == PointPurpose.Borrow ? "b" : "r")}");
        return $"{name}-{Mac(await KeyAsync(stop), $"screen|{name}")[..MacLength]}";
    }

    /// <summary>Which screen an address names; null for none.</summary>
    public async Task<(long BranchId, PointPurpose Purpose)?> FindScreenAsync(string screen, CancellationToken stop = default)
    {
        if (screen.Split('-', 3) is not [var branch, "b" or "r", _] || !long.TryParse(branch, NumberStyles.None, CultureInfo.InvariantCulture, out var branchId)) return null;
        var purpose = screen.Split('-', 3)[1] == "b" ? PointPurpose.Borrow : PointPurpose.Return;
        return SameText(await ScreenOfAsync(branchId, purpose, stop), screen) ? (branchId, purpose) : null;
    }

    /// <summary>A new key: every screen's address, every code and every pass that was given before is worth nothing any more.</summary>
    public Task RenewKeyAsync(Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (await db.PresenceKeys.FindAsync([PresenceKey.Only], inner) is { } former) former.Renew();
        else db.Add(new PresenceKey());
        db.Audit(by, "presence.key_renewed", new Subject("presence", PresenceKey.Only), calendar.Now);
        await db.SaveChangesAsync(inner);
        key = null;
    }, stop);

    private async Task<byte[]> KeyAsync(CancellationToken stop) =>
        key ??= (await db.PresenceKeys.AsNoTracking().FirstOrDefaultAsync(one => one.Id == PresenceKey.Only, stop))?.Key ?? await db.WriteAsync(async inner =>
        {
            if (await db.PresenceKeys.FindAsync([PresenceKey.Only], inner) is { } made) return made.Key;
            var first = new PresenceKey();
            db.Add(first);
            await db.SaveChangesAsync(inner);
            return first.Key;
        }, stop);

    private bool IsShown(byte[] secret, long branchId, PointPurpose purpose, string code)
    {
        var now = StepAt(calendar.Now);
        return SameText(CodeOf(secret, branchId, purpose, now), code) | SameText(CodeOf(secret, branchId, purpose, now - 1), code);
    }

    private Task NoteAsync(long memberId, bool isRight, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var wrong = await db.WrongCodes.FindAsync([memberId], inner);
        if (isRight && wrong is not null) db.Remove(wrong);
        if (!isRight && wrong is null) db.Add(new WrongCodes(memberId, calendar.Now));
        if (!isRight) wrong?.Another(calendar.Now);
        await db.SaveChangesAsync(inner);
    }, stop);

    private static long StepAt(DateTime now) => (now - DateTime.UnixEpoch).Ticks / CodeLasts.Ticks;

    private static string CodeOf(byte[] secret, long branchId, PointPurpose purpose, long step)
    {
        var hash = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"code|{branchId}|{purpose}|{step}")));
        var (number, code) = (BitConverter.ToUInt64(hash), new char[CodeLength]);
        for (var i = 0; i < CodeLength; i++, number /= (ulong)Alphabet.Length) code[i] = Alphabet[(int)(number % (ulong)Alphabet.Length)];
        return new string(code);
    }

    private static string PassOf(byte[] secret, long branchId, PointPurpose purpose, long memberId, DateTime until)
    {
        var open = string.Create(CultureInfo.InvariantCulture, $"{branchId}.{(long)(until - DateTime.UnixEpoch).TotalSeconds}");
        return string.Create(CultureInfo.InvariantCulture, $"{open}.{Mac(secret, $"pass|{open}|{purpose}|{memberId}")}");
    }

    /// <summary>What a pass says, before anybody has looked whether it is ours; null for what is none.</summary>
    private static (long BranchId, DateTime Until)? ReadPass(string? pass) => pass?.Split('.') is [var branch, { Length: < 12 } seconds, { Length: < 60 }]
        && long.TryParse(branch, NumberStyles.None, CultureInfo.InvariantCulture, out var branchId) && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
            ? (branchId, DateTime.UnixEpoch.AddSeconds(ends))
            : null;

    private static string Mac(byte[] secret, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    private static string? Normalise(string? typed)
    {
        if (typed is null || typed.Length > 20) return null;
        var code = string.Concat(typed.Where(sign => !char.IsWhiteSpace(sign) && sign != '-')).ToUpperInvariant();
        return code.Length == CodeLength ? code : null;
    }

    private static bool SameText(string expected, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

/// <summary>The key from which codes, passes and the addresses of screens follow; there is one.</summary>
public sealed class PresenceKey
{
    internal const int Only = 1;
    internal const int Size = 32;

    internal PresenceKey() => Renew();

    /// <summary>Always the same: there is one key.</summary>
    public int Id { get; private set; } = Only;

    /// <summary>Random bytes.</summary>
    public byte[] Key { get; private set; } = [];

    internal void Renew() => Key = RandomNumberGenerator.GetBytes(Size);
}

/// <summary>How often a member typed a wrong code of late.</summary>
public sealed class WrongCodes
{
    private WrongCodes()
    {
    }

    internal WrongCodes(long memberId, DateTime now) => (MemberId, Count, LastAt) = (memberId, 1, now);

    /// <summary>The member.</summary>
    public long MemberId { get; private set; }

    /// <summary>How often.</summary>
    public int Count { get; private set; }

    /// <summary>When last, in UTC.</summary>
    public DateTime LastAt { get; private set; }

    /// <summary>Until when no code of theirs is looked at, in UTC; null for no wait.</summary>
    internal DateTime? WaitsUntil(DateTime now) =>
        Count >= PresencePoints.MostWrongCodes && LastAt.AddMinutes(PresencePoints.WaitMinutes) is var until && now < until ? until : null;

    internal void Another(DateTime now) => (Count, LastAt) = (now - LastAt >= TimeSpan.FromMinutes(PresencePoints.WaitMinutes) ? 1 : Count + 1, now);
}

internal sealed class PresenceKeyConfiguration : IEntityTypeConfiguration<PresenceKey>, IEntityTypeConfiguration<WrongCodes>
{
    public void Configure(EntityTypeBuilder<PresenceKey> builder)
    {
        builder.ToTable("presence_keys");
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.Key).HasMaxLength(PresenceKey.Size);
    }

    public void Configure(EntityTypeBuilder<WrongCodes> builder)
    {
        builder.ToTable("wrong_codes");
        builder.HasKey(one => one.MemberId);
        builder.Property(one => one.MemberId).ValueGeneratedNever();
        builder.HasOne<Member>().WithOne().HasForeignKey<WrongCodes>(one => one.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}
