using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Every rule of the type system (spec 3), checked over the whole schema so that all faults are told at once.
/// References that lead nowhere were told while they were resolved; what hangs on them is passed over here.
/// </summary>
internal sealed class SchemaValidation
{
    private readonly Schema schema;
    private readonly SchemaFaults faults;
    private readonly AppliedDirectives appliedDirectives;

    private SchemaValidation(Schema schema, SchemaFaults faults)
    {
        this.schema = schema;
        this.faults = faults;
        appliedDirectives = new AppliedDirectives(schema, faults);
    }

    public static void Check(Schema schema, SchemaFaults faults, SchemaDefinitionNode? definition)
    {
        var validation = new SchemaValidation(schema, faults);
        validation.CheckRoots(definition);
        validation.appliedDirectives.Check(schema.AppliedDirectives, DirectiveLocations.Schema);
        foreach (var directive in schema.Directives) validation.CheckDirective(directive);
        foreach (var type in schema.Types.Where(type => !type.IsIntrospection && !SpecifiedScalars.IsSpecified(type.Name)))
            validation.CheckType(type);
        InputObjectCycles.Check(schema, faults);
        DefaultValueCycles.Check(schema, faults);
    }

    // Spec 3.3.1: the root types are different.
    private void CheckRoots(SchemaDefinitionNode? definition)
    {
        var uses = Enum.GetValues<OperationKind>()
            .Select(operation => (Operation: operation, Type: schema.RootType(operation)))
            .Where(root => root.Type is not null)
            .GroupBy(root => root.Type!.Name, StringComparer.Ordinal);
        foreach (var same in uses.Where(same => same.Count() > 1))
        {
            var operations = Suggestions.AndList([.. same.Select(root => root.Operation.ToString().ToLowerInvariant())]);
            faults.Add($"All root types must be different, \"{same.Key}\" type is used as {operations} root types.", definition);
        }
    }

    // Spec 3.13, type validation of directives.
    private void CheckDirective(DirectiveDefinition directive)
    {
        CheckName(directive.Name, directive.Syntax);
        if (directive.Locations is DirectiveLocations.None)
            faults.Add($"Directive {directive} must include 1 or more locations.", directive.Syntax);
        CheckInputs(directive.Arguments, directive.Coordinate, DirectiveLocations.ArgumentDefinition);
        appliedDirectives.Check(directive.Directives, DirectiveLocations.DirectiveDefinition);
        if (DirectiveCycles.Contains(schema, directive))
            faults.Add($"Directive {directive} must not reference itself directly or indirectly.", directive.Syntax);
    }

    private void CheckType(NamedType type)
    {
        CheckName(type.Name, type.Syntax);
        appliedDirectives.Check(type.Directives, LocationOf(type));
        switch (type)
        {
            case ComplexType complex: CheckComplex(complex); break;
            case UnionType union: CheckUnion(union); break;
            case EnumType @enum: CheckEnum(@enum); break;
            case InputObjectType input: CheckInputObject(input); break;
        }
    }

    // Spec 3.6 and 3.7, type validation.
    private void CheckComplex(ComplexType type)
    {
        if (type.Fields.Count == 0) faults.Add($"Type {type} must define one or more fields.", type.Syntax);

        CheckRepetition(type.Fields, name => $"Field \"{type.Name}.{name}\" can only be defined once.");
        foreach (var field in type.Fields)
        {
            CheckName(field.Name, field.Syntax);
            if (field.HasType && !field.Type.IsOutput)
                faults.Add($"The type of {field} must be Output Type but got: {field.Type}.", TypeSyntax(field));
            CheckInputs(field.Arguments, field.Coordinate, DirectiveLocations.ArgumentDefinition);
            appliedDirectives.Check(field.Directives, DirectiveLocations.FieldDefinition);
        }

        InterfaceImplementation.Check(type, schema, faults);
    }

    // Spec 3.8, type validation.
    private void CheckUnion(UnionType union)
    {
        if (union.MemberReferences.Count == 0)
            faults.Add($"Union type {union} must define one or more member types.", union.Syntax);
        foreach (var repeated in union.Members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            faults.Add(
                $"Union type {union} can only include type {repeated.Key} once.",
                union.MemberReferences.Where(reference => reference.Name == repeated.Key));
        }
    }

