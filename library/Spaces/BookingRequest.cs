using Metro.Library.Input;

namespace Metro.Library.Spaces;

/// <summary>How many of a thing somebody would like.</summary>
/// <param name="EquipmentId">The thing.</param>
/// <param name="Count">How many, at least one.</param>
public sealed record EquipmentWish(long EquipmentId, int Count);

/// <summary>What somebody asks for when they want a space.</summary>
public sealed record BookingRequest
{
    /// <summary>The space.</summary>
    public required long SpaceId { get; init; }

    /// <summary>When it starts, in UTC: on the edge of a slot.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>When it ends, in UTC: a whole number of slots later.</summary>
    public required DateTime EndsAt { get; init; }

    /// <summary>
    /// The member who organises; null for somebody who is none. Never from a visitor's form: the portal itself may act for any
    /// member, so only a signed-in member, a guardian or staff may name one.
    /// </summary>
    public long? MemberId { get; init; }

    /// <summary>Who organises, in words; needed where no member does.</summary>
    public string? OrganiserName { get; init; }

    /// <summary>The e-mail address of an organiser who is not a member.</summary>
    public string? Email { get; init; }

    /// <summary>What it is for; at most 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>How many people are expected.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>What they would like besides; at most ten things.</summary>
    public IReadOnlyList<EquipmentWish> Equipment { get; init; } = [];

    /// <summary>What the organiser writes to the library; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>The language in which they want to be written to: <c>id</c> or <c>en</c>.</summary>
    public string Culture { get; init; } = "id";

    internal BookingRequest Tidied() => this with
    {
        OrganiserName = InputText.Tidy(OrganiserName),
        Email = InputText.Tidy(Email)?.ToLowerInvariant(),
        Title = InputText.Tidy(Title)!,
        Note = InputText.Tidy(Note),
        Culture = Culture == "en" ? "en" : "id",
    };

    /// <summary>What is wrong with it whatever the space.</summary>
    internal Refusal? Check(Actor by) =>
        InputText.CheckName(Title, "title", Space.NameLimit)
        ?? (MemberId is null ? InputText.CheckName(OrganiserName, "organiser", Space.NameLimit) : InputText.Check(OrganiserName, "organiser", Space.NameLimit))
        ?? (MemberId is null && by.Kind != ActorKind.Staff && string.IsNullOrWhiteSpace(Email) ? InputRefusals.Missing("email") : InputText.CheckEmail(Email))
        ?? InputText.CheckNumber(Heads, "heads", 1, 100_000)
        ?? InputText.Check(Note, "note", Booking.NoteLimit)
        ?? InputText.CheckNumber(Equipment.Count, "equipment", 0, 10)
        ?? Equipment.Select(wish => InputText.CheckNumber(wish.Count, "equipment", 1, 10_000)).FirstOrDefault(refusal => refusal is not null)
        ?? (Equipment.DistinctBy(wish => wish.EquipmentId).Count() < Equipment.Count ? SpaceRefusals.EquipmentRepeated : null);
}
