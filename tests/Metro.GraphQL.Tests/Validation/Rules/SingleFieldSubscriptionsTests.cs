namespace Metro.GraphQL.Tests.Validation;

public sealed class SingleFieldSubscriptionsTests : RuleTest
{
    [Fact]
    public void One_root_field_is_selected_directly_or_by_fragments() => Accepts(
        "subscription sub { ...newMessageFields newMessage { body } } fragment newMessageFields on Subscription { newMessage { sender } }");

    [Fact]
    public void Several_root_fields_are_refused_also_through_fragments()
    {
        Refuses(
            "subscription sub { newMessage { body } disallowedSecondRootField }",
            "Subscription \"sub\" must select only one top level field.");
        Refuses(
            "subscription { ...F } fragment F on Subscription { newMessage { body } disallowedSecondRootField }",
            "Anonymous Subscription must select only one top level field.");
    }

    [Fact]
    public void The_root_is_not_conditional() => Refuses(
        "subscription sub($yes: Boolean!) { newMessage @include(if: $yes) { body } disallowedSecondRootField @skip(if: $yes) }",
        "Subscription \"sub\" must not use `@skip` or `@include` directives in the top level selection.");

    [Fact]
    public void Introspection_is_no_event() => Refuses(
        "subscription sub { __typename }",
        "Subscription \"sub\" must not select an introspection top level field.");

    [Fact]
    public void A_fragment_that_cycles_is_followed_once() =>
        Accepts("subscription { newMessage { body } ...A } fragment A on Subscription { ...B } fragment B on Subscription { ...A }");
}
