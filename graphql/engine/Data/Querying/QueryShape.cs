using System.Linq.Expressions;
using System.Text;

namespace Metro.GraphQL.Data.Querying;

/// <summary>
/// What one request asks of a query, taken apart: the form, which decides what SQL is written, and the values, which
/// are its parameters. Requests of the same form share one compiled query. Used by one thread.
/// </summary>
internal sealed class QueryShape
{
    private readonly StringBuilder _form = new(256);

    /// <summary>The values in the order in which the form mentions them.</summary>
    public List<object?> Values { get; } = [];

    /// <summary>The form so far.</summary>
    public string Form => _form.ToString();

    public QueryShape Mark(string part)
    {
        _form.Append(part);
        return this;
    }

    public QueryShape Mark(char part)
    {
        _form.Append(part);
        return this;
    }

    public QueryShape Mark(int part)
    {
        _form.Append(part).Append(' ');
        return this;
    }

    public void Value(object? value) => Values.Add(value);
}

/// <summary>
/// The places of the values in an expression. Building asks for a place wherever <see cref="QueryShape"/> was given a
/// value, in the same order. Used by one thread.
/// </summary>
internal sealed class ValueSlots
{
    private readonly List<ParameterExpression> _slots = [];

    public IReadOnlyList<ParameterExpression> All => _slots;

    public ParameterExpression Next(Type type)
    {
        var slot = Expression.Parameter(type, $"p{_slots.Count}");
        _slots.Add(slot);
        return slot;
    }

    /// <summary>Leaves out the places of values that turn out not to be needed.</summary>
    public void Skip(int count)
    {
        for (var i = 0; i < count; i++) Next(typeof(object));
    }
}

/// <summary>Where a query runs, as far as it makes a difference to what is asked.</summary>
internal enum Dialect
{
    /// <summary>Over objects: text is compared ordinally, null is less than everything.</summary>
    InMemory,

    /// <summary>SQLite: LIKE would ignore the case of ASCII letters, null is less than everything.</summary>
    Sqlite,

    /// <summary>PostgreSQL and others that put null behind everything.</summary>
    PostgreSql,
}

internal static class Dialects
{
    public static bool PutsNullFirst(this Dialect dialect) => dialect is not Dialect.PostgreSql;
}

/// <summary>Puts expressions in the place of parameters.</summary>
internal sealed class Substitution(IReadOnlyDictionary<ParameterExpression, Expression> replacements) : ExpressionVisitor
{
    public static Expression Apply(Expression expression, ParameterExpression parameter, Expression replacement) =>
        new Substitution(new Dictionary<ParameterExpression, Expression> { [parameter] = replacement }).Visit(expression);

    /// <summary>A lambda's body with its only parameter replaced.</summary>
    public static Expression Inline(LambdaExpression lambda, Expression argument) =>
        Apply(lambda.Body, lambda.Parameters[0], argument);

    protected override Expression VisitParameter(ParameterExpression node) => replacements.GetValueOrDefault(node, node);

    // Places in expressions of EF's own, such as query roots, do not exist; visiting them would reduce them.
    protected override Expression VisitExtension(Expression node) => node;
}
