using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

internal sealed partial class SchemaAssembler
{
    private void DefineEnum(EnumType type, Type @class)
    {
        foreach (var member in @class.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(each => each.MetadataToken))
        {
            if (member.IsDefined(typeof(GraphQLIgnoreAttribute)) || SaidOf(member) is { IsIgnored: true }) continue;
            type.Values.Add(new()
            {
                Name = member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? NamingConventions.EnumValueName(member.Name),
                RuntimeValue = member.GetValue(null)!,
                Description = Describe(member),
                DeprecationReason = DeprecationOf(member),
            });
        }
    }

    private void DefineInterface(InterfaceType type, Type @class)
    {
        foreach (var property in PropertiesOf(@class)) type.Fields.Add(Field(property, @class, type.Name).Definition);
        foreach (var method in MethodsOf(@class, isStaticToo: false)) type.Fields.Add(Field(method, @class, type.Name).Definition);
    }

    private void DefineObject(ObjectType type, Type @class)
    {
        var ignored = _extensions
            .Where(each => TargetOf(each) as Type == @class)
            .SelectMany(each => each.GetCustomAttribute<ExtendObjectTypeAttribute>(inherit: false)?.IgnoreProperties ?? [])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var property in FieldsOf(@class).Select(each => each.Property).Where(each => !ignored.Contains(each.Name)))
            Add(type, Resolved(property, @class, null, type));

        // The methods of a plain class are its own business: a domain object does not offer its verbs to clients.
        var isDeclared = IsDeclared(@class);
        foreach (var method in MethodsOf(@class, isStaticToo: false).Where(each => !ignored.Contains(each.Name)))
        {
            if (isDeclared || IsOffered(@class, method)) Add(type, Resolved(method, @class, null, type));
        }

