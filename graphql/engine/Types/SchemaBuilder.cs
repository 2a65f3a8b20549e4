using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Puts a schema together, from SDL, from types made by code, or from both. Types refer to each other by name, so the
/// order in which they come does not matter. One builder makes one schema, on one thread.
/// </summary>
public sealed class SchemaBuilder
{
    private readonly List<NamedType> types = [];
    private readonly Dictionary<string, NamedType> typesByName = new(StringComparer.Ordinal);
    private readonly List<DirectiveDefinition> directives = [.. SpecifiedDirectives.All];
    private readonly List<DirectiveNode> appliedDirectives = [];
    private readonly List<TypeSystemNode> extensions = [];
    private readonly SchemaFaults faults = new();
    private readonly Dictionary<OperationKind, NamedTypeNode> rootReferences = [];
    private SchemaDefinitionNode? definition;
    private bool hasRootReferences;
    private bool isBuilt;

    /// <summary>What clients read about the schema; null when there is nothing to say.</summary>
    public string? Description { get; set; }

    /// <summary>Whether a scalar that SDL names like one of <see cref="ExtendedScalars"/> behaves like it. Default true.</summary>
    public bool BindsExtendedScalars { get; init; } = true;

    /// <summary>The types so far, in the order they came.</summary>
    public IReadOnlyList<NamedType> Types => types;

    /// <summary>Adds a type.</summary>
    /// <exception cref="InvalidOperationException">The schema is already built.</exception>
    public SchemaBuilder Add(NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        RequireOpen();
        if (!typesByName.TryAdd(type.Name, type))
        {
            faults.Add($"There can be only one type named \"{type.Name}\".", typesByName[type.Name].Syntax, type.Syntax);
            return this;
        }

        types.Add(type);
        return this;
    }

    /// <summary>Adds a directive that may be applied.</summary>
    /// <exception cref="InvalidOperationException">The schema is already built.</exception>
    public SchemaBuilder Add(DirectiveDefinition directive)
    {
        ArgumentNullException.ThrowIfNull(directive);
        RequireOpen();
        if (directives.Find(each => each.Name == directive.Name) is { } same)
            faults.Add($"There can be only one directive named \"@{directive.Name}\".", same.Syntax, directive.Syntax);
        else
            directives.Add(directive);
        return this;
    }

    /// <summary>Applies a directive to the schema itself.</summary>
    public SchemaBuilder Apply(DirectiveNode directive)
    {
        ArgumentNullException.ThrowIfNull(directive);
        RequireOpen();
        appliedDirectives.Add(directive);
        return this;
    }

    /// <summary>
    /// Says on which type operations of a kind start. When nothing says so, they start on the types named Query,
    /// Mutation and Subscription (spec 3.3.1).
    /// </summary>
    public SchemaBuilder SetRootType(OperationKind operation, string typeName)
    {
        RequireOpen();
        hasRootReferences = true;
        rootReferences[operation] = new NamedTypeNode { Name = typeName };
        return this;
    }

    /// <summary>Adds the definitions of SDL. Extensions are applied when the schema is built, wherever their types come from.</summary>
    /// <exception cref="SyntaxException">The text does not follow the grammar.</exception>
    public SchemaBuilder AddSdl(string sdl) =>
        AddSdl(Parser.ParseDocument(new Source(sdl, "GraphQL schema"), ParserOptions.Trusted));

    /// <summary>Adds the definitions of a document. Extensions are applied when the schema is built.</summary>
    public SchemaBuilder AddSdl(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        RequireOpen();
        foreach (var node in document.Definitions)
        {
            switch (node)
            {
                case TypeSystemNode { IsExtension: true } extension:
                    extensions.Add(extension);
                    break;
                case SchemaDefinitionNode schema:
                    AddDefinition(schema);
                    break;
                case DirectiveDefinitionNode directive:
                    // Spec 3.13: SDL may spell out the built-in directives or leave them away.
                    if (!SpecifiedDirectives.IsSpecified(directive.Name)) Add(SdlReader.Directive(directive));
                    break;
                case ScalarTypeDefinitionNode scalar when SpecifiedScalars.IsSpecified(scalar.Name):
                    // Spec 3.5: the same holds for the built-in scalars.
                    break;
                case ScalarTypeDefinitionNode scalar when IsFromCode(scalar.Name, out var known):
                    known.Description ??= scalar.Description?.Value;
                    SdlReader.Extend(known, scalar);
                    break;
                case TypeDefinitionNode type:
                    Add(SdlReader.Type(type, BindsExtendedScalars));
                    break;
                default:
                    faults.Add($"The {DescribeExecutable(node)} definition is not part of a schema.", node);
                    break;
            }
        }

        return this;
    }

    /// <summary>Finds a type that was added.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out NamedType? type) => typesByName.TryGetValue(name, out type);

