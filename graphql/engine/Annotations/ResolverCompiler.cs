using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Subscriptions;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Annotations;

/// <summary>
/// Compiles properties and methods to resolvers: a property is read at once; a method gets its parameters from the
/// field. Middlewares are composed around them when all annotations have had their say.
/// </summary>
internal sealed class ResolverCompiler(SchemaSetup setup)
{
    private static readonly ParameterExpression Context = Expression.Parameter(typeof(IResolverContext), "context");

    /// <summary>Whether clients give this parameter of a method.</summary>
    public bool IsArgument(ParameterInfo parameter) => Special(parameter) is null;

    public static string ArgumentName(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? NamingConventions.FieldName(parameter.Name!);

    /// <summary>Makes the member answer the field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="isMutation">Whether this is a root field of a mutation.</param>
    /// <param name="inputArgument">The argument whose fields are the method's arguments; null when they are the field's own.</param>
    public void Attach(ObjectFieldDescriptor field, bool isMutation, string? inputArgument = null)
    {
        var extension = field.Extension;
        switch (field.Member)
        {
            case PropertyInfo property:
                var source = property.GetMethod!.IsStatic ? null : Source(property.DeclaringType!, field.ParentType, extension);
                field.Definition.PureResolver = Compile<object?>(Expression.Property(source, property));
                break;
            case MethodInfo method:
                var call = Expression.Call(
                    method.IsStatic ? null : Source(method.DeclaringType!, field.ParentType, extension),
                    method,
                    method.GetParameters().Select(each => Parameter(each, inputArgument)));
                var needsScope = !isMutation && Array.Exists(method.GetParameters(), IsScopedService);
                if (needsScope) field.Use(InItsOwnScope);
                if (Awaited(call) is { } resolver) field.Definition.Resolver = resolver;
                else field.Definition.PureResolver = Compile<object?>(call);
                break;
        }
    }

    /// <summary>Opens the stream of a subscription field: by a method of the class, or by its topic.</summary>
    public void AttachSubscriber(ObjectFieldDescriptor field, MethodInfo method)
    {
        if (method.GetCustomAttribute<SubscribeAttribute>()!.With is { } with)
        {
            var open = method.DeclaringType!.GetMethod(with)
                ?? throw new InvalidOperationException($"{method.DeclaringType} has no method {with} to subscribe with.");
            var call = Expression.Call(
                open.IsStatic ? null : Source(open.DeclaringType!, null, field.Extension), open, open.GetParameters().Select(Parameter));
            var opened = Awaited(call, isStream: true) ?? Wrap(Compile<object?>(call));
            field.Definition.Subscriber = async context => TopicStream.EventsOf(await opened(context));
            return;
        }

        var message = method.GetParameters().FirstOrDefault(each => each.IsDefined(typeof(EventMessageAttribute)))?.ParameterType
            ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} needs a parameter with [EventMessage].");
        field.Definition.Subscriber = TopicStream.Subscriber(message, Topic(method));
    }

    /// <summary>Wraps the ids that a field answers with, where an annotation says that they are global.</summary>
    public static void DescribeId(ObjectFieldDescriptor field, string typeName, SchemaAssembler assembler)
    {
        if (field.Member!.GetCustomAttribute<IDAttribute>() is not { } id) return;
        var named = id.TypeName ?? (id.RuntimeType is { } type ? assembler.NameOf(type, isInput: false) : typeName);
        if (field.Definition.PureResolver is { } pure)
            field.Definition.PureResolver = context => Nodes.NodeIds.Encode(named, pure(context));
        else if (field.Definition.Resolver is { } resolver)
            field.Definition.Resolver = async context => Nodes.NodeIds.Encode(named, await resolver(context));
    }

