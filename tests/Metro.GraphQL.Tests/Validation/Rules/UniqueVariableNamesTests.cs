namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueVariableNamesTests : RuleTest
{
    [Fact]
    public void Different_operations_may_use_one_name() =>
        Accepts("query A($x: Int) { dog { name } } query B($x: Int) { dog { name } }");

    [Fact]
    public void A_repeated_variable_is_refused() =>
        Refuses("query ($x: Int, $x: Int) { dog { name } }", "There can be only one variable named \"$x\".");
}
