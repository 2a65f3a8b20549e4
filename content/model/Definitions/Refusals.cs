using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Metro.Content;

/// <summary>How much a fault weighs.</summary>
public enum FaultSeverity
{
    /// <summary>Publishing is refused until it is mended.</summary>
    Error,

    /// <summary>Worth mending; nothing is refused.</summary>
    Warning,
}

/// <summary>Something in a document that should be mended, with the place where.</summary>
/// <param name="Code">A stable code, <c>content.required</c>; also the key of the sentence.</param>
/// <param name="Path">The place in the item's JSON, <c>$.Workshop.StartsAt.Value</c>.</param>
/// <param name="Values">What fills the gaps of the sentence after the field's label; shown as they are.</param>
public sealed record Fault(string Code, string Path, params IReadOnlyList<string> Values)
{
    /// <summary>How much it weighs.</summary>
    public FaultSeverity Severity { get; init; } = FaultSeverity.Error;

    /// <summary>The sentence in the reader's language.</summary>
    public string Sentence(CultureInfo culture) =>
        // A file that the library refuses says so in the words of that refusal, which speak of no field.
        Code.StartsWith("media.", StringComparison.Ordinal)
            ? Texts.Sentence(Code, culture, [.. Values])
            : Texts.Sentence(Code, culture, [Label(culture), .. Values]);

    /// <summary>The name of the innermost field, part or type on the path, in the reader's language; the path itself when none has a name.</summary>
    public string Label(CultureInfo culture)
    {
        var steps = Path.Split('.').Skip(1).Select(step => step.Split('[')[0]).ToArray();
        for (var i = steps.Length - 2; i >= 0; i--)
            if ((Texts.Find($"Field.{steps[i]}.{steps[i + 1]}", culture) ?? (Texts.Find($"Type.{steps[i]}", culture) is null ? null : Texts.Find($"Field.{steps[i + 1]}", culture))) is { } label)
                return label;
        return steps.Reverse().Select(step => Texts.Find($"Field.{step}", culture)).FirstOrDefault(label => label is not null)
            ?? (Path == "$" ? Texts.Find("Field.Document", culture) : null) ?? Path;
    }
}

/// <summary>Why an act was not done. Nothing has changed.</summary>
/// <param name="Code">A stable code, <c>content.invalid</c>; also the key of the sentence.</param>
/// <param name="Values">What fills the gaps of the sentence.</param>
public record Refusal(string Code, params IReadOnlyList<string> Values)
{
    /// <summary>What to mend, with places; empty when the act itself was refused.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The sentence in the reader's language.</summary>
    public string Sentence(CultureInfo culture) => Texts.Sentence(Code, culture, [.. Values]);

    /// <summary>The document cannot be published, or not even kept, as it stands.</summary>
    public static Refusal Invalid(IReadOnlyList<Fault> faults) => new("content.invalid") { Faults = faults };

    /// <summary>There is no such item, or this person is not shown it.</summary>
    public static Refusal NotFound { get; } = new("content.not_found");

    /// <summary>This person may not do that.</summary>
    public static Refusal Forbidden { get; } = new("content.forbidden");
}

/// <summary>Somebody else saved first. Neither document is lost: both are here, and the one they came from.</summary>
/// <param name="Base">The version from which both began; null when it is unknown.</param>
/// <param name="Theirs">What was saved first, now the latest version.</param>
/// <param name="Yours">What was refused, as it was sent.</param>
public sealed record EditConflict(ContentItem? Base, ContentItem Theirs, System.Text.Json.Nodes.JsonObject Yours)
    : Refusal("content.conflict", Theirs.Author);

/// <summary>The outcome of an act: its result, or why it was not done.</summary>
public sealed record Outcome<T>(T? Result, Refusal? Refusal) where T : class
{
    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>It was done.</summary>
    public static implicit operator Outcome<T>(T result) => new(result, null);

    /// <summary>It was refused.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>Carries a refusal out of a transaction, so that whatever was written before it is undone.</summary>
#pragma warning disable CA1032 // It has one maker and one catcher, both here.
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal => refusal;
}
#pragma warning restore CA1032
