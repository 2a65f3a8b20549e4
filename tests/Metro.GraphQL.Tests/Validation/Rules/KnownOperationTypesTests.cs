namespace Metro.GraphQL.Tests.Validation;

public sealed class KnownOperationTypesTests : RuleTest
{
    [Fact]
    public void The_schema_has_a_root_type_for_each_kind_used() =>
        Accepts("query a { dog { name } } mutation b { addPet(pet: null) { name } } subscription c { newMessage { body } }");

    [Fact]
    public void A_kind_without_a_root_type_is_refused()
    {
        var schema = Metro.GraphQL.Types.Schema.FromSdl("type Query { a: Int }");
        var errors = new Metro.GraphQL.Validation.DocumentValidator(schema)
            .Validate(Metro.GraphQL.Language.Parser.ParseDocument("mutation { a } "));

        Assert.Equal("The mutation operation is not supported by the schema.", Assert.Single(errors).Message);
    }
}
