using System.Collections.Immutable;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// The schema's view of itself (spec 4): ordinary types with ordinary resolvers, which the executor runs like any
/// other. The types are shared by all schemas; what belongs to one schema hangs on its two meta-fields.
/// </summary>
internal static class Introspection
{
    private const string Sdl = """"
        "A GraphQL Schema defines the capabilities of a GraphQL server. It exposes all available types and directives on the server, as well as the entry points for query, mutation, and subscription operations."
        type __Schema {
          description: String
          "A list of all types supported by this server."
          types: [__Type!]!
          "The type that query operations will be rooted at."
          queryType: __Type!
          "If this server supports mutation, the type that mutation operations will be rooted at."
          mutationType: __Type
          "If this server support subscription, the type that subscription operations will be rooted at."
          subscriptionType: __Type
          "A list of all directives supported by this server."
          directives: [__Directive!]!
        }

        """
        The fundamental unit of any GraphQL Schema is the type. There are many kinds of types in GraphQL as represented by the `__TypeKind` enum.

        Depending on the kind of a type, certain fields describe information about that type. Scalar types provide no information beyond a name, description and optional `specifiedByURL`, while Enum types provide their values. Object and Interface types provide the fields they describe. Abstract types, Union and Interface, provide the Object types possible at runtime. List and NonNull types compose other types.
        """
        type __Type {
          kind: __TypeKind!
          name: String
          description: String
          specifiedByURL: String
          fields(includeDeprecated: Boolean! = false): [__Field!]
          interfaces: [__Type!]
          possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          ofType: __Type
          isOneOf: Boolean
        }

        "Object and Interface types are described by a list of Fields, each of which has a name, potentially a list of arguments, and a return type."
        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "Arguments provided to Fields or Directives and the input fields of an InputObject are represented as Input Values which describe their type and optionally a default value."
        type __InputValue {
          name: String!
          description: String
          type: __Type!
          "A GraphQL-formatted string representing the default value for this input value."
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "One possible value for a given Enum. Enum values are unique values, not a placeholder for a string or numeric value. However an Enum value is returned in a JSON response as a string."
        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "An enum describing what kind of type a given `__Type` is."
        enum __TypeKind {
          "Indicates this type is a scalar."
          SCALAR
          "Indicates this type is an object. `fields` and `interfaces` are valid fields."
          OBJECT
          "Indicates this type is an interface. `fields`, `interfaces`, and `possibleTypes` are valid fields."
          INTERFACE
          "Indicates this type is a union. `possibleTypes` is a valid field."
          UNION
          "Indicates this type is an enum. `enumValues` is a valid field."
          ENUM
          "Indicates this type is an input object. `inputFields` is a valid field."
          INPUT_OBJECT
          "Indicates this type is a list. `ofType` is a valid field."
          LIST
          "Indicates this type is a non-null. `ofType` is a valid field."
          NON_NULL
        }

        """
        A Directive provides a way to describe alternate runtime execution and type validation behavior in a GraphQL document.

        In some cases, you need to provide options to alter GraphQL's execution behavior in ways field arguments will not suffice, such as conditionally including or skipping a field. Directives provide this by describing additional information to the executor.
        """
        type __Directive {
          name: String!
          description: String
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }

        "A Directive can be adjacent to many parts of the GraphQL language, a __DirectiveLocation describes one such possible adjacencies."
        enum __DirectiveLocation {
          "Location adjacent to a query operation."
          QUERY
          "Location adjacent to a mutation operation."
          MUTATION
          "Location adjacent to a subscription operation."
          SUBSCRIPTION
          "Location adjacent to a field."
          FIELD
          "Location adjacent to a fragment definition."
          FRAGMENT_DEFINITION
          "Location adjacent to a fragment spread."
          FRAGMENT_SPREAD
          "Location adjacent to an inline fragment."
          INLINE_FRAGMENT
          "Location adjacent to an operation variable definition."
          VARIABLE_DEFINITION
          "Location adjacent to a schema definition."
          SCHEMA
          "Location adjacent to a scalar definition."
          SCALAR
          "Location adjacent to an object type definition."
          OBJECT
          "Location adjacent to a field definition."
          FIELD_DEFINITION
          "Location adjacent to an argument definition."
          ARGUMENT_DEFINITION
          "Location adjacent to an interface definition."
          INTERFACE
          "Location adjacent to a union definition."
          UNION
          "Location adjacent to an enum definition."
          ENUM
          "Location adjacent to an enum value definition."
          ENUM_VALUE
          "Location adjacent to an input object type definition."
          INPUT_OBJECT
          "Location adjacent to an input object field definition."
          INPUT_FIELD_DEFINITION
        }
        """";

    private static readonly ImmutableHashSet<NamedType> TypeSet;

