using Metro.GraphQL.Cost;
using Metro.GraphQL.Http;
using Metro.GraphQL.Persisted;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

// Beside AddGraphQLServer, so that a host needs no further using.
namespace Metro.GraphQL;

/// <summary>Transport, limits and persisted operations in the set-up of the server.</summary>
public static class ServerSetup
{
    extension(GraphQLServerBuilder builder)
    {
        /// <summary>Changes how the endpoints speak HTTP.</summary>
        /// <param name="change">The change.</param>
        public GraphQLServerBuilder ModifyServerOptions(Action<GraphQLServerOptions> change) => builder.Modify(change);

        /// <summary>Changes what operations may cost.</summary>
        /// <param name="change">The change.</param>
        public GraphQLServerBuilder ModifyCostOptions(Action<CostOptions> change) => builder.Modify(change);

        /// <summary>Changes what operations may look like.</summary>
        /// <param name="change">The change.</param>
        public GraphQLServerBuilder ModifyLimits(Action<LimitOptions> change) => builder.Modify(change);

        /// <summary>How deep an operation may be.</summary>
        /// <param name="maxAllowedExecutionDepth">The depth in fields.</param>
        public GraphQLServerBuilder AddMaxExecutionDepthRule(int maxAllowedExecutionDepth) =>
            builder.ModifyLimits(limits => limits.MaxDepth = maxAllowedExecutionDepth);

        /// <summary>Opens or closes introspection, and with it the schema's download; without this it is open in Development only.</summary>
        /// <param name="allow">Whether it is open.</param>
        public GraphQLServerBuilder AllowIntrospection(bool allow) =>
            builder.Modify<IntrospectionOptions>(introspection => introspection.IsAllowed = allow);

        /// <summary>Closes introspection, and with it the schema's download.</summary>
        public GraphQLServerBuilder DisableIntrospection() => builder.AllowIntrospection(false);

        /// <summary>Clients may persist documents by sending them with their hash (APQ).</summary>
        public GraphQLServerBuilder UseAutomaticPersistedOperationPipeline() =>
            builder.Modify<PersistedOperationOptions>(persisted => persisted.IsAutomatic = true);

        /// <summary>Requests may give a persisted document's id.</summary>
        /// <param name="onlyAllowPersistedDocuments">Whether everything else is refused.</param>
        public GraphQLServerBuilder UsePersistedOperationPipeline(bool onlyAllowPersistedDocuments = false) =>
            builder.Modify<PersistedOperationOptions>(persisted => persisted.OnlyAllowPersistedDocuments = onlyAllowPersistedDocuments);

        /// <summary>Persisted documents live in memory.</summary>
        /// <param name="capacity">How many are kept.</param>
        public GraphQLServerBuilder AddInMemoryOperationDocumentStorage(int capacity = 1_000) =>
            builder.AddOperationDocumentStorage(new InMemoryOperationDocumentStorage(capacity));

        /// <summary>Persisted documents are the files of a folder.</summary>
        /// <param name="folder">The folder.</param>
        public GraphQLServerBuilder AddFileSystemOperationDocumentStorage(string folder) =>
            builder.AddOperationDocumentStorage(new FileSystemOperationDocumentStorage(folder));

        /// <summary>Persisted documents live where the application says.</summary>
        /// <param name="storage">The storage.</param>
        public GraphQLServerBuilder AddOperationDocumentStorage(IOperationDocumentStorage storage)
        {
            ArgumentNullException.ThrowIfNull(storage);
            builder.Services.Replace(ServiceDescriptor.Singleton(storage));
            return builder;
        }

        // The object is shared with the endpoints, which find it among the services.
        private GraphQLServerBuilder Modify<T>(Action<T> change)
            where T : class, new()
        {
            ArgumentNullException.ThrowIfNull(change);
            var options = builder.Setting(() => new T());
            builder.Services.TryAddSingleton(options);
            change(options);
            return builder;
        }
    }
}
