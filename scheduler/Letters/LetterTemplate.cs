using Metro.Library.Outbox;
using Metro.Library.Time;

namespace Metro.Scheduler.Letters;

/// <summary>Which appointment goes with a letter.</summary>
internal enum Appointment
{
    None,

    /// <summary>It is made, moved or reminded of.</summary>
    Kept,

    /// <summary>As <see cref="Kept"/>, where it is certain already: not for a request that waits.</summary>
    KeptIfCertain,

    /// <summary>It will not be.</summary>
    Cancelled,
}

/// <summary>
/// One kind of letter. Its sentences stand in <c>LetterWords.resx</c> under the kind's name: <c>.subject</c>, <c>.text</c>, and for
/// several messages in one letter <c>.many</c> and <c>.item</c>; they are filled from the message's facts by name.
/// </summary>
internal sealed record LetterTemplate(string Kind)
{
    /// <summary>What readers may unsubscribe; null for what they must know.</summary>
    public MailTopic? Topic { get; init; }

    /// <summary>Whether several of one instant go in one letter.</summary>
    public bool GoesTogether { get; init; }

    /// <summary>Whether it waits while readers sleep.</summary>
    public bool MayWait { get; init; }

    /// <summary>The facts that are listed with their names, those that are there.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>The appointment.</summary>
    public Appointment Appointment { get; init; }

    /// <summary>Where the button leads, after the site's address, such as <c>/tickets/{ticket}</c>; null for no button.</summary>
    public string? Path { get; init; }

    /// <summary>Whether only members have that page. One that the letter alone names opens for whoever got the letter.</summary>
    public bool PathNeedsMember { get => field && Path?.Contains('{', StringComparison.Ordinal) != true; init; } = true;

    /// <summary>Which of several wordings fits the facts; null for the only one.</summary>
    public Func<LetterFacts, string?>? Variant { get; init; }

    /// <summary>Whether the school's reply letter goes with it.</summary>
    public bool HasReplyLetter { get; init; }

    /// <summary>Where the button of one letter leads; null for no button, also where the facts do not name the page.</summary>
    public string? PathFor(LetterFacts facts)
    {
        if (Path?.IndexOf('{', StringComparison.Ordinal) is not (>= 0 and var from)) return Path;
        var to = Path.IndexOf('}', from);
        return facts.Text(Path[(from + 1)..to]) is { Length: > 0 } named ? Path[..from] + Uri.EscapeDataString(named) + Path[(to + 1)..] : null;
    }

    /// <summary>The method of the appointment's calendar file; null for none.</summary>
    public CalendarMethod? MethodFor(LetterFacts facts) => Appointment switch
    {
        Appointment.Kept => CalendarMethod.Request,
        Appointment.KeptIfCertain => facts.Text("status") is "Confirmed" or "Approved" or "CheckedIn" ? CalendarMethod.Request : null,
        Appointment.Cancelled => CalendarMethod.Cancel,
        _ => null,
    };
}

/// <summary>Every kind of letter that the portal writes.</summary>
internal static class LetterTemplates
{
    private const string Account = "/account";
    private const string Membership = "/account/membership";
    private const string Loans = "/account/loans";
    private const string Holds = "/account/holds";
    private const string ELoans = "/account/e-loans";

    // Who has no card finds the page by what only their letter says; a member's opens for the member alone.
    private const string Ticket = "/tickets/{ticket}";
    private const string Booking = "/spaces/bookings/{uid}";
    private const string Visit = "/visits/requests/{uid}";

    private static readonly string[] SessionFacts = ["title", "when", "place", "seats", "ticket"];
    private static readonly string[] VisitFacts = ["school", "offer", "when", "className", "children", "adults"];
    private static readonly string[] BookingFacts = ["space", "when", "title", "heads"];

