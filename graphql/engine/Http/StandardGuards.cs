using Metro.GraphQL.Caching;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Persisted;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Metro.GraphQL.Http;

/// <summary>The phases that stand between a request from outside and its execution, on every server unless told otherwise.</summary>
internal sealed class StandardGuards(GraphQLServerBuilder builder, IServiceProvider services)
{
    /// <summary>Whether the schema may be asked for; in Development only unless told otherwise.</summary>
    public bool IsIntrospectionOpen { get; } =
        builder.Setting(() => new IntrospectionOptions()).IsAllowed ?? services.GetService<IHostEnvironment>()?.IsDevelopment() is true;

    public void Arrange(List<RequestPhase> phases)
    {
        phases.InsertAfter(PhaseNames.Validate, new IntrospectionPhase(IsIntrospectionOpen, builder.Setting(() => new IntrospectionOptions())));
        phases.InsertAfter(PhaseNames.SelectOperation, new LimitsPhase(builder.Setting(() => new LimitOptions())));
        phases.InsertAfter(PhaseNames.CoerceVariables, new CachePolicyPhase());
        phases.InsertAfter(PhaseNames.CoerceVariables, new CostPhase(builder.Setting(() => new CostOptions())));

        var persisted = builder.Setting(() => new PersistedOperationOptions());
        if (services.GetService<IOperationDocumentStorage>() is not { } storage)
        {
            if (persisted.IsAutomatic || persisted.OnlyAllowPersistedDocuments)
                throw new InvalidOperationException("Persisted operations need a storage: add one in memory, of a folder, or your own.");
            return;
        }

        phases.InsertBefore(PhaseNames.Parse, new FindPersistedOperationPhase(storage, persisted));
        if (persisted.IsAutomatic) phases.InsertAfter(PhaseNames.Validate, new SavePersistedOperationPhase(storage));
    }
}
