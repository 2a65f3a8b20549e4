using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Whether documents may be executed against a schema (spec 5). Its work grows with the document's length and is
/// bounded by the options, whatever the document. Thread-safe.
/// </summary>
public sealed class DocumentValidator
{
    private const string MergeSection = "sec-Field-Selection-Merging";

    /// <summary>How many operations of one document may each reach as many fragments as a single one may.</summary>
    private const int OperationsOfMostFragments = 100;

    private readonly Schema schema;
    private readonly ValidationOptions options;
    private readonly RuleAudience audience;

    /// <summary>Validates against a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="options">How far to go; null for <see cref="ValidationOptions.Default"/>.</param>
    public DocumentValidator(Schema schema, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        this.schema = schema;
        this.options = options ?? ValidationOptions.Default;
        audience = new RuleAudience(CreateRules());
    }

    /// <summary>All errors, up to the limit; empty when the document is valid.</summary>
    public IReadOnlyList<IError> Validate(DocumentNode document)
    {
        var faults = Check(document);
        return faults.Count == 0 ? [] : [.. faults.Select(fault => fault.Error)];
    }

    internal IReadOnlyList<(string Rule, IError Error)> Check(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var context = new ValidationContext(schema, document, options);
        if (ReachesTooManyFragments(context)) return context.Faults;

        new DocumentWalker(context, CreateRules(), audience).Walk(document);
        return context.Faults;
    }

    private ValidationRule[] CreateRules() => options.AdditionalRules.Count == 0
        ? SpecifiedRules.Create()
        : [.. SpecifiedRules.Create(), .. options.AdditionalRules.Select(make => make())];

    // Everything behind this point may walk every operation's fragments without asking how many there are.
    private static bool ReachesTooManyFragments(ValidationContext context)
    {
        var most = context.Options.MaxFragmentVisits;
        var mostTogether = most * (long)OperationsOfMostFragments;
        var together = 0L;
        foreach (var operation in context.Document.Operations)
        {
            var reached = context.ReachableFragments(operation).Count;
            together += reached;
            if (reached <= most && together <= mostTogether) continue;

            context.Report(
                "FragmentVisits",
                MergeSection,
                OverlappingFieldsCanBeMerged.MergeBudgetExceeded,
                reached > most
                    ? $"The operation reaches {reached} fragments; no more than {most} are allowed."
                    : $"The document's operations together reach more than {mostTogether} fragments.",
                null,
                [operation.Span]);
            return true;
        }

        return false;
    }
}

/// <summary>The specification's rules in the order in which graphql-js applies them.</summary>
internal static class SpecifiedRules
{
    public static ValidationRule[] Create() =>
    [
        new ExecutableDefinitions(),
        new KnownOperationTypes(),
        new UniqueOperationNames(),
        new LoneAnonymousOperation(),
        new SingleFieldSubscriptions(),
        new KnownTypeNames(),
        new FragmentsOnCompositeTypes(),
        new VariablesAreInputTypes(),
        new ScalarLeafs(),
        new FieldsOnCorrectType(),
        new UniqueFragmentNames(),
        new KnownFragmentNames(),
        new NoUnusedFragments(),
        new PossibleFragmentSpreads(),
        new NoFragmentCycles(),
        new UniqueVariableNames(),
        new NoUndefinedVariables(),
        new NoUnusedVariables(),
        new KnownDirectives(),
        new UniqueDirectivesPerLocation(),
        new DeferStreamDirectiveOnRootField(),
        new DeferStreamDirectiveOnValidOperations(),
        new DeferStreamDirectiveLabel(),
        new StreamDirectiveOnListField(),
        new KnownArgumentNames(),
        new UniqueArgumentNames(),
        new ValuesOfCorrectType(),
        new ProvidedRequiredArguments(),
        new VariablesInAllowedPosition(),
        new OverlappingFieldsCanBeMerged(),
        new UniqueInputFieldNames(),
    ];
}