    // Spec 3.9, type validation.
    private void CheckEnum(EnumType @enum)
    {
        if (@enum.Values.Count == 0) faults.Add($"Enum type {@enum} must define one or more values.", @enum.Syntax);
        CheckRepetition(@enum.Values, name => $"Enum value \"{@enum.Name}.{name}\" can only be defined once.");
        foreach (var value in @enum.Values)
        {
            CheckName(value.Name, value.Syntax);
            if (value.Name is "true" or "false" or "null")
                faults.Add($"Enum type {@enum} cannot include value: {value.Name}.", value.Syntax);
            appliedDirectives.Check(value.Directives, DirectiveLocations.EnumValue);
        }
    }

    // Spec 3.10, type validation.
    private void CheckInputObject(InputObjectType input)
    {
        if (input.Fields.Count == 0) faults.Add($"Input Object type {input} must define one or more fields.", input.Syntax);
        CheckInputs(input.Fields, input.Name, DirectiveLocations.InputFieldDefinition);
        if (!input.IsOneOf) return;

        foreach (var field in input.Fields)
        {
            if (field.HasType && field.Type.IsNonNull)
                faults.Add($"OneOf input field {field} must be nullable.", TypeSyntax(field));
            if (field.DefaultValue is not null)
                faults.Add($"OneOf input field {field} cannot have a default value.", field.Syntax);
        }
    }

    // Spec 3.6.1 and 3.10: arguments and input fields follow the same rules.
    private void CheckInputs<T>(MemberList<T> inputs, string owner, DirectiveLocations location)
        where T : InputValueDefinition
    {
        CheckRepetition(inputs, name => location is DirectiveLocations.ArgumentDefinition
            ? $"Argument \"{owner}({name}:)\" can only be defined once."
            : $"Field \"{owner}.{name}\" can only be defined once.");
        foreach (var input in inputs)
        {
            CheckName(input.Name, input.Syntax);
            appliedDirectives.Check(input.Directives, location);
            if (!input.HasType) continue;

            if (!input.Type.IsInput)
            {
                faults.Add($"The type of {input} must be Input Type but got: {input.Type}.", TypeSyntax(input));
                continue;
            }

            if (input.IsRequired && input.DeprecationReason is not null)
            {
                var kind = location is DirectiveLocations.ArgumentDefinition ? "argument" : "input field";
                faults.Add($"Required {kind} {input} cannot be deprecated.", input.Syntax);
            }

            CheckDefault(input);
        }
    }

    // Spec 3.6.1 and 3.10: a default value must be fit for its type.
    private void CheckDefault(InputValueDefinition input)
    {
        if (input.DefaultValue is null) return;
        var path = new Stack<string>();
        InputLiterals.Check(
            input.DefaultValue,
            input.Type,
            fault =>
            {
                var at = path.Count == 0 ? "" : $" at {string.Concat(path.Reverse())}";
                faults.Add($"{input} has invalid default value{at}: {fault.Message}", fault.Node);
                return true;
            },
            path: path);
    }

    // Spec 2.1.8: names are ASCII words, and those that begin with two underscores belong to introspection.
    private void CheckName(string name, SyntaxNode? syntax)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            faults.Add(
                $"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                syntax);
        }

        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0]))
            faults.Add($"Name \"{name}\" must consist of ASCII letters, digits and underscores and not begin with a digit.", syntax);
    }

    private void CheckRepetition<T>(MemberList<T> members, Func<string, string> message)
        where T : SchemaMember
    {
        foreach (var repeated in members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            faults.Add(message(repeated.Key), repeated.Select(member => member.Syntax));
    }

    private static TypeNode? TypeSyntax(FieldDefinition field) => (field.Syntax as FieldDefinitionNode)?.Type;

    private static TypeNode? TypeSyntax(InputValueDefinition input) => (input.Syntax as InputValueDefinitionNode)?.Type;

    private static DirectiveLocations LocationOf(NamedType type) => type.Kind switch
    {
        TypeKind.Scalar => DirectiveLocations.Scalar,
        TypeKind.Object => DirectiveLocations.Object,
        TypeKind.Interface => DirectiveLocations.Interface,
        TypeKind.Union => DirectiveLocations.Union,
        TypeKind.Enum => DirectiveLocations.Enum,
        _ => DirectiveLocations.InputObject,
    };
}
