using Metro.Library.Input;
using Metro.Library.Time;

namespace Metro.Library.Programs;

/// <summary>One session as staff plan it.</summary>
/// <param name="StartsAt">When it starts, in UTC.</param>
/// <param name="EndsAt">When it ends, in UTC.</param>
/// <param name="Place">Where.</param>
/// <param name="Capacity">How many seats.</param>
/// <param name="RegistrationOpensAt">When registration opens, in UTC; null for at once.</param>
/// <param name="RegistrationClosesAt">When registration closes, in UTC; null for at the start.</param>
public sealed record SessionPlan(
    DateTime StartsAt, DateTime EndsAt, SessionPlace Place, int Capacity,
    DateTime? RegistrationOpensAt = null, DateTime? RegistrationClosesAt = null)
{
    internal const int MostSeats = 100_000;

    internal Refusal? Check() =>
        InputText.CheckNumber(Capacity, "capacity", 1, MostSeats)
        ?? CheckPlace(Place)
        ?? (RegistrationClosesAt <= RegistrationOpensAt ? ProgramRefusals.WindowCrossed : null);

    internal static Refusal? CheckPlace(SessionPlace place)
    {
        var required = place.Kind is PlaceKind.Elsewhere or PlaceKind.Online;
        if (InputText.Check(place.Words, "place", Session.PlaceLimit, required) is { } refusal) return refusal;
        return place.Kind == PlaceKind.Online && !(Uri.TryCreate(place.Words, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? ProgramRefusals.NotAnAddress
            : null;
    }
}

/// <summary>Sessions that come again, each at the same time of day by the library's clock.</summary>
/// <param name="Dates">On which dates.</param>
/// <param name="StartsAt">The time of day.</param>
/// <param name="Minutes">How long each lasts.</param>
/// <param name="Place">Where.</param>
/// <param name="Capacity">How many seats each has.</param>
public sealed record RecurringPlan(Recurrence Dates, TimeOnly StartsAt, int Minutes, SessionPlace Place, int Capacity)
{
    /// <summary>How many days before each session its registration opens; null for at once.</summary>
    public int? OpensDaysBefore { get; init; }

    /// <summary>How many hours before each session its registration closes; null for at the start.</summary>
    public int? ClosesHoursBefore { get; init; }

    /// <summary>Whether dates on which the branch is closed are left out rather than planned.</summary>
    public bool LeaveOutClosedDays { get; init; } = true;

    internal Refusal? Check() =>
        InputText.CheckNumber(Minutes, "minutes", 1, 24 * 60)
        ?? InputText.CheckNumber(Capacity, "capacity", 1, SessionPlan.MostSeats)
        ?? InputText.CheckNumber(OpensDaysBefore ?? 0, "days", 0, 1000)
        ?? InputText.CheckNumber(ClosesHoursBefore ?? 0, "hours", 0, 1000)
        ?? SessionPlan.CheckPlace(Place);
}

/// <summary>What became of one date of a recurrence.</summary>
/// <param name="Date">The date.</param>
/// <param name="Session">The session that was planned; null where none was.</param>
/// <param name="WhyNot">Why none was planned; null where one was.</param>
public sealed record PlannedDate(DateOnly Date, Session? Session, Refusal? WhyNot);