    static Introspection()
    {
        Types =
        [
            .. Parser.ParseDocument(new Source(Sdl), ParserOptions.Trusted).Definitions
                .OfType<TypeDefinitionNode>()
                .Select(node => SdlReader.Type(node, bindsExtendedScalars: false)),
        ];
        TypeSet = [.. Types];

        DescribeSchema(Fields("__Schema"));
        DescribeType(Fields("__Type"));
        DescribeField(Fields("__Field"));
        DescribeInputValue(Fields("__InputValue"));
        DescribeEnumValue(Fields("__EnumValue"));
        DescribeDirective(Fields("__Directive"));
        foreach (var type in Types)
        {
            if (type is ObjectType @object)
                foreach (var field in @object.Fields) ResolveTypes(field);
            type.Complete();
        }

        TypeNameField = CreateMetaField("__typename", "String!", "The name of the current Object type at runtime.");
    }

    /// <summary>The types of introspection, in the specification's order.</summary>
    public static ImmutableArray<NamedType> Types { get; }

    public static FieldDefinition TypeNameField { get; }

    public static bool IsIntrospectionType(NamedType type) => TypeSet.Contains(type);

    public static FieldDefinition CreateSchemaField(Schema schema)
    {
        var field = CreateMetaField("__schema", "__Schema!", "Access the current type schema of this server.", _ => schema);
        return field;
    }

    public static FieldDefinition CreateTypeField(Schema schema) => CreateMetaField(
        "__type",
        "__Type",
        "Request the type information of a single type.",
        context => schema.TryGetType(context.ArgumentValue<string>("name"), out var type) ? new TypeView(schema, type) : null,
        new ArgumentDefinition { Name = "name", TypeReference = Parser.ParseType("String!") });

    private static FieldDefinition CreateMetaField(
        string name,
        string type,
        string description,
        Func<IResolverContext, object?>? resolver = null,
        ArgumentDefinition? argument = null)
    {
        var field = new FieldDefinition
        {
            Name = name,
            TypeReference = Parser.ParseType(type),
            Description = description,
            PureResolver = resolver,
        };
        if (argument is not null) field.Arguments.Add(argument);
        ResolveTypes(field);
        field.Arguments.Complete();
        field.MarkComplete();
        return field;
    }

    private static MemberList<FieldDefinition> Fields(string typeName) =>
        ((ObjectType)Types.First(type => type.Name == typeName)).Fields;

    private static void ResolveTypes(FieldDefinition field)
    {
        field.Type = ResolveType(field.TypeReference);
        foreach (var argument in field.Arguments) argument.Type = ResolveType(argument.TypeReference);
    }

    private static GraphQLType ResolveType(TypeNode reference) => reference switch
    {
        ListTypeNode list => ResolveType(list.Item).AsList(),
        NonNullTypeNode required => ResolveType(required.Nullable).AsNonNull(),
        NamedTypeNode named when SpecifiedScalars.TryGet(named.Name, out var scalar) => scalar!,
        _ => Types.First(type => type.Name == reference.InnermostName),
    };

    private static void DescribeSchema(MemberList<FieldDefinition> fields)
    {
        Answer<Schema>(fields, "description", schema => schema.Description);
        Answer<Schema>(fields, "types", schema => schema.Types.Select(type => new TypeView(schema, type)).ToArray());
        Answer<Schema>(fields, "queryType", schema => new TypeView(schema, schema.QueryType));
        Answer<Schema>(fields, "mutationType", schema => TypeView.Of(schema, schema.MutationType));
        Answer<Schema>(fields, "subscriptionType", schema => TypeView.Of(schema, schema.SubscriptionType));
        Answer<Schema>(fields, "directives", schema => schema.Directives
            .Where(directive => !directive.IsInternal)
            .Select(directive => new MemberView<DirectiveDefinition>(schema, directive))
            .ToArray());
    }

    private static void DescribeType(MemberList<FieldDefinition> fields)
    {
        Answer<TypeView>(fields, "kind", view => KindName(view.Type.Kind));
        Answer<TypeView>(fields, "name", view => (view.Type as NamedType)?.Name);
        Answer<TypeView>(fields, "description", view => (view.Type as NamedType)?.Description);
        Answer<TypeView>(fields, "specifiedByURL", view => (view.Type as ScalarType)?.SpecifiedBy);
        Answer<TypeView>(fields, "interfaces", view => (view.Type as ComplexType)?.Interfaces
            .Select(type => new TypeView(view.Schema, type))
            .ToArray());
        Answer<TypeView>(fields, "possibleTypes", view => view.Type is NamedType { IsAbstract: true } type
            ? view.Schema.PossibleTypes(type).Select(possible => new TypeView(view.Schema, possible)).ToArray()
            : null);
        Answer<TypeView>(fields, "ofType", view => view.Type switch
        {
            ListType list => new TypeView(view.Schema, list.Item),
            NonNullType required => new TypeView(view.Schema, required.Nullable),
            _ => null,
        });
        Answer<TypeView>(fields, "isOneOf", view => (view.Type as InputObjectType)?.IsOneOf);
        AnswerMembers<TypeView>(fields, "fields", (view, includeDeprecated) => (view.Type as ComplexType)?.Fields
            .Where(field => includeDeprecated || field.DeprecationReason is null)
            .Select(field => new MemberView<FieldDefinition>(view.Schema, field))
            .ToArray());
        AnswerMembers<TypeView>(fields, "enumValues", (view, includeDeprecated) => (view.Type as EnumType)?.Values
            .Where(value => includeDeprecated || value.DeprecationReason is null)
            .ToArray());
        AnswerMembers<TypeView>(fields, "inputFields", (view, includeDeprecated) => view.Type is InputObjectType input
            ? Inputs(view.Schema, input.Fields, includeDeprecated)
            : null);
    }

