using System.Text.Json;
using Metro.Theme;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>What the counter answers to a scan: one large word, what it is about, and what to do next.</summary>
/// <param name="Tone">Whether it went well.</param>
/// <param name="Word">What is read from a step away: the due date, "to the shelf", why not.</param>
internal sealed record Answer(Tone Tone, string Word)
{
    /// <summary>The title and copy, or the member.</summary>
    public string? About { get; init; }

    /// <summary>What to do now; null where nothing is to be done.</summary>
    public string? Next { get; init; }

    /// <summary>Ways on, such as to a slip or to a member's file.</summary>
    public IReadOnlyList<SiteLink> Ways { get; init; } = [];

    /// <summary>The copy that may be lent in spite of the refusal, when somebody says why; null where it may not.</summary>
    public string? Override { get; init; }

    /// <summary>Whether something went wrong, so that it is said at once and loudly.</summary>
    public bool IsFault => Tone == Tone.Bad;

    /// <summary>Kept for the page that follows.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What was kept; null for nothing.</summary>
    public static Answer? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<Answer>(kept);
}
