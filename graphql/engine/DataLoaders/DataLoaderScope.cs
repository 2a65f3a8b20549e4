using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.DataLoaders;

/// <summary>How to make the loaders that methods declare: by name, with the kind of loader each is.</summary>
internal sealed class DataLoaderRegistry
{
    private readonly Dictionary<string, Registration> _byName = new(StringComparer.Ordinal);

    // Asked for each item of a list anew; what fits is the same once all are known.
    private readonly ConcurrentDictionary<(Type Wanted, string? Name), Registration> _found = new();

    public void Add(string name, Type loaderType, Func<IServiceProvider, IBatchScheduler, IDataLoader> create)
    {
        if (!_byName.TryAdd(name, new(name, loaderType, create)))
            throw new InvalidOperationException($"Two DataLoaders are named {name}.");
    }

    /// <summary>The one registration that fits.</summary>
    /// <exception cref="InvalidOperationException">None fits, or several do.</exception>
    public Registration Find(Type wanted, string? name) =>
        _found.TryGetValue((wanted, name), out var known) ? known : _found.GetOrAdd((wanted, name), Look(wanted, name));

    private Registration Look(Type wanted, string? name)
    {
        var fitting = _byName.Values
            .Where(each => each.LoaderType.IsAssignableTo(wanted)
                && (name is null || string.Equals(each.Name, name, StringComparison.Ordinal)
                    || string.Equals(each.Name, name + "DataLoader", StringComparison.Ordinal)))
            .ToArray();
        return fitting switch
        {
            [var one] => one,
            [] => throw new InvalidOperationException($"There is no DataLoader {name} that is a {wanted}."),
            _ => throw new InvalidOperationException(
                $"Several DataLoaders are a {wanted}: {string.Join(", ", fitting.Select(each => each.Name))}. Say which by [DataLoader(\"name\")]."),
        };
    }

    internal sealed record Registration(string Name, Type LoaderType, Func<IServiceProvider, IBatchScheduler, IDataLoader> Create);
}

/// <summary>The loaders of one request. Safe for use by several threads at once.</summary>
internal sealed class DataLoaderScope(
    DataLoaderRegistry registry, IServiceProvider services, IBatchScheduler scheduler, CancellationToken requestAborted)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, IDataLoader> _loaders = [];

    public T Get<T>(string? name)
        where T : IDataLoader => (T)Get(typeof(T), name);

    public IDataLoader Get(Type type, string? name)
    {
        lock (_gate)
        {
            // A loader asked for by its interface and by its name is the same loader.
            var registration = type.IsInterface ? registry.Find(type, name) : null;
            object key = registration?.Name ?? (object)type;
            if (!_loaders.TryGetValue(key, out var loader))
            {
                loader = registration is null
                    ? (IDataLoader)ActivatorUtilities.CreateInstance(new ServicesWithScheduler(services, scheduler), type)
                    : registration.Create(services, scheduler);
                if (loader is IRequestBound bound) bound.RequestAborted = requestAborted;
                _loaders.Add(key, loader);
            }

            return loader;
        }
    }
}

/// <summary>The request's services, and the scheduler as one more.</summary>
internal sealed class ServicesWithScheduler(IServiceProvider services, IBatchScheduler scheduler) : IServiceProvider, IServiceProviderIsService
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IBatchScheduler)) return scheduler;
        if (serviceType == typeof(IServiceProviderIsService)) return this;
        return services.GetService(serviceType)
            ?? (serviceType == typeof(DataLoaderOptions) ? new DataLoaderOptions() : null);
    }

    public bool IsService(Type serviceType) =>
        serviceType == typeof(IBatchScheduler) || serviceType == typeof(DataLoaderOptions)
        || (services.GetService<IServiceProviderIsService>()?.IsService(serviceType) ?? false);
}

/// <summary>A loader that ends with its request.</summary>
internal interface IRequestBound
{
    CancellationToken RequestAborted { set; }
}
