namespace Metro.GraphQL.Tests.Validation;

public sealed class PossibleFragmentSpreadsTests : RuleTest
{
    [Fact]
    public void A_fragment_stands_where_its_type_can_occur() => Accepts(
        "{ dog { ... on Dog { name } ... on Pet { name } ... on CatOrDog { __typename } } pet { ... on Dog { name } ... on DogOrHuman { __typename } } catOrDog { ... on Pet { name } ...D } } fragment D on Dog { name }");

    [Fact]
    public void Interfaces_that_no_type_shares_do_not_meet() => Refuses(
        "{ pet { ... on Sentient { name } } }",
        "Fragment cannot be spread here as objects of type \"Pet\" can never be of type \"Sentient\".");

    [Fact]
    public void A_fragment_on_a_type_that_cannot_occur_is_refused() => Refuses(
        "{ dog { ... on Cat { meowVolume } ...H } catOrDog { ... on HumanOrAlien { __typename } } } fragment H on Human { name }",
        "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\".",
        "Fragment \"H\" cannot be spread here as objects of type \"Dog\" can never be of type \"Human\".",
        "Fragment cannot be spread here as objects of type \"CatOrDog\" can never be of type \"HumanOrAlien\".");

    [Fact]
    public void Interfaces_without_objects_meet_nothing_but_themselves() =>
        Refuses("fragment R on Resource { ... on Node { id } ... on Resource { url } }",
            "Fragment cannot be spread here as objects of type \"Resource\" can never be of type \"Node\".");
}
