using System.Numerics;

namespace Metro.Library.Search;

/// <summary>
/// Every word of the catalogue, numbered in the order of their appearance, with the chain of words that
/// share a stem. Grows and never shrinks. One writer at a time; readers use a <see cref="View"/> that does
/// not change under them.
/// </summary>
internal sealed class WordList
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private string[] words = new string[1024];
    private ulong[] signatures = new ulong[1024];
    private int[] nextOfStem = new int[1024];
    private int[] lastOfStem = new int[1024];
    private int[] frequencies = new int[1024];
    private int[] sorted = [];
    private int count;

    private readonly Lock gate = new();

    /// <summary>The number of a word, new when it was not there; counts it once more.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        lock (gate)
        {
            var known = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            return known.TryGetValue(word, out var number) ? number : AddNew(word.ToString());
        }
    }

    /// <summary>Counts another title that has the word.</summary>
    public void CountTitle(int number) => frequencies[number]++;

    /// <summary>What there is now.</summary>
    public View Now()
    {
        lock (gate)
        {
            if (count - sorted.Length > 4096 + sorted.Length / 8) Sort();
            return new View(this, words, signatures, nextOfStem, frequencies, sorted, count);
        }
    }

    private int AddNew(string word)
    {
        var stem = WordStem.Of(word);
        var stemNumber = stem == word ? -1 : numbers.TryGetValue(stem, out var known) ? known : AddNew(stem);

        if (count == words.Length) Grow();
        var number = count;
        numbers.Add(word, number);
        words[number] = word;
        signatures[number] = EditDistance.Signature(word);
        nextOfStem[number] = -1;
        lastOfStem[number] = number;
        if (stemNumber >= 0)
        {
            // At the end of the chain: a reader of an older view stops where its words end.
            nextOfStem[lastOfStem[stemNumber]] = number;
            lastOfStem[stemNumber] = number;
        }

        count++;
        return number;
    }

    private void Grow()
    {
        var size = words.Length * 2;
        Array.Resize(ref words, size);
        Array.Resize(ref signatures, size);
        Array.Resize(ref nextOfStem, size);
        Array.Resize(ref lastOfStem, size);
        Array.Resize(ref frequencies, size);
    }

    private void Sort()
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        var keys = words.AsSpan(0, count).ToArray();
        Array.Sort(keys, order, StringComparer.Ordinal);
        sorted = order;
    }

    /// <summary>The words there were at one moment.</summary>
    public sealed class View(WordList list, string[] words, ulong[] signatures, int[] nextOfStem, int[] frequencies, int[] sorted, int count)
    {
        public int Count => count;

        public string WordOf(int number) => words[number];

        /// <summary>In how many titles a word stands, those that changed since counted twice.</summary>
        public int FrequencyOf(int number) => frequencies[number];

        /// <summary>The number of a word, or -1.</summary>
        public int NumberOf(string word)
        {
            lock (list.gate) return list.numbers.TryGetValue(word, out var number) && number < count ? number : -1;
        }

        /// <summary>Adds every word that has this stem.</summary>
        public void AddFormsOf(string stem, List<int> into)
        {
            for (var number = NumberOf(stem); number >= 0 && number < count; number = nextOfStem[number])
                if (frequencies[number] > 0) into.Add(number);
        }

        /// <summary>Adds words that begin so, the most frequent <paramref name="most"/> of them.</summary>
        public void AddBeginning(string prefix, int most, List<int> into)
        {
            var found = new List<int>();
            for (var at = LowerBound(prefix); at < sorted.Length && words[sorted[at]].StartsWith(prefix, StringComparison.Ordinal); at++)
                if (frequencies[sorted[at]] > 0) found.Add(sorted[at]);
            for (var number = sorted.Length; number < count; number++)
                if (frequencies[number] > 0 && words[number].StartsWith(prefix, StringComparison.Ordinal)) found.Add(number);
            if (found.Count > most)
            {
                found.Sort((one, other) => frequencies[other].CompareTo(frequencies[one]));
                found.RemoveRange(most, found.Count - most);
            }

            into.AddRange(found);
        }

        /// <summary>The words nearest to one that is not there: fewest slips first, then the most frequent.</summary>
        public List<(int Number, int Slips)> Nearest(string word, int most)
        {
            var forgiven = EditDistance.Forgiven(word.Length);
            var found = new List<(int Number, int Slips)>();
            if (forgiven == 0 || char.IsAsciiDigit(word[0])) return found;

            var signature = EditDistance.Signature(word);
            for (var number = 0; number < count; number++)
            {
                if (BitOperations.PopCount(signatures[number] ^ signature) > 2 * forgiven) continue;
                var other = words[number];
                if (frequencies[number] == 0 || Math.Abs(other.Length - word.Length) > forgiven) continue;
                var slips = EditDistance.Between(word, other, forgiven);
                if (slips > forgiven || slips == 0) continue;
                // Nobody mistypes the first letter of a word and one more.
                if (slips == 2 && other[0] != word[0]) continue;
                found.Add((number, slips));
            }

            found.Sort((one, other) => one.Slips != other.Slips
                ? one.Slips.CompareTo(other.Slips)
                : frequencies[other.Number].CompareTo(frequencies[one.Number]));
            if (found.Count > most) found.RemoveRange(most, found.Count - most);
            return found;
        }

        private int LowerBound(string prefix)
        {
            var (low, high) = (0, sorted.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (string.CompareOrdinal(words[sorted[middle]], prefix) < 0) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }
}
