using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data.Projections;
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
            if (!WorkedOut.TryGet(middleware, name, out var value)) return next(middleware);
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
/// What the database works out for an object that a projection makes: a value that none of its properties holds. A
/// feature of the field. Thread-safe.
/// </summary>
internal sealed record WorkedOut(string Name, LambdaExpression Value)
{
    // Deep inside a row nobody knows the request; there the values hang on the object, which is dearer.
    private static readonly ConditionalWeakTable<object, WorkedOutValues> Attached = [];

    /// <summary>Called by compiled projections for objects within a row.</summary>
    public static T Attach<T>(T item, string[] names, object?[] values)
        where T : class
    {
        Attached.Add(item, new(names, values));
        return item;
    }

    /// <summary>What was worked out for the parent of a field.</summary>
    public static bool TryGet(IResolverContext context, string name, out object? value)
    {
        value = null;
        if (context.Parent<object?>() is not { } item) return false;
        return (OfRequest(context) is { } rows && rows.TryGet(item, out var values)) || Attached.TryGetValue(item, out values)
            ? values.TryGet(name, out value)
            : false;
    }

    /// <summary>The values of the request's rows; null when there are none.</summary>
    private static RowValues? OfRequest(IResolverContext context) =>
        context.ContextData.TryGetValue(RowValues.Key, out var known) ? (RowValues?)known : null;
}

/// <summary>The values that were worked out for one object.</summary>
internal sealed record WorkedOutValues(string[] Names, object?[] Values)
{
    public bool TryGet(string name, out object? value)
    {
        var at = Array.IndexOf(Names, name);
        value = at < 0 ? null : Values[at];
        return at >= 0;
    }
}

/// <summary>What was worked out for the rows of one request. Thread-safe.</summary>
internal sealed class RowValues
{
    public const string Key = "Metro.GraphQL.Data.RowValues";

    private readonly Lock _gate = new();
    private readonly Dictionary<object, WorkedOutValues> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>The request's own.</summary>
    public static RowValues Of(IResolverContext context)
    {
        lock (context.ContextData)
        {
            if (!context.ContextData.TryGetValue(Key, out var known)) context.ContextData[Key] = known = new RowValues();
            return (RowValues)known!;
        }
    }

    public void Add<T>(List<Row<T>> rows, string[] names)
    {
        lock (_gate)
        {
            _values.EnsureCapacity(_values.Count + rows.Count);
            foreach (var row in rows) _values[row.Item!] = new(names, row.WorkedOut!);
        }
    }

    public bool TryGet(object item, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WorkedOutValues? values)
    {
        lock (_gate) return _values.TryGetValue(item, out values);
    }
}
