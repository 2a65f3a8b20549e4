using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Execution.Results;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Executes one operation (specification 6.2 to 6.4). One thread at a time works on the response: it runs resolvers,
/// depth first, until each has answered or waits; those that waited report back through a queue. When the queue is empty,
/// no resolver can make progress, so whatever keys DataLoaders have collected by then are loaded, one batch a level.
/// When nothing waits, no task is made at all.
/// </summary>
internal sealed class OperationExecution : IBatchScheduler
{
    private static readonly ConcurrentDictionary<(NamedType, Type), ObjectType?> ObjectTypes = new();

    private readonly Lock _gate = new();
    private readonly ResultTree _tree = ResultTree.Rent();
    private readonly RequestOptions _options;
    private List<(int Cell, IError Error)>? _errors;
    private ResolverContext? _unusedContexts;
    private DataLoaderScope? _dataLoaders;

    // Only there once something waits.
    private WakeUp? _wakeUp;
    private Queue<IReadyWork>? _ready;
    private Queue<PendingBatch>? _batches;
    private int _waiting;

    public OperationExecution(RequestContext request, OperationPlan operation, VariableValues variables, CancellationToken aborted)
    {
        Request = request;
        Operation = operation;
        Variables = variables;
        Aborted = aborted;
        _options = request.Options;
    }

    public RequestContext Request { get; }

    public OperationPlan Operation { get; }

    public VariableValues Variables { get; }

    /// <summary>Fires when the client leaves or time is up.</summary>
    public CancellationToken Aborted { get; }

    public DataLoaderScope DataLoaders
    {
        get
        {
            lock (_gate) return _dataLoaders ??= new(_options.DataLoaders, Request.Services, this, Aborted);
        }
    }

    /// <summary>Executes the root fields on this value.</summary>
    /// <exception cref="OperationCanceledException">The client left or time is up.</exception>
    public ValueTask<OperationResult> RunAsync(object? rootValue)
    {
        var selections = Operation.RootSelections(Variables);
        var first = _tree.BeginObject(ResultTree.Root, selections);

        // Specification 6.2.2: the root fields of a mutation run one after another.
        if (Operation.Kind is OperationKind.Mutation && selections.Selections.Length > 1)
            return RunSeriallyAsync(first, selections, rootValue);

        Aborted.ThrowIfCancellationRequested();
        ExecuteFields(first, selections, rootValue, null);
        return IsIdle ? new(Finish()) : FinishAsync();
    }

    public Path PathOf(int cell) => _tree.PathOf(cell);

    public void AddError(int cell, IError error, Selection? selection)
    {
        if (error.Path is null) error = error.WithPath(_tree.PathOf(cell));
        if (error.Locations is null && selection is not null) error = error.WithLocations(LocationsOf(selection));
        lock (_gate)
        {
            _errors ??= [];
            if (_errors.Count < _options.MaxFieldErrors) _errors.Add((cell, error));
        }
    }

    void IBatchScheduler.Schedule(PendingBatch batch)
    {
        lock (_gate) (_batches ??= []).Enqueue(batch);
        _wakeUp?.Set();
    }

    private bool IsIdle
    {
        get
        {
            if (_waiting > 0) return false;
            lock (_gate) return _batches is null or { Count: 0 };
        }
    }

    private async ValueTask<OperationResult> RunSeriallyAsync(int first, SelectionSet selections, object? rootValue)
    {
        for (var i = 0; i < selections.Selections.Length; i++)
        {
            Aborted.ThrowIfCancellationRequested();
            ExecuteField(first + i, selections.Selections[i], rootValue, null);
            if (!IsIdle) await DrainAsync();
        }

        return Finish();
    }

    private async ValueTask<OperationResult> FinishAsync()
    {
        await DrainAsync();
        return Finish();
    }

    private OperationResult Finish()
    {
        if (_errors is null) return new(_tree, []);
        var inOrder = Comparer<(int Cell, IError Error)>.Create((one, other) => _tree.CompareOrder(one.Cell, other.Cell));
        return new(_tree, Request.Filtered([.. _errors.Order(inOrder).Select(each => each.Error)]));
    }

    /// <summary>Goes on until no resolver waits any more.</summary>
    private async ValueTask DrainAsync()
    {
        var wakeUp = WakeUp;
        await using var abort = Aborted.UnsafeRegister(static state => ((WakeUp)state!).Set(), wakeUp);
        while (true)
        {
            while (NextReady() is { } work) work.Run();
            Aborted.ThrowIfCancellationRequested();
            if (FetchNextBatch()) continue;
            if (_waiting == 0) return;
            await wakeUp.WaitAsync();
        }
    }

