namespace Metro.GraphQL.Tests.Validation;

public sealed class ExecutableDefinitionsTests : RuleTest
{
    [Fact]
    public void Operations_and_fragments_are_executable() =>
        Accepts("query getDogName { dog { name ...F } } fragment F on Dog { nickname }");

    [Fact]
    public void Definitions_of_types_schemas_and_directives_are_not() => Refuses(
        "query getDogName { dog { name } } extend type Dog { color: String } schema { query: Q } directive @d on FIELD",
        "The \"Dog\" definition is not executable.",
        "The schema definition is not executable.",
        "The \"d\" definition is not executable.");
}
