using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

internal sealed partial class SchemaAssembler
{
    private static readonly MethodInfo ReadMethod =
        typeof(SchemaAssembler).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    private ArgumentDefinition Argument(ParameterInfo parameter)
    {
        var argument = new ArgumentDefinition
        {
            Name = ResolverCompiler.ArgumentName(parameter),
            TypeReference = TypeOf(ClrShape.Of(parameter), parameter, isInput: true),
            RuntimeType = parameter.ParameterType,
            Description = Describe(parameter),
            DeprecationReason = DeprecationOf(parameter),
            DefaultValue = DefaultOf(parameter, parameter.HasDefaultValue ? parameter.DefaultValue : null),
        };
        DescribeInputId(argument, parameter);
        foreach (var annotation in parameter.GetCustomAttributes(inherit: true).OfType<IInputValueAnnotation>())
            annotation.OnConfigure(_context, argument);
        return argument;
    }

    private void DefineInput(InputObjectType type, Type @class)
    {
        var constructor = ConstructorOf(@class);
        var parameters = constructor?.GetParameters() ?? [];
        foreach (var property in PropertiesOf(@class))
        {
            var parameter = Array.Find(parameters, each => string.Equals(each.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null && property.SetMethod is not { IsPublic: true }) continue;

            var attributes = new AttributesOf(property, parameter);
            var reference = TypeOf(ClrShape.Of(property), attributes, isInput: true);
            var field = new InputFieldDefinition
            {
                Name = FieldName(property),
                TypeReference = type.IsOneOf && reference is NonNullTypeNode required ? required.Nullable : reference,
                RuntimeType = property.PropertyType,
                Description = Describe(property),
                DeprecationReason = DeprecationOf(attributes),
                DefaultValue = DefaultOf(attributes, parameter is { HasDefaultValue: true } ? parameter.DefaultValue : null),
            };
            DescribeInputId(field, attributes);
            foreach (var annotation in attributes.GetCustomAttributes(inherit: true).OfType<IInputValueAnnotation>())
                annotation.OnConfigure(_context, field);
            type.Fields.Add(field);
        }

        type.Factory = FactoryOf(@class, constructor, parameters);
    }

    private static ConstructorInfo? ConstructorOf(Type @class)
    {
        var constructors = @class.GetConstructors();
        return Array.Find(constructors, each => each.GetParameters().Length == 0)
            ?? constructors.OrderByDescending(each => each.GetParameters().Length).FirstOrDefault(each => each.GetParameters().All(
                parameter => @class.GetProperties().Any(
                    property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))));
    }

