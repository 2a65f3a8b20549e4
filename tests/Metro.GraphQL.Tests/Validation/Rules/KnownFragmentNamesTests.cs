namespace Metro.GraphQL.Tests.Validation;

public sealed class KnownFragmentNamesTests : RuleTest
{
    [Fact]
    public void A_fragment_that_exists_may_be_spread() => Accepts("{ dog { ...A } } fragment A on Dog { name }");

    [Fact]
    public void A_fragment_that_does_not_exist_is_refused() =>
        Refuses("{ dog { ...undefinedFragment } }", "Unknown fragment \"undefinedFragment\".");
}
