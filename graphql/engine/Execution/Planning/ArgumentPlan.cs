using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Planning;

/// <summary>
/// The arguments of one field (specification 6.4.1). What does not depend on variables is coerced once, when the
/// operation is planned. Immutable and thread-safe.
/// </summary>
internal sealed class ArgumentPlan
{
    private static readonly ArgumentPlan Empty = new([], [], []);

    private readonly ArgumentDefinition[] _definitions;
    private readonly ArgumentNode?[] _given;
    private readonly object?[]? _constants;

    private ArgumentPlan(ArgumentDefinition[] definitions, ArgumentNode?[] given, object?[]? constants) =>
        (_definitions, _given, _constants) = (definitions, given, constants);

    public static ArgumentPlan For(FieldDefinition field, FieldNode node)
    {
        if (field.Arguments.Count == 0) return Empty;

        ArgumentDefinition[] definitions = [.. field.Arguments];
        ArgumentNode?[] given = [.. definitions.Select(definition =>
            node.Arguments.FirstOrDefault(argument => string.Equals(argument.Name, definition.Name, StringComparison.Ordinal)))];
        var plan = new ArgumentPlan(definitions, given, null);
        if (!plan.IsConstant) return plan;

        try
        {
            return new(definitions, given, plan.Values(VariableValues.Empty));
        }
        catch (GraphQLException)
        {
            // Refused each time the field is executed, where the error gets its path.
            return plan;
        }
    }

    /// <summary>The values in the order of the definitions; <see cref="VariableValues.Absent"/> for what is absent.</summary>
    /// <exception cref="GraphQLException">An argument is refused; the field fails.</exception>
    public object?[] Values(VariableValues variables)
    {
        if (_constants is not null) return _constants;
        var values = new object?[_definitions.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Value(_definitions[i], _given[i], variables);
        return values;
    }

    public int IndexOf(string name)
    {
        for (var i = 0; i < _definitions.Length; i++)
        {
            if (string.Equals(_definitions[i].Name, name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <summary>The literal that is given; null when none is.</summary>
    public ValueNode? Literal(int index) => _given[index]?.Value;

    // Objects and collections that code could change are made anew for each request.
    private bool IsConstant
    {
        get
        {
            for (var i = 0; i < _definitions.Length; i++)
            {
                if (_definitions[i].Type.Named is InputObjectType || _definitions[i].Type.Nullable is ListType) return false;
                if (_given[i]?.Value is VariableNode) return false;
            }

            return true;
        }
    }

    private static object? Value(ArgumentDefinition definition, ArgumentNode? given, VariableValues variables)
    {
        try
        {
            var value = given?.Value;
            if (value is VariableNode variable)
            {
                if (variables.TryGetValue(variable.Name, out var coerced))
                {
                    return coerced is null && definition.Type.IsNonNull
                        ? throw new InputException(
                            $"Argument \"{Coordinate(definition)}\" of non-null type \"{definition.Type}\" must not be null.")
                        : InputConversion.For(definition, coerced);
                }

                value = null;
            }

            value ??= definition.DefaultValue;
            if (value is not null)
                return InputConversion.For(definition, InputCoercion.FromLiteral(definition.Type, value, variables));

            return definition.Type.IsNonNull
                ? throw new InputException(
                    $"Argument \"{Coordinate(definition)}\" of required type \"{definition.Type}\" was not provided.")
                : VariableValues.Absent;
        }
        catch (InputException refused)
        {
            throw new GraphQLException(Error(definition, given, refused));
        }
    }

    // The meta-fields belong to no type.
    private static string Coordinate(ArgumentDefinition definition) => definition.Coordinate.TrimStart('.');

    private static IError Error(ArgumentDefinition definition, ArgumentNode? given, InputException refused)
    {
        var message = refused.Path.Length > 0
            ? $"Argument \"{Coordinate(definition)}\" has invalid value at \"{definition.Name}{refused.Path}\": {refused.Message}"
            : refused.Message;
        var error = ErrorBuilder.New()
            .SetMessage(message)
            .SetCode(refused.Code ?? ErrorCodes.InvalidRuntimeValue)
            .SetExtension("coordinate", Coordinate(definition));
        if (given?.Value.Location is { } location) error.AddLocation(location);
        return error.Build();
    }
}