    /// <summary>Composes the middlewares around the resolver.</summary>
    public static void Finish(ObjectFieldDescriptor field)
    {
        var definition = field.Definition;
        var reads = field.ResultType is { } result && IsLazy(result);
        if (field.Middlewares.Count == 0 && !reads) return;

        var resolver = definition.Resolver ?? (definition.PureResolver is { } pure ? Wrap(pure) : null);
        if (resolver is null) return;
        FieldDelegate pipeline = context =>
        {
            var task = resolver(context);
            if (!task.IsCompletedSuccessfully) return SetAsync(context, task);
            context.Result = task.Result;
            return ValueTask.CompletedTask;
        };
        // A sequence is read before the services it reads from are gone, and after paging had it as a query.
        var scoped = field.Middlewares.Where(each => each.Middleware == InItsOwnScope).ToList();
        foreach (var (_, middleware) in field.Middlewares.Where(each => each.Middleware != InItsOwnScope).Reverse()) pipeline = middleware(pipeline);
        if (reads) pipeline = ReadToEnd(pipeline);
        foreach (var (_, middleware) in scoped) pipeline = middleware(pipeline);

        definition.PureResolver = null;
        definition.Resolver = context =>
        {
            var middlewareContext = (IMiddlewareContext)context;
            var task = pipeline(middlewareContext);
            return task.IsCompletedSuccessfully ? new(middlewareContext.Result) : ResultAsync(middlewareContext, task);
        };
    }

    /// <summary>Calls a method with what the field knows, outside of any field of its own.</summary>
    public FieldResolver Resolver(MethodInfo method, Func<ParameterInfo, Expression?> bind, Type? extension)
    {
        var call = Expression.Call(
            method.IsStatic ? null : Source(method.DeclaringType!, null, extension),
            method,
            method.GetParameters().Select(each => bind(each) ?? Parameter(each)));
        var resolver = Awaited(call) ?? Wrap(Compile<object?>(call));
        return Array.Exists(method.GetParameters(), IsScopedService) ? InScope(resolver) : resolver;
    }

    public static Expression ContextExpression => Context;

    private static FieldResolver Wrap(Func<IResolverContext, object?> pure) => context => new(pure(context));

    // A schema has a thousand fields and a process's first minutes ask for a few: each is compiled when it is first asked, which
    // takes most of the time that building a schema took. Two threads that are first compile the same twice, and either is good.
    private static Func<IResolverContext, T> Compile<T>(Expression body)
    {
        var lambda = Expression.Lambda<Func<IResolverContext, T>>(body.Type == typeof(T) ? body : Expression.Convert(body, typeof(T)), Context);
        Func<IResolverContext, T>? compiled = null;
        return context => (compiled ??= lambda.Compile())(context);
    }

    // The resolver of something that answers later; null for what answers at once.
    private static FieldResolver? Awaited(Expression call, bool isStream = false)
    {
        if (!call.Type.IsGenericType || (isStream && !call.Type.IsAssignableTo(typeof(Task)) && call.Type.GetGenericTypeDefinition() != typeof(ValueTask<>)))
            return null;
        var definition = call.Type.GetGenericTypeDefinition();
        var name = definition == typeof(Task<>) ? nameof(OfTask) : definition == typeof(ValueTask<>) ? nameof(OfValueTask) : null;
        if (name is null) return null;
        return (FieldResolver)typeof(ResolverCompiler)
            .GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(call.Type.GetGenericArguments())
            .Invoke(null, [call])!;
    }

    private static FieldResolver OfTask<T>(Expression body)
    {
        var call = Compile<Task<T>>(body);
        return context =>
        {
            var task = call(context);
            return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);
        };

