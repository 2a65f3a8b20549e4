using System.Buffers;
using System.Numerics;
using Metro.Library.Catalog;

namespace Metro.Library.Search;

/// <summary>The facets by which a reader can choose, a bit each.</summary>
[Flags]
internal enum Facet : uint
{
    None = 0,
    Format = 1,
    Language = 2,
    Audience = 4,
    Year = 8,
    Subject = 16,
    Class = 32,
    Branch = 64,
    Free = 128,
}

/// <summary>What the reader chose, as tables by the numbers that the index has in its columns.</summary>
internal sealed class FilterTables
{
    private readonly CatalogQuery asked;
    private readonly bool[]? formats;
    private readonly bool[]? audiences;
    private readonly bool[]? languages;
    private readonly HashSet<int>? subjects;
    private readonly (int Low, int High)? classes;

    public FilterTables(IndexSnapshot index, CatalogQuery asked)
    {
        this.asked = asked;
        if (asked.Formats.Count > 0) formats = Table(asked.Formats.Select(format => (int)format));
        if (asked.Audiences.Count > 0) audiences = Table(asked.Audiences.Select(audience => (int)audience));
        // A value that no title has must not become "no value".
        if (asked.Languages.Count > 0) languages = Table(asked.Languages.Select(index.Languages.Find).Where(number => number > 0), ushort.MaxValue + 1);
        if (asked.Subjects.Count > 0) subjects = [.. asked.Subjects.Select(index.Subjects.Find).Where(number => number > 0)];
        classes = ClassesOf(asked.Ddc);
        Any = formats is not null || audiences is not null || languages is not null || subjects is not null || classes is not null
            || asked.YearFrom is not null || asked.YearTo is not null || asked.Branches.Count > 0 || asked.AvailableNow;
    }

    /// <summary>Whether the reader chose anything.</summary>
    public bool Any { get; }

    /// <summary>The bits of a segment that choices of branch and availability look at.</summary>
    public BranchBits Of(Segment segment)
    {
        if (asked.Branches.Count == 0) return new BranchBits([], [segment.FreeAnywhere]);
        return new BranchBits(
            [.. asked.Branches.Distinct().Select(branch => segment.OwnedAt.GetValueOrDefault(branch)).OfType<ulong[]>()],
            [.. asked.Branches.Distinct().Select(branch => segment.FreeAt.GetValueOrDefault(branch)).OfType<ulong[]>()]);
    }

    /// <summary>The facets in which a title is not what the reader chose.</summary>
    public Facet Failed(Segment segment, BranchBits branches, int title)
    {
        var failed = Facet.None;
        if (formats is not null && !formats[segment.Formats[title]]) failed |= Facet.Format;
        if (audiences is not null && !audiences[segment.Audiences[title]]) failed |= Facet.Audience;
        if (languages is not null && !languages[segment.Languages[title]]) failed |= Facet.Language;
        var year = segment.Years[title];
        if ((asked.YearFrom is { } from && year < from) || (asked.YearTo is { } to && (year > to || year == 0))) failed |= Facet.Year;
        if (classes is var (low, high) && (segment.Classes[title] < low || segment.Classes[title] > high)) failed |= Facet.Class;
        if (subjects is not null && !HasSubject(segment, title)) failed |= Facet.Subject;
        if (asked.Branches.Count > 0 && !Has(branches.Owned, title)) failed |= Facet.Branch;
        if (asked.AvailableNow && !Has(branches.Free, title)) failed |= Facet.Free;
        return failed;
    }

    private bool HasSubject(Segment segment, int title)
    {
        for (var at = segment.SubjectStarts[title]; at < segment.SubjectStarts[title + 1]; at++)
            if (subjects!.Contains(segment.Subjects[at])) return true;
        return false;
    }

    private static bool Has(ulong[][] bitmaps, int title)
    {
        foreach (var bits in bitmaps)
            if ((bits[title >> 6] >> (title & 63) & 1) != 0) return true;
        return false;
    }

    private static bool[] Table(IEnumerable<int> values, int length = 256)
    {
        var table = new bool[length];
        foreach (var value in values)
            if (value >= 0 && value < length) table[value] = true;
        return table;
    }

    private static (int Low, int High)? ClassesOf(string? ddc)
    {
        if (string.IsNullOrWhiteSpace(ddc)) return null;
        var digits = ddc.Trim();
        if (digits.Length > 3) digits = digits[..3];
        if (!digits.AsSpan().ContainsOnlyDigits()) return (int.MaxValue, int.MaxValue);
        var number = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return digits.Length switch { 1 => (number * 100, number * 100 + 99), 2 => (number * 10, number * 10 + 9), _ => (number, number) };
    }
}

/// <summary>Bits of titles at the chosen branches: with a copy, and with a free one.</summary>
internal sealed record BranchBits(ulong[][] Owned, ulong[][] Free);

/// <summary>Counts titles by facet.</summary>
internal sealed class FacetCounter : IDisposable
{
    private readonly IndexSnapshot index;
    private readonly int[] formats = new int[256];
    private readonly int[] audiences = new int[256];
    private readonly int[] languages;
    private readonly int[] years = new int[2201];
    private readonly int[] classes = new int[1000];
    private readonly int[] subjects;
    private readonly int differentSubjects;
    private readonly Dictionary<long, int> branches = [];
    private int free;

