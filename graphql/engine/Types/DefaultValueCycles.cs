using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Whether filling in default values comes to an end (spec 3.10, InputObjectDefaultValueHasCycle): a default that
/// leaves out a field whose own default leads back never does.
/// </summary>
internal sealed class DefaultValueCycles(SchemaFaults faults)
{
    private readonly HashSet<InputFieldDefinition> visited = [];
    private readonly List<InputFieldDefinition> path = [];

    public static void Check(Schema schema, SchemaFaults faults)
    {
        var cycles = new DefaultValueCycles(faults);
        foreach (var input in schema.Types.OfType<InputObjectType>()) cycles.FollowObject(input, new ObjectValueNode());
    }

    private void Follow(InputObjectType input, ValueNode literal)
    {
        switch (literal)
        {
            case ListValueNode list:
                foreach (var item in list.Items) Follow(input, item);
                break;
            case ObjectValueNode given:
                FollowObject(input, given);
                break;
        }
    }

    private void FollowObject(InputObjectType input, ObjectValueNode given)
    {
        foreach (var field in input.Fields)
        {
            if (!field.HasType || field.Type.Named is not InputObjectType target) continue;

            var value = given.Fields.FirstOrDefault(each => each.Name == field.Name);
            if (value is not null) Follow(target, value.Value);
            else FollowDefault(field, target);
        }
    }

    private void FollowDefault(InputFieldDefinition field, InputObjectType target)
    {
        if (field.DefaultValue is null) return;

        var cycle = path.IndexOf(field);
        if (cycle >= 0)
        {
            var others = path.Skip(cycle + 1).Select(each => each.Coordinate).ToList();
            var via = others.Count == 0 ? "" : $" via the default values of: {string.Join(", ", others)}";
            faults.Add(
                $"Invalid circular reference. The default value of Input Object field {field} references itself{via}.",
                path.Skip(cycle).Select(each => each.Syntax));
            return;
        }

        if (!visited.Add(field)) return;
        path.Add(field);
        Follow(target, field.DefaultValue);
        path.RemoveAt(path.Count - 1);
    }
}
