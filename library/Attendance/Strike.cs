using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Attendance
{
    /// <summary>How an appeal against a strike stands.</summary>
    public enum AppealStatus
    {
        /// <summary>Nobody appealed.</summary>
        None,

        /// <summary>Staff have not decided yet; the strike does not count meanwhile.</summary>
        Pending,

        /// <summary>The strike was lifted.</summary>
        Upheld,

        /// <summary>The strike stands.</summary>
        Rejected,
    }

    /// <summary>
    /// A note that a member had a seat or a room, stayed away and said nothing. It expires, can be appealed, and is never given
    /// for what the library itself closed or cancelled (DOMAIN.md rule 8).
    /// </summary>
    public sealed class Strike
    {
        private Strike()
        {
        }

        internal Strike(long memberId, Subject about, DateTime now, int days) =>
            (MemberId, About, GivenAt, ExpiresAt) = (memberId, about.ToString(), now, now.AddDays(days));

        /// <summary>Its key.</summary>
        public long Id { get; private set; }

        /// <summary>The member.</summary>
        public long MemberId { get; private set; }

        /// <summary>The written form of the registration or booking; unique: nobody gets two strikes for one absence.</summary>
        public string About { get; private set; } = "";

        /// <summary>When it was given, in UTC.</summary>
        public DateTime GivenAt { get; private set; }

        /// <summary>When it no longer counts, in UTC.</summary>
        public DateTime ExpiresAt { get; private set; }

        /// <summary>When it was lifted, in UTC; null while it stands.</summary>
        public DateTime? LiftedAt { get; private set; }

        /// <summary>How the appeal stands.</summary>
        public AppealStatus Appeal { get; private set; }

        /// <summary>What the member wrote; null where nobody appealed.</summary>
        public string? AppealText { get; private set; }

        /// <summary>What staff answered; null until then.</summary>
        public string? AppealAnswer { get; private set; }

        /// <summary>How the strike is named in audit lines and messages.</summary>
        public Subject Subject => new("strike", Id);

        internal Refusal? AppealWith(string text, DateTime now)
        {
            if (Appeal != AppealStatus.None) return AttendanceRefusals.AlreadyAppealed;
            if (LiftedAt is not null || now >= ExpiresAt) return AttendanceRefusals.StrikeOver;

            (Appeal, AppealText) = (AppealStatus.Pending, text);
            return null;
        }

        internal Refusal? Decide(bool lift, string answer, DateTime now)
        {
            if (Appeal != AppealStatus.Pending) return AttendanceRefusals.NoAppeal;

            (Appeal, AppealAnswer) = (lift ? AppealStatus.Upheld : AppealStatus.Rejected, answer);
            if (lift) LiftedAt = now;
            return null;
        }

        internal void Lift(DateTime now) => LiftedAt ??= now;

        internal void MoveTo(long memberId) => MemberId = memberId;

        internal const int TextLimit = 1000;
    }

    internal sealed class StrikeConfiguration : IEntityTypeConfiguration<Strike>
    {
        public void Configure(EntityTypeBuilder<Strike> builder)
        {
            builder.ToTable("strikes");
            builder.Ignore(strike => strike.Subject);
            builder.Property(strike => strike.About).HasMaxLength(Subject.MaxLength);
            builder.Property(strike => strike.AppealText).HasMaxLength(Strike.TextLimit);
            builder.Property(strike => strike.AppealAnswer).HasMaxLength(Strike.TextLimit);
            builder.HasIndex(strike => strike.About).IsUnique();
            builder.HasIndex(strike => new { strike.MemberId, strike.ExpiresAt });
            builder.HasIndex(strike => new { strike.Appeal, strike.Id });
        }
    }
}

namespace Metro.Library
{
    public abstract partial class LibraryDbContext
    {
        /// <summary>Who stayed away without a word, as long as it is kept.</summary>
        public DbSet<Attendance.Strike> Strikes => Set<Attendance.Strike>();
    }
}
