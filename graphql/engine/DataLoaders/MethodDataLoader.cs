using System.Reflection;
using Metro.GraphQL.Annotations;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.DataLoaders;

/// <summary>Registers the loaders that static methods declare with <see cref="DataLoaderAttribute"/>.</summary>
internal static class MethodDataLoader
{
    public static void Register(DataLoaderRegistry registry, MethodInfo method)
    {
        if (!method.IsStatic) throw Refused(method, "must be static");
        if (method.GetParameters() is not [var keys, ..]) throw Refused(method, "needs a parameter for its keys");
        var result = method.ReturnType.IsGenericType
            && (method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>) || method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? method.ReturnType.GetGenericArguments()[0]
            : throw Refused(method, "must return a task");

        var name = method.GetCustomAttribute<DataLoaderAttribute>()!.Name ?? NamingConventions.DataLoaderName(method.Name);
        var key = Execution.Coercion.InputConversion.ItemType(keys.ParameterType);
        var (loader, types) = (key, Dictionary(result), Lookup(result)) switch
        {
            (not null, { IsGenericType: true } value, _) when value.GetGenericTypeDefinition() == typeof(LoadResult<>) =>
                (typeof(Results<,>), (Type[])[key, value.GetGenericArguments()[0]]),
            (not null, { } value, _) => (typeof(Batches<,>), (Type[])[key, value]),
            (not null, _, { } value) => (typeof(Groups<,>), (Type[])[key, value]),
            (null, _, _) => (typeof(Singles<,>), (Type[])[keys.ParameterType, result]),
            _ => throw Refused(method, "must return a dictionary or a lookup for its keys"),
        };
        var type = loader.MakeGenericType(types);
        registry.Add(name, type, (services, scheduler) =>
            (IDataLoader)Activator.CreateInstance(type, scheduler, new Call(method, services))!);
    }

    private static Type? Dictionary(Type type) => Argument(type, typeof(IReadOnlyDictionary<,>)) ?? Argument(type, typeof(IDictionary<,>));

    private static Type? Lookup(Type type) => Argument(type, typeof(ILookup<,>));

    private static Type? Argument(Type type, Type definition) => type.GetInterfaces().Append(type)
        .FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == definition)
        ?.GetGenericArguments()[1];

    private static InvalidOperationException Refused(MethodInfo method, string fault) =>
        new($"The DataLoader method {method.DeclaringType}.{method.Name} {fault}.");

    /// <summary>One call of the method, with services from a scope of its own: batches may run at the same time.</summary>
    private sealed class Call(MethodInfo method, IServiceProvider services)
    {
        public async Task<T> RunAsync<T>(object keys, CancellationToken stop)
        {
            var scopes = services.GetService<IServiceScopeFactory>();
            await using var scope = scopes?.CreateAsyncScope();
            var provider = scope?.ServiceProvider ?? services;
            var parameters = method.GetParameters();
            var arguments = new object?[parameters.Length];
            arguments[0] = Fitting(keys, parameters[0].ParameterType);
            for (var i = 1; i < arguments.Length; i++)
            {
                var type = parameters[i].ParameterType;
                arguments[i] = type == typeof(CancellationToken) ? stop : provider.GetRequiredService(type);
            }

            var result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return result switch
            {
                Task<T> task => await task,
                ValueTask<T> task => await task,
                Task task => await ResultOf<T>(task),
                _ => (T)result!,
            };
        }

        private static object? Fitting(object keys, Type type) =>
            type.IsInstanceOfType(keys) ? keys : Execution.Coercion.InputConversion.To(type, ((System.Collections.IEnumerable)keys).Cast<object?>().ToArray());

        // The method may promise a class where the loader asks for its interface.
        private static async Task<T> ResultOf<T>(Task task)
        {
            await task;
            return (T)task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)!;
        }
    }

    private sealed class Batches<TKey, TValue>(IBatchScheduler scheduler, Call call) : BatchDataLoader<TKey, TValue>(scheduler)
        where TKey : notnull
    {
        protected override Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
            IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
            call.RunAsync<IReadOnlyDictionary<TKey, TValue>>(keys, cancellationToken);
    }

    private sealed class Results<TKey, TValue>(IBatchScheduler scheduler, Call call) : DataLoaderBase<TKey, TValue>(scheduler)
        where TKey : notnull
    {
        protected internal override async ValueTask FetchAsync(
            IReadOnlyList<TKey> keys, Memory<LoadResult<TValue>> results, CancellationToken cancellationToken)
        {
            var found = await call.RunAsync<IReadOnlyDictionary<TKey, LoadResult<TValue>>>(keys, cancellationToken);
            for (var i = 0; i < keys.Count; i++) results.Span[i] = found.TryGetValue(keys[i], out var result) ? result : default(TValue);
        }
    }

    private sealed class Groups<TKey, TValue>(IBatchScheduler scheduler, Call call) : GroupedDataLoader<TKey, TValue>(scheduler)
        where TKey : notnull
    {
        protected override Task<ILookup<TKey, TValue>> LoadGroupedBatchAsync(
            IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
            call.RunAsync<ILookup<TKey, TValue>>(keys, cancellationToken);
    }

    private sealed class Singles<TKey, TValue>(IBatchScheduler scheduler, Call call) : CacheDataLoader<TKey, TValue>(scheduler)
        where TKey : notnull
    {
        protected override Task<TValue> LoadSingleAsync(TKey key, CancellationToken cancellationToken) =>
            call.RunAsync<TValue>(key, cancellationToken);
    }
}
