using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Metro.GraphQL.Data.Querying;

/// <summary>
/// A query of EF Core that a resolver began, taken apart: its form, the values in it, and the context it belongs to.
/// What is built on it is compiled once for each form (decision 0010) and then run like hand-written SQL. Used by one
/// request.
/// </summary>
internal sealed class EntitySource
{
    private const int MostCompiled = 1024;

    private static readonly BoundedCache<QueryKey, Compiled> Queries = new(MostCompiled);
    private static readonly ConditionalWeakTable<DbContext, SemaphoreSlim> Gates = [];
    private static readonly ConcurrentDictionary<Type, Func<object, IQueryContextFactory>> Factories = new();

    // EF Core reads a provider's name from its assembly every time it is asked.
    private static readonly ConditionalWeakTable<IModel, StrongBox<Dialect>> Dialects = [];

    private readonly IQueryProvider _provider;
    private readonly IQueryContextFactory _contexts;
    private readonly Expression _asWritten;

    // Asked first for the context it belongs to, then used for the first query.
    private QueryContext? _unused;
    private readonly Expression _root;
    private readonly object? _rootKey;
    private readonly IReadOnlyList<object?> _rootValues;
    private readonly IReadOnlyList<ParameterExpression> _rootSlots;

    private EntitySource(IQueryProvider provider, Expression source, IQueryContextFactory contexts)
    {
        (_provider, _asWritten, _contexts) = (provider, source, contexts);
        _unused = contexts.Create();
        Db = _unused.Context;
        Dialect = Dialects.GetOrAdd(Db.Model, static (_, db) => new(DialectOf(db)), Db).Value;
        if (source is EntityQueryRootExpression root && root.GetType() == typeof(EntityQueryRootExpression))
        {
            (_root, _rootKey, _rootValues, _rootSlots, KeepsFilters) = (root, root.EntityType, [], [], true);
            return;
        }

        var form = new SourceForm();
        _root = form.Visit(source)!;
        _rootKey = form.IsUnderstood ? new FormKey(_root) : null;
        (_rootValues, _rootSlots) = (form.Values, form.Slots);
        KeepsFilters = form is { IsUnderstood: true, IgnoresFilters: false };
    }

    private static Dialect DialectOf(DbContext db) =>
        db.Database.ProviderName?.Contains("Sqlite", StringComparison.Ordinal) is true ? Dialect.Sqlite : Dialect.PostgreSql;

    public DbContext Db { get; }

    public Dialect Dialect { get; }

    /// <summary>What the resolver wrote, with places for its values where they could be told apart.</summary>
    public Expression Expression => _rootKey is null ? _asWritten : _root;

    /// <summary>Whether further queries about the same entities see what this one sees; false when that cannot be told.</summary>
    public bool KeepsFilters { get; }

    private EntitySource(EntitySource other, IEntityType entity)
    {
        (_provider, _contexts, Db, Dialect) = (other._provider, other._contexts, other.Db, other.Dialect);
        _root = _asWritten = new EntityQueryRootExpression((IAsyncQueryProvider)_provider, entity);
        (_rootKey, _rootValues, _rootSlots, KeepsFilters) = (entity, [], [], true);
    }

