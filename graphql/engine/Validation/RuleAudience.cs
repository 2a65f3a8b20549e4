namespace Metro.GraphQL.Validation;

/// <summary>
/// Which rules hear of what, by their positions: found once for a list of rules, because a rule overrides the same
/// methods for every document.
/// </summary>
internal sealed class RuleAudience(ValidationRule[] rules)
{
    public int[] EnterDocument { get; } = Hearing(rules, nameof(ValidationRule.EnterDocument));

    public int[] LeaveDocument { get; } = Hearing(rules, nameof(ValidationRule.LeaveDocument));

    public int[] Operation { get; } = Hearing(rules, nameof(ValidationRule.Operation));

    public int[] VariableDefinition { get; } = Hearing(rules, nameof(ValidationRule.VariableDefinition));

    public int[] Fragment { get; } = Hearing(rules, nameof(ValidationRule.Fragment));

    public int[] TypeSystemDefinition { get; } = Hearing(rules, nameof(ValidationRule.TypeSystemDefinition));

    public int[] TypeReference { get; } = Hearing(rules, nameof(ValidationRule.TypeReference));

    public int[] Field { get; } = Hearing(rules, nameof(ValidationRule.Field));

    public int[] FragmentSpread { get; } = Hearing(rules, nameof(ValidationRule.FragmentSpread));

    public int[] InlineFragment { get; } = Hearing(rules, nameof(ValidationRule.InlineFragment));

    public int[] Directives { get; } = Hearing(rules, nameof(ValidationRule.Directives));

    public int[] Arguments { get; } = Hearing(rules, nameof(ValidationRule.Arguments));

    public int[] InputValue { get; } = Hearing(rules, nameof(ValidationRule.InputValue));

    public int[] ObjectValue { get; } = Hearing(rules, nameof(ValidationRule.ObjectValue));

    private static int[] Hearing(ValidationRule[] rules, string method) =>
    [
        .. Enumerable.Range(0, rules.Length)
            .Where(rule => rules[rule].GetType().GetMethod(method)!.DeclaringType != typeof(ValidationRule)),
    ];
}
