using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Metro.GraphQL;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;
using Metro.GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Bench.GraphQL;

/// <summary>
/// What the GraphQL engine itself takes, without transport and database: processor time and memory of each step, and of
/// a wide and a deep answer against a Utf8JsonWriter that writes the same bytes by hand. The budget for a document that
/// was seen before is 5 µs until it executes.
/// </summary>
internal static class EngineFigures
{
    private const string Books = "{ books { id title isbn year pages authors { id name } } }";
    private const string Loaded = "{ books { id title loaded { id name } } }";
    private const string Introspection = "{ __schema { types { name fields { name type { name kind ofType { name kind } } } } } }";
    private static readonly string Deep = $"{{ chain {string.Concat(Enumerable.Repeat("{ id next ", 60))}{{ id }}{new string('}', 60)} }}";

    private static readonly List<BenchBook> Shelf =
    [
        .. Enumerable.Range(1, 20).Select(i => new BenchBook(
            i, $"The Book {i}", $"978{i:0000000000}", 1990 + i, 100 + i, [new(i, $"Author {i}"), new(i + 1, $"Author {i + 1}")])),
    ];

    public static async Task RunAsync(Options options)
    {
        var rounds = options.Number("rounds", 20_000);
        var services = new ServiceCollection().AddLogging();
        services.AddGraphQLServer()
            .AddQueryType<BenchQuery>()
            .AddTypes([typeof(BenchBookLoading)])
            .ConfigurePhases(phases => phases.RemoveAll(phase => phase.Name is not ("parse" or "validate" or "select operation" or "coerce variables" or "execute")));
        await using var provider = services.BuildServiceProvider();
        var executor = provider.GetRequiredService<RequestExecutor>();
        var validator = new DocumentValidator(executor.Schema);
        var parsed = Parser.ParseDocument(Books);

        Console.WriteLine($"{"",-34} {"processor",12} {"memory",12}");
        Tell("parse", Measure(rounds, () => Parser.ParseDocument(Books)));
        Tell("validate", Measure(rounds, () => validator.Validate(parsed)));
        var seen = await AnswersAsync(executor, provider, "{ __typename }", rounds * 5);
        Tell("seen before, { __typename } whole", seen);
        Figures.Keep("seen µs", seen.Microseconds);
        Figures.Keep("seen bytes", seen.Bytes);
        Console.WriteLine(seen.Microseconds <= 5 ? "   within 5 µs" : "   MORE THAN 5 µs");

        var byHand = Measure(rounds, WriteByHand);
        var wide = await AnswersAsync(executor, provider, Books, rounds);
        Tell("20 books by hand (JSON alone)", byHand);
        Tell("20 books", wide);
        Console.WriteLine($"   {wide.Microseconds / byHand.Microseconds:0.00} times the writer by hand");
        Tell("20 books, authors by a loader", await AnswersAsync(executor, provider, Loaded, rounds));
        Tell("60 objects deep", await AnswersAsync(executor, provider, Deep, rounds));
        Tell("introspection", await AnswersAsync(executor, provider, Introspection, rounds / 10));
    }

    private static readonly ArrayBufferWriter<byte> Output = new(1 << 16);

    private static async Task<Cost> AnswersAsync(RequestExecutor executor, IServiceProvider services, string document, int rounds)
    {
        var request = GraphQLRequest.For(document) with { Services = services };
        for (var i = 0; i < rounds / 4; i++) await AnswerAsync();

        var (processor, memory) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < rounds; i++) await AnswerAsync();
        return Cost.Of(processor, memory, rounds);

        async ValueTask AnswerAsync()
        {
            await using var result = (OperationResult)await executor.ExecuteAsync(request);
            Debug.Assert(result.Errors.Count == 0);
            Output.ResetWrittenCount();
            result.WriteTo(Output);
        }
    }

    private static Cost Measure(int rounds, Action work)
    {
        for (var i = 0; i < rounds / 4; i++) work();
        var (processor, memory) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < rounds; i++) work();
        return Cost.Of(processor, memory, rounds);
    }

    private static void WriteByHand()
    {
        Output.ResetWrittenCount();
        using var json = new Utf8JsonWriter(Output);
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartArray("books");
        foreach (var book in Shelf)
        {
            json.WriteStartObject();
            json.WriteNumber("id", book.Id);
            json.WriteString("title", book.Title);
            json.WriteString("isbn", book.Isbn);
            json.WriteNumber("year", book.Year);
            json.WriteNumber("pages", book.Pages);
            json.WriteStartArray("authors");
            foreach (var author in book.Authors)
            {
                json.WriteStartObject();
                json.WriteNumber("id", author.Id);
                json.WriteString("name", author.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Tell(string what, Cost cost) =>
        Console.WriteLine($"{what,-34} {cost.Microseconds,9:0.00} µs {cost.Bytes,10} B");

    private readonly record struct Cost(double Microseconds, long Bytes)
    {
        public static Cost Of(TimeSpan processorBefore, long memoryBefore, int rounds) => new(
            (Environment.CpuUsage.TotalTime - processorBefore).TotalMicroseconds / rounds,
            (GC.GetTotalAllocatedBytes(precise: true) - memoryBefore) / rounds);
    }

    internal sealed record BenchAuthor(int Id, string Name);

    internal sealed record BenchBook(int Id, string Title, string Isbn, int Year, int Pages, List<BenchAuthor> Authors);

    internal sealed record BenchLink(int Id)
    {
        public BenchLink Next => new(Id + 1);
    }

    internal sealed class BenchQuery
    {
        public List<BenchBook> Books => Shelf;

        public BenchLink Chain => new(0);
    }

    [ExtendObjectType<BenchBook>]
    internal static class BenchBookLoading
    {
        public static async Task<BenchAuthor[]?> GetLoadedAsync(
            [Parent] BenchBook book, IDataLoader<int, BenchAuthor[]> authors, CancellationToken stop) =>
            await authors.LoadAsync(book.Id, stop);

        [DataLoader]
        public static Task<Dictionary<int, BenchAuthor[]>> GetAuthorsByBookAsync(IReadOnlyList<int> ids, CancellationToken stop) =>
            Task.FromResult(ids.ToDictionary(id => id, id => new BenchAuthor[] { new(id, "A"), new(id + 1, "B") }));
    }
}
