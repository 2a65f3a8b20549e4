using System.Collections.Immutable;
using System.Text.Json;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Coercion;

/// <summary>
/// The variables of one request after coercion (specification 6.1.2). A variable that was neither given nor has a
/// default is absent, which is not the same as null. Immutable.
/// </summary>
public sealed class VariableValues
{
    private readonly ImmutableArray<VariablePlan> _definitions;
    private readonly object?[] _values;

    internal VariableValues(ImmutableArray<VariablePlan> definitions, object?[] values) =>
        (_definitions, _values) = (definitions, values);

    /// <summary>No variables.</summary>
    public static VariableValues Empty { get; } = new([], []);

    /// <summary>Finds the coerced value of a variable.</summary>
    /// <param name="name">The variable's name without the dollar sign.</param>
    /// <param name="value">Its value, as resolvers see it; null when it is absent or null.</param>
    /// <returns>False when the variable is absent.</returns>
    public bool TryGetValue(string name, out object? value)
    {
        for (var i = 0; i < _definitions.Length; i++)
        {
            if (!string.Equals(_definitions[i].Name, name, StringComparison.Ordinal)) continue;
            value = _values[i];
            if (!ReferenceEquals(value, Absent)) return true;
            break;
        }

        value = null;
        return false;
    }

    /// <summary>Stands in lists of values for what is not given.</summary>
    internal static object Absent { get; } = new();

    /// <summary>Coerces the variables of a request (specification 6.1.2).</summary>
    /// <returns>The values; null when something is wrong with them, which <paramref name="errors"/> then tells.</returns>
    internal static VariableValues? Coerce(
        ImmutableArray<VariablePlan> definitions, JsonElement given, int maxErrors, out List<IError>? errors)
    {
        errors = null;
        if (definitions.IsEmpty) return Empty;
        var values = new object?[definitions.Length];
        for (var i = 0; i < definitions.Length; i++)
        {
            try
            {
                values[i] = definitions[i].Coerce(given);
            }
            catch (InputException refused)
            {
                errors ??= [];
                errors.Add(definitions[i].Error(refused));
                if (errors.Count >= maxErrors) break;
            }
        }

        return errors is null ? new(definitions, values) : null;
    }
}

/// <summary>A variable's definition with its type and default looked up.</summary>
internal sealed class VariablePlan
{
    private readonly VariableDefinitionNode _definition;

    public VariablePlan(Schema schema, VariableDefinitionNode definition)
    {
        _definition = definition;
        Type = schema.Resolve(definition.Type)
            ?? throw new InvalidOperationException($"The variable ${definition.Name} has a type that is not in the schema.");
    }

    public string Name => _definition.Name;

    public GraphQLType Type { get; }

    public object? Coerce(JsonElement given)
    {
        if (given.ValueKind is not JsonValueKind.Object || !given.TryGetProperty(Name, out var value))
        {
            if (_definition.DefaultValue is { } literal) return InputCoercion.FromLiteral(Type, literal, VariableValues.Empty);
            return Type.IsNonNull
                ? throw new InputException($"Variable \"${Name}\" of required type \"{Type}\" was not provided.")
                : VariableValues.Absent;
        }

        if (value.ValueKind is JsonValueKind.Null)
        {
            return Type.IsNonNull
                ? throw new InputException($"Variable \"${Name}\" of non-null type \"{Type}\" must not be null.")
                : null;
        }

        try
        {
            return InputCoercion.FromJson(Type, value);
        }
        catch (InputException refused)
        {
            var place = refused.Path.Length > 0 ? $" at \"{Name}{refused.Path}\"" : "";
            throw new InputException($"Variable \"${Name}\" got invalid value{place}; {refused.Message}", refused.Code);
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half a surrogate pair, which is no text.
            throw new InputException($"Variable \"${Name}\" got invalid value; it contains text that is not Unicode.");
        }
    }

    public IError Error(InputException refused)
    {
        var error = ErrorBuilder.New()
            .SetMessage(refused.Message)
            .SetCode(refused.Code ?? ErrorCodes.InvalidVariableValue)
            .SetExtension("variable", Name);
        if (_definition.Location is { } location) error.AddLocation(location);
        return error.Build();
    }
}
