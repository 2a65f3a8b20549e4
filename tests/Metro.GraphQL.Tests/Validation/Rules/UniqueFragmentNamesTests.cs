namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueFragmentNamesTests : RuleTest
{
    [Fact]
    public void Fragments_have_different_names() =>
        Accepts("{ dog { ...A ...B } } fragment A on Dog { name } fragment B on Dog { owner { name } }");

    [Fact]
    public void A_repeated_name_is_refused() => Refuses(
        "{ dog { ...A } } fragment A on Dog { name } fragment A on Dog { owner { name } }",
        "There can be only one fragment named \"A\".");
}
