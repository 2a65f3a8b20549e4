using System.Security.Claims;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Execution;

#pragma warning disable CS0618 // Deprecated members are part of what is shown.

namespace Metro.GraphQL.Tests.Annotations.Rich;

/// <summary>What stands on a shelf.</summary>
[InterfaceType]
public interface IShelved
{
    /// <summary>Where it stands.</summary>
    string Shelf { get; }
}

/// <summary>What a search finds.</summary>
[UnionType("SearchResult")]
public interface ISearchResult;

/// <summary>What can be lent.</summary>
[InterfaceType("Lendable")]
public interface ILendable : IShelved
{
    int LoanDays { get; }

    string GetDueText(int days);
}

public interface IUnmarked
{
    string Mark { get; }
}

public abstract class Media
{
    public string Label => "label";
}

public sealed class Film : Media, ILendable, IUnmarked
{
    public string Mark => "m";

    public string Shelf => "F1";

    public int LoanDays => 7;

    public string GetDueText(int days) => $"{days}";

    // A domain verb: nothing says that clients may call it.
    public bool Lend() => true;
}

/// <summary>A place; the same class goes in and out.</summary>
public sealed record Place(string Name, double? Latitude = 1.5);

/// <summary>How a copy is bound.</summary>
public enum Binding
{
    /// <summary>Soft covers.</summary>
    Paperback,

    HardCover,

    [Obsolete("Nobody binds so any more.")]
    RingBinder,

    [GraphQLName("UNKNOWN")]
    Other,

    [GraphQLIgnore]
    Secret,

    EPub3File,
    PDF,
}

/// <summary>A book as the catalogue knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title, as on the title page.</param>
[ObjectType]
public sealed record Book(int Id, string Title) : IShelved, ISearchResult
{
    public string? Subtitle { get; init; }

    public string URL => $"/books/{Id}";

    public string ISBN13 { get; init; } = "";

    public string IPAddress => "127.0.0.1";

    public Binding Binding { get; init; }

    public Binding? OldBinding { get; init; }

    public IReadOnlyList<string> Subjects { get; init; } = [];

    public List<string?>? Notes { get; init; }

    public int[][] Matrix { get; init; } = [];

    public decimal Price { get; init; }

    public long Bytes { get; init; }

    public short Pages { get; init; }

    public sbyte Tiny { get; init; }

    public byte Small { get; init; }

    public ushort UShort { get; init; }

    public uint UInt { get; init; }

    public ulong ULong { get; init; }

    public float Weight { get; init; }

    public double? Rating { get; init; }

    public Guid Key { get; init; }

    public DateTime AddedAt { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    public DateOnly PublishedOn { get; init; }

    public TimeOnly OpensAt { get; init; }

    public TimeSpan LoanPeriod { get; init; }

    public Uri? Cover { get; init; }

    public byte[]? Thumbnail { get; init; }

    public object? Anything { get; init; }

    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    public Page<Author>? AuthorPage { get; init; }

    public Pair<Author, Book>? Pair { get; init; }

    public string Shelf => "A1";

    [GraphQLIgnore]
    public string Hidden => "hidden";

    [GraphQLName("named")]
    [GraphQLDescription("Named otherwise.")]
    public string Unnamed => "named";

    [GraphQLDeprecated("Ask for title.")]
    public string OldTitle => Title;

    [GraphQLType("ID!")]
    public string Code => "B" + Id;

    public string GetSummary(int words = 10, [DefaultValue("…")] string? ending = null) => $"{Title} in {words} words{ending}";

    public Task<string> GetBlurbAsync() => Task.FromResult("Read it.");
}

public sealed record Author(int Id, string Name) : ISearchResult
{
    // A plain class does not offer its methods to clients.
    public string Rename(string name) => Name + name;
}

public sealed record Page<T>(IReadOnlyList<T> Items);

public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);

public sealed class Magazine : IShelved
{
    public int Issue { get; init; }

    public string Shelf => "M1";
}

/// <summary>What to find.</summary>
public sealed record BookFilter(string? Title, [property: DefaultValue(Binding.HardCover)] Binding Binding = Binding.Paperback)
{
    public Optional<string?> Subject { get; init; }

    public List<int>? Years { get; init; }

    public Range? Range { get; init; }

