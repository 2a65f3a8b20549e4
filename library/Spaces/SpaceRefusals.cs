namespace Metro.Library.Spaces;

/// <summary>Why the library says no about spaces and bookings.</summary>
public static class SpaceRefusals
{
    /// <summary>No space has this key, or it is out of use.</summary>
    public static Refusal UnknownSpace(long id) => new("spaces.unknown_space", id);

    /// <summary>No kind of space has this key.</summary>
    public static Refusal UnknownKind(long id) => new("spaces.unknown_kind", id);

    /// <summary>No equipment has this key, or it stands in another branch.</summary>
    public static Refusal UnknownEquipment(long id) => new("spaces.unknown_equipment", id);

    /// <summary>No booking has this key, or it is somebody else's.</summary>
    public static Refusal UnknownBooking { get; } = new("spaces.unknown_booking");

    /// <summary>A number of minutes is not a multiple of 15.</summary>
    public static Refusal NotInQuarters { get; } = new("spaces.not_in_quarters");

    /// <summary>A thing is wished for twice.</summary>
    public static Refusal EquipmentRepeated { get; } = new("spaces.equipment_repeated");

    /// <summary>The booking ends before it starts.</summary>
    public static Refusal EndsBeforeStart { get; } = new("spaces.ends_before_start");

    /// <summary>The booking would start in the past.</summary>
    public static Refusal InThePast { get; } = new("spaces.in_the_past");

    /// <summary>The booking is asked for too late.</summary>
    public static Refusal TooShortNotice(int hours) => new("spaces.too_short_notice", hours);

    /// <summary>The booking would be too far away.</summary>
    public static Refusal TooFarAhead(DateOnly latest) => new("spaces.too_far_ahead", latest);

    /// <summary>The times are not on the edges of slots.</summary>
    public static Refusal NotOnSlots(int slotMinutes) => new("spaces.not_on_slots", slotMinutes);

    /// <summary>The booking would last too many slots.</summary>
    public static Refusal TooLong(int mostMinutes) => new("spaces.too_long", mostMinutes);

    /// <summary>The space is not open for the whole of it.</summary>
    public static Refusal Closed(DateOnly date) => new("spaces.closed", date);

    /// <summary>Somebody else has the space then, or it is being set up or cleaned.</summary>
    public static Refusal Taken(LocalText space) => new("spaces.taken", space);

    /// <summary>More people than fit.</summary>
    public static Refusal TooManyHeads(int capacity) => new("spaces.too_many_heads", capacity);

    /// <summary>Not so many are left of a thing at that time.</summary>
    public static Refusal NotEnoughEquipment(LocalText equipment, int left) => new("spaces.not_enough_equipment", equipment, left);

    /// <summary>The space is not for this organiser.</summary>
    public static Refusal NotForYou { get; } = new("spaces.not_for_you");

    /// <summary>The organiser has as many bookings in that week as one may.</summary>
    public static Refusal WeekIsFull(int most) => new("spaces.week_is_full", most);

    /// <summary>The organiser has as many bookings in that month as one may.</summary>
    public static Refusal MonthIsFull(int most) => new("spaces.month_is_full", most);

    /// <summary>The request has its answer.</summary>
    public static Refusal AlreadyAnswered { get; } = new("spaces.already_answered");

    /// <summary>Approving would decline others; staff have to say that they know.</summary>
    public static Refusal RivalsWait(int rivals) => new("spaces.rivals_wait", rivals);

    /// <summary>The booking is over, cancelled or declined.</summary>
    public static Refusal NoLongerOpen { get; } = new("spaces.no_longer_open");

    /// <summary>The booking is not confirmed.</summary>
    public static Refusal NotConfirmed { get; } = new("spaces.not_confirmed");

    /// <summary>They have checked in already.</summary>
    public static Refusal AlreadyCheckedIn { get; } = new("spaces.already_checked_in");

    /// <summary>The check-in is not open.</summary>
    public static Refusal CheckInNotOpen { get; } = new("spaces.check_in_not_open");

    /// <summary>The booking is over.</summary>
    public static Refusal BookingOver { get; } = new("spaces.booking_over");

    /// <summary>Not every occurrence is free, and all were asked for.</summary>
    public static Refusal NotAllFree(int taken, DateOnly first) => new("spaces.not_all_free", taken, first);

    /// <summary>None of the chosen occurrences is free.</summary>
    public static Refusal NoneFree { get; } = new("spaces.none_free");

    /// <summary>The recurrence names no date, or none of those chosen.</summary>
    public static Refusal NoDates { get; } = new("spaces.no_dates");

    /// <summary>More occurrences than one request may have.</summary>
    public static Refusal TooManyDates(int most) => new("spaces.too_many_dates", most);

    /// <summary>Something is still to take place in the space; staff have to say that they know.</summary>
    public static Refusal StillUsed(int uses) => new("spaces.still_used", uses);

    /// <summary>An offer of class visits needs the space.</summary>
    public static Refusal OfferStands(LocalText offer) => new("spaces.offer_stands", offer);

    /// <summary>More of a thing are promised at one time than there would be; staff have to say that they know.</summary>
    public static Refusal PromisedAlready(int atOnce) => new("spaces.promised_already", atOnce);

    /// <summary>The span asked for is longer than one query may cover.</summary>
    public static Refusal SpanTooLong(int mostDays) => new("spaces.span_too_long", mostDays);
}
