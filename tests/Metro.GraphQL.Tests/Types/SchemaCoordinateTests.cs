using Metro.GraphQL.Language;
using Metro.GraphQL.Tests.Examples;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

/// <summary>Spec 2.14.</summary>
public sealed class SchemaCoordinateTests
{
    private static readonly Schema Schema = Schema.FromSdl("""
        type Query { searchBusiness(criteria: SearchCriteria!): [Business] }
        input SearchCriteria { name: String filter: SearchFilter }
        enum SearchFilter { OPEN_NOW }
        type Business { id: ID name: String email: String }
        directive @private(scope: String!) on FIELD
        """);

    [Theory, Specification("2.14")]
    [InlineData("Business", typeof(ObjectType))]
    [InlineData("ID", typeof(ScalarType))]
    [InlineData("Business.id", typeof(FieldDefinition))]
    [InlineData("Business.name", typeof(FieldDefinition))]
    [InlineData("SearchCriteria.filter", typeof(InputFieldDefinition))]
    [InlineData("SearchFilter.OPEN_NOW", typeof(EnumValueDefinition))]
    [InlineData("Query.searchBusiness(criteria:)", typeof(ArgumentDefinition))]
    [InlineData("@private", typeof(DirectiveDefinition))]
    [InlineData("@private(scope:)", typeof(ArgumentDefinition))]
    [InlineData("@deprecated(reason:)", typeof(ArgumentDefinition))]
    [InlineData("__Type.kind", typeof(FieldDefinition))]
    public void Every_part_of_a_schema_is_found_by_its_coordinate(string text, Type kind)
    {
        var coordinate = SchemaCoordinate.Parse(text);

        Assert.IsType(kind, coordinate.FindIn(Schema), exactMatch: false);
        Assert.Equal(text, coordinate.ToString());
    }

    [Theory]
    [InlineData("Nothing")]
    [InlineData("Business.nothing")]
    [InlineData("Nothing.id")]
    [InlineData("Business.id(nothing:)")]
    [InlineData("Business.nothing(x:)")]
    [InlineData("@nothing")]
    [InlineData("@private(nothing:)")]
    public void What_is_not_there_is_not_found(string text) => Assert.Null(SchemaCoordinate.Parse(text).FindIn(Schema));

    [Theory]
    [InlineData("", 1)]
    [InlineData("Business .id", 9)]
    [InlineData("Business.", 10)]
    [InlineData("Business.id(", 13)]
    [InlineData("Query.a(b)", 10)]
    [InlineData("Query(b:)", 6)]
    [InlineData("@a.b", 3)]
    [InlineData("1a", 1)]
    public void What_is_no_coordinate_is_refused_where_it_goes_wrong(string text, int column) =>
        Assert.Equal(column, Assert.Throws<SyntaxException>(() => SchemaCoordinate.Parse(text)).Location.Column);
}
