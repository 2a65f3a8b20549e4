using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Execution.Planning;

namespace Metro.GraphQL.Caching;

/// <summary>Tells the transport how long the answer of a query holds; found once for each plan.</summary>
internal sealed class CachePolicyPhase : RequestPhase
{
    private readonly ConditionalWeakTable<SelectionSet, CachePolicy> _known = [];

    public override string Name => "cache policy";

    public override ValueTask RunAsync(RequestContext context)
    {
        // Only a GET is ever kept, and a GET carries no mutations.
        if (context.Request.AllowedOperations.HasFlag(AllowedOperations.Mutation)) return ValueTask.CompletedTask;
        var root = context.Operation!.RootSelections(context.Variables!);
        if (!_known.TryGetValue(root, out var policy))
        {
            policy = CachePolicy.Of(context.Schema, root);
            _known.AddOrUpdate(root, policy);
        }

        context.OnResult(result => result.SetContextData(HttpCaching.PolicyKey, policy));
        return ValueTask.CompletedTask;
    }
}
