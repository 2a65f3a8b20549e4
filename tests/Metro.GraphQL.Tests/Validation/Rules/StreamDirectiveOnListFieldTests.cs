namespace Metro.GraphQL.Tests.Validation;

public sealed class StreamDirectiveOnListFieldTests : RuleTest
{
    [Fact]
    public void Lists_may_be_streamed() => Accepts("{ list @stream(initialCount: 1) { name } human { pets @stream { name } } }");

    [Fact]
    public void Anything_else_may_not() =>
        Refuses("{ dog @stream { name } }", "Directive \"@stream\" cannot be used on non-list field \"Query.dog\".");
}