    /// <summary>Takes a query apart; null when it is none of EF Core's.</summary>
    public static EntitySource? Open(IQueryable source) => source.Provider is IAsyncQueryProvider provider
        && provider.GetType().Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) is true
        ? new(provider, source.Expression, Factories.GetOrAdd(provider.GetType(), FactoryOf, provider)(provider))
        : null;

    /// <summary>The model's knowledge of a class; null when it is no entity.</summary>
    public IEntityType? EntityOf(Type type) => Db.Model.FindEntityType(type);

    /// <summary>All entities of a type, in the same context.</summary>
    public EntitySource Over(IEntityType entity) => new(this, entity);

    /// <summary>
    /// Keeps the connection open for several queries, where opening it is the dearer part; disposing gives it back.
    /// </summary>
    public async ValueTask<ConnectionInUse> KeepOpenAsync(CancellationToken stop)
    {
        if (Dialect is not Dialect.Sqlite) return default;
        using var turn = await TurnAsync(stop);
        Db.Database.OpenConnection();
        return new(this);
    }

    /// <summary>A connection that is kept open until this is disposed.</summary>
    public readonly struct ConnectionInUse(EntitySource? source) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (source is null) return;
            using var turn = await source.TurnAsync(CancellationToken.None);
            source.Db.Database.CloseConnection();
        }
    }

    /// <summary>Runs a query.</summary>
    /// <param name="shape">Its form and values.</param>
    /// <param name="build">Builds it on the source; called only for a form that is new.</param>
    /// <param name="stop">Fires when nobody waits for it any more.</param>
    /// <typeparam name="TRow">What a row is made into.</typeparam>
    public async ValueTask<List<TRow>> ListAsync<TRow>(QueryShape shape, Func<Expression, ValueSlots, Expression> build, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var turn = await TurnAsync(stop);
        if (Dialect is Dialect.Sqlite)
        {
            // SQLite answers on the caller's thread, whatever is awaited; so nothing is.
            return Find<IEnumerable<TRow>>(shape, build, isAsync: false) is { } read ? [.. read(Begin(shape, stop))] : [.. Uncompiled<TRow>(shape, build)];
        }

        var rows = Find<IAsyncEnumerable<TRow>>(shape, build, isAsync: true) is { } run
            ? run(Begin(shape, stop))
            : Uncompiled<TRow>(shape, build).AsAsyncEnumerable();
        var list = new List<TRow>();
        await foreach (var row in rows.WithCancellation(stop).ConfigureAwait(false)) list.Add(row);
        return list;
    }

    /// <summary>Counts the rows of a query; the parameters are those of <see cref="ListAsync"/>.</summary>
    public async ValueTask<int> CountAsync(QueryShape shape, Func<Expression, ValueSlots, Expression> build, CancellationToken stop)
    {
        using var turn = await TurnAsync(stop);
        if (Dialect is Dialect.Sqlite)
            return Find<int>(shape, build, isAsync: false) is { } sum ? sum(Begin(shape, stop)) : _provider.Execute<int>(Filled(shape, build));
        return Find<Task<int>>(shape, build, isAsync: true) is { } count
            ? await count(Begin(shape, stop))
            : await ((IAsyncQueryProvider)_provider).ExecuteAsync<Task<int>>(Filled(shape, build), stop);
    }

    // A context answers one question at a time; the fields of a request may share one, and come from any thread.
    private async ValueTask<Turn> TurnAsync(CancellationToken stop)
    {
        var gate = Gates.GetValue(Db, static _ => new(1, 1));
        await gate.WaitAsync(stop);
        return new(gate);
    }

    private QueryContext Begin(QueryShape shape, CancellationToken stop)
    {
        var context = _unused ?? _contexts.Create();
        _unused = null;
        context.CancellationToken = stop;
        for (var i = 0; i < _rootValues.Count; i++) context.Parameters.Add(_rootSlots[i].Name!, _rootValues[i]);
        for (var i = 0; i < shape.Values.Count; i++) context.Parameters.Add(SlotName(i), shape.Values[i]);
        return context;
    }

    private static readonly string[] SlotNames = [.. Enumerable.Range(0, 32).Select(i => $"p{i}")];

    private static string SlotName(int i) => i < SlotNames.Length ? SlotNames[i] : $"p{i}";

    private Func<QueryContext, TResult>? Find<TResult>(QueryShape shape, Func<Expression, ValueSlots, Expression> build, bool isAsync)
    {
        if (_rootKey is null) return null;
        var key = new QueryKey(Db.Model, _rootKey, typeof(TResult), shape.Form);
        return (Func<QueryContext, TResult>?)Queries.GetOrAdd(
            key, static (_, state) => state.Source.Compile<TResult>(state.Build, state.IsAsync), (Source: this, Build: build, IsAsync: isAsync)).Run;
    }

    private Compiled Compile<TResult>(Func<Expression, ValueSlots, Expression> build, bool isAsync)
    {
        var slots = new ValueSlots();
        var expression = build(_root is EntityQueryRootExpression root ? root.DetachQueryProvider() : _root, slots);
        var parameters = slots.All.Concat(_rootSlots).ToDictionary(slot => slot, Expression (slot) => slot.Type.IsArray
            // One parameter whatever the number of values, so that the statement stays the same.
            ? new QueryParameterExpression(slot.Name!, slot.Type, ParameterTranslationMode.Parameter)
            : new QueryParameterExpression(slot.Name!, slot.Type));
        return new(Db.GetService<IDatabase>().CompileQuery<TResult>(new Substitution(parameters).Visit(expression), isAsync));
    }

    // A source that holds what cannot be told apart goes EF's usual way, which is right and slower.
    private IQueryable<TRow> Uncompiled<TRow>(QueryShape shape, Func<Expression, ValueSlots, Expression> build) =>
        _provider.CreateQuery<TRow>(Filled(shape, build));

    private Expression Filled(QueryShape shape, Func<Expression, ValueSlots, Expression> build)
    {
        var slots = new ValueSlots();
        var expression = build(_asWritten, slots);
        var filled = new Dictionary<ParameterExpression, Expression>();
        for (var i = 0; i < slots.All.Count; i++) filled.Add(slots.All[i], Box(slots.All[i].Type, shape.Values[i]));
        return new Substitution(filled).Visit(expression);
    }

    // EF makes parameters of fields of captured objects, never of constants.
    private static Expression Box(Type type, object? value)
    {
        var box = Activator.CreateInstance(typeof(StrongBox<>).MakeGenericType(type), value)!;
        Expression field = Expression.Field(Expression.Constant(box), nameof(StrongBox<>.Value));
        return type.IsArray ? Expression.Call(typeof(EF), nameof(EF.Parameter), [type], field) : field;
    }

    // A query knows its context only inside; there is no public way to it from a query that was composed.
    private static Func<object, IQueryContextFactory> FactoryOf(Type providerType, object provider)
    {
        const BindingFlags Inside = BindingFlags.NonPublic | BindingFlags.Instance;
        var compilerField = providerType.GetField("_queryCompiler", Inside);
        var compilerType = compilerField?.GetValue(provider)?.GetType();
        var factoryField = compilerType?.GetField("_queryContextFactory", Inside)
            ?? throw new NotSupportedException($"{providerType} is made otherwise than in the EF Core version this was written for.");
        var parameter = Expression.Parameter(typeof(object));
        var compiler = Expression.Convert(Expression.Field(Expression.Convert(parameter, providerType), compilerField!), compilerType!);
        return Expression.Lambda<Func<object, IQueryContextFactory>>(Expression.Field(compiler, factoryField), parameter).Compile();
    }

    private readonly record struct QueryKey(IModel Model, object Root, Type Result, string Form);

    private sealed record Compiled(Delegate Run);

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    /// <summary>An expression that equals another of the same structure.</summary>
    private sealed class FormKey(Expression form) : IEquatable<FormKey>
    {
        private readonly int _hash = ExpressionEqualityComparer.Instance.GetHashCode(form);

        private Expression Form => form;

        public bool Equals(FormKey? other) => other is not null && other._hash == _hash && ExpressionEqualityComparer.Instance.Equals(form, other.Form);

        public override bool Equals(object? obj) => Equals(obj as FormKey);

        public override int GetHashCode() => _hash;
    }
}