    [DefaultValue(7)]
    public int Limit { get; set; }

    public Dictionary<string, int>? Weights { get; init; }

    // Nothing sets it, so it is no input.
    public string Readable => Title ?? "";
}

public sealed class Range
{
    public int From { get; set; }

    [Obsolete("Ranges are open.")]
    public int? To { get; set; }
}

[OneOf]
public sealed record BookBy(int? Id, string? Isbn);

public sealed class Greeting
{
    public string Hello(string name) => $"Hello {name}";
}

[QueryType]
public static class BookQueries
{
    private static readonly Book Dune = new(1, "Dune") { Binding = Binding.HardCover, Counts = new Dictionary<string, int> { ["red"] = 2 } };

    /// <summary>All books.</summary>
    /// <param name="filter">Which of them.</param>
    public static IEnumerable<Book> GetBooks(BookFilter? filter = null)
    {
        yield return filter is null ? Dune : Dune with
        {
            Title = filter.Title ?? "none",
            Binding = filter.Binding,
            Subtitle = filter.Subject.HasValue ? filter.Subject.Value ?? "null" : "absent",
            Bytes = filter.Limit,
            Subjects = [.. filter.Years?.Select(year => $"{year}") ?? []],
            Counts = filter.Weights ?? [],
        };
    }

    public static Task<Book?> GetBookAsync(BookBy by, CancellationToken stop) =>
        Task.FromResult(by.Id == 1 || by.Isbn == "x" ? Dune : null);

    public static IShelved[] GetShelved() => [Dune, new Magazine { Issue = 3 }];

    public static IEnumerable<ISearchResult?> Search(string text) => text.Length == 0 ? [null] : [Dune, new Author(1, "Frank")];

    public static async IAsyncEnumerable<int> GetCounter(int to)
    {
        for (var i = 0; i < to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public static string? WhoAmI(ClaimsPrincipal user, [GlobalState] string? tenant, Greeting greeting, IResolverContext context) =>
        greeting.Hello($"{user.Identity?.Name ?? "nobody"} of {tenant} at {context.Path}");

    public static Place GetEcho(Place place) => place;

    public static Media GetMedia() => new Film();

    public static IUnmarked? GetUnmarked() => null;

    [GraphQLType<long>]
    public static int GetBig([GraphQLType("ID!")] string key, [DefaultValueSyntax("{ from: 1, to: 2 }")] Range? range = null) => key.Length + (range?.From ?? 0);

    public static string[] GetManyDefaults(
        [DefaultValue(new[] { 1, 2 })] int[]? numbers = null, double half = 0.5, Binding binding = Binding.PDF, [GraphQLDeprecated("Not any more.")] string? old = null) =>
        [$"{numbers?.Length}", half.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{binding}", old ?? "none"];

    public static ValueTask<int?> GetNothingAsync() => new((int?)null);

    [Obsolete("Use books.")]
    public static bool OldOnes(bool really = true) => really;
}

[QueryType]
public sealed class InstanceQueries(Greeting greeting)
{
    public string Greet(string name) => greeting.Hello(name);
}

[ExtendObjectType<Pair<Author, Book>>(IgnoreProperties = [nameof(Pair<,>.Second)])]
public static class PairExtensions
{
    public static int GetLength([Parent] Pair<Author, Book> pair) => pair.Second.Title.Length;
}

[ExtendObjectType<Author>]
public static class AuthorExtensions
{
    public static string GetInitials([Parent] Author author) => author.Name[..1];
}

[ObjectType<Magazine>]
public static class MagazineType
{
    public static int GetNextIssue([Parent] Magazine magazine) => magazine.Issue + 1;
}

[SubscriptionType]
public static class BookSubscriptions
{
    /// <summary>Books as they come in.</summary>
    [Subscribe]
    [Topic("added_{binding}")]
    public static Book OnBookAdded(Binding binding, [EventMessage] Book book) => book with { Binding = binding };

    [Subscribe]
    public static int Ticked([EventMessage] int tick) => tick;

    public static IAsyncEnumerable<int> CountTo(int to) => BookQueries.GetCounter(to);

    [Subscribe(With = nameof(CountTo))]
    public static int Counted(int to, [EventMessage] int count) => count * to;
}
