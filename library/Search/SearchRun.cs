using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Metro.Library.Search;

/// <summary>
/// One search over the index. For each segment: a byte a title says how well it fits (see <see cref="Levels"/>);
/// one pass over these counts the facets and keeps the best titles after the cursor. The work is bounded by
/// the length of the words' postings and the number of titles, whatever was typed.
/// </summary>
internal sealed class SearchRun : IDisposable
{
    private readonly IndexSnapshot index;
    private readonly CatalogQuery asked;
    private readonly ResolvedQuery query;
    private readonly FacetCounter? facets;
    private readonly FilterTables filters;
    private readonly (long Rank, long TitleId)? after;
    private readonly int size;
    private readonly PriorityQueue<long, (long Rank, long TitleId)> best;

    private SearchRun(IndexSnapshot index, CatalogQuery asked, ResolvedQuery query)
    {
        (this.index, this.asked, this.query) = (index, asked, query);
        filters = new FilterTables(index, asked);
        facets = asked.WithFacets ? new FacetCounter(index) : null;
        after = Cursor.Read(asked.After);
        size = Math.Clamp(asked.Size, 0, CatalogQuery.LargestPage);
        best = new PriorityQueue<long, (long Rank, long TitleId)>(Comparer<(long Rank, long TitleId)>.Create(WorseFirst));
    }

    /// <summary>How many titles fit, the reader's choices included.</summary>
    public int Total { get; private set; }

    /// <summary>Answers a query. A query that finds nothing is tried again with words that were near the ones typed.</summary>
    public static SearchResult Answer(IndexSnapshot index, CatalogQuery asked)
    {
        var typed = SearchQuery.Parse(asked.Text, asked.AsYouType);
        var resolved = ResolvedQuery.Of(typed, index);
        using var run = new SearchRun(index, asked, resolved);
        var result = run.Result();
        if (run.anything || resolved.FindsNothing) return result;

        foreach (var alternative in resolved.Alternatives(typed, index.Words))
        {
            using var second = new SearchRun(index, asked, alternative);
            var found = second.Result();
            if (second.anything) return found;
        }

        return result;
    }

    /// <summary>Whether any title fits the words, whatever was chosen besides.</summary>
    private bool anything;

    private SearchResult Result()
    {
        if (!query.FindsNothing)
            foreach (var part in index.Parts) Search(part);

        var hits = new (long Rank, long TitleId)[best.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            best.TryDequeue(out _, out var hit);
            hits[i] = hit;
        }

        var more = (after is null ? Total : behindCursor) > hits.Length && hits.Length > 0;
        return new SearchResult(
            [.. hits.Select(hit => hit.TitleId)], Total, more ? Cursor.Write(hits[^1]) : null, facets?.Result(),
            query.Corrections, query.Ignored);
    }

    /// <summary>Gives back what was rented.</summary>
    public void Dispose() => facets?.Dispose();

    /// <summary>Titles that fit and stand behind the cursor, when there is one.</summary>
    private int behindCursor;

    private void Search(IndexPart part)
    {
        var segment = part.Segment;
        var pool = ArrayPool<byte>.Shared;
        var (levels, spare) = (pool.Rent(segment.Count), pool.Rent(segment.Count));
        var sequencePlaces = default(Dictionary<int, byte>);
        try
        {
            Fit(segment, levels.AsSpan(0, segment.Count), spare.AsSpan(0, segment.Count));
            if (asked.Order == SearchOrder.Relevance) sequencePlaces = InSequence(segment, levels.AsSpan(0, segment.Count));
            Collect(part, levels.AsSpan(0, segment.Count), sequencePlaces);
        }
        finally
        {
            pool.Return(levels);
            pool.Return(spare);
        }
    }

