using System.Globalization;
using Metro.Library.Input;

namespace Metro.Library.Programs;

/// <summary>Something that the library is asked to arrange.</summary>
/// <param name="Kind">What is needed.</param>
/// <param name="Note">More about it; needed for <see cref="AccommodationKind.Other"/>.</param>
public sealed record AccommodationWish(AccommodationKind Kind, string? Note = null);

/// <summary>What a guardian says yes to.</summary>
/// <param name="Purpose">To what.</param>
/// <param name="GuardianName">Who.</param>
/// <param name="GuardianContact">The guardian's telephone number or e-mail address.</param>
/// <param name="Channel">How.</param>
/// <param name="Wording">Which version of the wording they saw.</param>
public sealed record GuardianConsentGiven(GuardianConsentPurpose Purpose, string GuardianName, string GuardianContact, ConsentChannel Channel, string Wording);

/// <summary>What somebody asks for when they register.</summary>
public sealed record RegistrationRequest
{
    /// <summary>
    /// The member who takes part; null for somebody who is none. Never from a visitor's form: the portal itself may act for any
    /// member, so only a signed-in member, a guardian or staff may name one.
    /// </summary>
    public long? MemberId { get; init; }

    /// <summary>The name of somebody who is not a member.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address of somebody who is not a member.</summary>
    public string? Email { get; init; }

    /// <summary>The date of birth of somebody who is not a member; asked only where the program has age limits, and not kept.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>How many come along, the one who registers not counted.</summary>
    public int Companions { get; init; }

    /// <summary>What the group is called; null where it is none.</summary>
    public string? GroupName { get; init; }

    /// <summary>How many the group is in all; 0 where it is none.</summary>
    public int GroupSize { get; init; }

    /// <summary>What the library is asked to arrange; at most ten.</summary>
    public IReadOnlyList<AccommodationWish> Needs { get; init; } = [];

    /// <summary>A guardian's consent, for somebody under 18; each purpose at most once.</summary>
    public IReadOnlyList<GuardianConsentGiven> Consents { get; init; } = [];

    /// <summary>What the person writes to the library; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>The language in which they want to be written to: <c>id</c> or <c>en</c>.</summary>
    public string Culture { get; init; } = "id";

    /// <summary>Whether they want to wait when there is no seat.</summary>
    public bool WaitIfFull { get; init; } = true;

    /// <summary>How many seats that takes.</summary>
    public int Seats => GroupSize > 0 ? GroupSize : 1 + Companions;

    internal RegistrationRequest Tidied() => this with
    {
        Name = InputText.Tidy(Name),
        Email = InputText.Tidy(Email)?.ToLowerInvariant(),
        GroupName = InputText.Tidy(GroupName),
        Note = InputText.Tidy(Note),
        Culture = Culture == "en" ? "en" : "id",
        Needs = [.. Needs.Select(need => need with { Note = InputText.Tidy(need.Note) })],
    };

    /// <summary>What is wrong with it whatever it is for.</summary>
    internal Refusal? Check() =>
        (MemberId is null ? InputText.CheckName(Name, "name", Registration.NameLimit) : null)
        ?? (MemberId is null && string.IsNullOrWhiteSpace(Email) ? InputRefusals.Missing("email") : InputText.CheckEmail(Email))
        ?? InputText.CheckNumber(Companions, "companions", 0, 50)
        ?? InputText.CheckNumber(GroupSize, "group_size", 0, 1000)
        ?? (GroupSize > 0 ? InputText.CheckName(GroupName, "group", Registration.NameLimit) : null)
        ?? InputText.Check(Note, "note", Registration.NoteLimit)
        ?? InputText.CheckNumber(Needs.Count, "needs", 0, 10)
        ?? InputText.CheckNumber(Consents.Count, "consents", 0, Enum.GetValues<GuardianConsentPurpose>().Length)
        ?? Needs.Select(Check).FirstOrDefault(refusal => refusal is not null)
        ?? Consents.Select(Check).FirstOrDefault(refusal => refusal is not null)
        ?? (Consents.DistinctBy(consent => consent.Purpose).Count() < Consents.Count ? ProgramRefusals.ConsentRepeated : null);

    private static Refusal? Check(AccommodationWish need) =>
        InputText.Check(need.Note, "note", AccommodationRequest.NoteLimit, required: need.Kind == AccommodationKind.Other);

    private static Refusal? Check(GuardianConsentGiven consent) =>
        InputText.CheckName(consent.GuardianName, "guardian", Registration.NameLimit)
        ?? InputText.Check(consent.GuardianContact, "guardian_contact", GuardianConsent.ContactLimit, required: true)
        ?? InputText.Check(consent.Wording, "wording", GuardianConsent.WordingLimit, required: true);
}

/// <summary>Who takes part, as far as the rules ask.</summary>
/// <param name="MemberId">The member; null for somebody who is none.</param>
/// <param name="Name">The name of somebody who is not a member.</param>
/// <param name="Email">The address of somebody who is not a member, in lower case.</param>
/// <param name="Age">In years on the day of the session; null where the program does not ask.</param>
internal sealed record Registrant(long? MemberId, string? Name, string? Email, int? Age)
{
    /// <summary>What is unique within a session.</summary>
    public string Key => KeyOf(MemberId, Email);

    public static string KeyOf(long? memberId, string? email) =>
        memberId is { } member ? string.Create(CultureInfo.InvariantCulture, $"member:{member}") : "mail:" + email;

    /// <summary>Years completed on a day; somebody born on 29 February completes one on 1 March in other years.</summary>
    public static int AgeOn(DateOnly day, DateOnly born) =>
        day.Year - born.Year - (day.Month < born.Month || (day.Month == born.Month && day.Day < born.Day) ? 1 : 0);
}
