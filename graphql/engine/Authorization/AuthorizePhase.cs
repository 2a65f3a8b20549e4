using System.Collections.Immutable;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Authorization;

/// <summary>
/// Demands that apply to the whole operation: one field that is denied denies it all, before anything runs. Which
/// demands an operation makes is found out once for each document.
/// </summary>
internal sealed class AuthorizePhase(Schema schema) : RequestPhase
{
    private readonly Func<PreparedDocument, DemandsOfOperations> _find = document => new(schema, document);

    public override string Name => PhaseNames.Authorize;

    public override ValueTask RunAsync(RequestContext context)
    {
        var demands = context.Document!.Feature(_find);
        var ofOperation = demands.Of(context.Operation!.Definition);
        return ofOperation.IsEmpty ? ValueTask.CompletedTask : CheckAsync(context, ofOperation);
    }

    private static async ValueTask CheckAsync(RequestContext context, ImmutableArray<AuthorizeAttribute> demands)
    {
        foreach (var demand in demands)
        {
            if (await AuthorizationRules.RefusalAsync(demand, context.User, context, context.Services) is not { } refusal) continue;
            context.Result = OperationResult.FromErrors(
                ImmutableDictionary<string, object?>.Empty.Add(ResultContextKeys.HttpStatusCode, 401),
                context.Filtered([refusal]));
            return;
        }
    }

    private sealed class DemandsOfOperations(Schema schema, PreparedDocument document)
    {
        private readonly ImmutableDictionary<OperationDefinitionNode, ImmutableArray<AuthorizeAttribute>> _demands =
            document.Operations.ToImmutableDictionary(operation => operation, operation => Find(schema, document, operation));

        public ImmutableArray<AuthorizeAttribute> Of(OperationDefinitionNode operation) => _demands[operation];

        private static ImmutableArray<AuthorizeAttribute> Find(Schema schema, PreparedDocument document, OperationDefinitionNode operation)
        {
            var found = new HashSet<AuthorizeAttribute>(ReferenceEqualityComparer.Instance);
            var visited = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<(NamedType? Type, SelectionSetNode Selections)>([(schema.RootType(operation.Operation), operation.SelectionSet)]);
            while (open.TryPop(out var at))
            {
                foreach (var selection in at.Selections.Selections)
                {
                    switch (selection)
                    {
                        case InlineFragmentNode inline:
                            open.Push((TypeOf(inline.TypeCondition) ?? at.Type, inline.SelectionSet));
                            break;
                        case FragmentSpreadNode spread when visited.Add(spread.Name) && document.Fragments.TryGetValue(spread.Name, out var fragment):
                            open.Push((TypeOf(fragment.TypeCondition), fragment.SelectionSet));
                            break;
                        case FieldNode node when at.Type is { } parent && schema.FindField(parent, node.Name) is { } field:
                            // A field of an interface is that of whichever type implements it.
                            foreach (var type in schema.PossibleTypes(parent)) Add(schema.FindField(type, node.Name));
                            Add(field);
                            if (node.SelectionSet is { } below) open.Push((field.Type.Named, below));
                            break;
                    }
                }
            }

            return [.. found];

            NamedType? TypeOf(NamedTypeNode? condition) =>
                condition is not null && schema.TryGetType(condition.Name, out var type) ? type : null;

            void Add(FieldDefinition? field)
            {
                if (field?.Features.Get<AuthorizationRules>() is { } own)
                {
                    if (own.AllowsAnonymous) return;
                    found.UnionWith(own.Demands.Where(each => each.Apply is ApplyPolicy.Validation));
                }

                if (field?.Type.Named.Features.Get<AuthorizationRules>() is { } ofType)
                    found.UnionWith(ofType.Demands.Where(each => each.Apply is ApplyPolicy.Validation));
            }
        }
    }
}