    public FacetCounter(IndexSnapshot index)
    {
        this.index = index;
        languages = new int[index.Languages.Count];
        // A large array for every search would keep the collector busy.
        differentSubjects = index.Subjects.Count;
        subjects = ArrayPool<int>.Shared.Rent(differentSubjects);
        subjects.AsSpan(0, differentSubjects).Clear();
    }

    /// <summary>Counts those of 64 titles that have a bit; column by column, because each column is read in one stride.</summary>
    public void Count(Segment segment, int first, ulong chosen)
    {
        var (formatsOf, audiencesOf, languagesOf, yearsOf) = (segment.Formats, segment.Audiences, segment.Languages, segment.Years);
        for (var rest = chosen; rest != 0; rest &= rest - 1)
        {
            var title = first + BitOperations.TrailingZeroCount(rest);
            formats[formatsOf[title]]++;
            audiences[audiencesOf[title]]++;
            CountLanguage(languagesOf[title]);
            CountYear(yearsOf[title]);
        }

        for (var rest = chosen; rest != 0; rest &= rest - 1)
        {
            var title = first + BitOperations.TrailingZeroCount(rest);
            CountClass(segment.Classes[title]);
            CountSubjects(segment, title);
        }
    }

    /// <summary>Counts a title in the one facet in which it is not what the reader chose.</summary>
    public void CountOne(Segment segment, int title, Facet facet)
    {
        switch (facet)
        {
            case Facet.Format:
                formats[segment.Formats[title]]++;
                break;
            case Facet.Audience:
                audiences[segment.Audiences[title]]++;
                break;
            case Facet.Language:
                CountLanguage(segment.Languages[title]);
                break;
            case Facet.Year:
                CountYear(segment.Years[title]);
                break;
            case Facet.Class:
                CountClass(segment.Classes[title]);
                break;
            case Facet.Subject:
                CountSubjects(segment, title);
                break;
        }
    }

    /// <summary>Counts 64 titles by branch and availability, which are kept as bits.</summary>
    public void CountBits(Segment segment, int word, BranchBits chosenBranches, ulong chosen, ulong butForBranch, ulong butForFree)
    {
        var counted = chosen | butForBranch;
        if (counted != 0)
        {
            foreach (var (branch, bits) in segment.OwnedAt)
            {
                var here = BitOperations.PopCount(bits[word] & counted);
                if (here > 0) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(branches, branch, out _) += here;
            }
        }

        var freeHere = 0UL;
        foreach (var bits in chosenBranches.Free) freeHere |= bits[word];
        free += BitOperations.PopCount(freeHere & (chosen | butForFree));
    }

    public SearchFacets Result() => new(
        Formats: [.. Enum.GetValues<TitleFormat>().Select(value => new FacetCount<TitleFormat>(value, formats[(int)value])).Where(one => one.Count > 0).OrderByDescending(one => one.Count)],
        Languages: [.. languages.Select((count, number) => (count, number)).Where(one => one.count > 0 && one.number > 0).OrderByDescending(one => one.count)
            .Select(one => new FacetCount<string>(index.Languages.ValueOf(one.number), one.count))],
        Audiences: [.. Enum.GetValues<Audience>().Select(value => new FacetCount<Audience>(value, audiences[(int)value])).Where(one => one.Count > 0).OrderByDescending(one => one.Count)],
        Years: [.. years.Select((count, year) => new FacetCount<int>(year, count)).Where(one => one.Count > 0 && one.Value > 0).Reverse()],
        Subjects: MostFrequentSubjects(),
        Branches: [.. branches.Select(branch => new FacetCount<long>(branch.Key, branch.Value)).OrderByDescending(one => one.Count).ThenBy(one => one.Value)],
        Classes: [.. classes.Chunk(100).Select((hundred, at) => new FacetCount<int>(at, hundred.Sum())).Where(one => one.Count > 0).OrderByDescending(one => one.Count)],
        AvailableNow: free);

    private List<FacetCount<string>> MostFrequentSubjects()
    {
        var most = new PriorityQueue<int, (int Count, int Number)>();
        for (var number = 1; number < differentSubjects; number++)
        {
            if (subjects[number] == 0) continue;
            if (most.Count < SearchFacets.MostSubjects) most.Enqueue(number, (subjects[number], -number));
            else if (most.TryPeek(out _, out var least) && (subjects[number], -number).CompareTo(least) > 0) most.EnqueueDequeue(number, (subjects[number], -number));
        }

        var counts = new List<FacetCount<string>>(most.Count);
        while (most.TryDequeue(out var number, out var rank)) counts.Add(new FacetCount<string>(index.Subjects.ValueOf(number), rank.Count));
        counts.Reverse();
        return counts;
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(subjects);

    // Values that came in after this search began are not counted: the title is found all the same.
    private void CountLanguage(int number)
    {
        if (number < languages.Length) languages[number]++;
    }

    private void CountYear(int year)
    {
        if (year > 0 && year < years.Length) years[year]++;
    }

    private void CountClass(int number)
    {
        if ((uint)number < (uint)classes.Length) classes[number]++;
    }

    private void CountSubjects(Segment segment, int title)
    {
        for (var at = segment.SubjectStarts[title]; at < segment.SubjectStarts[title + 1]; at++)
        {
            var number = segment.Subjects[at];
            if (number < differentSubjects) subjects[number]++;
        }
    }
}
