using Metro.Library.Circulation;

namespace Metro.Library.Circulation
{
    /// <summary>What a library decides about lending, besides the terms table; section <c>Library:Circulation</c>.</summary>
    public sealed class CirculationSettings
    {
        /// <summary>Whether a member with an overdue copy may borrow and renew others. False by default.</summary>
        public bool LendsWhileOverdue { get; set; }

        /// <summary>From how many rupiah owed on a member may not borrow, renew or reserve. 50,000 by default.</summary>
        public int MostOwed { get; set; } = 50_000;

        /// <summary>
        /// Whether a lost copy is charged at its price. False by default: a lost copy is replaced by another, and nothing is charged.
        /// </summary>
        public bool ChargesForLost { get; set; }

        /// <summary>What a lost copy costs whose price nobody knows, in rupiah. 75,000 by default.</summary>
        public int UnknownPrice { get; set; } = 75_000;

        /// <summary>Within how many minutes a copy that is scanned again as read in the library is not counted again. 10 by default.</summary>
        public int SameReadingMinutes { get; set; } = 10;

        /// <summary>How many days before the due date a reminder is sent. 2 by default.</summary>
        public int RemindDaysBefore { get; set; } = 2;

        /// <summary>The hour at which reminders are sent, by the library's clock. 9 by default.</summary>
        public int RemindAtHour { get; set; } = 9;

        /// <summary>On which days after the due date overdue notices are sent. 1, 7 and 14 where none is named.</summary>
        public IList<int> OverdueNoticeDays { get; } = [];

        /// <summary>For how long a member may suspend a hold, in days. 180 by default.</summary>
        public int LongestHoldSuspension { get; set; } = 180;

        /// <summary>For how many minutes after reading the code of a screen a member may borrow or return with their telephone. 10 by default.</summary>
        public int PresenceMinutes { get; set; } = 10;
    }
}

namespace Metro.Library
{
    public sealed partial class LibrarySettings
    {
        /// <summary>Lending.</summary>
        public CirculationSettings Circulation { get; } = new();
    }
}
