using Metro.Library.Catalog;

namespace Metro.Library.Search;

/// <summary>Writes segments, one after the other. Belongs to the index's one writer.</summary>
internal sealed class SegmentBuilder(WordList words, FacetValues languages, FacetValues subjects)
{
    private readonly List<IndexedTitle> titles = [];
    private readonly List<Entry> entries = [];
    private readonly List<int> used = [];
    private readonly List<(ulong Key, int Title)> numbers = [];
    private readonly List<byte> nameLengths = [];
    private readonly List<byte> titleLengths = [];
    private int[] firstEntry = [];
    private int[] lastEntry = [];
    private int position;
    private WordFields field;

    public int Count => titles.Count;

    public void Add(IndexedTitle title)
    {
        position = 0;
        Break(title.Name, WordFields.Title);
        nameLengths.Add((byte)Math.Min(position, 255));
        Break(title.Subtitle, WordFields.Title);
        titleLengths.Add((byte)Math.Min(position, 255));
        foreach (var name in title.Contributors) Apart(PersonName.InReadingOrder(name), WordFields.Contributor);
        foreach (var subject in title.Subjects) Apart(subject, WordFields.Subject);
        Apart(title.Series, WordFields.Series);
        Apart(title.Publisher, WordFields.Text);
        Apart(title.Ddc, WordFields.Class);
        foreach (var (_, value) in title.Identifiers) numbers.Add((IdentifierKeys.KeyOf(value), titles.Count));
        Apart(title.Summary, WordFields.Text);
        titles.Add(title);
    }

    /// <summary>The segment of the titles added since the last one.</summary>
    public IndexPart Build()
    {
        var written = WriteWords();
        var count = titles.Count;
        var bits = (count + 63) / 64;
        var subjectStarts = new int[count + 1];
        var subjectValues = new List<int>();
        for (var i = 0; i < count; i++)
        {
            subjectStarts[i] = subjectValues.Count;
            foreach (var subject in titles[i].Subjects) subjectValues.Add(subjects.NumberOf(subject));
        }

        subjectStarts[count] = subjectValues.Count;
        var live = new ulong[bits];
        for (var i = 0; i < count; i++) live[i >> 6] |= 1UL << (i & 63);

        numbers.Sort();
        var segment = new Segment
        {
            Count = count,
            Numbers = [.. numbers.Select(number => number.Key)],
            NumberTitles = [.. numbers.Select(number => number.Title)],
            TitleIds = Column(title => title.Id),
            Versions = Column(title => title.Version),
            Words = written.Words(),
            PostingStarts = written.PostingStarts(),
            Postings = written.Postings(),
            PositionStarts = written.PositionStarts(),
            Positions = written.Positions(),
            Formats = Column(title => (byte)title.Format),
            Audiences = Column(title => (byte)title.Audience),
            Languages = Column(title => title.Language is { } language ? (ushort)Math.Min(languages.NumberOf(language), ushort.MaxValue) : (ushort)0),
            Years = Column(title => (short)(title.Year ?? 0)),
            Classes = Column(title => title.Ddc is { Length: >= 3 } ddc && short.TryParse(ddc.AsSpan(0, 3), out var number) ? number : (short)-1),
            NameLengths = [.. nameLengths],
            TitleLengths = [.. titleLengths],
            SortKeys = Column(title => SortKey(title.Name)),
            Popularity = Column(title => title.TimesBorrowed),
            SubjectStarts = subjectStarts,
            Subjects = [.. subjectValues],
            FreeAnywhere = new ulong[bits],
        };
        for (var i = 0; i < count; i++)
            if (titles[i].Copies.Count > 0) segment.SetCopies(i, titles[i].Copies);

        titles.Clear();
        numbers.Clear();
        nameLengths.Clear();
        titleLengths.Clear();
        return new IndexPart(segment, live);
    }

    private T[] Column<T>(Func<IndexedTitle, T> value)
    {
        var column = new T[titles.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(titles[i]);
        return column;
    }

    /// <summary>A text that no phrase may cross into: a place is left free before it.</summary>
    private void Apart(string? text, WordFields of)
    {
        position++;
        Break(text, of);
    }

    private void Break(string? text, WordFields of)
    {
        if (string.IsNullOrEmpty(text)) return;
        field = of;
        WordBreaker.Break(text, static (word, builder) => builder.AddWord(word), this);
    }

    private void AddWord(ReadOnlySpan<char> letters)
    {
        var word = words.Add(letters);
        if (word >= firstEntry.Length)
        {
            var size = Math.Max(word + 1, Math.Max(4096, firstEntry.Length * 2));
            Array.Resize(ref firstEntry, size);
            Array.Resize(ref lastEntry, size);
        }

        // Numbers are kept one higher, so that zero means none.
        entries.Add(new Entry(titles.Count, position, position == 0 && field == WordFields.Title ? field | WordFields.First : field));
        if (firstEntry[word] == 0)
        {
            firstEntry[word] = entries.Count;
            used.Add(word);
        }
        else
        {
            var before = lastEntry[word] - 1;
            entries[before] = entries[before] with { Next = entries.Count };
        }

        lastEntry[word] = entries.Count;
        position++;
    }

    private SegmentWords WriteWords()
    {
        var written = new SegmentWords();
        used.Sort();
        foreach (var word in used)
        {
            written.Begin(word);
            var lastTitle = -1;
            for (var at = firstEntry[word]; at != 0;)
            {
                var entry = entries[at - 1];
                var (title, fields, place) = (entry.Title, WordFields.None, 0);
                while (true)
                {
                    fields |= entry.Fields;
                    at = entry.Next;
                    var again = at != 0 && entries[at - 1].Title == title;
                    written.AddPlace(entry.Position - place, again);
                    place = entry.Position;
                    if (!again) break;
                    entry = entries[at - 1];
                }

                written.AddTitle(title - lastTitle, fields);
                words.CountTitle(word);
                lastTitle = title;
            }

            firstEntry[word] = 0;
        }

        used.Clear();
        entries.Clear();
        return written;
    }

    /// <summary>The first eight signs of a title as it is filed: folded, without a leading article.</summary>
    private static ulong SortKey(string name)
    {
        var filed = CatalogText.KeyOf(name, 24);
        foreach (var article in (ReadOnlySpan<string>)["the ", "a ", "an "])
            if (filed.StartsWith(article, StringComparison.Ordinal) && filed.Length > article.Length) filed = filed[article.Length..];
        var key = 0UL;
        for (var i = 0; i < 8; i++) key = (key << 8) | (i < filed.Length ? Math.Min(filed[i], (char)255) : 0u);
        return key;
    }

    private readonly record struct Entry(int Title, int Position, WordFields Fields, int Next = 0);
}

/// <summary>The different values of a facet, numbered from 1; 0 is no value. Grows only; one writer, any readers.</summary>
internal sealed class FacetValues
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private volatile string[] values = new string[64];
    private volatile int count = 1;

    public int Count => count;

    public int NumberOf(string value)
    {
        lock (numbers)
        {
            if (numbers.TryGetValue(value, out var number)) return number;
            number = count;
            if (number == values.Length)
            {
                var larger = values;
                Array.Resize(ref larger, number * 2);
                values = larger;
            }

            values[number] = value;
            numbers.Add(value, number);
            count = number + 1;
            return number;
        }
    }

    public string ValueOf(int number) => values[number];

    /// <summary>The number of a value, or 0.</summary>
    public int Find(string value)
    {
        lock (numbers) return numbers.GetValueOrDefault(value);
    }
}
