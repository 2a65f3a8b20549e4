using System.Globalization;

namespace Metro.Library;

/// <summary>
/// The library's "no": an expected answer, not an error. The code is stable and may be relied on by
/// programs; the sentence is for people and may be reworded.
/// </summary>
public sealed class Refusal : IExplained, IEquatable<Refusal>
{
    private readonly object[] arguments;

    /// <summary>A refusal of one of the areas; its sentence stands in the area's own resource file.</summary>
    /// <param name="code">Area and reason, such as <c>circulation.someone_waiting</c>.</param>
    /// <param name="arguments">What the sentence mentions: dates, numbers, names, or other <see cref="IExplained"/>s.</param>
    public Refusal(string code, params object[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        if (!code.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"'{code}' does not begin with an area and a dot.", nameof(code));

        Code = code;
        this.arguments = arguments;
    }

    /// <summary>Area and reason, such as <c>circulation.someone_waiting</c>; never changes once released.</summary>
    public string Code { get; }

    /// <summary>What the sentence mentions, in the order of its placeholders.</summary>
    public IReadOnlyList<object> Arguments => arguments;

    /// <summary>The reason as a sentence: English for English readers, Indonesian for everyone else.</summary>
    public string Explain(CultureInfo culture) => Sentences.Of(Code, "Refusals", culture, arguments);

    /// <summary>The same reason about the same things.</summary>
    public bool Equals(Refusal? other) =>
        other is not null && Code == other.Code && arguments.SequenceEqual(other.arguments);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Refusal);

    /// <inheritdoc />
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code and the Indonesian sentence, for logs.</summary>
    public override string ToString() => $"{Code}: {Explain(CultureInfo.GetCultureInfo("id"))}";
}
