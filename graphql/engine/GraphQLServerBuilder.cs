using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Http;
using Metro.GraphQL.Language;
using Metro.GraphQL.Subscriptions;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Metro.GraphQL;

/// <summary>
/// Sets up the server: which classes make the schema, how requests are executed. Everything is built when the
/// <see cref="RequestExecutor"/> is first asked for; by then no more can be added.
/// </summary>
public sealed class GraphQLServerBuilder
{
    private readonly List<Action<List<RequestPhase>>> _arrangements = [];
    private readonly List<MethodInfo> _loaders = [];

    internal GraphQLServerBuilder(IServiceCollection services)
    {
        Services = services;
        Setup = new(services);
        services.AddSingleton(Build);
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    internal SchemaSetup Setup { get; }

    private RequestOptions Options { get; } = new();

    /// <summary>Takes in every annotated class of these assemblies; without any, those of the caller's.</summary>
    /// <param name="assemblies">The assemblies.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public GraphQLServerBuilder AddTypes(params Assembly[] assemblies)
    {
        if (assemblies.Length == 0) assemblies = [Assembly.GetCallingAssembly()];
        return AddTypes(assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsGenericTypeDefinition));
    }

    /// <summary>Takes in those of these classes that are annotated, and the DataLoaders that their methods declare.</summary>
    /// <param name="types">The classes.</param>
    public GraphQLServerBuilder AddTypes(IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        foreach (var type in types)
        {
            foreach (var attribute in type.GetCustomAttributes(inherit: false))
            {
                switch (attribute)
                {
                    case QueryTypeAttribute: AddRoot(OperationKind.Query, type); break;
                    case MutationTypeAttribute: AddRoot(OperationKind.Mutation, type); break;
                    case SubscriptionTypeAttribute: AddRoot(OperationKind.Subscription, type); break;
                    case ExtendObjectTypeAttribute or ObjectTypeAttribute or InterfaceTypeAttribute or UnionTypeAttribute
                        or EnumTypeAttribute or InputObjectTypeAttribute or OneOfAttribute or NodeAttribute:
                        Setup.Types.Add(type);
                        break;
                }
            }

            _loaders.AddRange(type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => method.IsDefined(typeof(DataLoaderAttribute))));
        }

