namespace Metro.GraphQL.Tests.Validation;

public sealed class KnownArgumentNamesTests : RuleTest
{
    [Fact]
    public void What_a_field_or_directive_takes_may_be_given() =>
        Accepts("{ dog { doesKnowCommand(dogCommand: SIT) isHouseTrained(atOtherHomes: true) @include(if: true) } }");

    [Fact]
    public void What_it_does_not_take_is_refused() => Refuses(
        "{ dog { doesKnowCommand(command: CLEAN_UP_HOUSE) isHouseTrained(atOtherHomes: true) @include(unless: false) } }",
        "Unknown argument \"command\" on field \"Dog.doesKnowCommand\". Did you mean \"dogCommand\"?",
        "Unknown argument \"unless\" on directive \"@include\".");

    [Fact]
    public void Arguments_of_unknown_fields_and_directives_are_not_judged() => Accepts("{ nothing(x: 1) dog @nothing(x: 1) { name } }");
}
