namespace Metro.GraphQL.Tests.Validation;

public sealed class VariablesAreInputTypesTests : RuleTest
{
    [Fact]
    public void Variables_are_scalars_enums_and_input_objects() =>
        Accepts("query ($a: Boolean, $b: [PetInput!]!, $c: DogCommand) { dog { name } }");

    [Fact]
    public void Variables_are_not_objects_interfaces_or_unions() => Refuses(
        "query ($a: Cat, $b: [Pet!], $c: CatOrDog!) { dog { name } }",
        "Variable \"$a\" cannot be non-input type \"Cat\".",
        "Variable \"$b\" cannot be non-input type \"[Pet!]\".",
        "Variable \"$c\" cannot be non-input type \"CatOrDog!\".");
}
