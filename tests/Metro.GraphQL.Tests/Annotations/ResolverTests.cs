using System.Collections.Immutable;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Annotations;

/// <summary>What resolvers are given, and what lies around them.</summary>
public sealed class ResolverTests
{
    private static RequestExecutor Executor { get; } = Server.Of(
        server => server
            .AddQueryType<Query>()
            .AddMutationType<Mutation>()
            .AddTypes([typeof(QueryExtension), typeof(NamedQueryExtension), typeof(ItemType), typeof(Loaders)]),
        services => services
            .AddScoped<Scoped>()
            .AddSingleton<Clock>()
            .AddKeyedSingleton("b", new Clock { Hour = 12 }));

    [Fact]
    public async Task A_scoped_service_belongs_to_one_field_of_a_query()
    {
        using var json = System.Text.Json.JsonDocument.Parse(await Executor.AnswerAsync("{ a: scope b: scope c: scopeLater }"));

        var scopes = json.RootElement.GetProperty("data").EnumerateObject().Select(each => each.Value.GetInt32()).ToList();
        Assert.Equal(3, scopes.Distinct().Count());
        Assert.All(scopes, scope => Assert.Contains(scope, Scoped.Closed));
    }

    [Fact]
    public async Task A_scoped_service_is_shared_by_the_fields_of_a_mutation()
    {
        using var json = System.Text.Json.JsonDocument.Parse(await Executor.AnswerAsync("mutation { a: scope b: scope }"));

        Assert.Single(json.RootElement.GetProperty("data").EnumerateObject().Select(each => each.Value.GetInt32()).Distinct());
    }

    [Theory]
    [InlineData("{ hours }", """{"hours":"7 and 12"}""")]
    [InlineData("{ numbers }", """{"numbers":[1,2]}""")]
    [InlineData("{ item { id name loaded count } }", """{"item":{"id":"SXRlbTox","name":"i","loaded":"L1","count":100}}""")]
    [InlineData("{ handsDown { down } }", """{"handsDown":{"down":"from above"}}""")]
    [InlineData("{ extended named }", """{"extended":true,"named":true}""")]
    [InlineData("{ shouted(text: \"a\") }", """{"shouted":"<[A]>"}""")]
    [InlineData("{ color(of: DARK_RED) }", """{"color":"DARK_RED"}""")]
    public async Task Resolvers_are_given_what_they_ask_for(string document, string data) =>
        Execute.Same($$"""{"data":{{data}}}""", await Executor.AnswerAsync(document));

    [Fact]
    public async Task A_lazy_sequence_is_read_before_its_services_are_gone() =>
        Execute.Same("""{"data":{"lazy":[1,2,3]}}""", await Executor.AnswerAsync("{ lazy }"));

    [Fact]
    public async Task Each_module_can_add_its_types_to_the_same_server()
    {
        var services = new ServiceCollection();
        services.AddGraphQLServer().AddQueryType<Query>();
        services.AddGraphQLServer().AddTypes([typeof(QueryExtension)]);
        await using var provider = services.AddSingleton<Clock>().AddKeyedSingleton("b", new Clock()).AddScoped<Scoped>().BuildServiceProvider();

        Assert.Equal(
            """{"data":{"color":"DARK_RED","extended":true}}""",
            await provider.GetRequiredService<RequestExecutor>().AnswerAsync("{ color(of: DARK_RED) extended }"));
    }

