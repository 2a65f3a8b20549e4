namespace Metro.Library;

/// <summary>What was asked for, or the library's reason for saying no.</summary>
/// <typeparam name="T">What a success carries.</typeparam>
public sealed class Outcome<T> : IOutcome
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    /// <summary>Why not; null when it succeeded.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether the library said yes.</summary>
    public bool Succeeded => Refusal is null;

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">It was refused: look at <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null
        ? value!
        : throw new InvalidOperationException($"There is no value: {Refusal}");

    /// <summary>A success.</summary>
#pragma warning disable CA2225 // The named alternatives to these conversions would only repeat "new".
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal ?? throw new ArgumentNullException(nameof(refusal)));
#pragma warning restore CA2225

    /// <summary>The same outcome about something derived from the value.</summary>
    public Outcome<TOther> Select<TOther>(Func<T, TOther> map) => Refusal is { } no ? no : map(Value);
}

/// <summary>An outcome, whatever it carries.</summary>
internal interface IOutcome
{
    Refusal? Refusal { get; }
}