    /// <summary>The field at a coordinate such as <c>Query.books</c>, to attach a resolver to.</summary>
    /// <exception cref="KeyNotFoundException">No type that was added has such a field.</exception>
    public FieldDefinition Field(string typeName, string fieldName) =>
        TryGetType(typeName, out var type) && type is ComplexType complex && complex.Fields.TryGet(fieldName, out var field)
            ? field
            : throw new KeyNotFoundException($"There is no field {typeName}.{fieldName}.");

    /// <summary>Attaches a resolver.</summary>
    /// <exception cref="KeyNotFoundException">No type that was added has such a field.</exception>
    public SchemaBuilder Resolve(string typeName, string fieldName, FieldResolver resolver)
    {
        Field(typeName, fieldName).Resolver = resolver;
        return this;
    }

    /// <summary>Completes and checks the schema.</summary>
    /// <exception cref="SchemaException">The schema breaks rules of the type system; says all of them.</exception>
    /// <exception cref="InvalidOperationException">The schema is already built.</exception>
    public Schema Build()
    {
        RequireOpen();
        ApplyExtensions();
        isBuilt = true;

        ResolveReferences();
        var roots = (Root(OperationKind.Query), Root(OperationKind.Mutation), Root(OperationKind.Subscription));
        foreach (var type in types.Where(type => !type.IsComplete)) type.Complete();
        foreach (var directive in directives.Where(directive => !directive.IsComplete))
        {
            directive.Arguments.Complete();
            directive.MarkComplete();
        }

        var schema = new Schema(
            Description,
            appliedDirectives,
            roots,
            [.. types, .. Introspection.Types.Where(type => !typesByName.ContainsKey(type.Name))],
            [.. directives]);
        SchemaValidation.Check(schema, faults, definition);
        faults.ThrowIfAny();
        return schema;
    }

    // SDL says that there is a scalar, and code, added before, how it behaves.
    private bool IsFromCode(string name, [NotNullWhen(true)] out ScalarType? scalar)
    {
        scalar = typesByName.GetValueOrDefault(name) as ScalarType;
        return scalar is { Syntax: null } and not AnyType;
    }

    private void AddDefinition(SchemaDefinitionNode schema)
    {
        if (definition is not null)
        {
            faults.Add("Must provide only one schema definition.", schema);
            return;
        }

        definition = schema;
        Description ??= schema.Description?.Value;
        AddRootTypes(schema);
    }

    private void AddRootTypes(SchemaDefinitionNode schema)
    {
        appliedDirectives.AddRange(schema.Directives);
        foreach (var root in schema.OperationTypes)
        {
            hasRootReferences = true;
            if (!rootReferences.TryAdd(root.Operation, root.Type))
            {
                faults.Add(
                    $"There can be only one {root.Operation.ToString().ToLowerInvariant()} type in schema.",
                    rootReferences[root.Operation],
                    root);
            }
        }
    }

    private void ApplyExtensions()
    {
        foreach (var extension in extensions)
        {
            switch (extension)
            {
                case SchemaDefinitionNode schema:
                    // An extension of a schema that goes by the default names keeps them.
                    if (!hasRootReferences && !schema.OperationTypes.IsEmpty) UseDefaultRootTypes();
                    AddRootTypes(schema);
                    break;
                case TypeDefinitionNode type when typesByName.TryGetValue(type.Name, out var extended):
                    if (!SdlReader.Extend(extended, type))
                        faults.Add($"Cannot extend non-{KindName(type)} type \"{type.Name}\".", extended.Syntax, type);
                    break;
                case TypeDefinitionNode type:
                    var similar = Suggestions.DidYouMean(null, Suggestions.For(type.Name, typesByName.Keys));
                    faults.Add($"Cannot extend type \"{type.Name}\" because it is not defined.{similar}", type);
                    break;
                case DirectiveDefinitionNode directive:
                    if (directives.Find(each => each.Name == directive.Name) is { IsComplete: false } known)
                        foreach (var applied in directive.Directives) known.Apply(applied);
                    else
                        faults.Add($"Cannot extend directive \"@{directive.Name}\" because it is not defined.", directive);
                    break;
            }
        }
    }

    private void UseDefaultRootTypes()
    {
        foreach (var operation in Enum.GetValues<OperationKind>())
        {
            if (typesByName.ContainsKey(operation.ToString()))
                rootReferences[operation] = new NamedTypeNode { Name = operation.ToString() };
        }
    }

