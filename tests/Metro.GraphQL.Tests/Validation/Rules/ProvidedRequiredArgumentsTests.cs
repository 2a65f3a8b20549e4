namespace Metro.GraphQL.Tests.Validation;

public sealed class ProvidedRequiredArgumentsTests : RuleTest
{
    [Fact]
    public void What_is_nullable_or_has_a_default_may_be_left_out() =>
        Accepts("{ arguments { booleanArgField optionalNonNullBooleanArgField multipleRequirements(x: 1, y: 2) } }");

    [Fact]
    public void What_is_required_may_not() => Refuses(
        "{ arguments { nonNullBooleanArgField multipleRequirements(y: 1) @need @skip } }",
        "Argument \"Arguments.nonNullBooleanArgField(nonNullBooleanArg:)\" of type \"Boolean!\" is required, but it was not provided.",
        "Argument \"Arguments.multipleRequirements(x:)\" of type \"Int!\" is required, but it was not provided.",
        "Argument \"@need(it:)\" of type \"Int!\" is required, but it was not provided.",
        "Argument \"@skip(if:)\" of type \"Boolean!\" is required, but it was not provided.");
}
