using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Metro.GraphQL.Execution.Planning;

namespace Metro.GraphQL.Execution.Results;

/// <summary>What stands in a cell of the <see cref="ResultTree"/>.</summary>
internal enum CellKind : byte
{
    Pending,
    Null,
    Leaf,
    Object,
    List,
    TypeName,
}

/// <summary>
/// One position of the response. An object's or list's children lie side by side from <see cref="Start"/> on; a leaf's
/// JSON is the stretch of the tree's bytes that begins there.
/// </summary>
internal struct Cell
{
    public SelectionSet? Selections;
    public int Start;
    public int Length;
    public int Parent;
    public CellKind Kind;
    public bool IsNonNull;
}

/// <summary>
/// The response while it is made: cells in one pooled array, leaves already in UTF-8. Resolvers may finish in any
/// order; the order of the response is that of the cells. A null that may not stand where it is takes its parent with
/// it by changing one cell (specification 6.4.4). Not safe for use by several threads at once.
/// </summary>
internal sealed class ResultTree : IDisposable
{
    public const int Root = 0;

    private static readonly ConcurrentQueue<ResultTree> Pool = new();
    private static readonly int PoolSize = Environment.ProcessorCount * 4;

    // Larger answers are rare: what they needed is given back rather than kept.
    private const int LargestKept = 16 * 1024;

    // Deeper positions than the parser's recursion limit and a list level for each do not exist.
    private const int MaxChain = 512;

    private readonly PooledBuffer _bytes = new();
    private readonly Utf8JsonWriter _leaves;
    private Cell[] _cells = ArrayPool<Cell>.Shared.Rent(64);
    private int _count;
    private int _leavesBegin;
    private bool _hasLeaves;

