namespace Metro.GraphQL.Tests.Validation;

public sealed class VariablesInAllowedPositionTests : RuleTest
{
    [Theory]
    [InlineData("Boolean!", "nonNullBooleanArgField(nonNullBooleanArg: $v)")]
    [InlineData("Boolean = true", "nonNullBooleanArgField(nonNullBooleanArg: $v)")]
    [InlineData("Boolean", "optionalNonNullBooleanArgField(optionalBooleanArg: $v)")]
    [InlineData("Boolean!", "booleanArgField(booleanArg: $v)")]
    [InlineData("[Boolean!]!", "booleanListArgField(booleanListArg: $v)")]
    [InlineData("Boolean", "booleanListArgField(booleanListArg: [$v])")]
    public void A_variable_fits_where_all_its_values_do(string type, string field) =>
        Accepts("query ($v: " + type + ") { arguments { " + field + " } }");

    [Theory]
    [InlineData("Int", "booleanArgField(booleanArg: $v)", "Int", "Boolean")]
    [InlineData("Boolean", "nonNullBooleanArgField(nonNullBooleanArg: $v)", "Boolean", "Boolean!")]
    [InlineData("Boolean = null", "nonNullBooleanArgField(nonNullBooleanArg: $v)", "Boolean", "Boolean!")]
    [InlineData("[Boolean]", "booleanArgField(booleanArg: $v)", "[Boolean]", "Boolean")]
    [InlineData("[Boolean]", "booleanListArgField(booleanListArg: $v)", "[Boolean]", "[Boolean]!")]
    [InlineData("Boolean", "booleanListArgField(booleanListArg: $v)", "Boolean", "[Boolean]!")]
    public void It_does_not_fit_elsewhere(string type, string field, string has, string expects) => Refuses(
        "query ($v: " + type + ") { arguments { " + field + " } }",
        $"Variable \"$v\" of type \"{has}\" used in position expecting type \"{expects}\".");

    [Fact]
    public void Fragments_are_judged_for_every_operation_that_reaches_them() => Refuses(
        "query A($v: Boolean) { arguments { ...F } } query B($v: Int) { arguments { ...F } } fragment F on Arguments { booleanArgField(booleanArg: $v) }",
        "Variable \"$v\" of type \"Int\" used in position expecting type \"Boolean\".");

    [Theory]
    [InlineData("String")]
    [InlineData("String = \"x\"")]
    public void A_variable_in_a_OneOf_input_object_is_never_nullable(string type) => Refuses(
        "query ($v: " + type + ") { findPet(by: { name: $v }) { name } }",
        "Variable \"$v\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"PetBy\".");

    [Fact]
    public void The_OneOf_refusal_has_its_code() =>
        Assert.Equal("HC0057", Assert.Single(ErrorsOn("query ($v: String) { findPet(by: { name: $v }) { name } }")).Code);
}
