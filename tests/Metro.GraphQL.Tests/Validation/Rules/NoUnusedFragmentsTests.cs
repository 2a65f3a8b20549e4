namespace Metro.GraphQL.Tests.Validation;

public sealed class NoUnusedFragmentsTests : RuleTest
{
    [Fact]
    public void A_fragment_may_be_used_through_another() =>
        Accepts("{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }");

    [Fact]
    public void A_fragment_that_no_operation_reaches_is_refused() => Refuses(
        "{ dog { name } } fragment nameFragment on Dog { name } fragment A on Dog { ...B } fragment B on Dog { ...A }",
        "Fragment \"nameFragment\" is never used.",
        "Fragment \"A\" is never used.",
        "Fragment \"B\" is never used.");
}
