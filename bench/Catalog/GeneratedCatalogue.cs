using System.Text;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.Catalog;

/// <summary>
/// A catalogue that nobody has, and that behaves like one: the words of titles, names and subjects follow
/// Zipf's law, three titles in ten are English, one in four has a summary. The same number of titles is
/// always the same catalogue.
/// </summary>
internal sealed class GeneratedCatalogue
{
    public const int Branches = 22;

    public static readonly DateTime Catalogued = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    private readonly string[] indonesian;
    private readonly string[] english;
    private readonly string[] people;
    private readonly string[] subjects;
    private readonly string[] publishers;
    private readonly Zipf words;
    private readonly Zipf englishWords;
    private readonly Zipf persons;
    private readonly Zipf headings;
    private readonly Zipf houses;
    private readonly Random dice = new(20260105);

    public GeneratedCatalogue(int titles)
    {
        indonesian = Words("sejarah indonesia ilmu pendidikan anak cerita islam bahasa hukum negara pengantar dasar sosial budaya ekonomi manajemen politik agama kesehatan pertanian teknik komputer pemrograman belajar mengajar membaca menulis perpustakaan masyarakat lampung metro jawa sumatra dongeng puisi novel laskar pelangi kancil petani kebun sawah masakan resep tanaman obat ternak ikan kopi tapis batik musik tari lukisan wisata gunung laut pantai sungai hutan",
            "a i u e o", "b c d g h j k l m n p r s t w y ng ny", 60_000);
        english = Words("history introduction world modern guide science art language society economics principles design management learning children health food music law politics culture nature computer data systems analysis theory practice handbook stories life",
            "a e i o u ea ou", "b c ch d f g h k l m n p r s sh st t th tr v w", 40_000);
        var names = Words("siti ahmad budi dewi sri muhammad agus putri rahman hidayat susanto wijaya lestari nugroho saputra", "a i u e o", "b d f h j k l m n r s t w y", 12_000);
        people = new string[Math.Clamp(titles / 3, 1_000, 300_000)];
        for (var i = 0; i < people.Length; i++) people[i] = $"{Capital(names[dice.Next(names.Length)])}, {Capital(names[dice.Next(400)])}";
        subjects = new string[Math.Clamp(titles / 20, 500, 50_000)];
        for (var i = 0; i < subjects.Length; i++)
            subjects[i] = i % 3 == 0 ? $"{Capital(indonesian[i % 5000])} -- {Capital(indonesian[dice.Next(300)])}" : $"{Capital(indonesian[dice.Next(4000)])} {indonesian[dice.Next(2000)]}";
        publishers = new string[2_000];
        for (var i = 0; i < publishers.Length; i++) publishers[i] = Capital(indonesian[dice.Next(8000)]) + (i % 2 == 0 ? " Pustaka" : " Press");

        (words, englishWords) = (new Zipf(indonesian.Length), new Zipf(english.Length));
        (persons, headings, houses) = (new Zipf(people.Length, 0.7), new Zipf(subjects.Length, 0.9), new Zipf(publishers.Length));
    }

    public TitleDescription Next(int number)
    {
        var isEnglish = dice.Next(10) < 3;
        return new TitleDescription
        {
            Format = dice.Next(100) switch { < 80 => TitleFormat.Print, < 85 => TitleFormat.Journal, < 89 => TitleFormat.Film, < 92 => TitleFormat.AudioBook, < 95 => TitleFormat.Music, < 97 => TitleFormat.LargePrint, < 98 => TitleFormat.Braille, _ => TitleFormat.Map },
            Name = Capital(Text(isEnglish, 2 + dice.Next(5))),
            Subtitle = dice.Next(3) == 0 ? Text(isEnglish, 2 + dice.Next(4)) : null,
            Publisher = publishers[houses.Next(dice)],
            Place = "Jakarta",
            Year = 2026 - (int)(Math.Pow(dice.NextDouble(), 2) * 70),
            Language = isEnglish ? "eng" : dice.Next(20) switch { 0 => "jav", 1 => "ara", _ => "ind" },
            Audience = (Audience)dice.Next(6),
            Summary = dice.Next(4) == 0 ? Text(isEnglish, 20 + dice.Next(20)) : null,
            Ddc = $"{dice.Next(1000):000}" + (dice.Next(2) == 0 ? $".{dice.Next(1, 99)}" : ""),
            Series = dice.Next(10) == 0 ? "Seri " + Text(isEnglish, 2) : null,
            Contributors = [.. Enumerable.Range(0, 1 + dice.Next(2)).Select(_ => new DescribedContributor(people[persons.Next(dice)]))],
            Subjects = [.. Enumerable.Range(0, 1 + dice.Next(3)).Select(_ => subjects[headings.Next(dice)])],
            Identifiers = dice.Next(4) == 0 ? [] : [new(IdentifierKind.Isbn, IsbnOf(number))],
        };
    }

