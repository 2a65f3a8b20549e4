using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Walks a document once for all rules, knowing the type of every place. A rule is called only for what it overrides.
/// The walk is as deep as one definition nests, which the parser bounds; spreads are not followed.
/// </summary>
internal sealed class DocumentWalker
{
    private readonly ValidationContext context;
    private readonly Schema schema;
    private readonly ValidationRule[] rules;
    private readonly RuleAudience audience;
    private ExecutableDefinitionNode? current;

    public DocumentWalker(ValidationContext context, ValidationRule[] rules, RuleAudience audience)
    {
        this.context = context;
        this.rules = rules;
        this.audience = audience;
        schema = context.Schema;
        foreach (var rule in rules) rule.Context = context;
    }

    public void Walk(DocumentNode document)
    {
        foreach (var rule in audience.EnterDocument) rules[rule].EnterDocument(document);
        foreach (var definition in document.Definitions)
        {
            if (context.IsFull) return;
            switch (definition)
            {
                case OperationDefinitionNode node: WalkOperation(node); break;
                case FragmentDefinitionNode node: WalkFragment(node); break;
                case TypeSystemNode node:
                    foreach (var rule in audience.TypeSystemDefinition) rules[rule].TypeSystemDefinition(node);
                    break;
            }
        }

        foreach (var rule in audience.LeaveDocument)
        {
            if (context.IsFull) return;
            rules[rule].LeaveDocument(document);
        }
    }

    private void WalkOperation(OperationDefinitionNode node)
    {
        current = node;
        foreach (var rule in audience.Operation) rules[rule].Operation(node);
        foreach (var variable in node.VariableDefinitions)
        {
            if (context.IsFull) return;
            WalkVariableDefinition(variable);
        }

        var location = node.Operation switch
        {
            OperationKind.Query => DirectiveLocations.Query,
            OperationKind.Mutation => DirectiveLocations.Mutation,
            _ => DirectiveLocations.Subscription,
        };
        WalkDirectives(node.Directives, location);
        WalkSelectionSet(node.SelectionSet, schema.RootType(node.Operation));
    }

    private void WalkVariableDefinition(VariableDefinitionNode variable)
    {
        var type = schema.Resolve(variable.Type);
        foreach (var rule in audience.VariableDefinition) rules[rule].VariableDefinition(variable, type);
        WalkTypeReference(variable.Type);
        if (variable.DefaultValue is not null)
            WalkInputValue(variable.DefaultValue, type is { IsInput: true } ? type : null, hasDefault: false);
        WalkDirectives(variable.Directives, DirectiveLocations.VariableDefinition);
    }

    private void WalkFragment(FragmentDefinitionNode node)
    {
        current = node;
        schema.TryGetType(node.TypeCondition.Name, out var type);
        foreach (var rule in audience.Fragment) rules[rule].Fragment(node, type);
        WalkTypeReference(node.TypeCondition);
        WalkDirectives(node.Directives, DirectiveLocations.FragmentDefinition);
        WalkSelectionSet(node.SelectionSet, Composite(type));
    }

    private void WalkTypeReference(TypeNode type)
    {
        while (type is not NamedTypeNode)
            type = type is ListTypeNode list ? list.Item : ((NonNullTypeNode)type).Nullable;
        foreach (var rule in audience.TypeReference) rules[rule].TypeReference((NamedTypeNode)type);
    }

    private void WalkSelectionSet(SelectionSetNode selectionSet, NamedType? parent)
    {
        foreach (var selection in selectionSet.Selections)
        {
            if (context.IsFull) return;
            switch (selection)
            {
                case FieldNode node: WalkField(node, parent); break;
                case InlineFragmentNode node: WalkInlineFragment(node, parent); break;
                case FragmentSpreadNode node:
                    foreach (var rule in audience.FragmentSpread) rules[rule].FragmentSpread(node, parent);
                    WalkDirectives(node.Directives, DirectiveLocations.FragmentSpread);
                    break;
            }
        }
    }

    private void WalkField(FieldNode node, NamedType? parent)
    {
        var definition = parent is null ? null : schema.FindField(parent, node.Name);
        foreach (var rule in audience.Field) rules[rule].Field(node, parent, definition);
        WalkArguments(new ArgumentUse(node, node.Arguments, definition, null));
        WalkDirectives(node.Directives, DirectiveLocations.Field);
        if (node.SelectionSet is not null) WalkSelectionSet(node.SelectionSet, Composite(definition?.Type.Named));
    }

    private void WalkInlineFragment(InlineFragmentNode node, NamedType? parent)
    {
        var type = parent;
        if (node.TypeCondition is not null) schema.TryGetType(node.TypeCondition.Name, out type);
        foreach (var rule in audience.InlineFragment) rules[rule].InlineFragment(node, parent, type);
        if (node.TypeCondition is not null) WalkTypeReference(node.TypeCondition);
        WalkDirectives(node.Directives, DirectiveLocations.InlineFragment);
        WalkSelectionSet(node.SelectionSet, Composite(type));
    }

    private void WalkDirectives(ImmutableArray<DirectiveNode> nodes, DirectiveLocations location)
    {
        if (nodes.IsEmpty) return;
        foreach (var rule in audience.Directives) rules[rule].Directives(nodes, location);
        foreach (var node in nodes)
        {
            schema.TryGetDirective(node.Name, out var definition);
            WalkArguments(new ArgumentUse(node, node.Arguments, null, definition));
        }
    }

    private void WalkArguments(in ArgumentUse use)
    {
        foreach (var rule in audience.Arguments) rules[rule].Arguments(use);
        foreach (var given in use.Given)
        {
            ArgumentDefinition? definition = null;
            use.Taken?.TryGet(given.Name, out definition);
            WalkInputValue(given.Value, definition?.Type, definition?.DefaultValue is not null);
        }
    }

    private void WalkInputValue(ValueNode value, GraphQLType? type, bool hasDefault)
    {
        foreach (var rule in audience.InputValue) rules[rule].InputValue(value, type);
        WalkValue(value, type, hasDefault, null);
    }

    private void WalkValue(ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? oneOf)
    {
        switch (value)
        {
            case VariableNode variable:
                context.Use(current!, new VariableUsage(variable, type, hasDefault, oneOf));
                break;
            case ListValueNode list:
                // A list where none is expected is a fault of its own; its items are still looked through.
                var item = type?.Nullable is ListType expected ? expected.Item : type;
                foreach (var each in list.Items) WalkValue(each, item, hasDefault: false, null);
                break;
            case ObjectValueNode @object:
                foreach (var rule in audience.ObjectValue) rules[rule].ObjectValue(@object);
                var input = type?.Named as InputObjectType;
                foreach (var each in @object.Fields)
                {
                    InputFieldDefinition? definition = null;
                    input?.Fields.TryGet(each.Name, out definition);
                    WalkValue(
                        each.Value,
                        definition?.Type,
                        definition?.DefaultValue is not null,
                        input is { IsOneOf: true } ? input : null);
                }

                break;
        }
    }

    private static NamedType? Composite(NamedType? type) => type is { IsComposite: true } ? type : null;
}
