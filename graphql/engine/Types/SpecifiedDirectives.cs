using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// The directives of the specification (spec 3.13), shared by all schemas, and those of the incremental-delivery draft,
/// which a schema has only when they are added to it.
/// </summary>
public static class SpecifiedDirectives
{
    /// <summary>The reason of <c>@deprecated</c> when none is given (spec 3.13.3).</summary>
    public const string DefaultDeprecationReason = "No longer supported";

    private static readonly TypeNode RequiredBoolean = Parser.ParseType("Boolean!");
    private static readonly TypeNode RequiredString = Parser.ParseType("String!");

    static SpecifiedDirectives()
    {
        Skip.Arguments.Add(new ArgumentDefinition { Name = "if", TypeReference = RequiredBoolean, Description = "Skipped when true." });
        Include.Arguments.Add(new ArgumentDefinition { Name = "if", TypeReference = RequiredBoolean, Description = "Included when true." });
        Deprecated.Arguments.Add(new ArgumentDefinition
        {
            Name = "reason",
            TypeReference = RequiredString,
            DefaultValue = new StringValueNode { Value = DefaultDeprecationReason },
            Description = "Explains why this element was deprecated, usually also including a suggestion for how to access supported similar data. Formatted using the Markdown syntax, as specified by [CommonMark](https://commonmark.org/).",
        });
        SpecifiedBy.Arguments.Add(new ArgumentDefinition
        {
            Name = "url",
            TypeReference = RequiredString,
            Description = "The URL that specifies the behavior of this scalar.",
        });
        foreach (var directive in All) CompleteWithScalars(directive);
    }

    /// <summary>Leaves a field or fragment out (spec 3.13.1).</summary>
    public static DirectiveDefinition Skip { get; } = new()
    {
        Name = "skip",
        Description = "Directs the executor to skip this field or fragment when the `if` argument is true.",
        Locations = DirectiveLocations.Field | DirectiveLocations.FragmentSpread | DirectiveLocations.InlineFragment,
    };

    /// <summary>Takes a field or fragment in (spec 3.13.2).</summary>
    public static DirectiveDefinition Include { get; } = new()
    {
        Name = "include",
        Description = "Directs the executor to include this field or fragment only when the `if` argument is true.",
        Locations = DirectiveLocations.Field | DirectiveLocations.FragmentSpread | DirectiveLocations.InlineFragment,
    };

    /// <summary>Says that something should not be used any more (spec 3.13.3).</summary>
    public static DirectiveDefinition Deprecated { get; } = new()
    {
        Name = "deprecated",
        Description = "Marks an element of a GraphQL schema as no longer supported.",
        Locations = DirectiveLocations.FieldDefinition | DirectiveLocations.ArgumentDefinition
            | DirectiveLocations.InputFieldDefinition | DirectiveLocations.EnumValue,
    };

    /// <summary>Says where a scalar is specified (spec 3.13.4).</summary>
    public static DirectiveDefinition SpecifiedBy { get; } = new()
    {
        Name = "specifiedBy",
        Description = "Exposes a URL that specifies the behavior of this scalar.",
        Locations = DirectiveLocations.Scalar,
    };

    /// <summary>Says that exactly one field of an input object is given (spec 3.13.5).</summary>
    public static DirectiveDefinition OneOf { get; } = new()
    {
        Name = "oneOf",
        Description = "Indicates exactly one field must be supplied and this field must not be `null`.",
        Locations = DirectiveLocations.InputObject,
    };

    /// <summary>All that every schema has, in the specification's order.</summary>
    public static ImmutableArray<DirectiveDefinition> All => [Skip, Include, Deprecated, SpecifiedBy, OneOf];

    /// <summary>A new <c>@defer</c> (incremental-delivery draft), for a schema that offers it.</summary>
    public static DirectiveDefinition CreateDefer()
    {
        var defer = new DirectiveDefinition
        {
            Name = "defer",
            Description = "Directs the executor to defer this fragment when the `if` argument is true or undefined.",
            Locations = DirectiveLocations.FragmentSpread | DirectiveLocations.InlineFragment,
        };
        defer.Arguments.Add(new ArgumentDefinition { Name = "if", TypeReference = Parser.ParseType("Boolean"), Description = "Deferred when true or undefined." });
        defer.Arguments.Add(new ArgumentDefinition { Name = "label", TypeReference = Parser.ParseType("String"), Description = "Unique name." });
        return defer;
    }

    /// <summary>A new <c>@stream</c> (incremental-delivery draft), for a schema that offers it.</summary>
    public static DirectiveDefinition CreateStream()
    {
        var stream = new DirectiveDefinition
        {
            Name = "stream",
            Description = "Directs the executor to stream plural fields when the `if` argument is true or undefined.",
            Locations = DirectiveLocations.Field,
        };
        stream.Arguments.Add(new ArgumentDefinition { Name = "if", TypeReference = Parser.ParseType("Boolean"), Description = "Stream when true or undefined." });
        stream.Arguments.Add(new ArgumentDefinition { Name = "label", TypeReference = Parser.ParseType("String"), Description = "Unique name." });
        stream.Arguments.Add(new ArgumentDefinition
        {
            Name = "initialCount",
            TypeReference = Parser.ParseType("Int!"),
            DefaultValue = new IntValueNode { Value = "0" },
            Description = "Number of items to return immediately.",
        });
        return stream;
    }

    internal static bool IsSpecified(string name) => name is "skip" or "include" or "deprecated" or "specifiedBy" or "oneOf";

    private static void CompleteWithScalars(DirectiveDefinition directive)
    {
        foreach (var argument in directive.Arguments)
        {
            argument.Type = argument.TypeReference.InnermostName is "Boolean"
                ? SpecifiedScalars.Boolean.AsNonNull()
                : SpecifiedScalars.String.AsNonNull();
        }

        directive.Arguments.Complete();
        directive.MarkComplete();
    }
}