    private IReadyWork? NextReady()
    {
        lock (_gate) return _ready is not null && _ready.TryDequeue(out var work) ? work : null;
    }

    private bool FetchNextBatch()
    {
        PendingBatch? batch;
        lock (_gate)
        {
            if (_batches is null || !_batches.TryDequeue(out batch)) return false;
        }

        _waiting++;
        _ = new WaitingBatch(this, batch).Begin();
        return true;
    }

    private WakeUp WakeUp
    {
        get
        {
            if (_wakeUp is null) Interlocked.CompareExchange(ref _wakeUp, new(), null);
            return _wakeUp;
        }
    }

    private void MarkReady(IReadyWork work)
    {
        lock (_gate) (_ready ??= []).Enqueue(work);
        WakeUp.Set();
    }

    private void ExecuteFields(
        int first, SelectionSet selections, object? parent, IImmutableDictionary<string, object?>? scopedState)
    {
        // Long synchronous answers notice here that nobody waits for them any more.
        if (Aborted.IsCancellationRequested) Aborted.ThrowIfCancellationRequested();
        var fields = selections.Selections;
        for (var i = 0; i < fields.Length; i++) ExecuteField(first + i, fields[i], parent, scopedState);
    }

    private void ExecuteField(
        int cell, Selection selection, object? parent, IImmutableDictionary<string, object?>? scopedState)
    {
        if (selection.IsTypeName)
        {
            _tree.SetTypeName(cell);
            return;
        }

        var context = _unusedContexts ?? new(this);
        _unusedContexts = context.Next;
        context.Begin(cell, selection, parent, scopedState);
        try
        {
            object? value;
            if (selection.PureResolver is { } pure)
            {
                value = pure(context);
            }
            else
            {
                var task = selection.Resolver!(context);
                if (!task.IsCompleted)
                {
                    _waiting++;
                    new WaitingField(this, cell, context, task).Begin();
                    return;
                }

                value = task.GetAwaiter().GetResult();
            }

            Complete(cell, selection.Completion, value, context);
        }
        catch (Exception failure) when (!IsAbort(failure))
        {
            Fail(cell, failure, selection);
        }

        context.Next = _unusedContexts;
        _unusedContexts = context;
    }

    private bool IsAbort(Exception failure) => failure is OperationCanceledException && Aborted.IsCancellationRequested;

    /// <summary>Specification 6.4.3, CompleteValue.</summary>
    private void Complete(int cell, Completion completion, object? value, ResolverContext context)
    {
        if (value is null)
        {
            if (completion.IsNonNull)
            {
                AddError(cell, Errors.NullForNonNull(context.Selection.Field), context.Selection);
            }

            _tree.SetNull(cell);
            return;
        }

        switch (completion.Kind)
        {
            case TypeKind.Scalar or TypeKind.Enum:
                CompleteLeaf(cell, (LeafType)completion.Leaf!, value, context);
                break;
            case TypeKind.Object:
                CompleteObject(cell, (ObjectType)completion.Leaf!, value, context);
                break;
            case TypeKind.List:
                CompleteList(cell, completion.Item!, value, context);
                break;
            default:
                CompleteObject(cell, ObjectTypeOf(completion.Leaf!, value, context), value, context);
                break;
        }
    }

    private void CompleteLeaf(int cell, LeafType type, object value, ResolverContext context)
    {
        try
        {
            type.WriteValue(value, _tree.BeginLeaf(cell));
            _tree.EndLeaf(cell);
        }
        catch (CoercionException refused)
        {
            _tree.AbandonLeaf();
            AddError(
                cell,
                ErrorBuilder.New().SetMessage(refused.Message).SetCode(ErrorCodes.InvalidRuntimeValue).SetException(refused).Build(),
                context.Selection);
            _tree.SetNull(cell);
        }
        catch
        {
            _tree.AbandonLeaf();
            throw;
        }
    }

    private void CompleteObject(int cell, ObjectType type, object value, ResolverContext context)
    {
        var selections = context.Selection.SelectionsOn(type);
        ExecuteFields(_tree.BeginObject(cell, selections), selections, value, context.ScopedContextData);
    }

    private void CompleteList(int cell, Completion item, object value, ResolverContext context)
    {
        switch (value)
        {
            case string or not IEnumerable:
                throw new GraphQLException(Errors.NoList(context.Selection.Field));
            case object?[] items:
                var first = _tree.BeginList(cell, items.Length, item.IsNonNull);
                for (var i = 0; i < items.Length; i++) CompleteItem(first + i, item, items[i], context);
                break;
            case IList items:
                var count = items.Count;
                first = _tree.BeginList(cell, count, item.IsNonNull);
                for (var i = 0; i < count; i++) CompleteItem(first + i, item, items[i], context);
                break;
            default:
                // The items' cells lie side by side, so they are counted before the first is completed.
                var found = new List<object?>();
                foreach (var each in (IEnumerable)value) found.Add(each);
                CompleteList(cell, item, found, context);
                break;
        }
    }

