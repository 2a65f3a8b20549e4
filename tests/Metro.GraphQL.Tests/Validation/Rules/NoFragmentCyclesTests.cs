namespace Metro.GraphQL.Tests.Validation;

public sealed class NoFragmentCyclesTests : RuleTest
{
    [Fact]
    public void A_fragment_may_be_spread_twice() =>
        Accepts("{ dog { ...A ...B } } fragment A on Dog { ...B } fragment B on Dog { name }");

    [Fact]
    public void A_fragment_that_spreads_itself_is_refused() => Refuses(
        "{ dog { ...A } } fragment A on Dog { name ...A }",
        "Cannot spread fragment \"A\" within itself.");

    [Fact]
    public void A_cycle_is_told_once_with_its_way() => Refuses(
        "{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { owner { name } ...C } fragment C on Dog { ...A }",
        "Cannot spread fragment \"A\" within itself via \"B\", \"C\".");

    [Fact]
    public void Several_cycles_through_one_fragment_are_all_told() => Refuses(
        "fragment A on Dog { ...B ...C } fragment B on Dog { ...A } fragment C on Dog { ...B ...A }",
        "Cannot spread fragment \"A\" within itself via \"B\".",
        "Cannot spread fragment \"A\" within itself via \"C\".");
}