    private static void DescribeField(MemberList<FieldDefinition> fields)
    {
        Answer<MemberView<FieldDefinition>>(fields, "name", view => view.Member.Name);
        Answer<MemberView<FieldDefinition>>(fields, "description", view => view.Member.Description);
        AnswerMembers<MemberView<FieldDefinition>>(fields, "args", (view, includeDeprecated) =>
            Inputs(view.Schema, view.Member.Arguments, includeDeprecated));
        Answer<MemberView<FieldDefinition>>(fields, "type", view => new TypeView(view.Schema, view.Member.Type));
        Answer<MemberView<FieldDefinition>>(fields, "isDeprecated", view => view.Member.DeprecationReason is not null);
        Answer<MemberView<FieldDefinition>>(fields, "deprecationReason", view => view.Member.DeprecationReason);
    }

    private static void DescribeInputValue(MemberList<FieldDefinition> fields)
    {
        Answer<MemberView<InputValueDefinition>>(fields, "name", view => view.Member.Name);
        Answer<MemberView<InputValueDefinition>>(fields, "description", view => view.Member.Description);
        Answer<MemberView<InputValueDefinition>>(fields, "type", view => new TypeView(view.Schema, view.Member.Type));
        Answer<MemberView<InputValueDefinition>>(fields, "defaultValue", view =>
            view.Member.DefaultValue is { } value ? Printer.Print(value) : null);
        Answer<MemberView<InputValueDefinition>>(fields, "isDeprecated", view => view.Member.DeprecationReason is not null);
        Answer<MemberView<InputValueDefinition>>(fields, "deprecationReason", view => view.Member.DeprecationReason);
    }

    private static void DescribeEnumValue(MemberList<FieldDefinition> fields)
    {
        Answer<EnumValueDefinition>(fields, "name", value => value.Name);
        Answer<EnumValueDefinition>(fields, "description", value => value.Description);
        Answer<EnumValueDefinition>(fields, "isDeprecated", value => value.DeprecationReason is not null);
        Answer<EnumValueDefinition>(fields, "deprecationReason", value => value.DeprecationReason);
    }

    private static void DescribeDirective(MemberList<FieldDefinition> fields)
    {
        Answer<MemberView<DirectiveDefinition>>(fields, "name", view => view.Member.Name);
        Answer<MemberView<DirectiveDefinition>>(fields, "description", view => view.Member.Description);
        Answer<MemberView<DirectiveDefinition>>(fields, "isRepeatable", view => view.Member.IsRepeatable);
        Answer<MemberView<DirectiveDefinition>>(fields, "locations", view =>
            DirectiveLocationText.NamesOf(view.Member.Locations).ToArray());
        AnswerMembers<MemberView<DirectiveDefinition>>(fields, "args", (view, includeDeprecated) =>
            Inputs(view.Schema, view.Member.Arguments, includeDeprecated));
    }

    private static void Answer<TParent>(MemberList<FieldDefinition> fields, string name, Func<TParent, object?> answer) =>
        fields[name].PureResolver = context => answer(context.Parent<TParent>());

    private static void AnswerMembers<TParent>(
        MemberList<FieldDefinition> fields,
        string name,
        Func<TParent, bool, object?> answer) =>
        fields[name].PureResolver = context =>
            answer(context.Parent<TParent>(), context.ArgumentValue<bool>("includeDeprecated"));

    private static MemberView<InputValueDefinition>[] Inputs<T>(Schema schema, MemberList<T> inputs, bool includeDeprecated)
        where T : InputValueDefinition =>
    [
        .. inputs
            .Where(input => includeDeprecated || input.DeprecationReason is null)
            .Select(input => new MemberView<InputValueDefinition>(schema, input)),
    ];

    private static string KindName(TypeKind kind) => kind switch
    {
        TypeKind.InputObject => "INPUT_OBJECT",
        TypeKind.NonNull => "NON_NULL",
        _ => kind.ToString().ToUpperInvariant(),
    };

    /// <summary>A type as one schema sees it: the same scalar can belong to several.</summary>
    private sealed record TypeView(Schema Schema, GraphQLType Type)
    {
        public static TypeView? Of(Schema schema, GraphQLType? type) => type is null ? null : new TypeView(schema, type);
    }

    private sealed record MemberView<T>(Schema Schema, T Member)
        where T : SchemaMember;
}
