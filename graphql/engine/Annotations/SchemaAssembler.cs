using System.Reflection;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

/// <summary>
/// Makes a schema of annotated C# classes. Classes come into it because they are registered or because a member mentions
/// them; each is defined once, when everything that was found before it is. Used by one thread, once.
/// </summary>
internal sealed partial class SchemaAssembler
{
    private static readonly Dictionary<OperationKind, string> RootNames = new()
    {
        [OperationKind.Query] = "Query",
        [OperationKind.Mutation] = "Mutation",
        [OperationKind.Subscription] = "Subscription",
    };

    private readonly Dictionary<(Type Class, bool IsInput), NamedType> _defined = [];
    private readonly Dictionary<string, Type> _inputTypes = new(StringComparer.Ordinal);
    private readonly Queue<Action> _open = [];
    private readonly List<ObjectFieldDescriptor> _fields = [];
    private readonly List<Type> _extensions = [];
    private readonly HashSet<string> _directives = new(StringComparer.Ordinal);
    private readonly ResolverCompiler _compiler;
    private readonly DescriptorContext _context;

    public SchemaAssembler(SchemaSetup setup)
    {
        Setup = setup;
        _compiler = new(setup);
        _context = new(this);
    }

    public SchemaSetup Setup { get; }

    public SchemaBuilder Builder { get; } = new();

    public List<Action> Completions { get; } = [];

    /// <summary>The schema of everything that was registered.</summary>
    /// <exception cref="SchemaException">It breaks rules of the type system; says all of them.</exception>
    public Schema Assemble()
    {
        foreach (var (operation, @class) in Setup.Roots) Root(operation, @class);
        foreach (var type in Setup.Types.Where(IsExtension)) _extensions.Add(type);
        foreach (var type in Setup.Types) Register(type);
        if (Setup.HasNodes) AddNodeFields();
        foreach (var describe in Setup.Descriptions) describe(_context);

        DefineAll();
        for (var i = 0; i < Completions.Count; i++)
        {
            Completions[i]();
            DefineAll();
        }

        LinkAbstractTypes();
        foreach (var field in _fields) ResolverCompiler.Finish(field);
        foreach (var configure in Setup.Configurations) configure(Builder);
        new Cost.CostDefaults(_context).OfFields(Builder.Types);
        Authorization.AuthorizationRules.Protect(Builder);
        return Builder.Build();
    }

    /// <summary>The type of a member, by name; what it names comes into the schema.</summary>
    public TypeNode Reference(ClrShape shape, bool isInput, string? innermostName = null)
    {
        TypeNode node = shape.Item is { } item
            ? new ListTypeNode { Item = Reference(item, isInput, innermostName) }
            : new NamedTypeNode { Name = innermostName ?? Mention(shape.Type, isInput) };
        return shape.IsNullable ? node : new NonNullTypeNode { Nullable = node };
    }

    public string NameOf(Type type, bool isInput)
    {
        if (ScalarNameOf(type) is { } scalar) return scalar;
        if (isInput && type.GetCustomAttribute<InputObjectTypeAttribute>()?.Name is { } inputName) return inputName;

        var name = Setup.Described.GetValueOrDefault(type)?.Name
            ?? type.GetCustomAttribute<GraphQLNameAttribute>(inherit: false)?.Name
            ?? type.GetCustomAttribute<ObjectTypeAttribute>(inherit: false)?.Name
            ?? type.GetCustomAttribute<InterfaceTypeAttribute>(inherit: false)?.Name
            ?? type.GetCustomAttribute<UnionTypeAttribute>(inherit: false)?.Name
            ?? type.GetCustomAttribute<EnumTypeAttribute>(inherit: false)?.Name
            ?? ConventionalName(type);
        if (type.IsEnum) return name;
        return isInput ? NamingConventions.InputTypeName(name) : name;
    }

    public string? Describe(MemberInfo member) =>
        (member is Type described ? Setup.Described.GetValueOrDefault(described)?.Description : SaidOf(member)?.Description)
        ?? member.GetCustomAttribute<GraphQLDescriptionAttribute>(inherit: false)?.Description
        ?? (!Setup.SchemaOptions.UseXmlDocumentation ? null : member is Type type ? XmlDocumentation.Of(type) : XmlDocumentation.Of(member));