    // Spec 3.3.1: queries have a type to start on, mutations and subscriptions may have one; each is an object type.
    private ObjectType? Root(OperationKind operation)
    {
        NamedType? type;
        SyntaxNode? place = definition;
        if (!hasRootReferences)
        {
            type = typesByName.GetValueOrDefault(operation.ToString());
        }
        else if (rootReferences.TryGetValue(operation, out var reference))
        {
            type = ResolveNamed(reference);
            // A name that leads nowhere is a fault already told.
            if (type is null) return null;
            place = reference;
        }
        else
        {
            type = null;
        }

        switch (type)
        {
            case ObjectType root:
                return root;
            case null when operation is OperationKind.Query:
                faults.Add("Query root type must be provided.", place);
                return null;
            case null:
                return null;
            default:
                var provided = operation is OperationKind.Query ? "" : " if provided";
                faults.Add($"{operation} root type must be Object type{provided}, it cannot be {type}.", place);
                return null;
        }
    }

    private void ResolveReferences()
    {
        // Scalars that references bring in are appended while the list is walked; they refer to nothing themselves.
        for (var i = 0; i < types.Count; i++)
        {
            switch (types[i])
            {
                case ComplexType { IsComplete: false } complex: ResolveComplex(complex); break;
                case UnionType { IsComplete: false } union: ResolveUnion(union); break;
                case InputObjectType { IsComplete: false } input: ResolveInputs(input.Fields); break;
            }
        }

        foreach (var directive in directives.Where(directive => !directive.IsComplete)) ResolveInputs(directive.Arguments);

        // Introspection needs both, whether the schema's own fields use them or not (spec 4.2).
        ResolveNamed(new NamedTypeNode { Name = "String" });
        ResolveNamed(new NamedTypeNode { Name = "Boolean" });
    }

    private void ResolveComplex(ComplexType complex)
    {
        var interfaces = ImmutableArray.CreateBuilder<InterfaceType>();
        foreach (var reference in complex.InterfaceReferences)
        {
            switch (ResolveNamed(reference))
            {
                case InterfaceType @interface:
                    interfaces.Add(@interface);
                    break;
                case { } other:
                    faults.Add($"Type {complex} must only implement Interface types, it cannot implement {other}.", reference);
                    break;
            }
        }

        complex.Resolve(interfaces.ToImmutable());
        foreach (var field in complex.Fields)
        {
            if (ResolveAny(field.TypeReference) is { } type) field.Type = type;
            ResolveInputs(field.Arguments);
        }
    }

    private void ResolveUnion(UnionType union)
    {
        var members = ImmutableArray.CreateBuilder<ObjectType>();
        foreach (var reference in union.MemberReferences)
        {
            switch (ResolveNamed(reference))
            {
                case ObjectType member:
                    members.Add(member);
                    break;
                case { } other:
                    faults.Add($"Union type {union} can only include Object types, it cannot include {other}.", reference);
                    break;
            }
        }

        union.Resolve(members.ToImmutable());
    }

    private void ResolveInputs<T>(MemberList<T> inputs)
        where T : InputValueDefinition
    {
        foreach (var input in inputs)
        {
            if (ResolveAny(input.TypeReference) is { } type) input.Type = type;
        }
    }

    private GraphQLType? ResolveAny(TypeNode reference) => reference switch
    {
        ListTypeNode list => ResolveAny(list.Item)?.AsList(),
        NonNullTypeNode required => ResolveAny(required.Nullable)?.AsNonNull(),
        _ => ResolveNamed((NamedTypeNode)reference),
    };

    private NamedType? ResolveNamed(NamedTypeNode reference)
    {
        if (typesByName.TryGetValue(reference.Name, out var known)) return known;
        if (SpecifiedScalars.TryGet(reference.Name, out var scalar) || (scalar = ExtendedScalars.Create(reference.Name)) is not null)
        {
            typesByName.Add(scalar!.Name, scalar);
            types.Add(scalar);
            return scalar;
        }

        if (Introspection.Types.FirstOrDefault(type => type.Name == reference.Name) is { } introspection) return introspection;

        var similar = Suggestions.DidYouMean(null, Suggestions.For(reference.Name, typesByName.Keys));
        faults.Add($"Unknown type \"{reference.Name}\".{similar}", reference);
        return null;
    }

    private void RequireOpen()
    {
        if (isBuilt) throw new InvalidOperationException("The schema is already built.");
    }

    private static string KindName(TypeDefinitionNode node) => node switch
    {
        ScalarTypeDefinitionNode => "scalar",
        ObjectTypeDefinitionNode => "object",
        InterfaceTypeDefinitionNode => "interface",
        UnionTypeDefinitionNode => "union",
        EnumTypeDefinitionNode => "enum",
        _ => "input object",
    };

    private static string DescribeExecutable(DefinitionNode node) => node switch
    {
        OperationDefinitionNode { Name: { } name } => $"\"{name}\"",
        FragmentDefinitionNode fragment => $"\"{fragment.Name}\"",
        _ => "anonymous operation",
    };
}
