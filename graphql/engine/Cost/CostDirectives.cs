using System.Globalization;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>The directives <c>@cost</c> and <c>@listSize</c> (IBM's cost specification, as HotChocolate has them).</summary>
public static class CostDirectives
{
    private const string Sdl = """
        "The purpose of the `cost` directive is to define a `weight` for GraphQL types, fields, and arguments."
        directive @cost("The weight, a number written as a string." weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION

        "The purpose of the `@listSize` directive is to tell how many items a list has."
        directive @listSize("The most items the list can have." assumedSize: Int "The arguments that bound the list." slicingArguments: [String!] "The value of the slicing argument when none is given." slicingArgumentDefaultValue: Int "The fields beneath that hold the list." sizedFields: [String!] "Whether exactly one slicing argument must be given." requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
        """;

    /// <summary>Both definitions, made anew for a schema to take in.</summary>
    public static DocumentNode Definitions => Parser.ParseDocument(new Source(Sdl, "cost directives"), ParserOptions.Trusted);

    /// <summary>An application of <c>@cost</c>.</summary>
    /// <param name="weight">The weight; negative ones take away from what else there is.</param>
    public static DirectiveNode Cost(double weight) => new()
    {
        Name = "cost",
        Arguments =
        [
            new() { Name = "weight", Value = new StringValueNode { Value = weight.ToString(CultureInfo.InvariantCulture) } },
        ],
    };

    internal static void AddTo(DescriptorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var definition in Definitions.Definitions.OfType<DirectiveDefinitionNode>()) context.TryAdd(SdlReader.Directive(definition));
    }

    /// <summary>The weight that a part of the schema is given; null when it is given none, or none that is a number.</summary>
    internal static double? WeightOf(IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name is "cost" && directive.Arguments is [{ Value: StringValueNode weight }, ..]
                && double.TryParse(weight.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>How many items a list field has: what <c>@listSize</c> says.</summary>
public sealed record ListSize
{
    /// <summary>The most items the list can have; null when nobody knows.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>The arguments whose value bounds the list, such as <c>first</c> and <c>last</c>.</summary>
    public IReadOnlyList<string> SlicingArguments { get; init; } = [];

    /// <summary>How many items there are when no slicing argument is given; null for <see cref="AssumedSize"/>.</summary>
    public int? SlicingArgumentDefaultValue { get; init; }

    /// <summary>The fields of the answer that hold the list, such as <c>edges</c>; empty when the answer is the list.</summary>
    public IReadOnlyList<string> SizedFields { get; init; } = [];

    /// <summary>Whether a request must give exactly one slicing argument (HC0082). Two are refused in any case.</summary>
    public bool RequireOneSlicingArgument { get; init; } = true;

    /// <summary>The directive that says this.</summary>
    public DirectiveNode ToDirective()
    {
        List<ArgumentNode> arguments = [];
        if (AssumedSize is { } assumed) arguments.Add(Argument("assumedSize", Number(assumed)));
        if (SlicingArguments.Count > 0) arguments.Add(Argument("slicingArguments", Names(SlicingArguments)));
        if (SlicingArgumentDefaultValue is { } given) arguments.Add(Argument("slicingArgumentDefaultValue", Number(given)));
        if (SizedFields.Count > 0) arguments.Add(Argument("sizedFields", Names(SizedFields)));
        arguments.Add(Argument("requireOneSlicingArgument", new BooleanValueNode { Value = RequireOneSlicingArgument }));
        return new() { Name = "listSize", Arguments = [.. arguments] };
    }

    /// <summary>What is said of a field; null when nothing is.</summary>
    /// <param name="field">The field.</param>
    public static ListSize? Of(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var directive = field.Directives.FirstOrDefault(each => each.Name is "listSize");
        if (directive is null) return null;

        var size = new ListSize();
        foreach (var argument in directive.Arguments)
        {
            size = (argument.Name, argument.Value) switch
            {
                ("assumedSize", IntValueNode number) => size with { AssumedSize = ToInt(number) },
                ("slicingArguments", ListValueNode names) => size with { SlicingArguments = ToNames(names) },
                ("slicingArgumentDefaultValue", IntValueNode number) => size with { SlicingArgumentDefaultValue = ToInt(number) },
                ("sizedFields", ListValueNode names) => size with { SizedFields = ToNames(names) },
                ("requireOneSlicingArgument", BooleanValueNode truth) => size with { RequireOneSlicingArgument = truth.Value },
                _ => size,
            };
        }

        return size;
    }

    private static ArgumentNode Argument(string name, ValueNode value) => new() { Name = name, Value = value };

    private static IntValueNode Number(int value) => new() { Value = value.ToString(CultureInfo.InvariantCulture) };

    private static ListValueNode Names(IReadOnlyList<string> names) =>
        new() { Items = [.. names.Select(name => new StringValueNode { Value = name })] };

    private static int? ToInt(IntValueNode number) =>
        int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static List<string> ToNames(ListValueNode names) => [.. names.Items.OfType<StringValueNode>().Select(name => name.Value)];
}
