using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

internal static class SchemaValidation
{
    public static void Check(Schema schema, SchemaFaults faults, SchemaDefinitionNode? definition)
    {
        if (schema.QueryType is null) faults.Add("Query root type must be provided.", definition);
    }
}
