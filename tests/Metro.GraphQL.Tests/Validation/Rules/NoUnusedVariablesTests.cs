namespace Metro.GraphQL.Tests.Validation;

public sealed class NoUnusedVariablesTests : RuleTest
{
    [Fact]
    public void A_variable_may_be_used_in_a_fragment() => Accepts(
        "query ($x: Boolean) { dog { ...F } } fragment F on Dog { isHouseTrained(atOtherHomes: $x) }");

    [Fact]
    public void A_variable_that_nothing_reached_uses_is_refused() => Refuses(
        "query A($x: Boolean, $y: Int) { dog { name } } fragment F on Dog { isHouseTrained(atOtherHomes: $x) }",
        "Variable \"$x\" is never used in operation \"A\".",
        "Variable \"$y\" is never used in operation \"A\".");

    [Fact]
    public void Every_operation_uses_its_own() => Refuses(
        "query A($x: Boolean) { dog { isHouseTrained(atOtherHomes: $x) } } query B($x: Boolean) { dog { name } }",
        "Variable \"$x\" is never used in operation \"B\".");
}
