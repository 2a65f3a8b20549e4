namespace Metro.GraphQL.Tests.Validation;

public sealed class FragmentsOnCompositeTypesTests : RuleTest
{
    [Fact]
    public void Fragments_select_on_objects_interfaces_and_unions() => Accepts(
        "{ ...fragOnObject ...fragOnInterface ...fragOnUnion } fragment fragOnObject on Dog { name } fragment fragOnInterface on Pet { name } fragment fragOnUnion on CatOrDog { ... on Dog { name } }");

    [Fact]
    public void Fragments_do_not_select_on_leaves_and_inputs() => Refuses(
        "{ dog { ...fragOnScalar ... on Boolean { name } ... on PetInput { cat } } } fragment fragOnScalar on Int { something }",
        "Fragment cannot condition on non composite type \"Boolean\".",
        "Fragment cannot condition on non composite type \"PetInput\".",
        "Fragment \"fragOnScalar\" cannot condition on non composite type \"Int\".");
}
