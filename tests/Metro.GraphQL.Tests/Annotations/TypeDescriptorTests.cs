using Metro.GraphQL.Data;
using Metro.GraphQL.Execution;

namespace Metro.GraphQL.Tests.Annotations;

/// <summary>What a record says of itself.</summary>
public sealed class Record
{
    /// <inheritdoc cref="RecordDescription.Name"/>
    public string Name { get; init; } = "";

    /// <summary>How many pages.</summary>
    public int Pages { get; init; }

    public string Secret { get; init; } = "";

    public Shade Shade { get; init; }
}

public sealed class RecordDescription
{
    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";
}

public enum Shade
{
    /// <summary>Little light.</summary>
    Dark,
    Light,
}

public sealed class RecordQuery
{
    [UseFiltering]
    [UseSorting]
    public IEnumerable<Record> GetRecords() => [new() { Name = "b", Pages = 2 }, new() { Name = "a", Pages = 1, Shade = Shade.Light }];
}

public sealed class TypeDescriptorTests
{
    private static RequestExecutor Described { get; } = Server.Of(server => server
        .AddQueryType<RecordQuery>()
        .AddObjectType<Record>(record =>
        {
            record.Name("Entry").Description("An entry.").BindFieldsExplicitly();
            record.Field(one => one.Name).Name("title").IsSortable();
            record.Field(one => one.Pages).IsFilterable();
            record.Field(one => one.Shade).Description("How light it is.");
        })
        .AddEnumType<Shade>(shade => shade.Name("Tone").Value(Shade.Light, "Much light.")));

    [Fact]
    public async Task A_class_without_annotations_has_the_names_and_words_that_are_said_of_it()
    {
        Assert.Equal(
            """{"data":{"entry":{"description":"An entry.","fields":[{"name":"title","description":"What it is called."},{"name":"pages","description":"How many pages."},{"name":"shade","description":"How light it is."}]},"tone":{"enumValues":[{"name":"DARK","description":"Little light."},{"name":"LIGHT","description":"Much light."}]}}}""",
            await Described.AnswerAsync("""{ entry: __type(name: "Entry") { description fields { name description } } tone: __type(name: "Tone") { enumValues { name description } } }""", allowIntrospection: true));
    }

    [Fact]
    public async Task Only_what_says_so_can_be_filtered_and_ordered_by()
    {
        Assert.Equal(
            """{"data":{"where":{"inputFields":[{"name":"and"},{"name":"or"},{"name":"pages"}]},"order":{"inputFields":[{"name":"title"}]}}}""",
            await Described.AnswerAsync("""{ where: __type(name: "EntryFilterInput") { inputFields { name } } order: __type(name: "EntrySortInput") { inputFields { name } } }""", allowIntrospection: true));
        Assert.Equal(
            """{"data":{"records":[{"title":"a","shade":"LIGHT"}]}}""",
            await Described.AnswerAsync("{ records(where: { pages: { lt: 2 } }, order: { title: ASC }) { title shade } }"));
    }

    [Fact]
    public async Task An_instant_reaches_a_method_as_utc_whatever_offset_the_client_wrote()
    {
        var executor = Server.Of(server => server.AddQueryType<InstantQuery>());

        Assert.Equal(
            """{"data":{"argument":"2026-01-05T02:00:00Z","field":"2026-01-05T02:00:00Z"}}""",
            await executor.AnswerAsync("""{ argument(at: "2026-01-05T09:00:00+07:00") field(span: { at: "2026-01-05T09:00:00+07:00" }) }"""));
    }

    public sealed record Span(DateTime At);

    public sealed class InstantQuery
    {
        public DateTime Argument(DateTime at) => at.Kind == DateTimeKind.Utc ? at : throw new ArgumentException("Not UTC.", nameof(at));

        public DateTime? Field(Span span) => span.At;
    }
}
