using BenchmarkDotNet.Attributes;
using Metro.GraphQL;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;
using Path = System.IO.Path;

namespace Metro.Bench.GraphQL;

/// <summary>
/// What one document costs in each step, with memory: <c>dotnet run -c Release --project bench -- --filter '*Micro*'</c>. The
/// documents are the files beside this one.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MicroBenchmarks
{
    private const string Sdl =
        """
        type Query { volumes: [Volume!]! first: Volume }
        type Volume {
          id: ID! title: String! subtitle: String year: Int pages: Int! isbn: String language: String shelf: String
          publisher: Publisher authors: [Author!]! next: Volume
        }
        type Publisher { id: ID! name: String! city: String }
        type Author { id: ID! name: String! born: Int }
        """;

    private static readonly IReadOnlyList<Volume> Volumes = Chain(100);

    private readonly Schema _schema = Schema.FromSdl(Sdl, builder =>
    {
        builder.Field("Query", "volumes").PureResolver = static _ => Volumes;
        builder.Field("Query", "first").PureResolver = static _ => Volumes[0];
    });

    private string _text = "";
    private DocumentNode _document = null!;
    private DocumentValidator _validator = null!;
    private RequestExecutor _executor = null!;

    /// <summary>The document's file.</summary>
    [Params("wide", "deep", "fragments")]
    public string Document { get; set; } = "wide";

    [GlobalSetup]
    public async Task ReadAsync()
    {
        _text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, $"GraphQL/documents/{Document}.graphql"));
        _document = Parser.ParseDocument(_text);
        _validator = new(_schema);
        _executor = new(_schema);
        await using var answer = (OperationResult)await _executor.ExecuteAsync(_text);
        if (answer.Errors.Count > 0) throw new InvalidOperationException(answer.Errors[0].Message);
    }

    [Benchmark]
    public DocumentNode Parse() => Parser.ParseDocument(_text);

    [Benchmark]
    public IReadOnlyList<IError> Validate() => _validator.Validate(_document);

    /// <summary>The whole way of a document that was never seen: parsing, validating, planning, executing.</summary>
    [Benchmark]
    public async Task First()
    {
        await using var answer = await new RequestExecutor(_schema).ExecuteAsync(_text);
    }

    /// <summary>The whole way of a document that was seen before.</summary>
    [Benchmark]
    public async Task Again()
    {
        await using var answer = await _executor.ExecuteAsync(_text);
    }

    private static List<Volume> Chain(int count)
    {
        var volumes = new List<Volume>();
        for (var i = count; i > 0; i--)
        {
            volumes.Insert(0, new(
                i, $"The volume that came as number {i}", i % 2 == 0 ? null : "Tales", 1950 + i % 70, 100 + i, $"978602{i:0000000}", "id", "800",
                new(i % 7, $"Publisher {i % 7}", "Metro"), [new(i, $"Author {i}", 1960), new(i + 1, $"Author {i + 1}", 1970)], volumes.FirstOrDefault()));
        }

        return volumes;
    }

    private sealed record Volume(
        int Id, string Title, string? Subtitle, int Year, int Pages, string Isbn, string Language, string Shelf, Publisher Publisher,
        IReadOnlyList<Person> Authors, Volume? Next);

    private sealed record Publisher(int Id, string Name, string City);

    private sealed record Person(int Id, string Name, int Born);
}
