using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>Refuses operations that go beyond the limits, before anything is planned. Looks at each document once.</summary>
internal sealed class LimitsPhase(LimitOptions options) : RequestPhase
{
    // Everything that walks a plan calls itself once for each level.
    private const int MaxNesting = 1_000;

    private readonly ConditionalWeakTable<PreparedDocument, Dictionary<OperationDefinitionNode, List<IError>>> _judged = [];

    public override string Name => "limits";

    public override ValueTask RunAsync(RequestContext context)
    {
        if (!_judged.TryGetValue(context.Document!, out var verdicts)) verdicts = Judge(context.Schema, context.Document!);
        if (verdicts.TryGetValue(context.Operation!.Definition, out var errors) && errors.Count > 0) context.Refuse(errors);
        return ValueTask.CompletedTask;
    }

    private Dictionary<OperationDefinitionNode, List<IError>> Judge(Schema schema, PreparedDocument document)
    {
        var verdicts = OperationShape.Of(schema, document).ToDictionary(each => each.Key, each => Judge(each.Key, each.Value));
        _judged.AddOrUpdate(document, verdicts);
        return verdicts;
    }

    private List<IError> Judge(OperationDefinitionNode operation, OperationShape shape)
    {
        var errors = new List<IError>();
        if (shape.Depth > options.MaxDepth || shape.Nesting > MaxNesting)
        {
            errors.Add(Refusal(
                operation, ErrorCodes.TooDeep, "The operation is deeper than allowed.",
                ("depth", Math.Max(shape.Depth, shape.Nesting > MaxNesting ? shape.Nesting : 0)), ("maxDepth", options.MaxDepth)));
        }

        if (shape.Aliases > options.MaxAliases)
        {
            errors.Add(Refusal(
                operation, ErrorCodes.TooManyAliases, "The operation has more aliases than allowed.",
                ("aliases", shape.Aliases), ("maxAliases", options.MaxAliases)));
        }

        if (shape.Directives > options.MaxDirectives)
        {
            errors.Add(Refusal(
                operation, ErrorCodes.TooManyDirectives, "The operation has more directives than allowed.",
                ("directives", shape.Directives), ("maxDirectives", options.MaxDirectives)));
        }

        if (shape.RootFields > options.MaxRootFields)
        {
            errors.Add(Refusal(
                operation, ErrorCodes.TooManyRootFields, "The operation has more root fields than allowed.",
                ("rootFields", shape.RootFields), ("maxRootFields", options.MaxRootFields)));
        }

        foreach (var (field, count) in shape.OnOnePath)
        {
            var isIntrospection = field.DeclaringType is { IsIntrospection: true };
            var limit = !isIntrospection ? options.MaxFieldCycleDepth
                : field.Name is "ofType" ? options.MaxIntrospectionDepth
                : IsList(field) ? options.MaxIntrospectionListDepth
                : int.MaxValue;
            if (count <= limit) continue;

            errors.Add(isIntrospection
                ? Refusal(
                    operation, ErrorCodes.IntrospectionTooDeep, "Maximum allowed introspection depth exceeded.",
                    ("coordinate", field.Coordinate), ("maxDepth", limit))
                : Refusal(
                    operation, ErrorCodes.FieldCycleTooDeep, "Maximum allowed coordinate cycle depth was exceeded.",
                    ("coordinate", field.Coordinate), ("maxDepth", limit)));
            break;
        }

        return errors;
    }

    // Only the lists that lead back to types can be nested in themselves.
    private static bool IsList(FieldDefinition field) => field.Type.Nullable is ListType && field.Type.Named.IsComposite
        && field.DeclaringType!.Name is "__Type";

    private static IError Refusal(
        OperationDefinitionNode operation, string code, string message, params ReadOnlySpan<(string Key, object Value)> extensions)
    {
        var error = ErrorBuilder.New().SetMessage(message).SetCode(code);
        if (operation.Location is { } location) error.AddLocation(location);
        foreach (var (key, value) in extensions) error.SetExtension(key, value);
        return error.Build();
    }
}
