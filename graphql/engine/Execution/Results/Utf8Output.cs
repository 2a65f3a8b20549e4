using System.Buffers;

namespace Metro.GraphQL.Execution.Results;

/// <summary>Many small writes into few large ones.</summary>
internal ref struct Utf8Output(IBufferWriter<byte> output)
{
    private const int ChunkSize = 2048;
    private Span<byte> _span;
    private int _used;

    public void Write(byte value)
    {
        if (_used == _span.Length) Grow(1);
        _span[_used++] = value;
    }

    public void Write(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length > _span.Length - _used) Grow(value.Length);
        value.CopyTo(_span[_used..]);
        _used += value.Length;
    }

    public void Flush()
    {
        // A pipe refuses to advance over memory that nobody asked it for.
        if (_used > 0) output.Advance(_used);
        _span = default;
        _used = 0;
    }

    private void Grow(int needed)
    {
        Flush();
        _span = output.GetSpan(Math.Max(needed, ChunkSize));
    }
}
