using System.Runtime.CompilerServices;
using System.Text.Json;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>What an operation costs.</summary>
/// <param name="FieldCost">The work of its resolvers.</param>
/// <param name="TypeCost">The objects it answers with.</param>
internal readonly record struct OperationCost(double FieldCost, double TypeCost)
{
    public static OperationCost operator +(OperationCost one, OperationCost other) =>
        new(one.FieldCost + other.FieldCost, one.TypeCost + other.TypeCost);

    public static OperationCost Max(OperationCost one, OperationCost other) =>
        new(Math.Max(one.FieldCost, other.FieldCost), Math.Max(one.TypeCost, other.TypeCost));
}

/// <summary>
/// Adds up what an operation costs before it runs (IBM's cost specification; GRAPHQL.md section 13): every field that the
/// plan would execute, times the sizes of the lists around it, by what the schema's directives say. Variables count as what they are in this request. Serves
/// one request.
/// </summary>
internal sealed class CostAnalysis(RequestContext request, CostOptions options)
{
    private static readonly ConditionalWeakTable<FieldDefinition, FieldWeights> Weights = [];

    private int _visits;

    /// <summary>Whether a variable had a say in the cost, so that it may differ in the next request.</summary>
    public bool DependsOnVariables { get; private set; }

    /// <summary>Whether there was more to look at than allowed; the cost is then incomplete.</summary>
    public bool IsExhausted => _visits > options.MaxVisits;

    /// <summary>What is wrong with the arguments that bound lists; empty when nothing is.</summary>
    public List<IError> Errors { get; } = [];

    public OperationCost Of(SelectionSet root) => OfFields(root, null, false);

    private OperationCost OfFields(SelectionSet selections, Sized? around, bool isInList)
    {
        var sum = default(OperationCost);
        foreach (var selection in selections.Selections)
        {
            if (++_visits > options.MaxVisits) break;
            sum += OfField(selection, around, isInList);
        }

        // A negative weight can make a field free, but not pay for others.
        return OperationCost.Max(sum, default);
    }

    private OperationCost OfField(Selection selection, Sized? around, bool isInList)
    {
        var field = selection.Field;
        // Introspection has limits of its own.
        if (field.Name.StartsWith("__", StringComparison.Ordinal)) return default;

        var weights = Weights.GetValue(field, static field => new(field));
        var fieldCost = (weights.Own ?? (field.Type.Named.IsComposite ? 1 : 0)) + OfArguments(selection);

        var named = field.Type.Named;
        var size = 1.0;
        Sized? below = null;
        if (weights.ListSize is { } listSize)
        {
            var items = SizeOf(selection, listSize);
            if (listSize.SizedFields.Count > 0) below = new(items, listSize.SizedFields);
            else size = items;
        }
        else if (around is { } sized && sized.Fields.Contains(field.Name, StringComparer.Ordinal))
        {
            size = sized.Items;
        }
        else if (field.Type.Nullable is ListType && named.IsComposite)
        {
            size = isInList ? options.AssumedNestedListSize : 1;
        }

        var typeWeight = weights.Type ?? (named.IsComposite ? 1 : 0);
        var beneath = default(OperationCost);
        if (named.IsComposite)
        {
            var inList = isInList || field.Type.Nullable is ListType || weights.ListSize is not null;
            foreach (var possible in request.Schema.PossibleTypes(named))
            {
                if (++_visits > options.MaxVisits) break;
                beneath = OperationCost.Max(beneath, OfFields(selection.SelectionsOn(possible), below, inList));
            }
        }

        return new(fieldCost + size * beneath.FieldCost, size * (typeWeight + beneath.TypeCost));
    }

    private double SizeOf(Selection selection, ListSize listSize)
    {
        var unknown = listSize.AssumedSize ?? 1;
        if (listSize.SlicingArguments.Count == 0) return unknown;

        var given = 0;
        var largest = 0L;
        foreach (var name in listSize.SlicingArguments)
        {
            if (ValueOf(selection, name) is not { } value) continue;
            given++;
            largest = Math.Max(largest, value);
        }

        if (given > 1 || (given == 0 && listSize.RequireOneSlicingArgument)) Errors.Add(ExactlyOne(selection));
        // More than the list can have is refused by the list itself.
        return given == 0 ? listSize.SlicingArgumentDefaultValue ?? unknown : largest;
    }

