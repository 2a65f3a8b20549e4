using System.Runtime.CompilerServices;

namespace Metro.Library.Search;

/// <summary>
/// A part of the index: some titles, numbered from 0, with the words they have and the columns by which
/// they are counted. What is written never changes, except the columns that follow circulation and the
/// bits of titles that a newer segment replaced; those are single words of memory, written by one writer.
/// </summary>
internal sealed class Segment
{
    public required int Count { get; init; }

    public required long[] TitleIds { get; init; }

    public required int[] Versions { get; init; }

    // Words in ascending order of their numbers; the postings of word i are at Starts[i] .. Starts[i + 1].
    public required int[] Words { get; init; }

    public required int[] PostingStarts { get; init; }

    /// <summary>For each title of a word: how far from the title before (variable length), and the fields in a byte.</summary>
    public required byte[] Postings { get; init; }

    public required int[] PositionStarts { get; init; }

    /// <summary>For each title of a word: its places, each as (distance from the place before, whether more follow), variable length.</summary>
    public required byte[] Positions { get; init; }

    /// <summary>Identifiers by their <see cref="IdentifierKeys"/>, ascending, and the titles that have them.</summary>
    public required ulong[] Numbers { get; init; }

    public required int[] NumberTitles { get; init; }

    public required byte[] Formats { get; init; }

    public required byte[] Audiences { get; init; }

    public required ushort[] Languages { get; init; }

    public required short[] Years { get; init; }

    /// <summary>The three digits of the DDC class, or -1.</summary>
    public required short[] Classes { get; init; }

    /// <summary>How many words the title proper has, and how many with the subtitle; at most 255.</summary>
    public required byte[] NameLengths { get; init; }

    public required byte[] TitleLengths { get; init; }

    /// <summary>The first eight signs of the title, by which titles are sorted.</summary>
    public required ulong[] SortKeys { get; init; }

    public required int[] SubjectStarts { get; init; }

    public required int[] Subjects { get; init; }

    /// <summary>Follows circulation: how often the title was borrowed.</summary>
    public required int[] Popularity { get; init; }

    /// <summary>Follows circulation: titles with a copy at a branch, and with a free one, a bit a title.</summary>
    public Dictionary<long, ulong[]> OwnedAt { get; private set; } = [];

    public Dictionary<long, ulong[]> FreeAt { get; private set; } = [];

    public required ulong[] FreeAnywhere { get; init; }

    /// <summary>Notes what the copies of a title are doing now.</summary>
    public void SetCopies(int title, IReadOnlyList<(long BranchId, bool IsFree)> copies)
    {
        var bit = 1UL << (title & 63);
        foreach (var bits in OwnedAt.Values) bits[title >> 6] &= ~bit;
        foreach (var bits in FreeAt.Values) bits[title >> 6] &= ~bit;
        var free = false;
        foreach (var (branch, isFree) in copies)
        {
            At(OwnedAt, branch, owned => OwnedAt = owned)[title >> 6] |= bit;
            if (!isFree) continue;
            At(FreeAt, branch, freed => FreeAt = freed)[title >> 6] |= bit;
            free = true;
        }

        if (free) FreeAnywhere[title >> 6] |= bit;
        else FreeAnywhere[title >> 6] &= ~bit;
    }

    // Readers enumerate these dictionaries: a new branch comes in a new dictionary.
    private ulong[] At(Dictionary<long, ulong[]> bitmaps, long branch, Action<Dictionary<long, ulong[]>> publish)
    {
        if (bitmaps.TryGetValue(branch, out var bits)) return bits;
        var added = new ulong[(Count + 63) / 64];
        publish(new Dictionary<long, ulong[]>(bitmaps) { [branch] = added });
        return added;
    }

    /// <summary>The place of a word in <see cref="Words"/>, or a negative number.</summary>
    public int Find(int word) => Array.BinarySearch(Words, word);

    /// <summary>The titles that have an identifier, by its key.</summary>
    public ReadOnlySpan<int> TitlesNumbered(ulong key)
    {
        var found = Array.BinarySearch(Numbers, key);
        if (found < 0) return [];
        var (first, end) = (found, found + 1);
        while (first > 0 && Numbers[first - 1] == key) first--;
        while (end < Numbers.Length && Numbers[end] == key) end++;
        return NumberTitles.AsSpan(first, end - first);
    }

