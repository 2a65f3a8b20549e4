using System.Globalization;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Members;

/// <summary>A certificate that a member owed the library nothing on a day (<i>surat bebas pustaka</i>).</summary>
public sealed class ClearanceCertificate
{
    private ClearanceCertificate()
    {
    }

    internal ClearanceCertificate(string number, long memberId, DateOnly issuedOn, DateTime issuedAt) =>
        (Number, MemberId, IssuedOn, IssuedAt) = (number, memberId, issuedOn, issuedAt);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The number on the letter, such as <c>0007/BP/2026</c>; whoever gets the letter can ask whether it is genuine.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The member.</summary>
    public long MemberId { get; private set; }

    /// <summary>The date on the letter.</summary>
    public DateOnly IssuedOn { get; private set; }

    /// <summary>When it was issued, in UTC.</summary>
    public DateTime IssuedAt { get; private set; }
}

internal sealed class ClearanceCertificateConfiguration : IEntityTypeConfiguration<ClearanceCertificate>
{
    public void Configure(EntityTypeBuilder<ClearanceCertificate> builder)
    {
        builder.ToTable("clearance_certificates");
        builder.Property(certificate => certificate.Number).HasMaxLength(40);
        builder.HasOne<Member>().WithMany().HasForeignKey(certificate => certificate.MemberId);
        builder.HasIndex(certificate => certificate.Number).IsUnique();
        builder.HasIndex(certificate => certificate.MemberId);
    }
}

/// <summary>Says whether a member owes anything, and certifies that they do not.</summary>
public sealed class Clearance(LibraryDbContext db, LibraryCalendar calendar, Guardians guardians, IEnumerable<IMemberRecords> areas)
{
    /// <summary>Everything that stands in the way of a certificate; none when nothing does.</summary>
    public async Task<IReadOnlyList<Refusal>> OwedAsync(long memberId, CancellationToken stop = default)
    {
        var owed = new List<Refusal>();
        foreach (var area in areas) owed.AddRange(await area.OpenBusinessAsync(db, memberId, stop));
        return owed;
    }

    /// <summary>Issues the certificate, to the member or their guardian or by staff; refused with the first thing that is owed.</summary>
    public Task<Outcome<ClearanceCertificate>> IssueAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<ClearanceCertificate>>(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null || !await guardians.MayActForAsync(by, member, inner)) return MemberRefusals.Unknown;
            if (member.Status is not (MemberStatus.Active or MemberStatus.Closed)) return MemberRefusals.NotAMember;
            if ((await OwedAsync(memberId, inner)).FirstOrDefault() is { } owed) return MemberRefusals.StillOpen(owed);

            var today = calendar.Today;
            var number = await db.NextNumberAsync(string.Create(CultureInfo.InvariantCulture, $"clearance-{today.Year}"), inner);
            var certificate = new ClearanceCertificate(string.Create(CultureInfo.InvariantCulture, $"{number:D4}/BP/{today.Year}"), memberId, today, calendar.Now);
            db.ClearanceCertificates.Add(certificate);
            db.Audit(by, "member.cleared", member.Subject, calendar.Now, after: new { certificate.Number });
            await db.SaveChangesAsync(inner);
            return certificate;
        }, stop);
}
