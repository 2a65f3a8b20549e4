using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Validation;

public sealed class UniqueOperationNamesTests : RuleTest
{
    [Fact]
    public void Operations_have_different_names() =>
        Accepts("query getDogName { dog { name } } query getOwnerName { dog { owner { name } } }");

    [Fact]
    public void A_repeated_name_is_refused_whatever_the_kind()
    {
        const string document = "query dogOperation { dog { name } } mutation dogOperation { addPet(pet: null) { name } }";
        Refuses(document, "There can be only one operation named \"dogOperation\".");
        Assert.Equal([new SourceLocation(1, 7), new SourceLocation(1, 46)], ErrorsOn(document)[0].Locations!);
    }
}
