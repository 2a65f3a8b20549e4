using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Annotations.Nodes;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

/// <summary>How the nodes of one type are fetched by their ids.</summary>
/// <param name="KeyType">The C# type of the key.</param>
/// <param name="Fetch">Fetches the node; the key is found in the local state under <see cref="KeyState"/>.</param>
internal sealed record NodeResolver(Type KeyType, FieldResolver Fetch)
{
    public const string KeyState = "metro.node.key";
}

internal sealed partial class SchemaAssembler
{
    private readonly Dictionary<string, NodeResolver> _nodes = new(StringComparer.Ordinal);

    /// <summary>The object type can be fetched again: it has an opaque id and a way back from it.</summary>
    private void DescribeNode(ObjectType type, Type @class)
    {
        var node = @class.GetCustomAttribute<NodeAttribute>()!;
        var property = @class.GetProperty(node.IdField)
            ?? throw new InvalidOperationException($"{@class} is a node and needs a property {node.IdField}.");
        UseNodeId(type, property);

        // A resolver among the extensions or root fields may have come first.
        if (NodeResolverOf(@class, node) is { } method && !_nodes.ContainsKey(type.Name)) AddNode(type.Name, method, null);
    }

    /// <summary>A method of a class that adds to the type leads back from its ids; it is no field.</summary>
    private void DescribeNode(ObjectType type, Type @class, MethodInfo resolver, Type extension)
    {
        if (!@class.IsDefined(typeof(NodeAttribute), inherit: false))
        {
            UseNodeId(type, @class.GetProperty("Id")
                ?? throw new InvalidOperationException($"{@class} is a node and needs a property Id."));
        }

        AddNode(type.Name, resolver, extension);
    }

    private void UseNodeId(ObjectType type, PropertyInfo property)
    {
        AddNodeInterface();
        if (!type.InterfaceReferences.Any(each => each.Name is "Node")) type.Implement("Node");
        var field = _fields.Find(each => each.Definition.DeclaringType == type && each.Member == property);
        if (field is null || property.IsDefined(typeof(IDAttribute))) return;

        field.Definition.TypeReference = new NonNullTypeNode { Nullable = new NamedTypeNode { Name = "ID" } };
        var name = type.Name;
        var pure = field.Definition.PureResolver!;
        field.Definition.PureResolver = context => NodeIds.Encode(name, pure(context));
    }

    private static MethodInfo? NodeResolverOf(Type @class, NodeAttribute node)
    {
        var methods = @class.GetMethods(BindingFlags.Public | BindingFlags.Static);
        if (node.NodeResolver is { } named) return methods.First(each => each.Name == named);
        return Array.Find(methods, each => each.IsDefined(typeof(NodeResolverAttribute)))
            ?? Array.Find(methods, each => each.Name == "Get" || each.Name == "GetAsync"
                || each.Name == $"Get{@class.Name}" || each.Name == $"Get{@class.Name}Async");
    }

    private static bool IsNodeResolverOf(Type @class, MethodInfo method) =>
        method.IsStatic && @class.GetCustomAttribute<NodeAttribute>() is { } node && NodeResolverOf(@class, node) == method;

    /// <summary>A field that fetches by id is also the way back from a global id, and takes global ids itself.</summary>
    private void UseAsNodeResolver(ObjectFieldDescriptor field, MethodInfo method, Type? extension)
    {
        var @class = ClrShape.OfResult(method).Innermost;
        var name = Mention(@class, isInput: false);
        var key = method.GetParameters().First(_compiler.IsArgument);
        AddNode(name, method, extension);

        var argument = field.Definition.Arguments[ResolverCompiler.ArgumentName(key)];
        argument.TypeReference = new NonNullTypeNode { Nullable = new NamedTypeNode { Name = "ID" } };
        argument.Features.Set(NodeIds.Reader(name));

        Completions.Insert(0, () =>
        {
            var type = (ObjectType)_defined[(@class, false)];
            var property = @class.GetProperty(@class.GetCustomAttribute<NodeAttribute>()?.IdField ?? "Id");
            if (property is not null && !@class.IsDefined(typeof(NodeAttribute))) UseNodeId(type, property);
        });
    }

