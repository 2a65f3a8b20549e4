namespace Metro.GraphQL.Tests.Validation;

public sealed class KnownDirectivesTests : RuleTest
{
    [Fact]
    public void Directives_stand_where_they_may() =>
        Accepts("query @mark { dog @skip(if: true) { name ... @include(if: true) { name } } }");

    [Fact]
    public void An_unknown_directive_is_refused() => Refuses("{ dog @unknown { name } }", "Unknown directive \"@unknown\".");

    [Fact]
    public void A_directive_elsewhere_is_refused() => Refuses(
        "query ($x: Int @skip(if: true)) @skip(if: $foo) { dog { ...F } } fragment F on Dog @mark { name } mutation @mark { addPet(pet: null) { name } }",
        "Directive \"@skip\" may not be used on VARIABLE_DEFINITION.",
        "Directive \"@skip\" may not be used on QUERY.",
        "Directive \"@mark\" may not be used on FRAGMENT_DEFINITION.",
        "Directive \"@mark\" may not be used on MUTATION.");
}
