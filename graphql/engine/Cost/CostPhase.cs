using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Execution.Planning;

namespace Metro.GraphQL.Cost;

/// <summary>
/// Refuses operations that would cost too much, and tells the cost to those who ask. An operation whose cost no variable
/// changes is added up once.
/// </summary>
internal sealed class CostPhase(CostOptions options) : RequestPhase
{
    private readonly ConditionalWeakTable<SelectionSet, Known> _known = [];

    public override string Name => "cost";

    public override ValueTask RunAsync(RequestContext context)
    {
        var root = context.Operation!.RootSelections(context.Variables!);
        var cost = _known.TryGetValue(root, out var known) ? known.Cost : Analyse(context, root);
        if (cost is null) return ValueTask.CompletedTask;

        switch (context.Request.CostReport)
        {
            case CostReport.Validate:
                context.Result = OperationResult.FromExtension("operationCost", Report(cost.Value));
                return ValueTask.CompletedTask;
            case CostReport.Report:
                ReportWithResult(context, cost.Value);
                break;
        }

        if (options.EnforceCostLimits) Enforce(context, cost.Value);
        return ValueTask.CompletedTask;
    }

    private static void ReportWithResult(RequestContext context, OperationCost cost) =>
        context.OnResult(result => result.SetExtension("operationCost", Report(cost)));

    private OperationCost? Analyse(RequestContext context, SelectionSet root)
    {
        var analysis = new CostAnalysis(context, options);
        var cost = analysis.Of(root);
        if (analysis.IsExhausted) cost = new(double.PositiveInfinity, double.PositiveInfinity);
        if (analysis.Errors.Count > 0)
        {
            context.Refuse([.. analysis.Errors.Take(context.Options.MaxRequestErrors)]);
            return null;
        }

        if (!analysis.DependsOnVariables) _known.AddOrUpdate(root, new(cost));
        return cost;
    }

    private void Enforce(RequestContext context, OperationCost cost)
    {
        if (cost.FieldCost > options.MaxFieldCost)
        {
            context.Refuse(TooMuch("The maximum allowed field cost was exceeded.", "fieldCost", cost.FieldCost, "maxFieldCost", options.MaxFieldCost));
        }
        else if (cost.TypeCost > options.MaxTypeCost)
        {
            context.Refuse(TooMuch("The maximum allowed type cost was exceeded.", "typeCost", cost.TypeCost, "maxTypeCost", options.MaxTypeCost));
        }
    }

    private static IError TooMuch(string message, string costName, double cost, string limitName, double limit) => ErrorBuilder.New()
        .SetMessage(message)
        .SetCode(ErrorCodes.CostExceeded)
        .SetExtension(costName, double.IsFinite(cost) ? cost : null)
        .SetExtension(limitName, limit)
        .Build();

    private static Dictionary<string, object?> Report(OperationCost cost) => new(StringComparer.Ordinal)
    {
        ["fieldCost"] = double.IsFinite(cost.FieldCost) ? cost.FieldCost : null,
        ["typeCost"] = double.IsFinite(cost.TypeCost) ? cost.TypeCost : null,
    };

    private sealed record Known(OperationCost Cost);
}
