using System.Text.Json;
using System.Text.Json.Serialization;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;

namespace Metro.Portal.Demo;

/// <summary>Who and what there is in the demonstration city, as <c>city.json</c> beside this file says. Everybody in it is made up.</summary>
internal sealed record CityPlan
{
    public required IReadOnlyList<PlannedBranch> Branches { get; init; }

    /// <summary>The week of every place during the fasting month.</summary>
    public required string RamadanHours { get; init; }

    public required IReadOnlyList<LoanTerms> Terms { get; init; }

    public required IReadOnlyList<PlannedMember> Members { get; init; }

    /// <summary>Kinds of spaces: a key, and what <see cref="SpaceKindDetails"/> says.</summary>
    public required IReadOnlyList<JsonElement> SpaceKinds { get; init; }

    public required IReadOnlyList<PlannedSpace> Spaces { get; init; }

    public required IReadOnlyList<PlannedEquipment> Equipment { get; init; }

    /// <summary>Programs: what <see cref="PlannedProgram"/> says, and what <see cref="ProgramDetails"/> does.</summary>
    public required IReadOnlyList<JsonElement> Programs { get; init; }

    public required IReadOnlyList<SchoolDetails> Schools { get; init; }

    public required IReadOnlyList<PlannedOffer> VisitOffers { get; init; }

    /// <summary>The library's own guides, which everybody may read.</summary>
    public required IReadOnlyList<PlannedResource> Resources { get; init; }

    public static CityPlan Read()
    {
        using var file = typeof(CityPlan).Assembly.GetManifestResourceStream("Metro.Portal.Demo.city.json")!;
        return JsonSerializer.Deserialize<CityPlan>(file, Json)!;
    }

    /// <summary>The same object once more, as another of its meanings.</summary>
    public static T As<T>(JsonElement written) => written.Deserialize<T>(Json)!;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
}

internal sealed record PlannedBranch(string Code, string Name, string NameEnglish, BranchKind Kind, string? Address, string Week, bool OffersPickup);

/// <summary>Somebody of the city.</summary>
/// <param name="Key">By which the plan speaks of them.</param>
/// <param name="Name">A made-up name.</param>
/// <param name="Category">On which terms they borrow.</param>
/// <param name="Since">How many days ago they came for a card.</param>
/// <param name="Phone">A number that nobody has.</param>
/// <param name="Address">A kelurahan of the city.</param>
/// <param name="Email">An address that cannot exist.</param>
/// <param name="Age">In years; null for organisations and schools.</param>
internal sealed record PlannedMember(string Key, string Name, MemberCategory Category, int Since, string Phone, string Address, string Email, int? Age = null)
{
    public string Language { get; init; } = "id";

    /// <summary>The key of the member who decides for them; null where their guardian is none.</summary>
    public string? Guardian { get; init; }

    public string? GuardianName { get; init; }

    public string? Relation { get; init; }

    public string? Contact { get; init; }

    public string? Npsn { get; init; }

    /// <summary>Whether their guardian lets them register online by themselves.</summary>
    public bool OnlineUse { get; init; }

    /// <summary>Whether they come every other week.</summary>
    public bool ReadsOften { get; init; }

    public bool KeepsHistory { get; init; }

    /// <summary>Whether they applied online and nobody has looked at it yet.</summary>
    public bool Applies { get; init; }

    /// <summary>Why their application was declined.</summary>
    public string? Declined { get; init; }

    /// <summary>For how many days from yesterday on they may not borrow.</summary>
    public int? Suspended { get; init; }

    public string? Reason { get; init; }
}

internal sealed record PlannedSpace(string Key, string Kind, string Branch, string Name, string NameEnglish, int Capacity, int SlotMinutes, int MostSlots, int SetUpMinutes = 0, int CleaningMinutes = 0);

internal sealed record PlannedEquipment(string Key, string Branch, string Name, string NameEnglish, int Total);

/// <summary>A program's place in the city.</summary>
/// <param name="Code">Also the ProgramCode of the content that presents it.</param>
/// <param name="Sessions">When and where.</param>
/// <param name="Filled">How far registration has come: none, few, some, full, waitlisted or cancelled.</param>
internal sealed record PlannedProgram(string Code, IReadOnlyList<PlannedSession> Sessions, string? Filled = null);

/// <summary>One session.</summary>
/// <param name="Day">A day by the name that the demonstration content gives it, such as <c>saturday1</c>.</param>
/// <param name="Time">By the library's clock.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Place">The key of a space, or <c>@</c> and a branch's code.</param>
/// <param name="Capacity">How many seats.</param>
internal sealed record PlannedSession(string Day, string Time, int Minutes, string Place, int Capacity);

internal sealed record PlannedOffer(
    string Key, VisitKind Kind, string Name, string NameEnglish, int DurationMinutes, int LeastChildren, int MostChildren,
    IReadOnlyList<string> Languages, string Branch, IReadOnlyList<string> Times, string? Space = null, string? Guides = null);

/// <summary>An e-resource.</summary>
/// <param name="Code">Also the ResourceCode of the content that presents it.</param>
/// <param name="Name">In Indonesian.</param>
/// <param name="NameEnglish">In English.</param>
internal sealed record PlannedResource(string Code, string Name, string NameEnglish);
