using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Execution;

namespace Metro.GraphQL.Data;

/// <summary>
/// The field's value can be worked out by the database: where its parent is read by <c>[UseProjection]</c>, the
/// expression becomes part of the parent's query, and the method is not called. Elsewhere the method answers.
/// </summary>
/// <param name="expression">
/// A static property or field of the method's class, of the type <c>Expression&lt;Func&lt;TParent, TResult&gt;&gt;</c>; hide it
/// from the schema with <see cref="GraphQLIgnoreAttribute"/>.
/// </param>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UseExpressionAttribute(string expression, [CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <summary>The name of the expression's member.</summary>
    public string Expression { get; } = expression;

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (field.Member is not MethodInfo method)
            throw new InvalidOperationException($"{field.Definition.Coordinate}: [UseExpression] stands on a method.");

        var name = field.Definition.Name;
        field.Definition.Features.Set(new WorkedOut(name, ExpressionOf(method)));
        field.Use(next => middleware =>
        {
            if (!WorkedOut.TryGet(middleware.Parent<object?>(), name, out var value)) return next(middleware);
            middleware.Result = value;
            return ValueTask.CompletedTask;
        });
    }

    private LambdaExpression ExpressionOf(MethodInfo method)
    {
        const BindingFlags Flags = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var value = method.DeclaringType!.GetProperty(Expression, Flags)?.GetValue(null)
            ?? method.DeclaringType.GetField(Expression, Flags)?.GetValue(null);
        return value as LambdaExpression
            ?? throw new InvalidOperationException($"{method.DeclaringType}.{Expression} is no expression; {method.Name} needs one of its parent.");
    }
}

/// <summary>
/// What the database worked out for an object that a projection made: values that none of its properties holds. A
/// feature of the field, and the place where the values wait for it. Thread-safe.
/// </summary>
internal sealed record WorkedOut(string Name, LambdaExpression Value)
{
    private static readonly ConditionalWeakTable<object, Dictionary<string, object?>> Values = [];

    /// <summary>Called by compiled projections for each row.</summary>
    public static T Attach<T>(T item, string[] names, object?[] values)
        where T : class
    {
        var entries = new Dictionary<string, object?>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++) entries.Add(names[i], values[i]);
        Values.Add(item, entries);
        return item;
    }

    public static bool TryGet(object? item, string name, out object? value)
    {
        value = null;
        return item is not null && Values.TryGetValue(item, out var entries) && entries.TryGetValue(name, out value);
    }
}
