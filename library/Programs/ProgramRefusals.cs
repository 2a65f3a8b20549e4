namespace Metro.Library.Programs;

/// <summary>Why the library says no about programs, sessions and registrations.</summary>
public static class ProgramRefusals
{
    /// <summary>No program has this key, or the public does not see it.</summary>
    public static Refusal UnknownProgram(long id) => new("programs.unknown_program", id);

    /// <summary>No session has this key, or the public does not see it.</summary>
    public static Refusal UnknownSession(long id) => new("programs.unknown_session", id);

    /// <summary>No registration has this key, or it is somebody else's.</summary>
    public static Refusal UnknownRegistration { get; } = new("programs.unknown_registration");

    /// <summary>The text is not a ticket code: mistyped, or not ours.</summary>
    public static Refusal NotATicket { get; } = new("programs.not_a_ticket");

    /// <summary>The least age lies above the greatest.</summary>
    public static Refusal AgesCrossed { get; } = new("programs.ages_crossed");

    /// <summary>The session ends before it starts.</summary>
    public static Refusal EndsBeforeStart { get; } = new("programs.ends_before_start");

    /// <summary>The session would start in the past.</summary>
    public static Refusal InThePast { get; } = new("programs.in_the_past");

    /// <summary>The session would be too far away.</summary>
    public static Refusal TooFarAhead(DateOnly latest) => new("programs.too_far_ahead", latest);

    /// <summary>The session would last too long.</summary>
    public static Refusal TooLong(int mostDays) => new("programs.too_long", mostDays);

    /// <summary>Registration would close before it opens.</summary>
    public static Refusal WindowCrossed { get; } = new("programs.window_crossed");

    /// <summary>There is no such space or branch, or it is out of use.</summary>
    public static Refusal UnknownPlace { get; } = new("programs.unknown_place");

    /// <summary>The place is no web address.</summary>
    public static Refusal NotAnAddress { get; } = new("programs.not_an_address");

    /// <summary>Somebody else has the space at that time.</summary>
    public static Refusal SpaceTaken(LocalText space, DateOnly date) => new("programs.space_taken", space, date);

    /// <summary>The recurrence names no date.</summary>
    public static Refusal NoDates { get; } = new("programs.no_dates");

    /// <summary>There cannot be fewer seats than have been given.</summary>
    public static Refusal CapacityBelowTaken(int taken) => new("programs.capacity_below_taken", taken);

    /// <summary>The session has been cancelled.</summary>
    public static Refusal SessionCancelled { get; } = new("programs.session_cancelled");

    /// <summary>The session has started.</summary>
    public static Refusal AlreadyStarted { get; } = new("programs.already_started");

    /// <summary>The session is over.</summary>
    public static Refusal SessionOver { get; } = new("programs.session_over");

    /// <summary>Registration opens later.</summary>
    public static Refusal NotYetOpen(DateOnly date, TimeOnly time) => new("programs.not_yet_open", date, time);

    /// <summary>Registration has closed.</summary>
    public static Refusal RegistrationClosed { get; } = new("programs.registration_closed");

    /// <summary>The program is for members only.</summary>
    public static Refusal MembersOnly { get; } = new("programs.members_only");

    /// <summary>The person is too young on the day.</summary>
    public static Refusal TooYoung(int leastAge) => new("programs.too_young", leastAge);

    /// <summary>The person is too old on the day.</summary>
    public static Refusal TooOld(int greatestAge) => new("programs.too_old", greatestAge);

    /// <summary>Somebody under 18 takes part only with a guardian's consent (DOMAIN.md rule 10).</summary>
    public static Refusal ConsentNeeded { get; } = new("programs.consent_needed");

    /// <summary>A purpose of consent is named twice.</summary>
    public static Refusal ConsentRepeated { get; } = new("programs.consent_repeated");

    /// <summary>There is no such consent, or it was withdrawn.</summary>
    public static Refusal NoConsent { get; } = new("programs.no_consent");

    /// <summary>More companions than the program allows.</summary>
    public static Refusal TooManyCompanions(int most) => new("programs.too_many_companions", most);

    /// <summary>The program takes no groups.</summary>
    public static Refusal NoGroups { get; } = new("programs.no_groups");

    /// <summary>The group is larger than the program allows.</summary>
    public static Refusal GroupTooLarge(int most) => new("programs.group_too_large", most);

    /// <summary>More seats are asked for than the session has in all.</summary>
    public static Refusal MoreThanAllSeats(int capacity) => new("programs.more_than_all_seats", capacity);

    /// <summary>The person is registered already.</summary>
    public static Refusal AlreadyRegistered { get; } = new("programs.already_registered");

    /// <summary>Not enough seats are left.</summary>
    public static Refusal Full(int seatsLeft) => new("programs.full", seatsLeft);

    /// <summary>The waitlist has no more places.</summary>
    public static Refusal WaitlistFull { get; } = new("programs.waitlist_full");

    /// <summary>The program is registered for as a whole.</summary>
    public static Refusal WholeSeriesOnly { get; } = new("programs.whole_series_only");

    /// <summary>The program is registered for session by session.</summary>
    public static Refusal NoSeries { get; } = new("programs.no_series");

    /// <summary>A registration of a series is cancelled with the whole of it.</summary>
    public static Refusal PartOfSeries { get; } = new("programs.part_of_series");

    /// <summary>One session of the series has no seats left, so none is given.</summary>
    public static Refusal SeriesFull(DateOnly session) => new("programs.series_full", session);

    /// <summary>Nothing is offered to this registration.</summary>
    public static Refusal NothingOffered { get; } = new("programs.nothing_offered");

    /// <summary>The offer has lapsed.</summary>
    public static Refusal OfferLapsed { get; } = new("programs.offer_lapsed");

    /// <summary>The offered seat has not been accepted.</summary>
    public static Refusal OfferNotAccepted { get; } = new("programs.offer_not_accepted");

    /// <summary>Only who has a seat or waits for one can say how many come: an offer is taken up first.</summary>
    public static Refusal NotResizable { get; } = new("programs.not_resizable");

    /// <summary>It has been cancelled, or the offer lapsed.</summary>
    public static Refusal AlreadyCancelled { get; } = new("programs.already_cancelled");

    /// <summary>The ticket was used before.</summary>
    public static Refusal AlreadyCheckedIn { get; } = new("programs.already_checked_in");

    /// <summary>The check-in is not open.</summary>
    public static Refusal CheckInNotOpen { get; } = new("programs.check_in_not_open");

    /// <summary>There is no such accommodation request.</summary>
    public static Refusal UnknownNeed { get; } = new("programs.unknown_need");

    /// <summary>Another session is at that time: of the same program, or at the same place.</summary>
    public static Refusal ClashesWithSession(DateOnly date) => new("programs.clashes_with_session", date);

    /// <summary>The message was written too long ago to be sent now, or not yet.</summary>
    public static Refusal MessageTooOld { get; } = new("programs.message_too_old");

    /// <summary>Nobody is there to be written to.</summary>
    public static Refusal NobodyToTell { get; } = new("programs.nobody_to_tell");
}
