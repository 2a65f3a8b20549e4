using Metro.Library.Calendar;

namespace Metro.Library.Visits;

/// <summary>Why the library says no to a class visit.</summary>
public static class VisitRefusals
{
    /// <summary>Not eight digits.</summary>
    public static Refusal NotAnNpsn { get; } = new("visits.not_an_npsn");

    /// <summary>Another school has this NPSN.</summary>
    public static Refusal NpsnTaken(string name) => new("visits.npsn_taken", name);

    /// <summary>No school has this key.</summary>
    public static Refusal UnknownSchool(long id) => new("visits.unknown_school", id);

    /// <summary>No offer has this key, or it is no longer made.</summary>
    public static Refusal UnknownOffer(long id) => new("visits.unknown_offer", id);

    /// <summary>No visit has this key.</summary>
    public static Refusal UnknownVisit(long id) => new("visits.unknown_visit", id);

    /// <summary>The space named does not exist or stands in another branch.</summary>
    public static Refusal SpaceElsewhere { get; } = new("visits.space_elsewhere");

    /// <summary>Two times of a day of the weekly pattern overlap; the day is a <see cref="Weekday"/> among the arguments.</summary>
    public static Refusal TimesOverlap(DayOfWeek day) => new("visits.times_overlap", new Weekday(day));

    /// <summary>A time is not on a quarter of an hour; the day is a <see cref="Weekday"/> among the arguments.</summary>
    public static Refusal NotOnQuarter(DayOfWeek day) => new("visits.not_on_quarter", new Weekday(day));

    /// <summary>The offer is not given in this language.</summary>
    public static Refusal NotInLanguage(string language) => new("visits.not_in_language", language);

    /// <summary>Fewer adults than one to ten children.</summary>
    public static Refusal TooFewAdults(int needed) => new("visits.too_few_adults", needed);

    /// <summary>Too few or too many children for the offer.</summary>
    public static Refusal HeadsOutOfRange(int least, int most) => new("visits.heads_out_of_range", least, most);

    /// <summary>The date is closer than the notice that the offer asks.</summary>
    public static Refusal TooShortNotice(int days, DateOnly earliest) => new("visits.too_short_notice", days, earliest);

    /// <summary>The date is further away than the offer is planned.</summary>
    public static Refusal TooFarAhead(DateOnly latest) => new("visits.too_far_ahead", latest);

    /// <summary>The offer has no slot at this time, or the branch is closed.</summary>
    public static Refusal NoSuchSlot(DateOnly date, TimeOnly time) => new("visits.no_such_slot", date, time);

    /// <summary>Another school has the slot, or the guides or the space are busy.</summary>
    public static Refusal SlotTaken { get; } = new("visits.slot_taken");

    /// <summary>The school has used up its visits of this school year, requests included.</summary>
    public static Refusal QuotaUsedUp(int allowed, string schoolYear) => new("visits.quota_used_up", allowed, schoolYear);

    /// <summary>The request has its answer.</summary>
    public static Refusal AlreadyAnswered { get; } = new("visits.already_answered");

    /// <summary>The request has no answer yet, so there is no letter.</summary>
    public static Refusal NotAnswered { get; } = new("visits.not_answered");

    /// <summary>The visit is over, cancelled or declined.</summary>
    public static Refusal NoLongerOpen { get; } = new("visits.no_longer_open");

    /// <summary>The visit was not approved.</summary>
    public static Refusal NotApproved { get; } = new("visits.not_approved");

    /// <summary>The visit has not begun.</summary>
    public static Refusal NotYet { get; } = new("visits.not_yet");
}
