namespace Metro.GraphQL.Types;

/// <summary>
/// Whether every input object can be given at all (spec 3.10, circular references): one
/// whose required fields lead back to itself has no finite value; a OneOf one needs only a single field that ends.
/// </summary>
internal static class InputObjectCycles
{
    public static void Check(Schema schema, SchemaFaults faults)
    {
        var inputs = schema.Types.OfType<InputObjectType>().ToList();
        var finite = FindFinite(inputs);
        var walked = new HashSet<InputObjectType>();
        foreach (var input in inputs.Where(input => !finite.Contains(input)))
        {
            var cycle = FindCycle(input, finite, walked);
            if (cycle.Count == 0) continue;

            faults.Add(
                $"Input Object {cycle[0].DeclaringType} cannot be provided a finite value because it references itself through fields: {string.Join(", ", cycle)}.",
                cycle.Select(field => field.Syntax));
        }
    }

    // Starting from those that end at once, take in whatever ends because of them, until nothing is added.
    private static HashSet<InputObjectType> FindFinite(List<InputObjectType> inputs)
    {
        var finite = new HashSet<InputObjectType>();
        bool grew;
        do
        {
            grew = false;
            foreach (var input in inputs)
            {
                if (finite.Contains(input)) continue;
                var ends = input.IsOneOf
                    ? input.Fields.Count == 0 || input.Fields.Any(field => Ends(field, finite))
                    : input.Fields.All(field => Ends(field, finite));
                grew |= ends && finite.Add(input);
            }
        }
        while (grew);

        return finite;
    }

    private static bool Ends(InputFieldDefinition field, HashSet<InputObjectType> finite) =>
        Target(field) is not { } target || finite.Contains(target);

    /// <summary>The input object that must be given for the field; null when something finite will do.</summary>
    private static InputObjectType? Target(InputFieldDefinition field)
    {
        if (!field.HasType) return null;
        if (field.DeclaringType!.IsOneOf) return field.Type.Nullable as InputObjectType;
        return field.Type.IsNonNull ? field.Type.Nullable as InputObjectType : null;
    }

    // Every endless type has an endless field, so following them comes back to a type of this walk, whose cycle is
    // told, or to one of an earlier walk, whose cycle was.
    private static List<InputFieldDefinition> FindCycle(
        InputObjectType start,
        HashSet<InputObjectType> finite,
        HashSet<InputObjectType> walked)
    {
        var path = new List<InputFieldDefinition>();
        var at = start;
        while (walked.Add(at))
        {
            path.Add(at.Fields.First(field => Target(field) is { } target && !finite.Contains(target)));
            at = Target(path[^1])!;
        }

        var cycleStart = path.FindIndex(field => field.DeclaringType == at);
        return cycleStart < 0 ? [] : path[cycleStart..];
    }
}