    public static IReadOnlyList<LetterTemplate> All { get; } =
    [
        new("circulation.due_soon") { Topic = MailTopic.Loans, GoesTogether = true, MayWait = true, Facts = ["title", "dueOn"], Path = Loans },
        new("circulation.due_today") { Topic = MailTopic.Loans, GoesTogether = true, MayWait = true, Facts = ["title", "dueOn"], Path = Loans },
        new("circulation.overdue")
        {
            GoesTogether = true, MayWait = true, Facts = ["title", "dueOn"], Path = Loans,
            Variant = facts => facts.Number("notice") is { } number && facts.Number("notices") is { } of && number > 1 ? number == of ? "last" : "again" : null,
        },
        new("circulation.due_moved") { GoesTogether = true, MayWait = true, Facts = ["title", "from", "to", "reason"], Path = Loans },
        new("circulation.pickup_moved") { GoesTogether = true, MayWait = true, Facts = ["title", "from", "to", "reason"], Path = Holds },
        new("circulation.hold_ready") { Facts = ["title", "branch", "pickupBy"], MayWait = true, Path = Holds },
        new("circulation.hold_lapsing") { Topic = MailTopic.Loans, GoesTogether = true, MayWait = true, Facts = ["title", "branch", "pickupBy"], Path = Holds },
        new("circulation.hold_expired") { MayWait = true, Facts = ["title", "branch"], Path = Holds },
        new("circulation.hold_impossible") { MayWait = true, Facts = ["title"], Path = "/", PathNeedsMember = false },
        new("circulation.lost") { MayWait = true, Facts = ["title"] },
        new("circulation.receipt") { GoesTogether = true, Facts = ["title", "dueOn"], Path = Loans },
        new("circulation.lent_by_phone") { GoesTogether = true, MayWait = true, Facts = ["title", "barcode", "dueOn"], Path = Loans },
        new("circulation.returned_by_phone") { GoesTogether = true, MayWait = true, Facts = ["title", "barcode", "returnedOn"], Path = Loans },
        new("circulation.renewed") { GoesTogether = true, Facts = ["title", "dueOn"], Path = Loans },
        new("circulation.renewal_refused") { GoesTogether = true, Facts = ["title", "dueOn", "reason"], Path = Loans },

        new("elending.offered") { Facts = ["title", "until"], Path = ELoans },
        new("elending.offer_lapsed") { MayWait = true, Facts = ["title"], Path = ELoans },
        new("elending.hold_ended") { MayWait = true, Facts = ["title"], Path = "/e-resources", PathNeedsMember = false },
        new("elending.loan_shortened") { Facts = ["title", "until"], Path = ELoans },

        new("members.welcome") { Facts = ["cardNumber", "membershipEnd"], Path = Membership },
        new("members.declined") { Facts = ["reason"], Path = Membership },
        new("members.suspended") { MayWait = true, Facts = ["through", "reason"], Path = Membership },
        new("members.came_of_age") { MayWait = true, Path = Account },
        new("members.expiring") { Topic = MailTopic.Membership, MayWait = true, Facts = ["cardNumber", "membershipEnd"], Path = Membership },

        new("attendance.strike_given") { MayWait = true, Facts = ["what", "startsAt", "expiresAt"], Path = "/account/attendance" },
        new("attendance.appeal_decided") { MayWait = true, Facts = ["appealAnswer"], Variant = facts => facts.IsTrue("lifted") ? null : "kept", Path = "/account/attendance" },

        new("programs.registered") { Facts = SessionFacts, Appointment = Appointment.Kept, Path = Ticket },
        new("programs.waitlisted") { Facts = ["title", "when", "place", "seats", "ticket"], Path = Ticket },
        new("programs.offered") { Facts = [.. SessionFacts, "offerExpiresAt"], Path = Ticket },
        new("programs.offer_lapsed") { MayWait = true, Facts = ["title", "when"], Path = Ticket },
        new("programs.registration_cancelled") { Facts = ["title", "when", "ticket"], Appointment = Appointment.Cancelled },
        new("programs.session_moved") { Variant = ByClosure, Facts = [.. SessionFacts, "reason"], Appointment = Appointment.KeptIfCertain, Path = Ticket },
        new("programs.session_cancelled") { Facts = ["title", "when", "place", "reason"], Appointment = Appointment.Cancelled },
        new("programs.need_answered") { MayWait = true, Facts = ["title", "when"], Path = Ticket },
        new("programs.news") { Facts = ["title", "when", "place"], Path = Ticket },
        new("programs.reminder") { Topic = MailTopic.Programs, MayWait = true, Facts = SessionFacts, Appointment = Appointment.Kept, Path = Ticket },

        new("visits.received") { Facts = [.. VisitFacts, "answerBy"], Path = Visit },
        new("visits.approved") { Facts = VisitFacts, Appointment = Appointment.Kept, HasReplyLetter = true, Path = Visit },
        new("visits.declined") { Facts = [.. VisitFacts, "reason"], HasReplyLetter = true, Path = Visit },
        new("visits.moved") { Variant = ByClosure, Facts = [.. VisitFacts, "reason"], Appointment = Appointment.KeptIfCertain, Path = Visit },
        new("visits.cancelled") { Facts = [.. VisitFacts, "reason"], Appointment = Appointment.Cancelled, Path = Visit },
        new("visits.lapsed") { MayWait = true, Facts = VisitFacts, Path = Visit },
        new("visits.reminder") { Topic = MailTopic.Visits, MayWait = true, Facts = VisitFacts, Appointment = Appointment.Kept, HasReplyLetter = true, Path = Visit },

        new("spaces.requested") { Facts = [.. BookingFacts, "answerBy"], Path = Booking },
        new("spaces.confirmed") { Facts = BookingFacts, Appointment = Appointment.Kept, Path = Booking },
        new("spaces.approved") { Facts = BookingFacts, Appointment = Appointment.Kept, Path = Booking },
        new("spaces.declined") { Facts = [.. BookingFacts, "reason"], Path = Booking },
        new("spaces.moved") { Variant = ByClosure, Facts = [.. BookingFacts, "reason"], Appointment = Appointment.KeptIfCertain, Path = Booking },
        new("spaces.cancelled") { Facts = [.. BookingFacts, "reason"], Appointment = Appointment.Cancelled },
        new("spaces.released") { Facts = BookingFacts, Appointment = Appointment.Cancelled },
        new("spaces.lapsed") { MayWait = true, Facts = BookingFacts },
        new("spaces.reminder") { Topic = MailTopic.Spaces, MayWait = true, Facts = BookingFacts, Appointment = Appointment.Kept, Path = Booking },

        new("accounts.welcome") { Facts = ["validUntil"] },
        new("accounts.recovery") { Facts = ["validUntil"] },
        new("accounts.email_change") { Facts = ["validUntil"] },
        new("accounts.password_changed"),
        new("accounts.known") { Facts = ["validUntil"] },
        new("accounts.email_changed"),
        new("accounts.invitation") { Facts = ["validUntil"] },
        new("accounts.protection_changed"),

        new("staff.to_decide") { MayWait = true, Facts = ["visits", "bookings", "applications", "oldest"], Path = "/", PathNeedsMember = false },
        new("staff.mail_failing") { MayWait = true, Facts = ["failed", "bounced", "waiting", "lastRemark"], Path = "/admin/mail", PathNeedsMember = false },
    ];

    /// <summary>What a closure moved was not the reader's doing: the letter says that cancelling costs nothing (DOMAIN.md rule 1).</summary>
    private static string? ByClosure(LetterFacts facts) => facts.IsTrue("freeToCancel") ? "closure" : null;

    private static readonly Dictionary<string, LetterTemplate> ByKind = All.ToDictionary(template => template.Kind, StringComparer.Ordinal);

    /// <summary>The template of a kind; null for a kind that nobody has written one for.</summary>
    public static LetterTemplate? Find(string kind) => ByKind.GetValueOrDefault(kind);
}
