using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.3.1: a field is selected only on types that have it.</summary>
internal sealed class FieldsOnCorrectType : ValidationRule
{
    public override string Section => "sec-Field-Selections";

    public override void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
        if (parent is null || definition is not null) return;
        Report(
            $"Cannot query field \"{field.Name}\" on type \"{parent}\".{Suggest(parent, field.Name)}",
            [new("type", parent.Name), new("field", field.Name), new("responseName", field.ResponseName)],
            field.Span);
    }

    private string Suggest(NamedType parent, string name)
    {
        if (!Context.Options.SuggestsNames) return "";
        var types = Suggestions.DidYouMean("to use an inline fragment on", TypesWith(parent, name));
        if (types.Length > 0 || parent is not ComplexType complex) return types;
        return Suggestions.DidYouMean(null, Suggestions.For(name, complex.Fields.Select(field => field.Name)));
    }

    // Types that more of the possible types can be taken for come first.
    private List<string> TypesWith(NamedType parent, string name)
    {
        if (!parent.IsAbstract) return [];

        var uses = new Dictionary<ComplexType, int>();
        foreach (var possible in Context.Schema.PossibleTypes(parent).Where(type => type.Fields.Contains(name)))
        {
            uses[possible] = 1;
            foreach (var @interface in possible.Interfaces.Where(type => type.Fields.Contains(name)))
                uses[@interface] = uses.GetValueOrDefault(@interface) + 1;
        }

        var types = new List<ComplexType>();
        foreach (var type in uses.Keys) Insert(type, types, uses);
        return [.. types.Select(type => type.Name)];
    }

    // The order is not transitive (an interface goes before its types, whatever their names), so no general sort will do.
    private static void Insert(ComplexType type, List<ComplexType> sorted, Dictionary<ComplexType, int> uses)
    {
        var at = sorted.FindIndex(other => Compare(type, other, uses) < 0);
        sorted.Insert(at < 0 ? sorted.Count : at, type);
    }

    private static int Compare(ComplexType one, ComplexType two, Dictionary<ComplexType, int> uses)
    {
        var byUse = uses[two].CompareTo(uses[one]);
        if (byUse != 0) return byUse;
        if (one is InterfaceType super && two.Implements(super)) return -1;
        if (two is InterfaceType other && one.Implements(other)) return 1;
        return NaturalComparer.Instance.Compare(one.Name, two.Name);
    }
}