    // Compiled: fields => new T(...) { ... }, where a field that was left out leaves its property as the class made it.
    private static InputObjectFactory FactoryOf(Type @class, ConstructorInfo? constructor, ParameterInfo[] parameters)
    {
        if (constructor is null && !@class.IsValueType)
            throw new InvalidOperationException($"{@class} has no public constructor whose parameters are its properties; it cannot be an input.");

        var fields = Expression.Parameter(typeof(IReadOnlyDictionary<string, object?>));
        var made = Expression.Variable(@class);
        var properties = PropertiesOf(@class).ToArray();
        var arguments = parameters.Select(parameter =>
        {
            var property = Array.Find(properties, each => string.Equals(each.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            var fallback = parameter is { HasDefaultValue: true, DefaultValue: not null }
                ? Expression.Convert(Expression.Constant(parameter.DefaultValue), parameter.ParameterType)
                : (Expression)Expression.Default(parameter.ParameterType);
            return property is null
                ? fallback
                : Expression.Call(ReadMethod.MakeGenericMethod(parameter.ParameterType), fields, Expression.Constant(FieldName(property)), fallback);
        });
        var steps = new List<Expression>
        {
            Expression.Assign(made, constructor is null ? Expression.Default(@class) : Expression.New(constructor, arguments)),
        };
        foreach (var property in properties)
        {
            if (property.SetMethod is not { IsPublic: true }
                || Array.Exists(parameters, each => string.Equals(each.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var name = Expression.Constant(FieldName(property));
            steps.Add(Expression.IfThen(
                Expression.Call(fields, typeof(IReadOnlyDictionary<string, object?>).GetMethod("ContainsKey")!, name),
                Expression.Assign(
                    Expression.Property(made, property),
                    Expression.Call(ReadMethod.MakeGenericMethod(property.PropertyType), fields, name, Expression.Default(property.PropertyType)))));
        }

        steps.Add(Expression.Convert(made, typeof(object)));
        var lambda = Expression.Lambda<Func<IReadOnlyDictionary<string, object?>, object>>(Expression.Block([made], steps), fields);
        Func<IReadOnlyDictionary<string, object?>, object>? make = null;
        return given => (make ??= lambda.Compile())(given);
    }

    private static T? Read<T>(IReadOnlyDictionary<string, object?> fields, string name, T? fallback) =>
        fields.TryGetValue(name, out var value) ? (T?)value : fallback;

    private ValueNode? DefaultOf(ICustomAttributeProvider member, object? fallback)
    {
        if (member.GetCustomAttributes(typeof(DefaultValueSyntaxAttribute), true) is [DefaultValueSyntaxAttribute written, ..])
            return Parser.ParseValue(written.Syntax);
        if (member.GetCustomAttributes(typeof(DefaultValueAttribute), true) is [DefaultValueAttribute given, ..])
            return Literal(given.Value);
        return fallback is null or DBNull ? null : Literal(fallback);
    }

    private ValueNode Literal(object? value)
    {
        switch (value)
        {
            case null: return new NullValueNode();
            case Enum member:
                var field = member.GetType().GetField(member.ToString());
                return new EnumValueNode
                {
                    Value = field?.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? NamingConventions.EnumValueName(member.ToString()),
                };
            case IEnumerable items and not string:
                return new ListValueNode { Items = [.. items.Cast<object?>().Select(Literal)] };
            default:
                var name = ScalarNameOf(value.GetType())
                    ?? throw new InvalidOperationException($"A default cannot be a {value.GetType()}; write it out with [DefaultValueSyntax].");
                return ScalarOf(name).ToLiteral(value);
        }
    }

    private static ScalarType ScalarOf(string name) => name switch
    {
        "Int" => SpecifiedScalars.Int,
        "Float" => SpecifiedScalars.Float,
        "String" => SpecifiedScalars.String,
        "Boolean" => SpecifiedScalars.Boolean,
        _ => ExtendedScalars.Create(name) ?? throw new InvalidOperationException($"There is no scalar {name}."),
    };

    private void DescribeInputId(InputValueDefinition input, ICustomAttributeProvider member)
    {
        if (member.GetCustomAttributes(typeof(IDAttribute), true) is [IDAttribute id, ..])
            input.Features.Set(Nodes.NodeIds.Reader(id.TypeName ?? (id.RuntimeType is { } type ? NameOf(type, isInput: false) : null)));
    }

    /// <summary>The attributes of a property and of the constructor's parameter that sets it: a positional record writes them there.</summary>
    private sealed class AttributesOf(PropertyInfo property, ParameterInfo? parameter) : ICustomAttributeProvider
    {
        public object[] GetCustomAttributes(bool inherit) =>
            [.. property.GetCustomAttributes(inherit), .. parameter?.GetCustomAttributes(inherit) ?? []];

        public object[] GetCustomAttributes(Type attributeType, bool inherit) =>
            [.. property.GetCustomAttributes(attributeType, inherit), .. parameter?.GetCustomAttributes(attributeType, inherit) ?? []];

        public bool IsDefined(Type attributeType, bool inherit) =>
            property.IsDefined(attributeType, inherit) || (parameter?.IsDefined(attributeType, inherit) ?? false);
    }
}
