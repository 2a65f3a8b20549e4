using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Validation;

public sealed class ScalarLeafsTests : RuleTest
{
    [Fact]
    public void A_leaf_has_no_selection_and_the_rest_have_one() => Accepts("{ dog { barkVolume owner { name } } }");

    [Fact]
    public void A_selection_on_a_leaf_is_refused() => Refuses(
        "{ dog { barkVolume { sinceWhen } } }",
        "Field \"barkVolume\" must not have a selection since type \"Int\" has no subfields.");

    [Fact]
    public void An_object_interface_or_union_without_a_selection_is_refused() => Refuses(
        "{ human pet catOrDog }",
        "Field \"human\" of type \"Human\" must have a selection of subfields. Did you mean \"human { ... }\"?",
        "Field \"pet\" of type \"Pet\" must have a selection of subfields. Did you mean \"pet { ... }\"?",
        "Field \"catOrDog\" of type \"CatOrDog\" must have a selection of subfields. Did you mean \"catOrDog { ... }\"?");

    [Fact]
    public void The_error_says_where_and_by_which_section()
    {
        var error = Assert.Single(ErrorsOn("{\n  me: human\n}"));

        Assert.Equal([new SourceLocation(2, 3)], error.Locations!);
        Assert.Equal("human", error.Extensions!["field"]);
        Assert.Equal("me", error.Extensions["responseName"]);
        Assert.Equal("Query", error.Extensions["type"]);
        Assert.Equal("https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections", error.Extensions["specifiedBy"]);
    }
}
