using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>
/// One rule of validation (spec 5). One walk over the document serves all rules: each overrides what it wants to hear
/// of, and nothing else is called. An instance lives for one document, so a rule may keep what it has seen.
/// </summary>
public abstract class ValidationRule
{
    private ValidationContext? context;

    /// <summary>The rule's name, as graphql-js has it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>
    /// The anchor of the rule's section in the specification, such as <c>sec-Leaf-Field-Selections</c>; null for a rule
    /// of another source.
    /// </summary>
    public abstract string? Section { get; }

    /// <summary>The document, the schema and what is known of both.</summary>
    public ValidationContext Context
    {
        get => context ?? throw new InvalidOperationException("The rule is not being applied.");
        internal set => context = value;
    }

    /// <summary>Before the first definition.</summary>
    public virtual void EnterDocument(DocumentNode document)
    {
    }

    /// <summary>Behind the last definition, when all variable usages are known.</summary>
    public virtual void LeaveDocument(DocumentNode document)
    {
    }

    /// <summary>An operation, before what it holds.</summary>
    public virtual void Operation(OperationDefinitionNode operation)
    {
    }

    /// <summary>A variable of an operation.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="type">Its type, or null when the schema has none of this name.</param>
    public virtual void VariableDefinition(VariableDefinitionNode variable, GraphQLType? type)
    {
    }

    /// <summary>A fragment definition, before what it holds.</summary>
    /// <param name="fragment">The fragment.</param>
    /// <param name="type">The type it selects on, or null when the schema has none of this name.</param>
    public virtual void Fragment(FragmentDefinitionNode fragment, NamedType? type)
    {
    }

    /// <summary>A type-system definition or extension, which no request may hold.</summary>
    public virtual void TypeSystemDefinition(TypeSystemNode definition)
    {
    }

    /// <summary>A type that is named: by a variable, a fragment or an inline fragment.</summary>
    public virtual void TypeReference(NamedTypeNode reference)
    {
    }

    /// <summary>A field, before what it holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="parent">The composite type it is selected on, or null when unknown.</param>
    /// <param name="definition">Its definition, or null when the type has none of this name.</param>
    public virtual void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
    }

    /// <summary>A fragment spread.</summary>
    /// <param name="spread">The spread.</param>
    /// <param name="parent">The composite type it is spread on, or null when unknown.</param>
    public virtual void FragmentSpread(FragmentSpreadNode spread, NamedType? parent)
    {
    }

    /// <summary>An inline fragment, before what it holds.</summary>
    /// <param name="fragment">The fragment.</param>
    /// <param name="parent">The composite type it stands on, or null when unknown.</param>
    /// <param name="type">The type it selects on, or null when the schema has none of this name.</param>
    public virtual void InlineFragment(InlineFragmentNode fragment, NamedType? parent, NamedType? type)
    {
    }

    /// <summary>All directives of one location.</summary>
    public virtual void Directives(ImmutableArray<DirectiveNode> directives, DirectiveLocations location)
    {
    }

    /// <summary>All arguments of a field or directive, also when there are none.</summary>
    public virtual void Arguments(in ArgumentUse use)
    {
    }

    /// <summary>A value that stands by itself: an argument's, or a variable's default.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The input type expected, or null when unknown.</param>
    public virtual void InputValue(ValueNode value, GraphQLType? type)
    {
    }

    /// <summary>An input object literal, at any depth.</summary>
    public virtual void ObjectValue(ObjectValueNode value)
    {
    }

    /// <summary>Reports a fault.</summary>
    /// <param name="message">What is wrong, in graphql-js's words.</param>
    /// <param name="places">The places at fault, the first one first.</param>
    protected void Report(string message, params ReadOnlySpan<SourceSpan> places) =>
        Context.Report(this, message, null, places);

    /// <summary>Reports a fault with further members of <c>extensions</c>.</summary>
    /// <param name="message">What is wrong, in graphql-js's words.</param>
    /// <param name="extensions">What clients can go by.</param>
    /// <param name="places">The places at fault, the first one first.</param>
    protected void Report(
        string message,
        IEnumerable<KeyValuePair<string, object?>> extensions,
        params ReadOnlySpan<SourceSpan> places) => Context.Report(this, message, extensions, places);
}

/// <summary>The arguments that a field or directive is given, with what it takes.</summary>
/// <param name="Owner">The field or directive.</param>
/// <param name="Given">The arguments in document order.</param>
/// <param name="Field">The field's definition; null for a directive or an unknown field.</param>
/// <param name="Directive">The directive's definition; null for a field or an unknown directive.</param>
public readonly record struct ArgumentUse(
    SyntaxNode Owner,
    ImmutableArray<ArgumentNode> Given,
    FieldDefinition? Field,
    DirectiveDefinition? Directive)
{
    /// <summary>What may be given; null when nobody knows.</summary>
    public MemberList<ArgumentDefinition>? Taken => Field?.Arguments ?? Directive?.Arguments;
}
