using Metro.Data;
using Metro.Testing;

namespace Metro.GraphQL.Tests.Data;

/// <summary>Books with many equal and missing values, and what C# makes of the same questions.</summary>
internal static class RandomBooks
{
    private static readonly string[] Titles = ["a", "A", "ab", "Ab", "b", "%", "_", "a%b", "\\", "'", "é", "日本", ""];

    public static Book Of(int id, Random random) => new(id, Titles[random.Next(Titles.Length)], random.Next(3) == 0 ? null : Publishers[random.Next(Publishers.Length)])
    {
        Subtitle = random.Next(3) == 0 ? null : Titles[random.Next(Titles.Length)],
        Year = random.Next(4) == 0 ? null : 2000 + random.Next(5),
        Pages = random.Next(5),
        Kind = (Kind)random.Next(3),
        IsAvailable = random.Next(2) == 0,
        Code = new Guid(random.Next(4), 0, 0, new byte[8]),
        AddedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(3)).AddTicks(random.Next(2) * 10),
        PublishedOn = random.Next(3) == 0 ? null : new DateOnly(2020, 1, 1 + random.Next(3)),
    };

    private static Publisher[] Publishers => field ??= [new() { Id = 1, Name = "x", Founded = 1 }, new() { Id = 2, Name = "y", Founded = 1 }];

    /// <summary>Orders as a client writes them, and as C# sorts. PostgreSQL puts null behind everything.</summary>
    public static IReadOnlyList<(string Argument, Func<IEnumerable<Book>, IEnumerable<Book>> Sorted)> Orders { get; } =
    [
        ("order: []", books => books.OrderBy(book => book.Id)),
        ("order: { title: ASC }", books => books.OrderBy(book => book.Title, StringComparer.Ordinal).ThenBy(book => book.Id)),
        ("order: { title: DESC }", books => books.OrderByDescending(book => book.Title, StringComparer.Ordinal).ThenByDescending(book => book.Id)),
        ("order: [{ pages: DESC }, { title: ASC }]", books => books.OrderByDescending(book => book.Pages).ThenBy(book => book.Title, StringComparer.Ordinal).ThenBy(book => book.Id)),
        ("order: { year: ASC }", books => books.OrderBy(book => Null(book.Year is null)).ThenBy(book => book.Year).ThenBy(book => book.Id)),
        ("order: { year: DESC }", books => books.OrderByDescending(book => Null(book.Year is null)).ThenByDescending(book => book.Year).ThenByDescending(book => book.Id)),
        ("order: [{ subtitle: DESC }, { publishedOn: ASC }, { isAvailable: DESC }]", books => books
            .OrderByDescending(book => Null(book.Subtitle is null)).ThenByDescending(book => book.Subtitle, StringComparer.Ordinal)
            .ThenBy(book => Null(book.PublishedOn is null)).ThenBy(book => book.PublishedOn)
            .ThenByDescending(book => book.IsAvailable).ThenByDescending(book => book.Id)),
        ("order: { addedAt: ASC }", books => books.OrderBy(book => book.AddedAt).ThenBy(book => book.Id)),
        ("order: { kind: ASC, code: ASC }", books => books.OrderBy(book => book.Kind.ToString(), StringComparer.Ordinal).ThenBy(book => book.Code.ToString(), StringComparer.Ordinal).ThenBy(book => book.Id)),
        ("order: { publisher: { founded: DESC, name: ASC } }", books => books
            .OrderByDescending(book => Null(book.Publisher is null)).ThenByDescending(book => book.Publisher?.Founded)
            .ThenBy(book => Null(book.Publisher is null)).ThenBy(book => book.Publisher?.Name, StringComparer.Ordinal).ThenBy(book => book.Id)),
    ];

    private static int Null(bool isNull) => isNull == (TestDatabase.Provider is DatabaseProvider.Sqlite) ? 0 : 1;
}