    private ResultTree() => _leaves = new(_bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>A tree with an empty root cell.</summary>
    public static ResultTree Rent()
    {
        if (!Pool.TryDequeue(out var tree)) tree = new();
        tree._cells[Root] = new() { Parent = -1 };
        tree._count = 1;
        return tree;
    }

    public ref Cell this[int cell] => ref _cells[cell];

    private int LeafPosition => _leavesBegin + (int)(_leaves.BytesCommitted + _leaves.BytesPending);

    /// <summary>Makes the cell an object with a pending cell for each selection, and answers with the first of them.</summary>
    public int BeginObject(int cell, SelectionSet selections)
    {
        var fields = selections.Selections;
        var start = Allocate(fields.Length);
        for (var i = 0; i < fields.Length; i++)
            _cells[start + i] = new() { Parent = cell, IsNonNull = fields[i].Completion.IsNonNull };

        ref var at = ref _cells[cell];
        // A sibling may have taken this position away already; what comes late then changes nothing.
        if (at.Kind == CellKind.Pending) at.Kind = CellKind.Object;
        at.Selections = selections;
        at.Start = start;
        at.Length = fields.Length;
        return start;
    }

    /// <summary>Makes the cell a list of pending items, and answers with the first of them.</summary>
    public int BeginList(int cell, int count, bool itemsAreNonNull)
    {
        var start = Allocate(count);
        for (var i = 0; i < count; i++)
            _cells[start + i] = new() { Parent = cell, IsNonNull = itemsAreNonNull };

        ref var at = ref _cells[cell];
        if (at.Kind == CellKind.Pending) at.Kind = CellKind.List;
        at.Start = start;
        at.Length = count;
        return start;
    }

    public void SetTypeName(int cell)
    {
        ref var at = ref _cells[cell];
        if (at.Kind == CellKind.Pending) at.Kind = CellKind.TypeName;
    }

    /// <summary>The writer for one leaf; follow with <see cref="EndLeaf"/> or <see cref="AbandonLeaf"/>.</summary>
    public Utf8JsonWriter BeginLeaf(int cell)
    {
        // The writer sees one long sequence of values and puts a comma before each but the first.
        _cells[cell].Start = LeafPosition + (_hasLeaves ? 1 : 0);
        _hasLeaves = true;
        return _leaves;
    }

    public void EndLeaf(int cell)
    {
        ref var at = ref _cells[cell];
        at.Length = LeafPosition - at.Start;
        if (at.Kind == CellKind.Pending) at.Kind = CellKind.Leaf;
    }

    /// <summary>The leaf could not be written: whatever was written of it belongs to no cell.</summary>
    public void AbandonLeaf()
    {
        // A half-written object leaves the writer at a depth of its own, and only a reset leads out of it.
        _leaves.Flush();
        _leaves.Reset();
        _leavesBegin = _bytes.Length;
        _hasLeaves = false;
    }

    /// <summary>Null at this position, and where that may not stand, at the nearest position above that may be null.</summary>
    public void SetNull(int cell)
    {
        while (cell >= 0)
        {
            ref var at = ref _cells[cell];
            if (at.Kind == CellKind.Null) return;
            at.Kind = CellKind.Null;
            if (!at.IsNonNull) return;
            cell = at.Parent;
        }
    }

    public Path PathOf(int cell)
    {
        var at = _cells[cell];
        if (at.Parent < 0) return Path.Root;
        var parent = _cells[at.Parent];
        var above = PathOf(at.Parent);
        return parent.Selections is { } selections
            ? above.Append(selections.Selections[cell - parent.Start].ResponseName)
            : above.Append(cell - parent.Start);
    }

    /// <summary>Whether one cell comes before (less than 0) or after (greater) another in the response.</summary>
    public int CompareOrder(int one, int other)
    {
        Span<int> chainOfOne = stackalloc int[MaxChain];
        Span<int> chainOfOther = stackalloc int[MaxChain];
        var first = Chain(one, chainOfOne);
        var second = Chain(other, chainOfOther);
        for (var i = 1; i <= first.Length && i <= second.Length; i++)
        {
            if (first[^i] != second[^i]) return first[^i].CompareTo(second[^i]);
        }

        return first.Length.CompareTo(second.Length);
    }

    /// <summary>
    /// The whole response position by position, as JSON, with what stands before and behind it: a pipe takes one stretch
    /// of bytes for less than several.
    /// </summary>
    public void WriteTo(IBufferWriter<byte> output, ReadOnlySpan<byte> before = default, ReadOnlySpan<byte> behind = default)
    {
        _leaves.Flush();
        var json = new Utf8Output(output);
        json.Write(before);
        Write(ref json, Root, null);
        json.Write(behind);
        json.Flush();
    }

    private void Write(ref Utf8Output json, int cell, SelectionSet? parent)
    {
        ref readonly var at = ref _cells[cell];
        switch (at.Kind)
        {
            case CellKind.Leaf:
                json.Write(_bytes.Written.Slice(at.Start, at.Length));
                break;
            case CellKind.TypeName:
                json.Write(parent!.Utf8TypeName);
                break;
            case CellKind.Object:
                var fields = at.Selections!.Selections;
                json.Write((byte)'{');
                for (var i = 0; i < fields.Length; i++)
                {
                    if (i > 0) json.Write((byte)',');
                    json.Write(fields[i].Utf8Name);
                    Write(ref json, at.Start + i, at.Selections);
                }

                json.Write((byte)'}');
                break;
            case CellKind.List:
                json.Write((byte)'[');
                for (var i = 0; i < at.Length; i++)
                {
                    if (i > 0) json.Write((byte)',');
                    Write(ref json, at.Start + i, null);
                }

                json.Write((byte)']');
                break;
            default:
                json.Write("null"u8);
                break;
        }
    }

    private ReadOnlySpan<int> Chain(int cell, Span<int> chain)
    {
        var length = 0;
        for (; cell >= 0 && length < chain.Length; cell = _cells[cell].Parent) chain[length++] = cell;
        return chain[..length];
    }

    public void Dispose()
    {
        if (Pool.Count >= PoolSize || _cells.Length > LargestKept || _bytes.Length > LargestKept * 8)
        {
            ArrayPool<Cell>.Shared.Return(_cells, clearArray: true);
            _leaves.Dispose();
            _bytes.Dispose();
            return;
        }

        Array.Clear(_cells, 0, _count);
        _leaves.Reset();
        _bytes.Clear();
        _hasLeaves = false;
        _leavesBegin = 0;
        Pool.Enqueue(this);
    }

    private int Allocate(int count)
    {
        var start = _count;
        _count += count;
        if (_count > _cells.Length)
        {
            // The smaller array is not given back: a resolver on another thread may be reading its path there.
            var larger = ArrayPool<Cell>.Shared.Rent(Math.Max(_count, _cells.Length * 2));
            Array.Copy(_cells, larger, start);
            _cells = larger;
        }

        return start;
    }
}