        foreach (var extension in _extensions.Where(each => Extends(each, @class, type.Name))) Extend(type, extension, @class);
        if (@class.IsDefined(typeof(NodeAttribute), inherit: false)) DescribeNode(type, @class);
        if (AuthorizationRules.Of([@class, .. _extensions.Where(each => AuthorizationRules.SpeaksForType(each) && Extends(each, @class, type.Name))]) is { } rules)
            type.Features.Set(rules);
    }

    /// <summary>The fields of a class go to a root type, which several classes share.</summary>
    private void Root(OperationKind operation, Type @class)
    {
        var name = RootNames[operation];
        if (!Builder.TryGetType(name, out var known))
        {
            known = new ObjectType(name) { Description = null };
            Builder.Add(known);
            foreach (var extension in Setup.Types.Where(each => TargetOf(each) switch
            {
                string target => target == name,
                Type target => Setup.Roots.Contains((operation, target)),
                _ => false,
            }))
            {
                _open.Enqueue(() => Extend((ObjectType)known, extension, null));
            }
        }

        Extend((ObjectType)known, @class, null);
    }

    private static bool Extends(Type extension, Type @class, string name) => TargetOf(extension) switch
    {
        Type target => target == @class || (target.IsInterface && target.IsAssignableFrom(@class)),
        string target => string.Equals(target, name, StringComparison.Ordinal),
        _ => false,
    };

    private void Extend(ObjectType type, Type extension, Type? parent)
    {
        var flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = extension.GetProperties(flags)
            .Where(each => each.CanRead && each.GetIndexParameters().Length == 0 && !each.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .OrderBy(each => each.MetadataToken);
        foreach (var property in properties) Add(type, Resolved(property, parent, extension, type));
        foreach (var method in MethodsOf(extension, isStaticToo: true))
        {
            if (parent is not null && method.IsDefined(typeof(NodeResolverAttribute))) DescribeNode(type, parent, method, extension);
            else Add(type, Resolved(method, parent, extension, type));
        }
    }

    // A field that comes later stands for one that was there.
    private void Add(ObjectType type, ObjectFieldDescriptor field)
    {
        var name = field.Definition.Name;
        if (type.Fields.Contains(name))
        {
            type.Fields.Remove(name);
            _fields.RemoveAll(each => each.Definition.DeclaringType == type && each.Definition.Name == name);
        }

        type.Fields.Add(field.Definition);
        _fields.Add(field);
        foreach (var attribute in field.Member!.GetCustomAttributes<ObjectFieldDescriptorAttribute>().OrderBy(each => each.Order))
            attribute.OnConfigure(_context, field);
        if (type.Name == RootNames[OperationKind.Mutation]) ApplyMutationConvention(field);
        ResolverCompiler.DescribeId(field, type.Name, this);
        if (AuthorizationRules.Of(field.Member!, field.Extension) is { } rules) field.Definition.Features.Set(rules);
    }

    private static bool IsDeclared(Type @class) => @class.GetCustomAttributes(inherit: false)
        .Any(each => each is ObjectTypeAttribute or NodeAttribute or InterfaceTypeAttribute or UnionTypeAttribute or GraphQLNameAttribute);

    // A method that says something about its field, or that a GraphQL interface of the class asks for.
    private static bool IsOffered(Type @class, MethodInfo method) =>
        method.GetCustomAttributes(inherit: false).Any(each => each.GetType().Assembly == typeof(SchemaAssembler).Assembly || each is ObjectFieldDescriptorAttribute)
        || @class.GetInterfaces().Any(each => each.IsDefined(typeof(InterfaceTypeAttribute), inherit: false)
            && @class.GetInterfaceMap(each).TargetMethods.Contains(method));

    private static IEnumerable<MethodInfo> MethodsOf(Type @class, bool isStaticToo)
    {
        var flags = BindingFlags.Public | BindingFlags.Instance | (isStaticToo ? BindingFlags.Static : BindingFlags.Default);
        return @class.GetMethods(flags | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName
                && method.DeclaringType != typeof(object)
                && method.GetBaseDefinition().DeclaringType != typeof(object)
                && method.ReturnType != typeof(void)
                && !method.IsGenericMethodDefinition
                && !method.IsDefined(typeof(GraphQLIgnoreAttribute))
                && !method.IsDefined(typeof(DataLoaderAttribute))
                && !method.IsDefined(typeof(CompilerGeneratedAttribute))
                && !IsOfARecord(method)
                && !IsSourceOfSubscription(@class, method)
                && !IsNodeResolverOf(@class, method)
                && method.GetParameters().All(each => !each.ParameterType.IsByRef))
            .OrderBy(method => method.MetadataToken);
    }

    private static bool IsOfARecord(MethodInfo method) =>
        method.Name is "<Clone>$" || (method.Name is "Equals" && method.GetParameters() is [_]);

    private static bool IsSourceOfSubscription(Type @class, MethodInfo method) => @class.GetMethods()
        .Any(each => each.GetCustomAttribute<SubscribeAttribute>()?.With == method.Name);

    private ObjectFieldDescriptor Resolved(MemberInfo member, Type? parent, Type? extension, ObjectType type)
    {
        var field = Field(member, parent, type.Name, extension);
        _compiler.Attach(field, isMutation: type.Name == RootNames[OperationKind.Mutation]);
        if (member is MethodInfo method && method.IsDefined(typeof(SubscribeAttribute))) _compiler.AttachSubscriber(field, method);
        if (member is MethodInfo resolver && resolver.IsDefined(typeof(NodeResolverAttribute))) UseAsNodeResolver(field, resolver, extension);
        return field;
    }

    private ObjectFieldDescriptor Field(MemberInfo member, Type? parent, string typeName, Type? extension = null)
    {
        var shape = ClrShape.OfResult(member);
        if (shape.Type == typeof(Task) || shape.Type == typeof(ValueTask))
            throw new InvalidOperationException($"{typeName}: {member.DeclaringType!.Name}.{member.Name} answers with nothing; a field needs a value.");

        var definition = new FieldDefinition
        {
            Name = member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? member switch
            {
                MethodInfo method => NamingConventions.MethodName(method.Name, IsAsync(method.ReturnType)),
                PropertyInfo property => OutputName(property),
                _ => NamingConventions.FieldName(member.Name),
            },
            TypeReference = TypeOf(shape, member, isInput: false),
            Description = Describe(member),
            DeprecationReason = DeprecationOf(member),
        };
        // What is behind a field decides which columns it needs, and whether it can be filtered by.
        definition.Features.Set(member);
        if (member is MethodInfo withArguments)
        {
            foreach (var parameter in withArguments.GetParameters().Where(_compiler.IsArgument))
                definition.Arguments.Add(Argument(parameter));
        }

        return new(definition, member, shape.Type, parent, extension);
    }

    private static bool IsAsync(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
