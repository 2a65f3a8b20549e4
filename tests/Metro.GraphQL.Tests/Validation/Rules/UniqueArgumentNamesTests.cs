namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueArgumentNamesTests : RuleTest
{
    [Fact]
    public void Arguments_have_different_names() => Accepts("{ arguments { multipleRequirements(x: 1, y: 2) } }");

    [Fact]
    public void A_repeated_argument_is_refused() => Refuses(
        "{ arguments { multipleRequirements(x: 1, y: 2, x: 3) @mark(note: \"a\", note: \"b\") } }",
        "There can be only one argument named \"x\".",
        "There can be only one argument named \"note\".");
}
