namespace Metro.GraphQL.Language;

/// <summary>What a syntax node is, named after the productions of the specification's appendix.</summary>
public enum SyntaxKind
{
#pragma warning disable CS1591 // Each member is the production of its name.
    Document,
    OperationDefinition,
    VariableDefinition,
    SelectionSet,
    Field,
    Argument,
    FragmentSpread,
    InlineFragment,
    FragmentDefinition,
    Directive,
    Variable,
    IntValue,
    FloatValue,
    StringValue,
    BooleanValue,
    NullValue,
    EnumValue,
    ListValue,
    ObjectValue,
    ObjectField,
    NamedType,
    ListType,
    NonNullType,
    SchemaDefinition,
    SchemaExtension,
    RootOperationTypeDefinition,
    ScalarTypeDefinition,
    ScalarTypeExtension,
    ObjectTypeDefinition,
    ObjectTypeExtension,
    InterfaceTypeDefinition,
    InterfaceTypeExtension,
    UnionTypeDefinition,
    UnionTypeExtension,
    EnumTypeDefinition,
    EnumTypeExtension,
    InputObjectTypeDefinition,
    InputObjectTypeExtension,
    FieldDefinition,
    InputValueDefinition,
    EnumValueDefinition,
    DirectiveDefinition,
    DirectiveExtension,
#pragma warning restore CS1591
}

/// <summary>The three kinds of operation (spec 2.4).</summary>
public enum OperationKind
{
    /// <summary>A read-only fetch.</summary>
    Query,

    /// <summary>A write followed by a fetch; its root fields run one after another.</summary>
    Mutation,

    /// <summary>A long-lived request that answers to events.</summary>
    Subscription,
}
