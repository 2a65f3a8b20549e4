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
        var told = new HashSet<InputObjectType>();
        foreach (var input in inputs.Where(input => !finite.Contains(input)))
        {
            if (told.Contains(input)) continue;
            var cycle = FindCycle(input, finite);
            foreach (var field in cycle) told.Add(field.DeclaringType!);
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

    // Every endless type has an endless field, so following them must come back to a type that was seen.
    private static List<InputFieldDefinition> FindCycle(InputObjectType start, HashSet<InputObjectType> finite)
    {
        var path = new List<InputFieldDefinition>();
        var positions = new Dictionary<InputObjectType, int>();
        var at = start;
        while (positions.TryAdd(at, path.Count))
        {
            var next = at.Fields.FirstOrDefault(field => Target(field) is { } target && !finite.Contains(target));
            if (next is null) return [];
            path.Add(next);
            at = Target(next)!;
        }

        return path[positions[at]..];
    }
}
