using System.Text;
using Metro.GraphQL.Types;

namespace Metro.Portal.Schema;

/// <summary>
/// Describes what the engine makes by itself: the roots, the inputs and payloads of mutations, filters, connections. What
/// people wrote is described where it is written.
/// </summary>
internal static class Descriptions
{
    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["and"] = "All of these hold.",
        ["or"] = "At least one of these holds.",
        ["eq"] = "Is this value.",
        ["neq"] = "Is not this value.",
        ["in"] = "Is one of these values.",
        ["nin"] = "Is none of these values.",
        ["gt"] = "Is greater than this value.",
        ["ngt"] = "Is not greater than this value.",
        ["gte"] = "Is this value or greater.",
        ["ngte"] = "Is neither this value nor greater.",
        ["lt"] = "Is less than this value.",
        ["nlt"] = "Is not less than this value.",
        ["lte"] = "Is this value or less.",
        ["nlte"] = "Is neither this value nor less.",
        ["contains"] = "Contains this text, upper and lower case being different.",
        ["ncontains"] = "Does not contain this text.",
        ["startsWith"] = "Begins with this text.",
        ["nstartsWith"] = "Does not begin with this text.",
        ["endsWith"] = "Ends with this text.",
        ["nendsWith"] = "Does not end with this text.",
        ["all"] = "Holds for all of the list.",
        ["none"] = "Holds for none of the list.",
        ["some"] = "Holds for at least one of the list.",
        ["any"] = "Whether the list has anything at all.",
    };

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["Query"] = "What can be asked. What is public needs no sign-in.",
        ["Mutation"] = "What can be done. Each answers with its result, or with errors that have a stable code and a sentence for people.",
        ["Subscription"] = "What can be listened to, over WebSockets or server-sent events.",
        ["SortEnumType"] = "A direction of order.",
    };

    private static readonly Dictionary<string, string> Scalars = new(StringComparer.Ordinal)
    {
        ["LocalDate"] = "A date without a time, such as `2026-01-05`.",
        ["LocalTime"] = "A time of day by the library's clock, such as `09:30:00`.",
        ["DateTime"] = "An instant with its offset, such as `2026-01-05T02:00:00Z`.",
        ["Long"] = "A whole number of up to 64 bits.",
        ["URI"] = "An absolute address.",
    };

    public static void Complete(SchemaBuilder schema)
    {
        foreach (var (name, description) in Scalars)
        {
            var scalar = ExtendedScalars.Create(name)!;
            scalar.Description = description;
            schema.Add(scalar);
        }

        foreach (var type in schema.Types)
        {
            type.Description ??= Types.GetValueOrDefault(type.Name) ?? OfType(type);
            switch (type)
            {
                case InputObjectType input:
                    foreach (var field in input.Fields) field.Description ??= OfInputField(input, field);
                    break;
                case ComplexType complex:
                    foreach (var field in complex.Fields) Complete(complex, field);
                    break;
                case EnumType { Name: "SortEnumType" } direction:
                    foreach (var value in direction.Values) value.Description ??= value.Name == "ASC" ? "The least first." : "The greatest first.";
                    break;
            }
        }
    }

    private static void Complete(ComplexType type, FieldDefinition field)
    {
        field.Description ??= type.Name == "Node" ? "The global id."
            : type.Name.EndsWith("Payload", StringComparison.Ordinal)
            ? field.Name == "errors" ? "Why it was not done; null when it was." : "What came of it; null when it was not done."
            : null;
        foreach (var argument in field.Arguments)
        {
            argument.Description ??= argument.Name switch
            {
                "input" => "What is needed for it.",
                "where" => "What the items must be like.",
                "order" => "In which order the items come; what stands first weighs most.",
                _ => null,
            };
        }
    }

    private static string? OfInputField(InputObjectType input, InputFieldDefinition field) =>
        Operations.TryGetValue(field.Name, out var operation) && input.Name.Contains("Filter", StringComparison.Ordinal) ? operation : null;

    private static string? OfType(NamedType type) => type is UnionType && Before(type.Name, "Error") is { } wish ? $"Why the wish to {Words(wish)} is not fulfilled." : type.Name switch
    {
        { } name when Before(name, "OperationFilterInput") is { } value => $"Conditions on a value of the type {value}.",
        { } name when Before(name, "FilterInput") is { } item => $"Conditions on {Words(item)}; those that are given all hold.",
        { } name when Before(name, "SortInput") is { } item => $"By what {Words(item)} are ordered.",
        { } name when Before(name, "Input") is { } act => $"What is needed to {Words(act)}.",
        { } name when Before(name, "Payload") is { } act => $"What came of the wish to {Words(act)}.",
        _ => null,
    };

    private static string? Before(string name, string suffix) =>
        name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;

    // RenewAllLoans is "renew all loans".
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
