using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.6.3: no field of an input object is given twice.</summary>
internal sealed class UniqueInputFieldNames : ValidationRule
{
    public override string Section => "sec-Input-Object-Field-Uniqueness";

    public override void ObjectValue(ObjectValueNode value)
    {
        if (value.Fields.Length < 2) return;
        var known = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var field in value.Fields)
        {
            if (known.TryAdd(field.Name, field.Span)) continue;
            Report(
                $"There can be only one input field named \"{field.Name}\".",
                [new("field", field.Name)],
                known[field.Name],
                field.Span);
        }
    }
}
