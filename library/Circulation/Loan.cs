using Metro.Library.Catalog;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>How far a loan has come.</summary>
public enum LoanState
{
    /// <summary>With the borrower, on time or overdue.</summary>
    Out,

    /// <summary>The borrower has lost it and has not yet replaced it.</summary>
    Lost,

    /// <summary>Brought back.</summary>
    Returned,

    /// <summary>Lost, and replaced or paid.</summary>
    Replaced,
}

/// <summary>Where somebody acted.</summary>
public enum Channel
{
    /// <summary>The staff's desk.</summary>
    Desk,

    /// <summary>The member's own telephone or a self-check machine.</summary>
    SelfService,
}

/// <summary>A copy with a member (<i>peminjaman</i>), from check-out to return. Once returned it is unlinked from the member after a while.</summary>
public sealed class Loan
{
    private Loan()
    {
    }

    internal Loan(Copy copy, TitleFormat format, Member member, long branchId, Channel channel, DateTime now, DateOnly today, DateOnly due)
    {
        (CopyId, TitleId, Format) = (copy.Id, copy.TitleId, format);
        (MemberId, MemberCategory, BranchId, Channel) = (member.Id, member.Category, branchId, channel);
        (LentAt, LentOn, DueOn) = (now, today, due);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The copy.</summary>
    public long CopyId { get; private set; }

    /// <summary>The copy's title.</summary>
    public long TitleId { get; private set; }

    /// <summary>The title's format when it was lent.</summary>
    public TitleFormat Format { get; private set; }

    /// <summary>The borrower; null once unlinked (DOMAIN.md rule 11).</summary>
    public long? MemberId { get; private set; }

    /// <summary>The borrower's category when it was lent; kept for statistics.</summary>
    public MemberCategory MemberCategory { get; private set; }

    /// <summary>The branch that lent it, whose calendar decides its dates.</summary>
    public long BranchId { get; private set; }

    /// <summary>Where it was lent.</summary>
    public Channel Channel { get; private set; }

    /// <summary>When it was lent, in UTC.</summary>
    public DateTime LentAt { get; private set; }

    /// <summary>The day it was lent, by the library's clock.</summary>
    public DateOnly LentOn { get; private set; }

    /// <summary>The last day on which it is not late.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>How often it was renewed.</summary>
    public int Renewals { get; private set; }

    /// <summary>The day of the latest renewal; null when there was none.</summary>
    public DateOnly? RenewedOn { get; private set; }

    /// <summary>How far it has come.</summary>
    public LoanState State { get; private set; }

    /// <summary>When the loss was reported, in UTC; null when it was not.</summary>
    public DateTime? LostAt { get; private set; }

    /// <summary>When it was returned or replaced, in UTC; null until then.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>The day it came back: that on which it lay in the book drop, not that on which it was scanned. Null until then.</summary>
    public DateOnly? ReturnedOn { get; private set; }

    /// <summary>The branch to which it came back; null until then.</summary>
    public long? ReturnBranchId { get; private set; }

    /// <summary>The day on which the borrower said that it had been brought back, while it is not found; null where nobody said so.</summary>
    public DateOnly? ClaimedReturnedOn { get; private set; }

    /// <summary>Whether it is late on this day: an overdue copy is still out (DOMAIN.md rule 3).</summary>
    public bool IsOverdueOn(DateOnly date) => State == LoanState.Out && DueOn < date;

    /// <summary>Lengthens the loan; <paramref name="due"/> is later than before.</summary>
    internal void Renew(DateOnly due, DateOnly today) => (DueOn, Renewals, RenewedOn) = (due, Renewals + 1, today);

    internal void ClaimReturned(DateOnly? on) => ClaimedReturnedOn = on;

    /// <summary>Moves the due date because the library is closed on it; never forward in time only to shorten it.</summary>
    internal void MoveDue(DateOnly due) => DueOn = due > DueOn ? due : DueOn;

    internal void ReportLost(DateTime now) => (State, LostAt) = (LoanState.Lost, now);

    internal void Return(DateTime now, DateOnly on, long branchId) =>
        (State, EndedAt, ReturnedOn, ReturnBranchId) = (LoanState.Returned, now, on, branchId);

    internal void Replace(DateTime now) => (State, EndedAt) = (LoanState.Replaced, now);

    internal void Unlink() => MemberId = null;

    internal void MoveTo(long memberId) => MemberId = memberId;
}

internal sealed class LoanConfiguration : IEntityTypeConfiguration<Loan>
{
    public void Configure(EntityTypeBuilder<Loan> builder)
    {
        builder.ToTable("loans", table =>
        {
            table.HasCheckConstraint("ck_loans_due", "due_on >= lent_on");
            table.HasCheckConstraint("ck_loans_ended", "(ended_at IS NULL) = (state IN ('Out', 'Lost'))");
            table.HasCheckConstraint("ck_loans_linked", "ended_at IS NOT NULL OR member_id IS NOT NULL");
        });
        builder.HasOne<Copy>().WithMany().HasForeignKey(loan => loan.CopyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(loan => loan.MemberId).OnDelete(DeleteBehavior.Restrict);
        // A copy is with one borrower at a time, whatever the callers do (DESIGN.md, invariant 1).
        builder.HasIndex(loan => loan.CopyId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ix_loans_copy_open");
        builder.HasIndex(loan => new { loan.CopyId, loan.Id });
        builder.HasIndex(loan => new { loan.MemberId, loan.EndedAt });
        builder.HasIndex(loan => new { loan.State, loan.DueOn, loan.Id });
        builder.HasIndex(loan => new { loan.State, loan.Id });
        builder.HasIndex(loan => new { loan.EndedAt, loan.Id }).HasFilter("member_id IS NOT NULL AND ended_at IS NOT NULL").HasDatabaseName("ix_loans_to_unlink");
        builder.HasIndex(loan => loan.LentOn);
        builder.HasIndex(loan => new { loan.ClaimedReturnedOn, loan.Id }).HasFilter("claimed_returned_on IS NOT NULL AND ended_at IS NULL").HasDatabaseName("ix_loans_claimed_returned");
    }
}

/// <summary>Questions that are asked of loans.</summary>
public static class LoanQueries
{
    extension(IQueryable<Loan> loans)
    {
        /// <summary>Loans that have not been returned or replaced.</summary>
        public IQueryable<Loan> Open() => loans.Where(loan => loan.EndedAt == null);

        /// <summary>The open loans of these copies: at most one of each, found by its index.</summary>
        public IQueryable<Loan> OpenOfCopies(IReadOnlyCollection<long> copyIds) => loans.Open().Where(loan => copyIds.Contains(loan.CopyId));

        /// <summary>Loans of one member.</summary>
        public IQueryable<Loan> Of(long memberId) => loans.Where(loan => loan.MemberId == memberId);

        /// <summary>Copies still out after their due date, the longest overdue first.</summary>
        public IQueryable<Loan> OverdueOn(DateOnly today) =>
            loans.Where(loan => loan.State == LoanState.Out && loan.DueOn < today).OrderBy(loan => loan.DueOn).ThenBy(loan => loan.Id);
    }
}