/// <summary>
/// Separates the form of a resolver's query from the values that it captured. Anything out of the ordinary (raw SQL,
/// captured queries, calls that EF would run beforehand) is left to EF.
/// </summary>
internal sealed class SourceForm : ExpressionVisitor
{
    private static readonly HashSet<Type> KnownCallees =
    [
        typeof(Queryable), typeof(Enumerable), typeof(EntityFrameworkQueryableExtensions),
        typeof(RelationalQueryableExtensions), typeof(string), typeof(DbFunctionsExtensions), typeof(EF),
    ];

    private readonly HashSet<ParameterExpression> _declared = [];

    public bool IsUnderstood { get; private set; } = true;

    public bool IgnoresFilters { get; private set; }

    public List<object?> Values { get; } = [];

    public List<ParameterExpression> Slots { get; } = [];

    public override Expression? Visit(Expression? node)
    {
        if (!IsUnderstood || node is null) return node;
        switch (node)
        {
            case ConstantExpression constant when IsPlain(constant.Type):
            case ParameterExpression parameter when _declared.Contains(parameter):
            case LambdaExpression or UnaryExpression or BinaryExpression or ConditionalExpression or MemberExpression or MethodCallExpression
                or EntityQueryRootExpression:
                return base.Visit(node);
            case NewExpression or MemberInitExpression or NewArrayExpression:
                return base.Visit(node);
            default:
                return Give(node);
        }
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        foreach (var parameter in node.Parameters) _declared.Add(parameter);
        return base.VisitLambda(node);
    }

    protected override Expression VisitExtension(Expression node) => node.GetType() == typeof(EntityQueryRootExpression)
        ? ((EntityQueryRootExpression)node).DetachQueryProvider()
        : Give(node);

    protected override Expression VisitMember(MemberExpression node)
    {
        if (!TryCapture(node, out var value)) return node.Expression is null ? Give(node) : base.VisitMember(node);
        if (!IsPlain(node.Type) && !(node.Type.IsArray && IsPlain(node.Type.GetElementType()!))) return Give(node);

        var slot = Expression.Parameter(node.Type, $"r{Slots.Count}");
        Slots.Add(slot);
        Values.Add(value);
        return slot;
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        IgnoresFilters |= node.Method.Name is nameof(EntityFrameworkQueryableExtensions.IgnoreQueryFilters);
        return node.Method.DeclaringType is { } type && KnownCallees.Contains(type) ? base.VisitMethodCall(node) : Give(node);
    }

    protected override Expression VisitNew(NewExpression node) => node.Arguments.Count == 0 || _declared.Count > 0 ? base.VisitNew(node) : Give(node);

    private Expression Give(Expression node)
    {
        IsUnderstood = false;
        return node;
    }

    // The value of a chain of members that begins at something captured.
    private static bool TryCapture(Expression node, out object? value)
    {
        value = null;
        switch (node)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression { Expression: { } inner } member when TryCapture(inner, out var owner) && owner is not null:
                value = member.Member is FieldInfo field ? field.GetValue(owner) : ((PropertyInfo)member.Member).GetValue(owner);
                return true;
            default:
                return false;
        }
    }

    private static bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
            || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly)
            || type == typeof(TimeSpan);
    }
}
