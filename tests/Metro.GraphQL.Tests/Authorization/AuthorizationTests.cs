using Metro.GraphQL.Annotations;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Data;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Tests.Annotations;
using Metro.GraphQL.Tests.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Authorization;

/// <summary>GRAPHQL conventions of authorization: who is denied what, and what they learn.</summary>
public sealed class AuthorizationTests
{
    private static readonly RequestExecutor Executor = Server.Of(
        server => server
            .AddQueryType<Query>()
            .AddType<Secret>()
            .AddType<Open>()
            .AddTypes([typeof(LedgerType), typeof(LedgerAddition)])
            .AddFiltering()
            .AddAuthorization(),
        services => services.AddAuthorizationBuilder()
            .AddPolicy("staff", policy => policy.RequireRole("librarian"))
            .AddPolicy("own", policy => policy.RequireAssertion(asked => asked.Resource is "mine")));

    [Theory]
    [InlineData("{ signedIn }", null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("{ signedIn }", "reader", null)]
    [InlineData("{ roles }", null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("{ roles }", "reader", "AUTH_NOT_AUTHORIZED")]
    [InlineData("{ roles }", "editor", null)]
    [InlineData("{ policy }", "reader", "AUTH_NOT_AUTHORIZED")]
    [InlineData("{ policy }", "librarian", null)]
    [InlineData("{ both }", "librarian", "AUTH_NOT_AUTHORIZED")]
    [InlineData("{ both }", "librarian editor", null)]
    [InlineData("{ after(who: \"mine\") }", "reader", null)]
    [InlineData("{ after(who: \"yours\") }", "reader", "AUTH_NOT_AUTHORIZED")]
    [InlineData("{ unknown }", "reader", "AUTH_POLICY_NOT_FOUND")]
    [InlineData("{ secret { text } }", null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("{ secret { text } }", "reader", null)]
    [InlineData("{ secrets { text } }", null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("{ allowed { text } }", null, null)]
    [InlineData("{ thing(secret: true) { __typename } }", null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("{ thing(secret: true) { __typename } }", "reader", null)]
    [InlineData("{ thing(secret: false) { __typename } }", null, null)]
    [InlineData("{ ledger { total } }", "reader", "AUTH_NOT_AUTHORIZED")]
    [InlineData("{ ledger { total } }", "librarian", null)]
    [InlineData("{ things { __typename } }", null, "AUTH_NOT_AUTHENTICATED")]
    public async Task A_denied_field_is_null_with_a_code(string document, string? roles, string? code)
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            await Executor.AnswerAsync(document, roles is null ? null : Server.User(roles.Split(' '))));

        var field = json.RootElement.GetProperty("data").EnumerateObject().Single().Value;
        Assert.Equal(code is not null, field.ValueKind is System.Text.Json.JsonValueKind.Null);
        Assert.Equal(
            code,
            json.RootElement.TryGetProperty("errors", out var errors)
                ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
                : null);
    }

    [Fact]
    public async Task Siblings_of_a_denied_field_are_answered_and_the_resolver_does_not_run()
    {
        Query.Runs = 0;

        Execute.Same(
            """{"errors":[{"message":"The current user is not authorized to access this resource.","locations":[{"line":1,"column":5}],"path":["counted"],"extensions":{"code":"AUTH_NOT_AUTHENTICATED"}}],"data":{"a":1,"counted":null}}""",
            await Executor.AnswerAsync("{ a counted }"));
        Assert.Equal(0, Query.Runs);
    }

    [Fact]
    public async Task A_denied_operation_runs_nothing()
    {
        await using var result = await Executor.ExecuteAsync("{ a ...F } fragment F on Query { whole }");

        var denied = Assert.IsType<OperationResult>(result);
        Assert.False(denied.HasData);
        Assert.Equal(ErrorCodes.NotAuthenticated, denied.Errors.Single().Code);
        Assert.Equal(401, denied.ContextData![ResultContextKeys.HttpStatusCode]);
    }

    [Fact]
    public void The_schema_does_not_tell_who_may_see_what() =>
        Assert.DoesNotContain("uthoriz", Executor.Schema.ToSdl(), StringComparison.Ordinal);

    [Fact]
    public async Task A_class_that_adds_fields_guards_its_own()
    {
        Execute.Same(
            """{"errors":[{"message":"The current user is not authorized to access this resource.","locations":[{"line":1,"column":18}],"path":["ledger","note"],"extensions":{"code":"AUTH_NOT_AUTHORIZED"}}],"data":{"ledger":{"total":3,"note":null}}}""",
            await Executor.AnswerAsync("{ ledger { total note } }", Server.User("librarian")));
    }

    [Fact]
    public void What_cannot_be_read_cannot_be_filtered_by()
    {
        var sdl = Executor.Schema.ToSdl();

        Assert.Contains("input OpenFilterInput", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("LedgerFilterInput", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden: StringOperationFilterInput", sdl, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_protected_can_be_asked()
    {
        Assert.True(AuthorizationRules.IsProtected(typeof(Open).GetProperty(nameof(Open.Hidden))!));
        Assert.True(AuthorizationRules.IsProtected(typeof(Open).GetProperty(nameof(Open.Secrets))!));
        Assert.False(AuthorizationRules.IsProtected(typeof(Open).GetProperty(nameof(Open.Text))!));
    }

    [UnionType("Thing")]
    public interface IThing;

    [Authorize]
    public sealed record Secret(string Text) : IThing;

    public sealed record Open(string Text) : IThing
    {
        [Authorize("staff")]
        public string Hidden => "h";

        public Secret[] Secrets => [];

        public Ledger? Ledger => null;
    }

    public sealed record Ledger(int Total);

    [ObjectType<Ledger>]
    [Authorize("staff")]
    public static class LedgerType
    {
        public static int GetTwice([Parent] Ledger ledger) => ledger.Total * 2;
    }

    [ExtendObjectType<Ledger>]
    [Authorize(Roles = ["admin"])]
    public static class LedgerAddition
    {
        public static string? GetNote([Parent] Ledger ledger) => $"{ledger.Total}";
    }

    public sealed class Query
    {
        [UseFiltering]
        public IQueryable<Open> Opens => Array.Empty<Open>().AsQueryable();

        public Ledger? Ledger => new(3);

        public static int Runs { get; set; }

        public int A => 1;

        [Authorize]
        public string? SignedIn => "yes";

        [Authorize(Roles = ["editor", "admin"])]
        public string? Roles => "yes";

        [Authorize("staff")]
        public string? Policy => "yes";

        [Authorize("staff")]
        [Authorize(Roles = ["editor"])]
        public string? Both => "yes";

        [Authorize("own", ApplyPolicy.AfterResolver)]
        public string? After(string who) => who;

        [Authorize("no such policy")]
        public string? Unknown => "yes";

        [Authorize]
        public int? Counted() => ++Runs;

        [Authorize(ApplyPolicy.Validation)]
        public int? Whole => 1;

        public Secret? Secret => new("s");

        public Secret[]? Secrets => [new("s")];

        [AllowAnonymous]
        public Secret? Allowed => new("s");

        public IThing? Thing(bool secret) => secret ? new Secret("s") : new Open("o");

        public IThing[]? Things => [new Open("o"), new Secret("s")];
    }
}
