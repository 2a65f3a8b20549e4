namespace Metro.GraphQL.Tests.Validation;

public sealed class FieldsOnCorrectTypeTests : RuleTest
{
    [Fact]
    public void Fields_of_the_type_and_typename_may_be_selected() =>
        Accepts("{ __typename __schema { types { name } } dog { name __typename } catOrDog { __typename ... on Pet { name } } }");

    [Fact]
    public void A_field_that_the_type_does_not_have_is_refused() => Refuses(
        "{ dog { meowVolume aliased: nme } }",
        "Cannot query field \"meowVolume\" on type \"Dog\". Did you mean \"barkVolume\"?",
        "Cannot query field \"nme\" on type \"Dog\". Did you mean \"name\"?");

    [Fact]
    public void An_interface_has_only_its_own_fields() => Refuses(
        "{ pet { nickname } }",
        "Cannot query field \"nickname\" on type \"Pet\". Did you mean to use an inline fragment on \"Cat\" or \"Dog\"?");

    [Fact]
    public void A_union_has_no_fields_of_its_own() => Refuses(
        "{ catOrDog { name barkVolume } }",
        "Cannot query field \"name\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Pet\", \"Cat\", or \"Dog\"?",
        "Cannot query field \"barkVolume\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Dog\"?");

    [Fact]
    public void Beneath_an_unknown_field_nothing_more_is_said() =>
        Refuses("{ unknown { deeper { still } } }", "Cannot query field \"unknown\" on type \"Query\".");
}