    private void Fit(Segment segment, Span<byte> levels, Span<byte> spare)
    {
        var first = true;
        foreach (var term in query.Terms)
        {
            if (term.Excluded) continue;
            if (first)
            {
                Fit(segment, term, levels, spare);
                first = false;
                continue;
            }

            if (term.Phrase)
            {
                var rented = ArrayPool<byte>.Shared.Rent(levels.Length);
                Fit(segment, term, rented.AsSpan(0, levels.Length), spare);
                Levels.Worse(levels, rented.AsSpan(0, levels.Length));
                ArrayPool<byte>.Shared.Return(rented);
            }
            else
            {
                spare.Clear();
                Mark(segment, term, 0, spare);
                Levels.Worse(levels, spare);
            }
        }

        // Without a word to look for, every title fits.
        if (first) levels.Fill(1);

        foreach (var term in query.Terms)
        {
            if (!term.Excluded) continue;
            var rented = ArrayPool<byte>.Shared.Rent(levels.Length);
            Fit(segment, term, rented.AsSpan(0, levels.Length), spare);
            Levels.Without(levels, rented.AsSpan(0, levels.Length));
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Fit(Segment segment, ResolvedTerm term, Span<byte> levels, Span<byte> spare)
    {
        levels.Clear();
        Mark(segment, term, 0, levels);
        for (var i = 1; i < term.Words.Count; i++)
        {
            spare.Clear();
            Mark(segment, term, i, spare);
            Levels.Worse(levels, spare);
        }

        if (!term.Phrase) return;

        var candidates = TitlesWith(levels, 1);
        var begins = Sequences(segment, term.Words, candidates);
        var fitting = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            while (fitting < begins.Count && begins[fitting] >> PlaceBits < i) fitting++;
            if (fitting == begins.Count || begins[fitting] >> PlaceBits != i) levels[candidates[i]] = 0;
        }
    }

    /// <summary>Raises the level of each title that has a form of a word.</summary>
    private static void Mark(Segment segment, ResolvedTerm term, int word, Span<byte> levels)
    {
        foreach (var form in term.Words[word])
        {
            var place = segment.Find(form.Number);
            if (place < 0) continue;
            Mark(segment.Postings.AsSpan(segment.PostingStarts[place], segment.PostingStarts[place + 1] - segment.PostingStarts[place]),
                Levels.TableOf(term.Fields, form.IsExact), levels);
        }

        if (term.Number is { } number)
            foreach (var title in segment.TitlesNumbered(number)) levels[title] = Levels.Asked;
    }

    private static void Mark(ReadOnlySpan<byte> postings, byte[] table, Span<byte> levels)
    {
        var title = -1;
        for (var at = 0; at < postings.Length;)
        {
            title += (int)Segment.ReadNumber(postings, ref at);
            var level = table[postings[at++]];
            if (level > levels[title]) levels[title] = level;
        }
    }

    private static int[] TitlesWith(ReadOnlySpan<byte> levels, byte least)
    {
        var titles = new List<int>();
        for (var at = 0; at < levels.Length; at++)
        {
            var next = levels[at..].IndexOfAnyInRange(least, byte.MaxValue);
            if (next < 0) break;
            at += next;
            titles.Add(at);
        }

        return [.. titles];
    }

    /// <summary>
    /// Of titles that have all words of the query in their title: whether they are the query, begin with it, or
    /// have it in one piece.
    /// </summary>
    private Dictionary<int, byte>? InSequence(Segment segment, ReadOnlySpan<byte> levels)
    {
        var sequence = query.Sequence;
        if (sequence.Count < 2) return null;

        var candidates = TitlesWith(levels, Levels.InTitle);
        if (candidates.Length == 0) return null;
        var places = new Dictionary<int, byte>();
        foreach (var begin in Sequences(segment, sequence, candidates))
        {
            var title = candidates[begin >> PlaceBits];
            var place = (int)(begin & ((1 << PlaceBits) - 1));
            if (place + sequence.Count > segment.TitleLengths[title]) continue;
            var tier = place > 0 ? InOnePiece : segment.NameLengths[title] == sequence.Count ? TheTitle : Beginning;
            places[title] = Math.Max(places.GetValueOrDefault(title), tier);
        }

        return places;
    }

    private const byte InOnePiece = 1;
    private const byte Beginning = 2;
    private const byte TheTitle = 3;
    private const int PlaceBits = 16;

    /// <summary>Where words follow each other, as (number of the candidate, place of the first word) in one number, ascending.</summary>
    private static List<long> Sequences(Segment segment, IReadOnlyList<IReadOnlyList<WordForm>> words, int[] candidates)
    {
        List<long>? begins = null;
        for (var i = 0; i < words.Count; i++)
        {
            var places = new List<long>();
            foreach (var form in words[i]) AddPlaces(segment, form.Number, candidates, places);
            if (words[i].Count > 1) places.Sort();
            if (begins is null)
            {
                begins = places;
                continue;
            }

            var kept = new List<long>();
            var at = 0;
            foreach (var begin in begins)
            {
                while (at < places.Count && places[at] < begin + i) at++;
                if (at < places.Count && places[at] == begin + i) kept.Add(begin);
            }

            begins = kept;
            if (begins.Count == 0) break;
        }

        return begins ?? [];
    }

    private static void AddPlaces(Segment segment, int word, int[] candidates, List<long> into)
    {
        var found = segment.Find(word);
        if (found < 0) return;
        var postings = segment.Postings.AsSpan(segment.PostingStarts[found], segment.PostingStarts[found + 1] - segment.PostingStarts[found]);
        ReadOnlySpan<byte> positions = segment.Positions;
        var (title, next, position) = (-1, 0, segment.PositionStarts[found]);
        for (var at = 0; at < postings.Length && next < candidates.Length; at++)
        {
            title += (int)Segment.ReadNumber(postings, ref at);
            while (next < candidates.Length && candidates[next] < title) next++;
            var wanted = next < candidates.Length && candidates[next] == title;
            var place = 0L;
            while (true)
            {
                var number = Segment.ReadNumber(positions, ref position);
                place += number >> 1;
                if (wanted && place < 1 << PlaceBits) into.Add(((long)next << PlaceBits) | place);
                if ((number & 1) == 0) break;
            }
        }
    }

    private void Collect(IndexPart part, ReadOnlySpan<byte> levels, Dictionary<int, byte>? sequencePlaces)
    {
        var segment = part.Segment;
        var single = query.Sequence.Count == 1;
        var branches = filters.Of(segment);
        for (var word = 0; word < part.Live.Length; word++)
        {
            var first = word * 64;
            var fitting = Fitting(levels, first) & part.Live[word];
            if (fitting == 0) continue;
            anything = true;

            var (chosen, butForBranch, butForFree) = (fitting, 0UL, 0UL);
            if (filters.Any) (chosen, butForBranch, butForFree) = Choose(segment, branches, first, fitting);
            facets?.Count(segment, first, chosen);
            if (size > 0)
            {
                for (var rest = chosen; rest != 0; rest &= rest - 1)
                {
                    var title = first + BitOperations.TrailingZeroCount(rest);
                    Consider(segment, title, levels[title], sequencePlaces, single);
                }
            }

            Total += BitOperations.PopCount(chosen);
            facets?.CountBits(segment, word, branches, chosen, butForBranch, butForFree);
        }
    }

    /// <summary>A bit for each of 64 titles that have a level.</summary>
    private static ulong Fitting(ReadOnlySpan<byte> levels, int first)
    {
        var some = levels.Slice(first, Math.Min(64, levels.Length - first));
        var bits = 0UL;
        if (some.Length == 64)
        {
            var empty = (ulong)Vector256.Equals(Vector256.Create(some[..32]), Vector256<byte>.Zero).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.Create(some[32..]), Vector256<byte>.Zero).ExtractMostSignificantBits() << 32);
            return ~empty;
        }