    public string? Describe(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description
        ?? (Setup.SchemaOptions.UseXmlDocumentation ? XmlDocumentation.Of(parameter) : null);

    public void TryAddDirective(DirectiveDefinition directive)
    {
        if (_directives.Add(directive.Name)) Builder.Add(directive);
    }

    /// <summary>The properties of a class that are fields, base classes first, each in the order of its source.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type)
    {
        var types = type.IsInterface ? type.GetInterfaces().Append(type) : BasesOf(type).Append(type);
        var message = type.IsAssignableTo(typeof(Exception)) ? [typeof(Exception).GetProperty(nameof(Exception.Message))!] : Array.Empty<PropertyInfo>();
        return message.Concat(types
            .SelectMany(each => each
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .OrderBy(property => property.MetadataToken)))
            .Where(property => property is { CanRead: true, GetMethod.IsPublic: true }
                && property.GetIndexParameters().Length == 0
                && !property.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(same => same.Last());
    }

    public static string FieldName(PropertyInfo property) =>
        property.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? NamingConventions.FieldName(property.Name);

    /// <summary>The properties of a class that are fields of its output type, with the fields' names.</summary>
    public IEnumerable<(PropertyInfo Property, string FieldName)> FieldsOf(Type type)
    {
        var said = Setup.Described.GetValueOrDefault(type);
        return PropertiesOf(type)
            .Where(property => said?.Has(property.Name) is not false)
            .Select(property => (property, OutputName(property)));
    }

    /// <summary>What is said of a member from outside of its class; null when nothing is.</summary>
    public MemberDescription? SaidOf(MemberInfo member) =>
        member.DeclaringType is { } type && Setup.Described.TryGetValue(type, out var said) ? said.Members.GetValueOrDefault(member.Name) : null;

    private string OutputName(PropertyInfo property) => SaidOf(property)?.Name ?? FieldName(property);

    private static Stack<Type> BasesOf(Type type)
    {
        var bases = new Stack<Type>();
        for (var at = type.BaseType; at is not null && at != typeof(object) && at != typeof(ValueType) && at != typeof(Exception); at = at.BaseType)
            bases.Push(at);
        return bases;
    }

    private static bool IsExtension(Type type) => TargetOf(type) is not null;

    // What a class adds fields to; null when it is no extension.
    private static object? TargetOf(Type type)
    {
        if (type.GetCustomAttribute<ExtendObjectTypeAttribute>(inherit: false) is { } extend)
            return extend.ExtendsType ?? (object?)extend.Name;
        return type.GetCustomAttribute<ObjectTypeAttribute>(inherit: false)?.RuntimeType;
    }

    private void Register(Type type)
    {
        if (type.GetCustomAttribute<ObjectTypeAttribute>(inherit: false)?.RuntimeType is { } target)
        {
            Mention(target, isInput: false);
            return;
        }

        if (IsExtension(type)) return;
        var isInput = type.IsDefined(typeof(InputObjectTypeAttribute), inherit: false) || type.IsDefined(typeof(OneOfAttribute), inherit: false);
        Mention(type, isInput);
    }

    private string? ScalarNameOf(Type type) => Setup.ScalarNames.GetValueOrDefault(type) ?? ExtendedScalars.NameFor(type);

    private string ConventionalName(Type type)
    {
        var name = type.IsAssignableTo(typeof(Exception)) ? NamingConventions.ErrorTypeName(type.Name) : NamingConventions.TypeName(type);
        return type.IsInterface && Setup.SchemaOptions.StripLeadingIFromInterface && name is ['I', >= 'A' and <= 'Z', ..] ? name[1..] : name;
    }

    /// <summary>The name of the type that stands for a class, which is defined later unless it was already.</summary>
    private string Mention(Type type, bool isInput)
    {
        if (ScalarNameOf(type) is { } scalar) return scalar;
        if (type.IsEnum) isInput = false;
        if (_defined.TryGetValue((type, isInput), out var known)) return known.Name;

        var name = NameOf(type, isInput);
        // A hand-written type of this name stands for the class.
        if (Builder.TryGetType(name, out var other) && (other.RuntimeType is null || other.RuntimeType == type))
        {
            _defined.Add((type, isInput), other);
            return name;
        }

        var defined = Begin(type, isInput, name);
        defined.RuntimeType = type;
        defined.Description = Describe(type);
        if (!isInput && Authorization.AuthorizationRules.Of([type]) is { } rules) defined.Features.Set(rules);
        _defined.Add((type, isInput), defined);
        Builder.Add(defined);
        foreach (var annotation in type.GetCustomAttributes(inherit: true).OfType<ITypeAnnotation>())
            annotation.OnConfigure(_context, defined);
        return name;
    }

    private NamedType Begin(Type type, bool isInput, string name)
    {
        if (type.IsEnum)
        {
            var @enum = new EnumType(name);
            _open.Enqueue(() => DefineEnum(@enum, type));
            return @enum;
        }

        if (isInput)
        {
            var input = new InputObjectType(name) { IsOneOf = type.IsDefined(typeof(OneOfAttribute)) };
            _inputTypes[name] = type;
            _open.Enqueue(() => DefineInput(input, type));
            return input;
        }

        if (type.IsDefined(typeof(UnionTypeAttribute), inherit: false)) return new UnionType(name);
        if (type.IsDefined(typeof(InterfaceTypeAttribute), inherit: false) || type.IsInterface
            || (type.IsAbstract && !type.IsSealed))
        {
            var @interface = new InterfaceType(name);
            _open.Enqueue(() => DefineInterface(@interface, type));
            return @interface;
        }

        var @object = new ObjectType(name);
        _open.Enqueue(() => DefineObject(@object, type));
        return @object;
    }

    private void DefineAll()
    {
        while (_open.TryDequeue(out var define)) define();
    }

    // Which object types an interface or union stands for is known only when all of them are there.
    private void LinkAbstractTypes()
    {
        var objects = _defined.Where(each => each.Value is ObjectType).Select(each => (each.Key.Class, Type: (ComplexType)each.Value)).ToList();
        var interfaces = _defined.Where(each => each.Value is InterfaceType).Select(each => (each.Key.Class, Type: (InterfaceType)each.Value)).ToList();
        var implementing = objects.Concat(interfaces.Select(each => (each.Class, Type: (ComplexType)each.Type))).ToList();
        foreach (var (@class, type) in implementing)
        {
            foreach (var (shared, @interface) in interfaces)
            {
                if (@class != shared && shared.IsAssignableFrom(@class)
                    && !type.InterfaceReferences.Any(each => string.Equals(each.Name, @interface.Name, StringComparison.Ordinal)))
                {
                    type.Implement(@interface.Name);
                }
            }
        }

        foreach (var ((shared, _), type) in _defined)
        {
            if (type is not UnionType union) continue;
            foreach (var (@class, member) in objects.Where(each => shared.IsAssignableFrom(each.Class))) union.Include(member.Name);
        }
    }

    private static string? DeprecationOf(ICustomAttributeProvider member)
    {
        if (member.GetCustomAttributes(typeof(GraphQLDeprecatedAttribute), false) is [GraphQLDeprecatedAttribute own, ..])
            return own.DeprecationReason ?? SpecifiedDirectives.DefaultDeprecationReason;
        return member.GetCustomAttributes(typeof(ObsoleteAttribute), false) is [ObsoleteAttribute obsolete, ..]
            ? obsolete.Message ?? SpecifiedDirectives.DefaultDeprecationReason
            : null;
    }

    // What [GraphQLType] and [ID] say about a member's type, else the member itself.
    private TypeNode TypeOf(ClrShape shape, ICustomAttributeProvider member, bool isInput)
    {
        if (member.GetCustomAttributes(typeof(GraphQLTypeAttribute), true) is [GraphQLTypeAttribute given, ..])
        {
            if (given.TypeSyntax is { } syntax) return Parser.ParseType(syntax);
            var wanted = ClrShape.Of(given.Type!, shape.IsNullable);
            return shape.Item is not null && wanted.Item is null
                ? Reference(shape, isInput, Mention(given.Type!, isInput))
                : Reference(wanted, isInput);
        }

        return Reference(shape, isInput, member.IsDefined(typeof(IDAttribute), true) ? "ID" : null);
    }
}
