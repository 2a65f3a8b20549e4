namespace Metro.Library.Programs;

/// <summary>The questions that pages and the public schema ask about programs; all on an index.</summary>
public static class ProgramQueries
{
    extension(IQueryable<LibraryProgram> programs)
    {
        /// <summary>Those that everybody may see: no drafts, nothing withdrawn (DOMAIN.md rule 11).</summary>
        public IQueryable<LibraryProgram> ForThePublic() => programs.Where(program => program.Status == ProgramStatus.Published);
    }

    extension(IQueryable<Session> sessions)
    {
        /// <summary>Sessions of programs that everybody may see, cancelled ones included, so that they can be shown as such.</summary>
        public IQueryable<Session> ForThePublic() => sessions.Where(session => session.Program.Status == ProgramStatus.Published);

        /// <summary>Those that take place and are not over.</summary>
        /// <param name="now">This instant, in UTC.</param>
        public IQueryable<Session> ToCome(DateTime now)
        {
            // No session lasts longer: the index is read from the first that can still run, and not from the library's first.
            var earliest = now.AddDays(-ProgramPlanning.MostDays);
            return sessions.Where(session => session.Status == SessionStatus.Scheduled && session.StartsAt >= earliest && session.EndsAt > now)
                .OrderBy(session => session.StartsAt).ThenBy(session => session.Id);
        }

        /// <summary>Those that touch a span of time.</summary>
        /// <param name="from">In UTC.</param>
        /// <param name="until">In UTC, itself not included.</param>
        public IQueryable<Session> Touching(DateTime from, DateTime until) => sessions.Where(session => session.StartsAt < until && session.EndsAt > from);

        /// <summary>Those with a free seat, read from their own row.</summary>
        public IQueryable<Session> WithSeatsLeft() => sessions.Where(session => session.SeatsTaken < session.Capacity);
    }

    extension(IQueryable<Registration> registrations)
    {
        /// <summary>Those that count: neither cancelled nor lapsed.</summary>
        public IQueryable<Registration> ThatCount() => registrations.Where(registration => registration.ActiveKey != null);

        /// <summary>One member's, latest first.</summary>
        public IQueryable<Registration> OfMember(long memberId) =>
            registrations.Where(registration => registration.MemberId == memberId).OrderByDescending(registration => registration.Id);

        /// <summary>How many are before this one in the queue for the same session; the next is at 0.</summary>
        public IQueryable<Registration> AheadOf(Registration waiting) => registrations.Where(registration =>
            registration.SessionId == waiting.SessionId && registration.Status == RegistrationStatus.Waiting && registration.Id < waiting.Id);
    }
}