        for (var i = 0; i < some.Length; i++)
            if (some[i] != 0) bits |= 1UL << i;
        return bits;
    }

    /// <summary>Of 64 titles, those that are all that the reader chose, and those that fail in branch or availability only. Others that fail in one facet are counted in it.</summary>
    private (ulong Chosen, ulong ButForBranch, ulong ButForFree) Choose(Segment segment, BranchBits branches, int first, ulong fitting)
    {
        var (chosen, butForBranch, butForFree) = (0UL, 0UL, 0UL);
        for (var rest = fitting; rest != 0; rest &= rest - 1)
        {
            var bit = rest & (0 - rest);
            var title = first + BitOperations.TrailingZeroCount(rest);
            var failed = filters.Failed(segment, branches, title);
            if (failed == Facet.None) chosen |= bit;
            else if (facets is null) continue;
            else if (failed == Facet.Branch) butForBranch |= bit;
            else if (failed == Facet.Free) butForFree |= bit;
            else if (BitOperations.IsPow2((uint)failed)) facets.CountOne(segment, title, failed);
        }

        return (chosen, butForBranch, butForFree);
    }

    private void Consider(Segment segment, int title, byte level, Dictionary<int, byte>? sequencePlaces, bool single)
    {
        var rank = RankOf(segment, title, level, sequencePlaces, single);
        // Most titles of a long result are worse than the page that is full already.
        if (rank < worstKept && after is null) return;

        var hit = (Rank: rank, TitleId: segment.TitleIds[title]);
        if (after is { } cursor)
        {
            if (WorseFirst(hit, cursor) >= 0) return;
            behindCursor++;
        }

        if (best.Count < size) best.Enqueue(hit.TitleId, hit);
        else if (best.TryPeek(out _, out var worst) && WorseFirst(hit, worst) > 0) best.EnqueueDequeue(hit.TitleId, hit);
        if (best.Count == size && best.TryPeek(out _, out var last)) worstKept = last.Rank;
    }

    /// <summary>The rank of the worst result on a full page.</summary>
    private long worstKept = long.MinValue;

    private long RankOf(Segment segment, int title, byte level, Dictionary<int, byte>? sequencePlaces, bool single)
    {
        switch (asked.Order)
        {
            case SearchOrder.Newest:
                return 0;
            case SearchOrder.Year:
                return segment.Years[title];
            case SearchOrder.Title:
                return (long)(~segment.SortKeys[title] >> 1);
            default:
                var tier = 0;
                if (sequencePlaces is not null) tier = sequencePlaces.GetValueOrDefault(title);
                else if (single && level >= Levels.BeginsTitle) tier = segment.NameLengths[title] == 1 ? TheTitle : Beginning;
                // Another form of the title's words is not the title: who types "peminjaman" does not mean "Pinjam".
                if (tier == TheTitle && level is not (Levels.InTitle + 1 or Levels.BeginsTitle + 1)) tier = Beginning;
                return ((long)((tier << 4) | level) << 32) | (uint)segment.Popularity[title];
        }
    }

    /// <summary>Negative when the first is worse: by rank, then by key; the older title is better, except among the newest.</summary>
    private int WorseFirst((long Rank, long TitleId) one, (long Rank, long TitleId) other)
    {
        if (one.Rank != other.Rank) return one.Rank.CompareTo(other.Rank);
        return asked.Order == SearchOrder.Newest ? one.TitleId.CompareTo(other.TitleId) : other.TitleId.CompareTo(one.TitleId);
    }

    /// <summary>A place in the results: the rank and key of the last one seen.</summary>
    private static class Cursor
    {
        public static string Write((long Rank, long TitleId) hit) =>
            string.Create(CultureInfo.InvariantCulture, $"{hit.Rank:x}.{hit.TitleId:x}");

        public static (long Rank, long TitleId)? Read(string? text)
        {
            if (text is null || text.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot)) return null;
            return long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rank)
                && long.TryParse(text.AsSpan(dot + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var titleId)
                    ? (rank, titleId)
                    : null;
        }
    }
}