    private void AddNode(string typeName, MethodInfo method, Type? extension)
    {
        var key = method.GetParameters().First(_compiler.IsArgument);
        var read = typeof(SchemaAssembler).GetMethod(nameof(NodeKey), BindingFlags.NonPublic | BindingFlags.Static)!;
        _nodes[typeName] = new(key.ParameterType, _compiler.Resolver(
            method,
            parameter => parameter == key
                ? Expression.Call(read.MakeGenericMethod(key.ParameterType), ResolverCompiler.ContextExpression)
                : null,
            extension));
    }

    private static T NodeKey<T>(IResolverContext context) => (T)context.LocalContextData[NodeResolver.KeyState]!;

    private void AddNodeInterface()
    {
        if (Builder.TryGetType("Node", out _)) return;
        var node = new InterfaceType("Node") { Description = "The node interface is implemented by entities that have a global unique identifier." };
        node.Fields.Add(new() { Name = "id", TypeReference = Parser.ParseType("ID!") });
        Builder.Add(node);
    }

    private void AddNodeFields()
    {
        AddNodeInterface();
        var query = (ObjectType)(Builder.TryGetType(RootNames[OperationKind.Query], out var known) ? known : new ObjectType("Query"));
        var node = new FieldDefinition
        {
            Name = "node",
            TypeReference = Parser.ParseType("Node"),
            Description = "Fetches an object given its ID.",
            Resolver = context => NodeAsync(context, context.ArgumentValue<string>("id")),
        };
        node.Arguments.Add(new() { Name = "id", TypeReference = Parser.ParseType("ID!"), Description = "ID of the object." });

        var maxNodes = Setup.SchemaOptions.MaxNodes;
        var nodes = new FieldDefinition
        {
            Name = "nodes",
            TypeReference = Parser.ParseType("[Node]!"),
            Description = "Lookup nodes by a list of IDs.",
            Resolver = context => NodesAsync(context, context.ArgumentValue<string[]>("ids"), maxNodes),
        };
        nodes.Arguments.Add(new()
        {
            Name = "ids", TypeReference = Parser.ParseType("[ID!]!"), RuntimeType = typeof(string[]), Description = "The list of node IDs.",
        });
        query.Fields.Add(node);
        query.Fields.Add(nodes);
    }

    private async ValueTask<object?> NodesAsync(IResolverContext context, string[] ids, int maxNodes)
    {
        if (ids.Length > maxNodes)
        {
            throw new GraphQLException(ErrorBuilder.New()
                .SetMessage($"At most {maxNodes} nodes can be fetched at once; {ids.Length} were asked for.")
                .SetCode(ErrorCodes.TooManyNodes)
                .Build());
        }

        // All are asked for before the first is awaited, so that a DataLoader sees them together. What cannot be found is
        // null in its place; one bad id does not take the others with it.
        var fetching = new List<Task<object?>>(ids.Length);
        foreach (var id in ids) fetching.Add(NodeAsync(context, id).AsTask());
        var found = new object?[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            try
            {
                found[i] = await fetching[i];
            }
            catch (GraphQLException refused)
            {
                foreach (var error in refused.Errors) context.ReportError(error.WithPath(context.Path.Append(i)));
            }
        }

        return found;
    }

    private ValueTask<object?> NodeAsync(IResolverContext context, string id)
    {
        if (!NodeIds.TryParse(id, out var typeName, out var rawId))
            return ValueTask.FromException<object?>(Malformed());
        if (!_nodes.TryGetValue(typeName, out var node)) return new((object?)null);
        try
        {
            var key = NodeIds.KeyOrRefusal(rawId, node.KeyType);
            // Read before the first wait, so several nodes of one field do not mistake each other's key.
            context.LocalContextData = context.LocalContextData.SetItem(NodeResolver.KeyState, key);
            return node.Fetch(context);
        }
        catch (InputException)
        {
            return ValueTask.FromException<object?>(Malformed());
        }
    }

    private static GraphQLException Malformed() => new(ErrorBuilder.New()
        .SetMessage("The node ID string has an invalid format.")
        .SetCode(ErrorCodes.InvalidRuntimeValue)
        .Build());
}
