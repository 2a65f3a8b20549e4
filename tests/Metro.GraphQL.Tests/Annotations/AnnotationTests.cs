using System.Security.Claims;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Subscriptions;
using Metro.GraphQL.Tests.Annotations.Rich;
using Metro.GraphQL.Tests.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Annotations;

public sealed class AnnotationTests
{
    private static ServiceProvider Services { get; } = new ServiceCollection()
        .AddSingleton<Greeting>()
        .AddGraphQLServer()
        .AddTypes(typeof(Book).Assembly.GetTypes().Where(type => type.Namespace == typeof(Book).Namespace))
        .AddType<Film>()
        .AddInMemorySubscriptions()
        .Services
        .BuildServiceProvider();

    private static RequestExecutor Executor => Services.GetRequiredService<RequestExecutor>();

    [Fact]
    public void The_schema_of_annotated_classes_is_the_committed_one()
    {
        var printed = Executor.Schema.ToSdl();

        Assert.Equal(Snapshot.Accepted("Annotations/RichSchema.graphql", printed), printed);
    }

    [Theory]
    [InlineData("{ books { title binding subtitle } }", """{"books":[{"title":"Dune","binding":"HARD_COVER","subtitle":null}]}""")]
    [InlineData(
        """{ books(filter: { title: "x", subject: null, years: 3, weights: [{ key: "a", value: 1 }] }) { title binding subtitle subjects bytes counts { key value } } }""",
        """{"books":[{"title":"x","binding":"HARD_COVER","subtitle":"null","subjects":["3"],"bytes":7,"counts":[{"key":"a","value":1}]}]}""")]
    [InlineData("""{ books(filter: { binding: UNKNOWN, limit: 9 }) { binding bytes subtitle } }""", """{"books":[{"binding":"UNKNOWN","bytes":9,"subtitle":"absent"}]}""")]
    [InlineData("{ book(by: { id: 1 }) { id named summary code } }", """{"book":{"id":1,"named":"named","summary":"Dune in 10 words…","code":"B1"}}""")]
    [InlineData("""{ book(by: { isbn: "y" }) { id } }""", """{"book":null}""")]
    [InlineData("{ shelved { __typename shelf ... on Magazine { issue nextIssue } } }", """{"shelved":[{"__typename":"Book","shelf":"A1"},{"__typename":"Magazine","shelf":"M1","issue":3,"nextIssue":4}]}""")]
    [InlineData("""{ search(text: "x") { ... on Book { blurb } ... on Author { name initials } } }""", """{"search":[{"blurb":"Read it."},{"name":"Frank","initials":"F"}]}""")]
    [InlineData("""{ search(text: "") { __typename } }""", """{"search":[null]}""")]
    [InlineData("{ counter(to: 3) nothing oldOnes }", """{"counter":[0,1,2],"nothing":null,"oldOnes":true}""")]
    [InlineData("""{ echo(place: { name: "x" }) { name latitude } }""", """{"echo":{"name":"x","latitude":1.5}}""")]
    [InlineData("{ media { __typename label ... on Film { mark loanDays dueText(days: 3) } } }", """{"media":{"__typename":"Film","label":"label","mark":"m","loanDays":7,"dueText":"3"}}""")]
    [InlineData("{ big(key: 12) manyDefaults }", """{"big":3,"manyDefaults":["2","0.5","PDF","none"]}""")]
    [InlineData("""{ greet(name: "you") whoAmI }""", """{"greet":"Hello you","whoAmI":"Hello Ana of metro at /whoAmI"}""")]
    public async Task Members_of_classes_answer(string document, string data)
    {
        var request = GraphQLRequest.For(document) with
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Ana")], "test")),
            GlobalState = new Dictionary<string, object?> { ["tenant"] = "metro" },
        };

        await using var result = await Executor.ExecuteAsync(request);

        Execute.Same($$"""{"data":{{data}}}""", ((OperationResult)result).ToJson());
    }

    [Fact]
    public async Task A_topic_s_events_are_answered_until_it_completes()
    {
        await using var result = await Executor.ExecuteAsync("subscription { onBookAdded(binding: PDF) { title binding } }");
        var stream = Assert.IsType<ResponseStream>(result);
        await using var answers = stream.ReadResultsAsync().GetAsyncEnumerator();
        var sender = Services.GetRequiredService<ITopicEventSender>();

        await sender.SendAsync("added_PDF", new Book(5, "Emma"));
        await sender.SendAsync("added_HardCover", new Book(6, "Other"));
        await sender.SendAsync("added_PDF", new Book(7, "Ulysses"));
        await sender.CompleteAsync("added_PDF");

        Assert.True(await answers.MoveNextAsync());
        Assert.Equal("""{"data":{"onBookAdded":{"title":"Emma","binding":"PDF"}}}""", answers.Current.ToJson());
        Assert.True(await answers.MoveNextAsync());
        Assert.Equal("""{"data":{"onBookAdded":{"title":"Ulysses","binding":"PDF"}}}""", answers.Current.ToJson());
        Assert.False(await answers.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_stops_listening_when_it_is_disposed()
    {
        var topics = Services.GetRequiredService<InMemoryTopics>();
        var stream = await Executor.ExecuteAsync("subscription { ticked }");
        Assert.Equal(1, topics.SubscriberCount("Ticked"));

        await stream.DisposeAsync();

        Assert.Equal(0, topics.SubscriberCount("Ticked"));
    }

    [Fact]
    public async Task A_method_can_be_the_source_of_events()
    {
        await using var result = await Executor.ExecuteAsync("subscription { counted(to: 3) }");

        var answers = new List<string>();
        await foreach (var answer in ((ResponseStream)result).ReadResultsAsync()) answers.Add(answer.ToJson());

        Assert.Equal(["""{"data":{"counted":0}}""", """{"data":{"counted":3}}""", """{"data":{"counted":6}}"""], answers);
    }
}
