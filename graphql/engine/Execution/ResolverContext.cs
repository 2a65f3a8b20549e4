using System.Collections.Immutable;
using System.Security.Claims;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Execution;

/// <summary>
/// One field while it is answered. The execution lends it to one resolver after the other, so a request needs about as
/// many of them as resolvers wait at the same time.
/// </summary>
internal sealed class ResolverContext(OperationExecution execution) : IMiddlewareContext
{
    private static readonly ImmutableDictionary<string, object?> NoState =
        ImmutableDictionary.Create<string, object?>(StringComparer.Ordinal);

    private object? _parent;
    private object?[]? _arguments;
    private IServiceProvider? _services;
    private int _cell;

    /// <summary>The next unused context of the execution.</summary>
    public ResolverContext? Next { get; set; }

    public Selection Selection { get; private set; } = null!;

    public object? Result { get; set; }

    public IImmutableDictionary<string, object?> ScopedContextData { get; set; } = NoState;

    public IImmutableDictionary<string, object?> LocalContextData { get; set; } = NoState;

    public Schema Schema => execution.Request.Schema;

    public OperationPlan Operation => execution.Operation;

    public VariableValues Variables => execution.Variables;

    public IServiceProvider Services
    {
        get => _services ?? execution.Request.Services;
        set => _services = value;
    }

    public ClaimsPrincipal User => execution.Request.User;

    public CancellationToken RequestAborted => execution.Aborted;

    public string ResponseName => Selection.ResponseName;

    public Path Path => execution.PathOf(_cell);

    public IDictionary<string, object?> ContextData => execution.Request.ContextData;

    public void Begin(int cell, Selection selection, object? parent, IImmutableDictionary<string, object?>? scopedState)
    {
        _cell = cell;
        _parent = parent;
        _arguments = null;
        _services = null;
        Selection = selection;
        Result = null;
        ScopedContextData = scopedState ?? NoState;
        LocalContextData = NoState;
    }

    public T Parent<T>() => _parent is T parent
        ? parent
        : _parent is null && default(T) is null
            ? default!
            : throw new InvalidCastException(
                $"The parent of {Selection.Field.Coordinate} is {_parent?.GetType().Name ?? "null"}, not {typeof(T).Name}.");

    public T ArgumentValue<T>(string name)
    {
        var value = Argument(name);
        return value is T fitting ? fitting : Convert<T>(name, value);
    }

    public Optional<T> ArgumentOptional<T>(string name)
    {
        var value = Argument(name);
        if (ReferenceEquals(value, VariableValues.Absent)) return default;
        return value is T fitting ? new(fitting) : new(Convert<T>(name, value));
    }

    public ValueNode? ArgumentLiteral(string name) => Selection.Arguments.Literal(IndexOf(name));

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public T DataLoader<T>(string? name = null)
        where T : IDataLoader => execution.DataLoaders.Get<T>(name);

    public void ReportError(IError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        execution.AddError(_cell, error, Selection);
    }

    public void ReportError(string message) => ReportError(ErrorBuilder.New().SetMessage(message).Build());

    private object? Argument(string name) =>
        (_arguments ??= Selection.Arguments.Values(execution.Variables))[IndexOf(name)];

    private int IndexOf(string name) => Selection.Arguments.IndexOf(name) switch
    {
        >= 0 and var index => index,
        _ => throw new ArgumentException($"{Selection.Field.Coordinate} has no argument \"{name}\".", nameof(name)),
    };

    private T Convert<T>(string name, object? value)
    {
        // Absent and null read alike, except for those who ask.
        if (ReferenceEquals(value, VariableValues.Absent)) return default!;
        if (value is null)
        {
            return InputConversion.IsOptional(typeof(T)) ? (T)InputConversion.To(typeof(T), null)! : default!;
        }

        try
        {
            return (T)InputConversion.To(typeof(T), value)!;
        }
        catch (InputException refused)
        {
            throw new GraphQLException(ErrorBuilder.New()
                .SetMessage(refused.Message)
                .SetCode(refused.Code ?? ErrorCodes.InvalidRuntimeValue)
                .SetExtension("coordinate", Selection.Field.Arguments[name].Coordinate)
                .Build());
        }
    }
}