        return this;
    }

    /// <summary>Takes in one class, struct, enum or interface.</summary>
    /// <typeparam name="T">Which.</typeparam>
    public GraphQLServerBuilder AddType<T>()
    {
        Setup.Types.Add(typeof(T));
        return this;
    }

    /// <summary>Takes in a class and says how it becomes an object type, for classes that carry no annotations.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="describe">Says it; called again, what is said is added to what was.</param>
    public GraphQLServerBuilder AddObjectType<T>(Action<ObjectTypeDescriptor<T>> describe)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(describe);
        describe(new(Setup.Describe(typeof(T))));
        return AddType<T>();
    }

    /// <summary>Takes in an enum and says how it becomes an enum type, for enums that carry no annotations.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="describe">Says it.</param>
    public GraphQLServerBuilder AddEnumType<T>(Action<EnumTypeDescriptor<T>> describe)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(describe);
        describe(new(Setup.Describe(typeof(T))));
        return AddType<T>();
    }

    /// <summary>Takes in a class that adds fields to a type.</summary>
    /// <typeparam name="T">A class with <see cref="ExtendObjectTypeAttribute"/> or <see cref="ObjectTypeAttribute{T}"/>.</typeparam>
    public GraphQLServerBuilder AddTypeExtension<T>() => AddType<T>();

    /// <summary>The members of this class are fields of the query type.</summary>
    /// <typeparam name="T">The class.</typeparam>
    public GraphQLServerBuilder AddQueryType<T>() => AddRoot(OperationKind.Query, typeof(T));

    /// <summary>The members of this class are fields of the mutation type.</summary>
    /// <typeparam name="T">The class.</typeparam>
    public GraphQLServerBuilder AddMutationType<T>() => AddRoot(OperationKind.Mutation, typeof(T));

    /// <summary>The members of this class are fields of the subscription type.</summary>
    /// <typeparam name="T">The class.</typeparam>
    public GraphQLServerBuilder AddSubscriptionType<T>() => AddRoot(OperationKind.Subscription, typeof(T));

    /// <summary>A C# type is written and read as a scalar.</summary>
    /// <typeparam name="T">The C# type.</typeparam>
    /// <param name="scalarName">The scalar's name; one of the known ones, or one that <see cref="ConfigureSchema"/> adds.</param>
    public GraphQLServerBuilder BindRuntimeType<T>(string scalarName)
    {
        ArgumentException.ThrowIfNullOrEmpty(scalarName);
        Setup.ScalarNames[typeof(T)] = scalarName;
        return this;
    }

    /// <summary>Mutations take one input object and answer with a payload that has typed errors.</summary>
    /// <param name="options">Names; null for the usual ones.</param>
    public GraphQLServerBuilder AddMutationConventions(MutationConventionOptions? options = null)
    {
        Setup.MutationConventions = options ?? new();
        return this;
    }

    /// <summary>Mutations take one input object and answer with a payload that has typed errors.</summary>
    /// <param name="applyToAllMutations">Whether all do, or only those with <see cref="UseMutationConventionAttribute"/>.</param>
    public GraphQLServerBuilder AddMutationConventions(bool applyToAllMutations) =>
        AddMutationConventions(new MutationConventionOptions { ApplyToAllMutations = applyToAllMutations });

    /// <summary>The interface of all typed errors, instead of <c>Error { message: String! }</c>.</summary>
    /// <typeparam name="T">An interface that every error class implements.</typeparam>
    public GraphQLServerBuilder AddErrorInterfaceType<T>()
    {
        Setup.ErrorInterface = typeof(T);
        return this;
    }

    /// <summary>Adds <c>node</c> and <c>nodes</c> to the query type.</summary>
    public GraphQLServerBuilder AddGlobalObjectIdentification()
    {
        Setup.HasNodes = true;
        return this;
    }

    /// <summary>Registers ASP.NET Core's authorization, which policies are asked of.</summary>
    public GraphQLServerBuilder AddAuthorization()
    {
        Services.AddAuthorization();
        return this;
    }

    /// <summary>Topics of subscriptions live in this process.</summary>
    public GraphQLServerBuilder AddInMemorySubscriptions()
    {
        Services.TryAddSingleton<InMemoryTopics>();
        Services.TryAddSingleton<ITopicEventSender>(services => services.GetRequiredService<InMemoryTopics>());
        Services.TryAddSingleton<ITopicEventReceiver>(services => services.GetRequiredService<InMemoryTopics>());
        return this;
    }

    /// <summary>Topics of subscriptions reach every node of the server, by a relay; within this process where there is none.</summary>
    /// <param name="relay">Finds the relay; null where the server is one process.</param>
    /// <param name="options">What bounds messages and their readers; null for the usual.</param>
    public GraphQLServerBuilder AddRelayedSubscriptions(Func<IServiceProvider, ITopicRelay?> relay, RelayedTopicOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(relay);
        Services.AddSingleton<ITopicEventReceiver>(services => relay(services) is { } found
            ? ActivatorUtilities.CreateInstance<RelayedTopics>(services, found, options ?? new(), services.GetService<TimeProvider>() ?? TimeProvider.System)
            : new InMemoryTopics((options ?? new()).Capacity));
        Services.AddSingleton(services => (ITopicEventSender)services.GetRequiredService<ITopicEventReceiver>());
        return this;
    }

    /// <summary>Registers a DataLoader that is made by code, for resolvers that ask for it by its interface or name.</summary>
    /// <typeparam name="T">The loader's class.</typeparam>
    public GraphQLServerBuilder AddDataLoader<T>()
        where T : class, IDataLoader
    {
        Options.DataLoaders.Add(typeof(T).Name, typeof(T), (services, scheduler) =>
            ActivatorUtilities.CreateInstance<T>(new ServicesWithScheduler(services, scheduler)));
        return this;
    }

    /// <summary>Changes how requests are executed.</summary>
    /// <param name="change">The change.</param>
    public GraphQLServerBuilder ModifyRequestOptions(Action<RequestOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change(Options);
        return this;
    }

    /// <summary>Changes how the schema is made.</summary>
    /// <param name="change">The change.</param>
    public GraphQLServerBuilder ModifyOptions(Action<SchemaOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change(Setup.SchemaOptions);
        return this;
    }

    /// <summary>Changes the parser's limits.</summary>
    /// <param name="change">Makes the new limits of the old ones.</param>
    public GraphQLServerBuilder ModifyParserOptions(Func<ParserOptions, ParserOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Options.Parser = change(Options.Parser);
        return this;
    }

    /// <summary>Changes errors before the client sees them.</summary>
    /// <param name="filter">Makes the new error of the old one; thread-safe.</param>
    public GraphQLServerBuilder AddErrorFilter(Func<IError, IError> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Options.ErrorFilters.Add(filter);
        return this;
    }

    /// <summary>A setting for those parts of the engine that annotations call on; see <see cref="DescriptorContext.Settings"/>.</summary>
    /// <typeparam name="T">The setting's type; one object of each.</typeparam>
    /// <param name="create">Makes it when there is none yet.</param>
    public T Setting<T>(Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (!Setup.Settings.TryGetValue(typeof(T), out var known)) Setup.Settings.Add(typeof(T), known = create());
        return (T)known;
    }

    /// <summary>Adds to the schema while it is put together from classes.</summary>
    /// <param name="describe">Called once, when the registered classes are known and before their members are.</param>
    public GraphQLServerBuilder ConfigureTypes(Action<DescriptorContext> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        Setup.Descriptions.Add(describe);
        return this;
    }

    /// <summary>Changes the schema when everything is in it, before it is checked.</summary>
    /// <param name="configure">Called once.</param>
    public GraphQLServerBuilder ConfigureSchema(Action<SchemaBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Setup.Configurations.Add(configure);
        return this;
    }

    /// <summary>Changes the list of phases that every request goes through.</summary>
    /// <param name="arrange">Called once.</param>
    public GraphQLServerBuilder ConfigurePhases(Action<List<RequestPhase>> arrange)
    {
        ArgumentNullException.ThrowIfNull(arrange);
        _arrangements.Add(arrange);
        return this;
    }

    private GraphQLServerBuilder AddRoot(OperationKind operation, Type @class)
    {
        if (!Setup.Roots.Contains((operation, @class))) Setup.Roots.Add((operation, @class));
        return this;
    }

    private RequestExecutor Build(IServiceProvider services)
    {
        foreach (var loader in _loaders.Distinct()) MethodDataLoader.Register(Options.DataLoaders, loader);
        var schema = new SchemaAssembler(Setup).Assemble();
        var guards = new StandardGuards(this, services);
        if (!guards.IsIntrospectionOpen) Options.Validation = Options.Validation with { SuggestsNames = false };
        return new(schema, Options, services, phases =>
        {
            phases.InsertBefore(PhaseNames.CoerceVariables, new AuthorizePhase(schema));
            guards.Arrange(phases);
            foreach (var arrange in _arrangements) arrange(phases);
        });
    }
}

/// <summary>Sets up the GraphQL server.</summary>
public static class GraphQLServiceCollectionExtensions
{
    /// <summary>
    /// Sets up the GraphQL server; the <see cref="RequestExecutor"/> becomes a service. Called again, it goes on with the
    /// same server, so that each module can add its own types.
    /// </summary>
    /// <param name="services">The application's services.</param>
    public static GraphQLServerBuilder AddGraphQLServer(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.FirstOrDefault(each => each.ServiceType == typeof(GraphQLServerBuilder))?.ImplementationInstance is GraphQLServerBuilder begun)
            return begun;

        var builder = new GraphQLServerBuilder(services);
        services.AddSingleton(builder);
        return builder;
    }
}
