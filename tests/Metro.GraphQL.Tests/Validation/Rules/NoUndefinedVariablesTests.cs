namespace Metro.GraphQL.Tests.Validation;

public sealed class NoUndefinedVariablesTests : RuleTest
{
    [Fact]
    public void A_variable_is_defined_for_every_operation_that_reaches_it() => Accepts(
        "query A($x: Boolean) { dog { ...F } } query B($x: Boolean) { dog { ...F } } fragment F on Dog { isHouseTrained(atOtherHomes: $x) }");

    [Fact]
    public void A_variable_that_an_operation_does_not_define_is_refused() => Refuses(
        "query A($x: Boolean) { dog { ...F } } query B { dog { ...F } } fragment F on Dog { isHouseTrained(atOtherHomes: $x) }",
        "Variable \"$x\" is not defined by operation \"B\".");

    [Fact]
    public void Variables_are_looked_for_in_lists_objects_and_directives() => Refuses(
        "{ booleanList(booleanListArg: [$a]) findDog(searchBy: { name: $b }) { name @include(if: $c) } }",
        "Variable \"$a\" is not defined.",
        "Variable \"$b\" is not defined.",
        "Variable \"$c\" is not defined.");

    [Fact]
    public void Fragments_that_cycle_are_looked_through_once() => Refuses(
        "{ dog { ...A } } fragment A on Dog { ...B isHouseTrained(atOtherHomes: $x) } fragment B on Dog { ...A }",
        "Variable \"$x\" is not defined.");
}
