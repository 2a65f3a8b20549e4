namespace Metro.Library.Spaces;

/// <summary>The questions that staff and organisers ask about bookings; all on an index.</summary>
public static class BookingQueries
{
    extension(IQueryable<Booking> bookings)
    {
        /// <summary>Requests that wait for an answer, the most urgent first.</summary>
        public IQueryable<Booking> AwaitingAnswer() =>
            bookings.Where(booking => booking.Status == BookingStatus.Requested).OrderBy(booking => booking.AnswerBy).ThenBy(booking => booking.Id);

        /// <summary>Those that have a space, or had it, at some instant of a span of time.</summary>
        /// <param name="spaceId">The space.</param>
        /// <param name="from">In UTC.</param>
        /// <param name="until">In UTC, itself not included.</param>
        public IQueryable<Booking> InSpaceBetween(long spaceId, DateTime from, DateTime until) => bookings
            .Where(booking => booking.SpaceId == spaceId && booking.HeldUntil > from && booking.HeldFrom < until
                && (booking.Status == BookingStatus.Confirmed || booking.Status == BookingStatus.CheckedIn || booking.Status == BookingStatus.NoShow))
            .OrderBy(booking => booking.StartsAt);

        /// <summary>
        /// The booking with this UID. Only its organiser was sent it and nobody guesses it, so it is what a link in a letter to
        /// somebody who is not a member holds; the key would not do, because keys can be counted through.
        /// </summary>
        public IQueryable<Booking> WithUid(string uid) => bookings.Where(booking => booking.Uid == uid);

        /// <summary>One member's, latest first.</summary>
        public IQueryable<Booking> OfMember(long memberId) =>
            bookings.Where(booking => booking.MemberId == memberId).OrderByDescending(booking => booking.StartsAt);
    }
}