        static async ValueTask<object?> Await(Task<T> task) => await task;
    }

    private static FieldResolver OfValueTask<T>(Expression body)
    {
        var call = Compile<ValueTask<T>>(body);
        return context =>
        {
            var task = call(context);
            return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);
        };

        static async ValueTask<object?> Await(ValueTask<T> task) => await task;
    }

    private static async ValueTask SetAsync(IMiddlewareContext context, ValueTask<object?> task) => context.Result = await task;

    private static async ValueTask<object?> ResultAsync(IMiddlewareContext context, ValueTask task)
    {
        await task;
        return context.Result;
    }

    /// <summary>
    /// Fields of a query run at the same time, and what is scoped (a database context above all) belongs to one of them.
    /// </summary>
    private static readonly FieldMiddleware InItsOwnScope = next => async context =>
    {
        var outer = context.Services;
        await using var scope = outer.CreateAsyncScope();
        context.Services = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        finally
        {
            context.Services = outer;
        }
    };

    private static FieldResolver InScope(FieldResolver resolver)
    {
        var pipeline = InItsOwnScope(async context => context.Result = await resolver(context));
        return async context =>
        {
            var middlewareContext = (IMiddlewareContext)context;
            await pipeline(middlewareContext);
            return middlewareContext.Result;
        };
    }

    private static bool IsLazy(Type type) => type.IsGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(IQueryable<>) || definition == typeof(IOrderedQueryable<>)
            || definition == typeof(IEnumerable<>) || definition == typeof(IAsyncEnumerable<>));

    private static FieldMiddleware ReadToEnd { get; } = next => async context =>
    {
        await next(context);
        context.Result = context.Result switch
        {
            null or string or ICollection => context.Result,
            var sequence when AsyncItems(sequence) is { } items => await ReadAsync(sequence, items, context.RequestAborted),
            IEnumerable sequence => sequence.Cast<object?>().ToList(),
            var other => other,
        };
    };

    private static Type? AsyncItems(object sequence) => sequence.GetType().GetInterfaces()
        .FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        ?.GetGenericArguments()[0];

    private static Task<object> ReadAsync(object sequence, Type item, CancellationToken stop) =>
        (Task<object>)typeof(ResolverCompiler)
            .GetMethod(nameof(ReadItemsAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(item)
            .Invoke(null, [sequence, stop])!;

    private static async Task<object> ReadItemsAsync<T>(IAsyncEnumerable<T> sequence, CancellationToken stop)
    {
        var items = new List<T>();
        await foreach (var item in sequence.WithCancellation(stop)) items.Add(item);
        return items;
    }

    // What a member is called on: the parent, or the one instance of the class that adds to it.
    private Expression Source(Type declaring, Type? parent, Type? extension)
    {
        if (extension is null && parent is not null)
            return Expression.Call(Context, nameof(IResolverContext.Parent), [parent]);

        var @class = extension ?? declaring;
        if (setup.IsService(@class, out _)) return Service(@class);
        if (@class.GetConstructor([]) is not null) return Expression.Constant(Activator.CreateInstance(@class), @class);
        return Expression.Convert(
            Expression.Call(
                typeof(ActivatorUtilities).GetMethod(nameof(ActivatorUtilities.CreateInstance), [typeof(IServiceProvider), typeof(Type), typeof(object[])])!,
                Expression.Property(Context, nameof(IResolverContext.Services)),
                Expression.Constant(@class),
                Expression.Constant(Array.Empty<object>())),
            @class);
    }

    private static MethodCallExpression Service(Type type) => Expression.Call(
        typeof(ServiceProviderServiceExtensions),
        nameof(ServiceProviderServiceExtensions.GetRequiredService),
        [type],
        Expression.Property(Context, nameof(IResolverContext.Services)));

    private Expression Parameter(ParameterInfo parameter) => Parameter(parameter, null);

    private Expression Parameter(ParameterInfo parameter, string? inputArgument)
    {
        if (Special(parameter) is { } special) return special;
        var name = Expression.Constant(ArgumentName(parameter));
        return inputArgument is null
            ? Expression.Call(Context, nameof(IResolverContext.ArgumentValue), [parameter.ParameterType], name)
            : Expression.Call(
                typeof(ResolverCompiler), nameof(InputField), [parameter.ParameterType], Context, Expression.Constant(inputArgument), name);
    }

    private static T? InputField<T>(IResolverContext context, string inputArgument, string name) =>
        context.ArgumentValue<IReadOnlyDictionary<string, object?>>(inputArgument).TryGetValue(name, out var value) ? (T?)value : default;

    private bool IsScopedService(ParameterInfo parameter) =>
        !parameter.IsDefined(typeof(ParentAttribute))
        && setup.IsService(parameter.ParameterType, out var lifetime) && lifetime is ServiceLifetime.Scoped;

    // Where a parameter comes from that is no argument.
    private Expression? Special(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken)) return Expression.Property(Context, nameof(IResolverContext.RequestAborted));
        if (type == typeof(IResolverContext)) return Context;
        if (type == typeof(ClaimsPrincipal)) return Expression.Property(Context, nameof(IResolverContext.User));
        if (type == typeof(IServiceProvider)) return Expression.Property(Context, nameof(IResolverContext.Services));
        if (type == typeof(Schema)) return Expression.Property(Context, nameof(IResolverContext.Schema));
        if (type == typeof(Selection)) return Expression.Property(Context, nameof(IResolverContext.Selection));
        if (type == typeof(OperationPlan)) return Expression.Property(Context, nameof(IResolverContext.Operation));
        if (type == typeof(Path)) return Expression.Property(Context, nameof(IResolverContext.Path));
        if (parameter.IsDefined(typeof(ParentAttribute)) || parameter.IsDefined(typeof(EventMessageAttribute)))
            return Expression.Call(Context, nameof(IResolverContext.Parent), [type]);
        if (parameter.GetCustomAttribute<GlobalStateAttribute>() is { } global)
            return State(nameof(GlobalState), type, global.Key ?? parameter.Name!);
        if (parameter.GetCustomAttribute<ScopedStateAttribute>() is { } scoped)
            return State(nameof(ScopedState), type, scoped.Key ?? parameter.Name!);
        if (parameter.GetCustomAttribute<LocalStateAttribute>() is { } local)
            return State(nameof(LocalState), type, local.Key ?? parameter.Name!);
        if (type.IsAssignableTo(typeof(IDataLoader)))
        {
            return Expression.Call(
                Context, nameof(IResolverContext.DataLoader), [type],
                Expression.Constant(parameter.GetCustomAttribute<DataLoaderAttribute>()?.Name, typeof(string)));
        }

        if (parameter.GetCustomAttribute<ServiceAttribute>() is { } service)
        {
            return service.Key is null ? Service(type) : Expression.Call(
                typeof(ServiceProviderKeyedServiceExtensions),
                nameof(ServiceProviderKeyedServiceExtensions.GetRequiredKeyedService),
                [type],
                Expression.Property(Context, nameof(IResolverContext.Services)),
                Expression.Constant(service.Key, typeof(object)));
        }

        return setup.IsService(type, out _) ? Service(type) : null;
    }

    private static MethodCallExpression State(string reader, Type type, string key) =>
        Expression.Call(typeof(ResolverCompiler), reader, [type], Context, Expression.Constant(key));

    private static T? GlobalState<T>(IResolverContext context, string key) =>
        context.ContextData.TryGetValue(key, out var value) && value is T state ? state : default;

    private static T? ScopedState<T>(IResolverContext context, string key) =>
        context.ScopedContextData.TryGetValue(key, out var value) && value is T state ? state : default;

    private static T? LocalState<T>(IResolverContext context, string key) =>
        context.LocalContextData.TryGetValue(key, out var value) && value is T state ? state : default;

    // The topic of a field: what the attribute says with its placeholders filled, else the method's name.
    private static Func<IResolverContext, string> Topic(MethodInfo method)
    {
        if (method.GetParameters().FirstOrDefault(each => each.IsDefined(typeof(TopicAttribute))) is { } parameter)
        {
            var argument = ArgumentName(parameter);
            return context => Text(context, argument);
        }

        var name = method.GetCustomAttribute<TopicAttribute>()?.Name ?? method.Name;
        var parts = name.Split('{', '}');
        return parts.Length == 1
            ? _ => name
            : context => string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : Text(context, part)));

        static string Text(IResolverContext context, string argument) =>
            Convert.ToString(context.ArgumentValue<object?>(argument), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}
