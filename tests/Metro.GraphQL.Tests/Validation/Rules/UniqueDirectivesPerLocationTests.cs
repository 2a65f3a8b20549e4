namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueDirectivesPerLocationTests : RuleTest
{
    [Fact]
    public void A_directive_stands_once_at_each_of_several_places() =>
        Accepts("query ($foo: Boolean = true, $bar: Boolean = false) { dog @skip(if: $foo) { name } other: dog @skip(if: $bar) { name } }");

    [Fact]
    public void A_repeatable_directive_stands_as_often_as_it_likes() => Accepts("{ dog @mark @mark { name } }");

    [Fact]
    public void Another_one_at_the_same_place_is_refused() => Refuses(
        "query ($foo: Boolean = true, $bar: Boolean = false) { dog @skip(if: $foo) @skip(if: $bar) { name } }",
        "The directive \"@skip\" can only be used once at this location.");
}
