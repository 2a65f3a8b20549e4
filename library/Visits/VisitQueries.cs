namespace Metro.Library.Visits;

/// <summary>The questions that staff and schools ask about class visits; all on an index.</summary>
public static class VisitQueries
{
    extension(IQueryable<Visit> visits)
    {
        /// <summary>Requests that wait for an answer, the most urgent first.</summary>
        public IQueryable<Visit> AwaitingAnswer() =>
            visits.Where(visit => visit.Status == VisitStatus.Requested).OrderBy(visit => visit.AnswerBy).ThenBy(visit => visit.Id);

        /// <summary>Approved visits that start within a span of time.</summary>
        /// <param name="from">In UTC.</param>
        /// <param name="until">In UTC, itself not included.</param>
        public IQueryable<Visit> ComingBetween(DateTime from, DateTime until) =>
            visits.Where(visit => visit.Status == VisitStatus.Approved && visit.StartsAt >= from && visit.StartsAt < until).OrderBy(visit => visit.StartsAt);

        /// <summary>
        /// The visit with this UID. Only the school was sent it and nobody guesses it, so it is what the link in a letter holds;
        /// the key would not do, because keys can be counted through.
        /// </summary>
        public IQueryable<Visit> WithUid(string uid) => visits.Where(visit => visit.Uid == uid);

        /// <summary>Those of an offer that are to come or wait for an answer, the next one first.</summary>
        /// <param name="offerId">The offer.</param>
        /// <param name="now">In UTC.</param>
        public IQueryable<Visit> OfOfferToCome(long offerId, DateTime now) => visits
            .Where(visit => visit.OfferId == offerId && visit.StartsAt > now && (visit.Status == VisitStatus.Requested || visit.Status == VisitStatus.Approved))
            .OrderBy(visit => visit.StartsAt).ThenBy(visit => visit.Id);

        /// <summary>One school's, latest first.</summary>
        public IQueryable<Visit> OfSchool(long schoolId) => visits.Where(visit => visit.SchoolId == schoolId).OrderByDescending(visit => visit.StartsAt);
    }
}
