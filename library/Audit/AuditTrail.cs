namespace Metro.Library;

/// <summary>What is looked for in the audit trail; everything that is given must hold.</summary>
public sealed record AuditQuestion
{
    /// <summary>Who did it, by the beginning of the key that stands in the line; null for anybody.</summary>
    public string? ActorId { get; init; }

    /// <summary>What sort of actor did it; null for any.</summary>
    public ActorKind? ActorKind { get; init; }

    /// <summary>What kind of thing it was done to, such as <c>loan</c>; null for any.</summary>
    public string? Kind { get; init; }

    /// <summary>The one thing that it was done to; null for any.</summary>
    public Subject? Subject { get; init; }

    /// <summary>The first day, by the library's clock; null for the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, by the library's clock; null for today.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Questions to the audit trail: all bounded, the latest first.</summary>
public static class AuditTrail
{
    extension(IQueryable<AuditLine> lines)
    {
        /// <summary>What was done to one thing.</summary>
        public IQueryable<AuditLine> About(Subject subject)
        {
            var written = subject.ToString();
            return lines.Where(line => line.Subject == written).OrderByDescending(line => line.Id);
        }

        /// <summary>The lines that answer a question.</summary>
        /// <param name="question">What is looked for.</param>
        /// <param name="calendar">Knows when a day begins.</param>
        public IQueryable<AuditLine> Answering(AuditQuestion question, Calendar.LibraryCalendar calendar)
        {
            if (question.Subject is { } subject) lines = lines.About(subject);
            if (question.ActorKind is { } kind) lines = lines.Where(line => line.ActorKind == kind);
            if (question.ActorId is { } id) lines = lines.Where(line => line.ActorId == id);
            if (question.Kind is { } what) lines = lines.Where(line => line.SubjectKind == what);
            if (question.From is { } from)
            {
                var start = calendar.StartOf(from);
                lines = lines.Where(line => line.At >= start);
            }

            if (question.To is { } to)
            {
                var end = calendar.EndOf(to);
                lines = lines.Where(line => line.At < end);
            }

            return lines.OrderByDescending(line => line.Id);
        }
    }
}
