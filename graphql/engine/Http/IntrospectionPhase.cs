using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Http;

/// <summary>Keeps the schema to itself when introspection is closed; <c>__typename</c> is always answered.</summary>
internal sealed class IntrospectionPhase(bool isAllowed, IntrospectionOptions options) : RequestPhase
{
    public override string Name => "introspection";

    public override ValueTask RunAsync(RequestContext context)
    {
        if (context.Request.AllowIntrospection ?? isAllowed) return ValueTask.CompletedTask;

        var asked = context.Document!.Feature(SchemaQuestions.Find);
        if (asked.Fields.Count > 0)
        {
            context.Refuse([.. asked.Fields.Take(context.Options.MaxRequestErrors).Select(field =>
            {
                var error = ErrorBuilder.New()
                    .SetMessage(options.Message)
                    .SetCode(ErrorCodes.IntrospectionNotAllowed)
                    .SetExtension("field", field.Name);
                if (field.Location is { } location) error.AddLocation(location);
                return error.Build();
            })]);
        }

        return ValueTask.CompletedTask;
    }

    private sealed record SchemaQuestions(IReadOnlyList<FieldNode> Fields)
    {
        public static SchemaQuestions Find(PreparedDocument document)
        {
            var found = new List<FieldNode>();
            var open = new Stack<SelectionSetNode>(document.Document.Definitions
                .OfType<ExecutableDefinitionNode>().Select(definition => definition.SelectionSet).Reverse());
            while (open.TryPop(out var selectionSet))
            {
                foreach (var selection in selectionSet.Selections)
                {
                    if (selection is FieldNode { Name: "__schema" or "__type" } field) found.Add(field);
                    if (selection is FieldNode { SelectionSet: { } below }) open.Push(below);
                    if (selection is InlineFragmentNode inline) open.Push(inline.SelectionSet);
                }
            }

            return new(found);
        }
    }
}
