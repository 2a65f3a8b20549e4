namespace Metro.GraphQL.Tests.Validation;

public sealed class LoneAnonymousOperationTests : RuleTest
{
    [Fact]
    public void One_operation_needs_no_name() => Accepts("{ dog { name } }");

    [Fact]
    public void One_of_several_needs_a_name() => Refuses(
        "{ dog { name } } query getName { dog { owner { name } } }",
        "This anonymous operation must be the only defined operation.");
}
