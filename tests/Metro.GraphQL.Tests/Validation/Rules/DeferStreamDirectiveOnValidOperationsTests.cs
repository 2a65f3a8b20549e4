namespace Metro.GraphQL.Tests.Validation;

public sealed class DeferStreamDirectiveOnValidOperationsTests : RuleTest
{
    [Fact]
    public void A_subscription_may_defer_when_that_can_be_turned_off() =>
        Accepts("subscription ($no: Boolean) { newMessage { ... @defer(if: $no) { body } ... @defer(if: false) { sender } ... @defer @skip(if: true) { body } } }");

    [Fact]
    public void Otherwise_it_may_not_defer_or_stream() => Refuses(
        "subscription { newMessage { ... @defer { body } ...F } } fragment F on Message { ... @defer(if: true) { sender } }",
        "Defer directive not supported on subscription operations. Disable `@defer` by setting the `if` argument to `false`.",
        "Defer directive not supported on subscription operations. Disable `@defer` by setting the `if` argument to `false`.");
}
