using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Whether a type keeps what its interfaces promise (spec 3.6.1 and 3.7, IsValidImplementation).</summary>
internal static class InterfaceImplementation
{
    public static void Check(ComplexType type, Schema schema, SchemaFaults faults)
    {
        var seen = new HashSet<InterfaceType>();
        foreach (var @interface in type.Interfaces)
        {
            var nodes = type.InterfaceReferences.Where(reference => reference.Name == @interface.Name);
            if (@interface == type)
            {
                faults.Add($"Type {type} cannot implement itself because it would create a circular reference.", nodes);
                continue;
            }

            if (!seen.Add(@interface))
            {
                faults.Add($"Type {type} can only implement {@interface} once.", nodes);
                continue;
            }

            CheckAncestors(type, @interface, nodes, faults);
            foreach (var promised in @interface.Fields) CheckField(type, @interface, promised, schema, faults);
        }
    }

    private static void CheckAncestors(
        ComplexType type,
        InterfaceType @interface,
        IEnumerable<NamedTypeNode> nodes,
        SchemaFaults faults)
    {
        foreach (var ancestor in @interface.Interfaces.Where(ancestor => !type.Interfaces.Contains(ancestor)))
        {
            faults.Add(
                ancestor == type
                    ? $"Type {type} cannot implement {@interface} because it would create a circular reference."
                    : $"Type {type} must implement {ancestor} because it is implemented by {@interface}.",
                nodes);
        }
    }

    private static void CheckField(
        ComplexType type,
        InterfaceType @interface,
        FieldDefinition promised,
        Schema schema,
        SchemaFaults faults)
    {
        if (!type.Fields.TryGet(promised.Name, out var field))
        {
            faults.Add(
                $"Interface field {promised} expected but {type} does not provide it.",
                promised.Syntax,
                type.Syntax);
            return;
        }

        if (promised.HasType && field.HasType && !schema.IsSubtype(field.Type, promised.Type))
        {
            faults.Add(
                $"Interface field {promised} expects type {promised.Type} but {field} is type {field.Type}.",
                promised.Syntax,
                field.Syntax);
        }

        CheckArguments(promised, field, faults);
        if (field.DeprecationReason is not null && promised.DeprecationReason is null)
        {
            faults.Add(
                $"Interface field {@interface.Name}.{promised.Name} is not deprecated, so implementation field {type.Name}.{field.Name} must not be deprecated.",
                field.Syntax);
        }
    }

    private static void CheckArguments(FieldDefinition promised, FieldDefinition field, SchemaFaults faults)
    {
        foreach (var expected in promised.Arguments)
        {
            if (!field.Arguments.TryGet(expected.Name, out var argument))
            {
                faults.Add(
                    $"Interface field argument {expected} expected but {field} does not provide it.",
                    expected.Syntax,
                    field.Syntax);
            }
            else if (expected.HasType && argument.HasType && expected.Type != argument.Type)
            {
                faults.Add(
                    $"Interface field argument {expected} expects type {expected.Type} but {argument} is type {argument.Type}.",
                    expected.Syntax,
                    argument.Syntax);
            }
        }

        foreach (var extra in field.Arguments)
        {
            if (extra.HasType && extra.IsRequired && !promised.Arguments.Contains(extra.Name))
            {
                faults.Add(
                    $"Argument \"{extra}\" must not be required type \"{extra.Type}\" if not provided by the Interface field \"{promised}\".",
                    extra.Syntax,
                    promised.Syntax);
            }
        }
    }
}