    [Fact]
    public void Middlewares_in_the_wrong_order_are_refused_when_the_schema_is_made()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Server.Of(server => server.AddQueryType<WrongOrder>()));

        Assert.Contains("Paging belongs before Filtering", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loader_of_which_there_are_two_must_be_named()
    {
        var registry = new DataLoaderRegistry();
        MethodDataLoader.Register(registry, typeof(Loaders).GetMethod(nameof(Loaders.GetNameByIdAsync))!);
        MethodDataLoader.Register(registry, typeof(Loaders).GetMethod(nameof(Loaders.GetLabelByIdAsync))!);

        Assert.Throws<InvalidOperationException>(() => registry.Find(typeof(IDataLoader<int, string>), null));
        Assert.Equal("LabelByIdDataLoader", registry.Find(typeof(IDataLoader<int, string>), "LabelById").Name);
    }

    public enum Color
    {
        DarkRed,
    }

    public sealed class Scoped : IDisposable
    {
        private static int _count;

        public static System.Collections.Concurrent.ConcurrentBag<int> Closed { get; } = [];

        public int Number { get; } = Interlocked.Increment(ref _count);

        public bool IsOpen { get; private set; } = true;

        public void Dispose()
        {
            IsOpen = false;
            Closed.Add(Number);
        }
    }

    public sealed class Clock
    {
        public int Hour { get; init; } = 7;
    }

    public sealed record Item(int Id, string Name);

    public sealed class ShoutingAttribute : ObjectFieldDescriptorAttribute
    {
        protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field) =>
            field.Use(next => async middleware =>
            {
                await next(middleware);
                middleware.Result = $"[{((string)middleware.Result!).ToUpperInvariant()}]";
            });
    }

    public sealed class QuotingAttribute : ObjectFieldDescriptorAttribute
    {
        protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field) =>
            field.Use(next => async middleware =>
            {
                await next(middleware);
                middleware.Result = $"<{middleware.Result}>";
            });
    }

    public sealed class StagedAttribute(MiddlewareStage stage) : ObjectFieldDescriptorAttribute
    {
        protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field) =>
            field.Use(next => next, stage);
    }

    public sealed class WrongOrder
    {
        [Staged(MiddlewareStage.Filtering)]
        [Staged(MiddlewareStage.Paging)]
        public int[] Numbers => [];
    }

    public sealed class Query
    {
        public int Scope(Scoped scoped) => scoped.Number;

        public async Task<int> ScopeLaterAsync(Scoped scoped)
        {
            await Task.Yield();
            return scoped.IsOpen ? scoped.Number : -1;
        }

        public string Hours(Clock clock, [Service("b")] Clock other) => $"{clock.Hour} and {other.Hour}";

        public IQueryable<int> Numbers => new[] { 1, 2 }.AsQueryable();

        public IEnumerable<int> Lazy(Scoped scoped)
        {
            for (var i = 1; i <= 3; i++) yield return scoped.IsOpen ? i : -1;
        }

        public Item Item => new(1, "i");

        public Below HandsDown(IResolverContext context)
        {
            context.ScopedContextData = context.ScopedContextData.SetItem("note", "from above");
            return new();
        }

        [Quoting]
        [Shouting]
        public string Shouted(string text) => text;

        public Color Color(Color of) => of;
    }

    [ObjectType]
    public sealed class Below
    {
        public string Down([ScopedState("note")] string? note) => note ?? "nothing";
    }

    public sealed class Mutation
    {
        public int Scope(Scoped scoped) => scoped.Number;
    }

    [ExtendObjectType<Query>]
    public sealed class QueryExtension
    {
        public bool Extended => true;
    }

    [ExtendObjectType("Query")]
    public static class NamedQueryExtension
    {
        public static bool Named => true;
    }

    [ObjectType<Item>]
    public static class ItemType
    {
        [NodeResolver]
        public static Item GetItemById(int id) => new(id, "found");

        public static async Task<string?> GetLoadedAsync(
            [Parent] Item item, [DataLoader("LabelById")] IDataLoader<int, string> labels, CancellationToken stop) =>
            await labels.LoadAsync(item.Id, stop);

        public static async Task<int> GetCountAsync([Parent] Item item, IDataLoader<int, int> counts, CancellationToken stop) =>
            await counts.LoadAsync(item.Id, stop);
    }

    public static class Loaders
    {
        [DataLoader]
        public static Task<IReadOnlyDictionary<int, string>> GetNameByIdAsync(IReadOnlyList<int> ids) =>
            Task.FromResult<IReadOnlyDictionary<int, string>>(ids.ToImmutableDictionary(id => id, id => $"N{id}"));

        [DataLoader]
        public static ValueTask<IReadOnlyDictionary<int, string>> GetLabelByIdAsync(int[] ids) =>
            new(ids.ToImmutableDictionary(id => id, id => $"L{id}"));

        [DataLoader]
        public static async Task<int> GetCountAsync(int id, Scoped scoped, CancellationToken stop)
        {
            await Task.Yield();
            stop.ThrowIfCancellationRequested();
            return scoped.IsOpen ? id * 100 : -1;
        }
    }
}