    /// <summary>A word of titles by its rank: 0 is the most frequent.</summary>
    public string Word(int rank) => indonesian[rank];

    public string Person(int number) => people[number];

    /// <summary>The catalogue in a SQLite file of its own, made when it is not there yet.</summary>
    public static async Task<SqliteLibraryDbContext> OpenAsync(int titles)
    {
        var file = Path.Combine(Path.GetTempPath(), $"metro-bench-{titles}.db");
        var exists = File.Exists(file);
        var db = Connect(file);
        if (exists && await db.Titles.CountAsync() == titles) return db;

        await db.Database.EnsureDeletedAsync();
        await db.Database.EnsureCreatedAsync();
        AddBranches(db);
        await db.SaveChangesAsync();

        var catalogue = new GeneratedCatalogue(titles);
        var copies = new Random(7);
        for (var made = 0; made < titles; made += 10_000)
        {
            var batch = Enumerable.Range(made, Math.Min(10_000, titles - made))
                .Select(number => (Title.Create(catalogue.Next(number), Catalogued).Title!, "", Array.Empty<byte>())).ToList();
            await db.WriteAsync(async stop =>
            {
                var keys = await TitleRows.InsertAsync(db, batch, stop);
                AddCopies((SqliteConnection)db.Database.GetDbConnection(), keys, copies);
            });
            if (made % 100_000 == 0) Console.Error.WriteLine($"  {made:N0} titles made");
        }

        return db;
    }

    /// <summary>The places of a city's library: the main building and its branches.</summary>
    public static void AddBranches(LibraryDbContext db)
    {
        var week = WeeklyHours.EveryDay(OpeningHours.Parse("08:00-16:00"));
        for (var i = 0; i < Branches; i++) db.Branches.Add(new Branch($"B{i:00}", $"Cabang {i}", i == 0 ? BranchKind.Main : BranchKind.Branch, week));
    }

    public static SqliteLibraryDbContext Connect(string file)
    {
        var options = new DbContextOptionsBuilder<SqliteLibraryDbContext>();
        options.UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={file}"), "library");
        return new SqliteLibraryDbContext(options.Options);
    }

    private static void AddCopies(SqliteConnection connection, IReadOnlyList<long> titles, Random dice)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            insert into copies (title_id, barcode, owner_branch_id, current_branch_id, status, condition, source, for_reference_only, status_since, version)
            values (@title, @barcode, @branch, @branch, @status, 'Good', 'Purchase', 0, '2026-01-05 02:00:00', 1)
            """;
        var (title, barcode, branch, status) = (command.Parameters.Add("@title", SqliteType.Integer), command.Parameters.Add("@barcode", SqliteType.Text),
            command.Parameters.Add("@branch", SqliteType.Integer), command.Parameters.Add("@status", SqliteType.Text));
        foreach (var key in titles)
        {
            for (var i = dice.Next(1, 3); i > 0; i--)
            {
                (title.Value, barcode.Value) = (key, $"{key}-{i}");
                branch.Value = dice.Next(3) > 0 ? 1 : 1 + dice.Next(22);
                status.Value = dice.Next(4) == 0 ? "OnLoan" : "Available";
                command.ExecuteNonQuery();
            }
        }
    }

    private string Text(bool isEnglish, int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            if (i > 0) text.Append(' ');
            text.Append(isEnglish ? english[englishWords.Next(dice)] : indonesian[words.Next(dice)]);
        }

        return text.ToString();
    }

    /// <summary>Real words first, the frequent ones; then words that could be of the language.</summary>
    private string[] Words(string real, string vowels, string consonants, int count)
    {
        var (ends, starts) = (vowels.Split(' '), consonants.Split(' '));
        var known = new HashSet<string>(real.Split(' '));
        var all = new List<string>(real.Split(' '));
        while (all.Count < count)
        {
            var word = string.Concat(Enumerable.Range(0, 2 + dice.Next(3)).Select(_ => starts[dice.Next(starts.Length)] + ends[dice.Next(ends.Length)]));
            if (dice.Next(3) == 0) word += starts[dice.Next(starts.Length)];
            if (known.Add(word)) all.Add(word);
        }

        return [.. all];
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string IsbnOf(int number)
    {
        var twelve = $"978{number:000000000}";
        var sum = twelve.Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 1 : 3)).Sum();
        return twelve + ((10 - (sum % 10)) % 10);
    }

    /// <summary>Ranks as natural language has them: the first is twice as frequent as the second.</summary>
    private sealed class Zipf
    {
        private readonly double[] sums;

        public Zipf(int count, double exponent = 1.0)
        {
            sums = new double[count];
            var sum = 0.0;
            for (var i = 0; i < count; i++) sums[i] = sum += 1 / Math.Pow(i + 1, exponent);
        }

        public int Next(Random dice)
        {
            var at = Array.BinarySearch(sums, dice.NextDouble() * sums[^1]);
            return Math.Min(at < 0 ? ~at : at, sums.Length - 1);
        }
    }
}