    private long? ValueOf(Selection selection, string argumentName)
    {
        var literal = selection.Nodes[0].Arguments.FirstOrDefault(argument => argument.Name == argumentName)?.Value
            ?? (selection.Field.Arguments.TryGet(argumentName, out var argument) ? argument.DefaultValue : null);
        if (literal is VariableNode variable)
        {
            DependsOnVariables = true;
            return request.Variables!.TryGetValue(variable.Name, out var value) ? value switch
            {
                int number => number,
                long number => number,
                _ => null,
            } : null;
        }

        return literal is IntValueNode constant && int.TryParse(constant.Value, out var given) ? given : null;
    }

    private double OfArguments(Selection selection)
    {
        var sum = 0.0;
        foreach (var argument in selection.Nodes[0].Arguments)
        {
            if (argument.Value is NullValueNode || !selection.Field.Arguments.TryGet(argument.Name, out var definition)) continue;
            // A filter that is nothing filters nothing.
            if (OfValue(definition.Type, argument.Value) is { } value) sum += value + (CostDirectives.WeightOf(definition.Directives) ?? 0);
        }

        return sum;
    }

    /// <summary>What a literal costs; null when it is nothing at all.</summary>
    private double? OfValue(GraphQLType type, ValueNode literal)
    {
        switch (literal)
        {
            case NullValueNode:
                return null;
            case VariableNode variable:
                if (type.Named is not InputObjectType) return 0;
                DependsOnVariables = true;
                return request.Request.Variables.ValueKind is JsonValueKind.Object && request.Request.Variables.TryGetProperty(variable.Name, out var given)
                    ? OfValue(type, given)
                    : request.Operation!.Definition.VariableDefinitions.FirstOrDefault(each => each.Name == variable.Name)?.DefaultValue is { } byDefault
                        ? OfValue(type, byDefault)
                        : null;
            case ListValueNode list:
                return list.Items.Sum(item => OfValue(type.Named, item) ?? 0);
            case ObjectValueNode fields when type.Named is InputObjectType input:
                return fields.Fields.Sum(field => input.Fields.TryGet(field.Name, out var definition)
                    ? OfInputField(definition, OfValue(definition.Type, field.Value)) : 0);
            default:
                return 0;
        }
    }

    private static double? OfValue(GraphQLType type, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.Array:
                return value.EnumerateArray().Sum(item => OfValue(type.Named, item) ?? 0);
            case JsonValueKind.Object when type.Named is InputObjectType input:
                return value.EnumerateObject().Sum(field => input.Fields.TryGet(field.Name, out var definition)
                    ? OfInputField(definition, OfValue(definition.Type, field.Value)) : 0);
            default:
                return 0;
        }
    }

    private static double OfInputField(InputValueDefinition field, double? value) =>
        value is null ? 0 : value.Value + (CostDirectives.WeightOf(field.Directives) ?? 0);

    private static IError ExactlyOne(Selection selection)
    {
        var error = ErrorBuilder.New()
            .SetMessage("Exactly one slicing argument must be defined.")
            .SetCode(ErrorCodes.ExactlyOneSlicingArgument)
            .SetExtension("coordinate", selection.Field.Coordinate);
        if (selection.Nodes[0].Location is { } location) error.AddLocation(location);
        return error.Build();
    }

    /// <summary>The fields beneath that hold a list, and how many items it has.</summary>
    private readonly record struct Sized(double Items, IReadOnlyList<string> Fields);

    /// <summary>What the schema says of a field, read once.</summary>
    private sealed class FieldWeights(FieldDefinition field)
    {
        public double? Own { get; } = CostDirectives.WeightOf(field.Directives);

        public double? Type { get; } = CostDirectives.WeightOf(field.Type.Named.Directives);

        public ListSize? ListSize { get; } = ListSize.Of(field);
    }
}