    private void CompleteItem(int cell, Completion item, object? value, ResolverContext context)
    {
        try
        {
            Complete(cell, item, value, context);
        }
        catch (Exception failure) when (!IsAbort(failure))
        {
            Fail(cell, failure, context.Selection);
        }
    }

    /// <summary>Specification 6.4.3, ResolveAbstractType.</summary>
    private ObjectType ObjectTypeOf(NamedType type, object value, ResolverContext context)
    {
        var resolve = type switch
        {
            InterfaceType @interface => @interface.ResolveType,
            UnionType union => union.ResolveType,
            _ => null,
        };
        if (resolve is not null)
        {
            var name = resolve(context, value);
            return name is not null
                && Request.Schema.TryGetType(name, out var named) && named is ObjectType found && Request.Schema.IsPossibleType(type, found)
                ? found
                : throw new GraphQLException(Errors.NoObjectType(type, context.Selection.Field));
        }

        if (value is IReadOnlyDictionary<string, object?> entries && entries.GetValueOrDefault("__typename") is string typeName)
        {
            return Request.Schema.TryGetType(typeName, out var named) && named is ObjectType found && Request.Schema.IsPossibleType(type, found)
                ? found
                : throw new GraphQLException(Errors.NoObjectType(type, context.Selection.Field));
        }

        foreach (var possible in Request.Schema.PossibleTypes(type))
        {
            if (possible.IsInstance is { } isInstance && isInstance(value)) return possible;
        }

        return ObjectTypes.GetOrAdd((type, value.GetType()), Find, Request.Schema)
            ?? throw new GraphQLException(Errors.NoObjectType(type, context.Selection.Field));
    }

    // The object type that stands for the nearest class of the value.
    private static ObjectType? Find((NamedType Abstract, Type Class) wanted, Schema schema)
    {
        var candidates = schema.PossibleTypes(wanted.Abstract).Where(type => type.RuntimeType is not null).ToArray();
        for (var at = wanted.Class; at is not null && at != typeof(object); at = at.BaseType)
        {
            if (Array.Find(candidates, type => type.RuntimeType == at) is { } found) return found;
        }

        return Array.Find(candidates, type => type.RuntimeType!.IsAssignableFrom(wanted.Class) && type.RuntimeType != typeof(object));
    }

    private void Fail(int cell, Exception failure, Selection selection)
    {
        if (failure is GraphQLException known)
        {
            foreach (var error in known.Errors) AddError(cell, error, selection);
        }
        else
        {
            AddError(cell, Request.Unexpected(failure, selection.Field.Coordinate), selection);
        }

        _tree.SetNull(cell);
    }

    private List<SourceLocation> LocationsOf(Selection selection)
    {
        var locations = new List<SourceLocation>(1);
        foreach (var node in selection.Nodes)
        {
            if (node.Location is { } location && locations.Count < _options.MaxLocationsPerError) locations.Add(location);
        }

        return locations;
    }

    /// <summary>Something that waited and can go on.</summary>
    private interface IReadyWork
    {
        void Run();
    }

    private sealed class WaitingField(OperationExecution execution, int cell, ResolverContext context, ValueTask<object?> task) : IReadyWork
    {
        private ConfiguredValueTaskAwaitable<object?>.ConfiguredValueTaskAwaiter _awaiter;

        public void Begin()
        {
            _ = execution.WakeUp;
            _awaiter = task.ConfigureAwait(false).GetAwaiter();
            _awaiter.UnsafeOnCompleted(() => execution.MarkReady(this));
        }

        public void Run()
        {
            execution._waiting--;
            var selection = context.Selection;
            try
            {
                execution.Complete(cell, selection.Completion, _awaiter.GetResult(), context);
            }
            catch (Exception failure) when (!execution.IsAbort(failure))
            {
                execution.Fail(cell, failure, selection);
            }

            context.Next = execution._unusedContexts;
            execution._unusedContexts = context;
        }
    }

    private sealed class WaitingBatch(OperationExecution execution, PendingBatch batch) : IReadyWork
    {
        public async Task Begin()
        {
            _ = execution.WakeUp;
            // Never throws: what went wrong waits in the batch for those who asked.
            await batch.FetchAsync().ConfigureAwait(false);
            execution.MarkReady(this);
        }

        // Those who waited go on in here, so afterwards all of them are either in the queue or waiting for something else.
        public void Run()
        {
            execution._waiting--;
            batch.Complete();
        }
    }
}
