namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueInputFieldNamesTests : RuleTest
{
    [Fact]
    public void Input_fields_have_different_names() => Accepts("{ findDog(searchBy: { name: \"a\", owner: \"b\" }) { name } }");

    [Fact]
    public void A_repeated_input_field_is_refused_at_any_depth() => Refuses(
        "{ findDog(searchBy: { name: \"a\", name: \"b\" }) { name } any(value: [{ x: { y: 1, y: 2 } }]) }",
        "There can be only one input field named \"name\".",
        "There can be only one input field named \"y\".");
}
