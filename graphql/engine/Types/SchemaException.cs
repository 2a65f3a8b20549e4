using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>One fault of a schema.</summary>
/// <param name="Message">What is wrong, in graphql-js's words where it has some.</param>
/// <param name="Locations">Where SDL says so; empty for a schema from code.</param>
public sealed record SchemaFault(string Message, ImmutableArray<SourceLocation> Locations)
{
    /// <summary>The message with its places.</summary>
    public override string ToString() =>
        Locations.IsEmpty ? Message : $"{Message} ({string.Join(", ", Locations)})";
}

/// <summary>A schema that breaks rules of the type system. Says all of them at once.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Refuses a schema.</summary>
    /// <param name="faults">All that is wrong; at least one.</param>
    public SchemaException(IReadOnlyList<SchemaFault> faults)
        : base(string.Join("\n\n", faults)) =>
        Faults = faults;

    /// <summary>All that is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<SchemaFault> Faults { get; }
}

/// <summary>Gathers the faults of a schema that is being built.</summary>
internal sealed class SchemaFaults
{
    private readonly List<SchemaFault> faults = [];

    public bool Any => faults.Count > 0;

    public void Add(string message, params IEnumerable<SyntaxNode?> nodes) =>
        faults.Add(new SchemaFault(
            message,
            [.. nodes.Select(node => node?.Location).OfType<SourceLocation>().Distinct()]));

    public void ThrowIfAny()
    {
        if (Any) throw new SchemaException(faults);
    }
}
