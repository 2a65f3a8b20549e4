namespace Metro.GraphQL.Tests.Validation;

public sealed class DeferStreamDirectiveOnRootFieldTests : RuleTest
{
    [Fact]
    public void Queries_may_defer_at_the_root() => Accepts("{ ... @defer { dog { name } } list @stream { name } }");

    [Fact]
    public void Mutations_and_subscriptions_may_not() => Refuses(
        "mutation { ... @defer { addPets(pet: []) { name } } ...F } fragment F on Mutation { addPets(pet: []) @stream { name } } subscription { ... @defer { newMessage { body } } }",
        "Defer directive cannot be used on root mutation type \"Mutation\".",
        "Stream directive cannot be used on root mutation type \"Mutation\".",
        "Defer directive cannot be used on root subscription type \"Subscription\".");
}