    /// <summary>Reads a number of variable length and moves on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint first = bytes[at++];
        if (first < 0x80) return first;
        var number = first & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint next = bytes[at++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80) return number;
        }
    }

    /// <summary>One segment of two, the titles of the first before those of the second. Dead titles stay until the index is built anew.</summary>
    public static IndexPart Join(IReadOnlyList<IndexPart> joining)
    {
        var parts = joining.Select(part => part.Segment).ToList();
        var count = parts.Sum(part => part.Count);
        var joined = new SegmentWords();
        var next = new int[parts.Count];
        var first = new int[parts.Count];
        for (int i = 0, sum = 0; i < parts.Count; sum += parts[i].Count, i++) first[i] = sum;

        while (true)
        {
            var word = int.MaxValue;
            for (var i = 0; i < parts.Count; i++)
                if (next[i] < parts[i].Words.Length) word = Math.Min(word, parts[i].Words[next[i]]);
            if (word == int.MaxValue) break;

            joined.Begin(word);
            var last = -1;
            for (var i = 0; i < parts.Count; i++)
            {
                if (next[i] == parts[i].Words.Length || parts[i].Words[next[i]] != word) continue;
                last = joined.Append(parts[i], next[i]++, first[i], last);
            }
        }

        var numbers = Concat(parts, part => part.Numbers);
        var numberTitles = new int[numbers.Length];
        for (int i = 0, at = 0; i < parts.Count; i++)
            foreach (var title in parts[i].NumberTitles) numberTitles[at++] = first[i] + title;
        Array.Sort(numbers, numberTitles);

        var all = new Segment
        {
            Count = count,
            Numbers = numbers,
            NumberTitles = numberTitles,
            TitleIds = Concat(parts, part => part.TitleIds),
            Versions = Concat(parts, part => part.Versions),
            Words = joined.Words(),
            PostingStarts = joined.PostingStarts(),
            Postings = joined.Postings(),
            PositionStarts = joined.PositionStarts(),
            Positions = joined.Positions(),
            Formats = Concat(parts, part => part.Formats),
            Audiences = Concat(parts, part => part.Audiences),
            Languages = Concat(parts, part => part.Languages),
            Years = Concat(parts, part => part.Years),
            Classes = Concat(parts, part => part.Classes),
            NameLengths = Concat(parts, part => part.NameLengths),
            TitleLengths = Concat(parts, part => part.TitleLengths),
            SortKeys = Concat(parts, part => part.SortKeys),
            Popularity = Concat(parts, part => part.Popularity),
            Subjects = Concat(parts, part => part.Subjects),
            SubjectStarts = JoinStarts(parts),
            FreeAnywhere = JoinBits([.. parts.Select(part => part.FreeAnywhere)], first, count),
        };
        foreach (var branch in parts.SelectMany(part => part.OwnedAt.Keys).Distinct().ToList())
            all.OwnedAt[branch] = JoinBits([.. parts.Select(part => part.OwnedAt.GetValueOrDefault(branch))], first, count);
        foreach (var branch in parts.SelectMany(part => part.FreeAt.Keys).Distinct().ToList())
            all.FreeAt[branch] = JoinBits([.. parts.Select(part => part.FreeAt.GetValueOrDefault(branch))], first, count);
        return new IndexPart(all, JoinBits([.. joining.Select(part => part.Live)], first, count));
    }

    private static T[] Concat<T>(IReadOnlyList<Segment> parts, Func<Segment, T[]> column)
    {
        var all = new T[parts.Sum(part => column(part).Length)];
        var at = 0;
        foreach (var part in parts)
        {
            column(part).CopyTo(all, at);
            at += column(part).Length;
        }

        return all;
    }

    private static int[] JoinStarts(IReadOnlyList<Segment> parts)
    {
        var starts = new List<int>(parts.Sum(part => part.Count) + 1);
        var sum = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Count; i++) starts.Add(sum + part.SubjectStarts[i]);
            sum += part.Subjects.Length;
        }

        starts.Add(sum);
        return [.. starts];
    }

    private static ulong[] JoinBits(IReadOnlyList<ulong[]?> bits, int[] first, int count)
    {
        var all = new ulong[(count + 63) / 64];
        for (var i = 0; i < bits.Count; i++)
        {
            if (bits[i] is not { } some) continue;
            var (word, shift) = (first[i] >> 6, first[i] & 63);
            for (var at = 0; at < some.Length; at++)
            {
                all[word + at] |= some[at] << shift;
                if (shift > 0 && word + at + 1 < all.Length) all[word + at + 1] |= some[at] >> (64 - shift);
            }
        }

        return all;
    }
}

