namespace Metro.GraphQL.Tests.Validation;

public sealed class KnownTypeNamesTests : RuleTest
{
    [Fact]
    public void Types_that_exist_may_be_named() =>
        Accepts("query ($a: [String!]! = []) { dog { ... on Pet { name } ...F } } fragment F on Dog { name }");

    [Fact]
    public void Types_that_do_not_exist_are_refused_with_a_suggestion() => Refuses(
        "query ($a: Strin) { dog { ... on Zebra { name } ...F } } fragment F on Dogg { name }",
        "Unknown type \"Strin\". Did you mean \"String\"?",
        "Unknown type \"Zebra\".",
        "Unknown type \"Dogg\". Did you mean \"Dog\"?");
}
