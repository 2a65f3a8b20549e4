namespace Metro.GraphQL.Tests.Validation;

public sealed class DeferStreamDirectiveLabelTests : RuleTest
{
    [Fact]
    public void Labels_differ() => Accepts("{ ... @defer(label: \"a\") { dog { name } } list @stream(label: \"b\") { name } ... @defer { dog { name } } }");

    [Fact]
    public void A_repeated_or_variable_label_is_refused() => Refuses(
        "query ($l: String) { ... @defer(label: \"a\") { dog { name } } list @stream(label: \"a\") { name } ... @defer(label: $l) { dog { name } } }",
        "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all Defer/Stream directive usages.",
        "Argument \"@defer(label:)\" must be a static string.");
}
