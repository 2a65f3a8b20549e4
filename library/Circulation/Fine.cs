using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>What a fine is for.</summary>
public enum FineReason
{
    /// <summary>A copy that came back late.</summary>
    Overdue,

    /// <summary>A copy that was lost.</summary>
    Lost,

    /// <summary>A copy that came back damaged.</summary>
    Damaged,
}

/// <summary>
/// The assessment of a fine (<i>denda</i>). Payments and waivers are records of their own and never change it; what is still
/// owed is kept beside it so that the desk need not add up (DOMAIN.md rule 5).
/// </summary>
public sealed class Fine
{
    private Fine()
    {
    }

    internal Fine(FineReason reason, Loan loan, int amount, int daysLate, string? note, DateTime now) =>
        (Reason, LoanId, MemberId, Amount, Outstanding, DaysLate, Note, AssessedAt) = (reason, loan.Id, loan.MemberId, amount, amount, daysLate, note, now);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>What it is for.</summary>
    public FineReason Reason { get; private set; }

    /// <summary>The loan that caused it.</summary>
    public long LoanId { get; private set; }

    /// <summary>Who owes it; null once settled and unlinked.</summary>
    public long? MemberId { get; private set; }

    /// <summary>How much was assessed, in rupiah.</summary>
    public int Amount { get; private set; }

    /// <summary>How much is still owed, in rupiah: the amount less its payments and waivers.</summary>
    public int Outstanding { get; private set; }

    /// <summary>How many open days late the copy was; 0 for other reasons.</summary>
    public int DaysLate { get; private set; }

    /// <summary>What was damaged, in the words of the staff; null for other reasons.</summary>
    public string? Note { get; private set; }

    /// <summary>When it was assessed, in UTC.</summary>
    public DateTime AssessedAt { get; private set; }

    internal void Settle(int amount) => Outstanding = amount >= 0 && amount <= Outstanding
        ? Outstanding - amount
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"Only {Outstanding} is owed.");

    internal void Unlink() => MemberId = null;

    internal void MoveTo(long memberId) => MemberId = memberId;
}

/// <summary>How a fine is paid.</summary>
public enum PaymentMethod
{
    /// <summary>Banknotes and coins at the desk.</summary>
    Cash,

    /// <summary>A bank transfer.</summary>
    Transfer,

    /// <summary>The national QR code.</summary>
    Qris,
}

/// <summary>Money received for a fine.</summary>
public sealed class FinePayment
{
    private FinePayment()
    {
    }

    internal FinePayment(long fineId, int amount, PaymentMethod method, string receiptNumber, string requestKey, string receivedBy, DateTime at) =>
        (FineId, Amount, Method, ReceiptNumber, RequestKey, ReceivedBy, At) = (fineId, amount, method, receiptNumber, requestKey, receivedBy, at);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The fine.</summary>
    public long FineId { get; private set; }

    /// <summary>How much, in rupiah.</summary>
    public int Amount { get; private set; }

    /// <summary>How.</summary>
    public PaymentMethod Method { get; private set; }

    /// <summary>The number on the receipt, such as <c>K-2026-000042</c>.</summary>
    public string ReceiptNumber { get; private set; } = "";

    /// <summary>What the caller named this payment: the same named again is the same payment.</summary>
    public string RequestKey { get; private set; } = "";

    /// <summary>The name of whoever received it.</summary>
    public string ReceivedBy { get; private set; } = "";

    /// <summary>When, in UTC.</summary>
    public DateTime At { get; private set; }
}

/// <summary>A part of a fine that the library lets go.</summary>
public sealed class FineWaiver
{
    /// <summary>The reason that the library gives by itself: a lost copy turned up.</summary>
    public const string Found = "circulation.found";

    private FineWaiver()
    {
    }

    internal FineWaiver(long fineId, int amount, string reason, string waivedBy, DateTime at) =>
        (FineId, Amount, Reason, WaivedBy, At) = (fineId, amount, reason, waivedBy, at);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The fine.</summary>
    public long FineId { get; private set; }

    /// <summary>How much, in rupiah.</summary>
    public int Amount { get; private set; }

    /// <summary>Why; <see cref="Found"/> where a lost copy turned up.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The name of whoever decided it.</summary>
    public string WaivedBy { get; private set; } = "";

    /// <summary>When, in UTC.</summary>
    public DateTime At { get; private set; }
}

internal sealed class FineConfiguration : IEntityTypeConfiguration<Fine>
{
    public void Configure(EntityTypeBuilder<Fine> builder)
    {
        builder.ToTable("fines", table =>
        {
            table.HasCheckConstraint("ck_fines_amount", "amount > 0 AND outstanding >= 0 AND outstanding <= amount");
            table.HasCheckConstraint("ck_fines_linked", "outstanding = 0 OR member_id IS NOT NULL");
        });
        builder.Property(fine => fine.Note).HasMaxLength(1_000);
        builder.HasOne<Loan>().WithMany().HasForeignKey(fine => fine.LoanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(fine => fine.MemberId).OnDelete(DeleteBehavior.Restrict);
        // One assessment for being late and one for being lost, however often the copy is scanned.
        builder.HasIndex(fine => new { fine.LoanId, fine.Reason }).IsUnique();
        builder.HasIndex(fine => fine.MemberId);
        builder.HasIndex(fine => fine.Id).HasFilter("outstanding > 0").HasDatabaseName("ix_fines_open");
        builder.HasIndex(fine => new { fine.MemberId, fine.Outstanding }).HasFilter("outstanding > 0").HasDatabaseName("ix_fines_owed");
    }
}

internal sealed class FinePaymentConfiguration : IEntityTypeConfiguration<FinePayment>
{
    public void Configure(EntityTypeBuilder<FinePayment> builder)
    {
        builder.ToTable("fine_payments", table => table.HasCheckConstraint("ck_fine_payments_amount", "amount > 0"));
        builder.Property(payment => payment.ReceiptNumber).HasMaxLength(40);
        builder.Property(payment => payment.RequestKey).HasMaxLength(80);
        builder.Property(payment => payment.ReceivedBy).HasMaxLength(AuditLine.NameLimit);
        builder.HasOne<Fine>().WithMany().HasForeignKey(payment => payment.FineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(payment => payment.FineId);
        builder.HasIndex(payment => payment.At);
        builder.HasIndex(payment => payment.RequestKey).IsUnique();
        builder.HasIndex(payment => payment.ReceiptNumber).IsUnique();
    }
}

internal sealed class FineWaiverConfiguration : IEntityTypeConfiguration<FineWaiver>
{
    public void Configure(EntityTypeBuilder<FineWaiver> builder)
    {
        builder.ToTable("fine_waivers", table => table.HasCheckConstraint("ck_fine_waivers_amount", "amount > 0"));
        builder.Property(waiver => waiver.Reason).HasMaxLength(1_000);
        builder.Property(waiver => waiver.WaivedBy).HasMaxLength(AuditLine.NameLimit);
        builder.HasOne<Fine>().WithMany().HasForeignKey(waiver => waiver.FineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(waiver => waiver.FineId);
    }
}
