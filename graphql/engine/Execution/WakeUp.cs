using System.Threading.Tasks.Sources;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Lets one waiter sleep until something has happened since it last woke. Allocates nothing after it is made. Any
/// thread may call <see cref="Set"/>; only one waits.
/// </summary>
internal sealed class WakeUp : IValueTaskSource
{
    private const int Quiet = 0;
    private const int Happened = 1;
    private const int Asleep = 2;

    private ManualResetValueTaskSourceCore<bool> _sleep = new() { RunContinuationsAsynchronously = true };
    private int _state = Quiet;

    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Happened) == Asleep) _sleep.SetResult(true);
    }

    public ValueTask WaitAsync()
    {
        _sleep.Reset();
        if (Interlocked.CompareExchange(ref _state, Asleep, Quiet) == Quiet) return new(this, _sleep.Version);

        Volatile.Write(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _sleep.GetResult(token);
        Volatile.Write(ref _state, Quiet);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _sleep.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _sleep.OnCompleted(continuation, state, token, flags);
}