/// <summary>A segment as one moment of the index sees it.</summary>
/// <param name="Segment">The segment, which many moments share.</param>
/// <param name="Live">Titles that had not been replaced or withdrawn, a bit a title; never changed once published.</param>
internal sealed record IndexPart(Segment Segment, ulong[] Live)
{
    public int Count { get; } = Live.Sum(System.Numerics.BitOperations.PopCount);

    public bool IsLive(int title) => (Live[title >> 6] >> (title & 63) & 1) != 0;

    /// <summary>The part without some titles.</summary>
    public IndexPart Without(IReadOnlyCollection<int> titles)
    {
        var live = (ulong[])Live.Clone();
        foreach (var title in titles) live[title >> 6] &= ~(1UL << (title & 63));
        return this with { Live = live };
    }
}

/// <summary>The words of a segment while it is being written, in ascending order.</summary>
internal sealed class SegmentWords
{
    private readonly List<int> words = [];
    private readonly List<int> postingStarts = [];
    private readonly List<int> positionStarts = [];
    private readonly Bytes postings = new();
    private readonly Bytes positions = new();

    public void Begin(int word)
    {
        words.Add(word);
        postingStarts.Add(postings.Length);
        positionStarts.Add(positions.Length);
    }

    public void AddTitle(int distance, WordFields fields)
    {
        postings.AddNumber((uint)distance);
        postings.Add((byte)fields);
    }

    public void AddPlace(int distance, bool moreFollow) => positions.AddNumber(((uint)distance << 1) | (moreFollow ? 1u : 0u));

    /// <summary>Appends a word's titles of another segment, which begin at <paramref name="first"/> in this one.</summary>
    /// <returns>The last title.</returns>
    public int Append(Segment part, int place, int first, int last)
    {
        var (at, end) = (part.PostingStarts[place], part.PostingStarts[place + 1]);
        var lead = (int)Segment.ReadNumber(part.Postings, ref at);
        // Distances hold within the segment: only the first one changes. A first distance counts from -1.
        var title = first + lead - 1;
        postings.AddNumber((uint)(title - last));
        postings.Add(part.Postings.AsSpan(at, end - at));
        positions.Add(part.Positions.AsSpan(part.PositionStarts[place], part.PositionStarts[place + 1] - part.PositionStarts[place]));

        at++;
        while (at < end)
        {
            title += (int)Segment.ReadNumber(part.Postings, ref at);
            at++;
        }

        return title;
    }

    public int[] Words() => [.. words];

    public int[] PostingStarts() => [.. postingStarts, postings.Length];

    public byte[] Postings() => postings.ToArray();

    public int[] PositionStarts() => [.. positionStarts, positions.Length];

    public byte[] Positions() => positions.ToArray();

    private sealed class Bytes
    {
        private byte[] buffer = new byte[256];

        public int Length { get; private set; }

        public void Add(byte one)
        {
            if (Length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            buffer[Length++] = one;
        }

        public void Add(ReadOnlySpan<byte> many)
        {
            if (Length + many.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + many.Length));
            many.CopyTo(buffer.AsSpan(Length));
            Length += many.Length;
        }

        public void AddNumber(uint number)
        {
            for (; number >= 0x80; number >>= 7) Add((byte)(number | 0x80));
            Add((byte)number);
        }

        public byte[] ToArray() => buffer.AsSpan(0, Length).ToArray();
    }
}
