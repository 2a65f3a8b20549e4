using System.Net;
using System.Text;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Metro.Portal.Accounts;
using Metro.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>
/// Who gets in where: every operation of the running portal is tried by everybody, and what came of it stands in <c>doors.txt</c>. A
/// new page, route or field of the API changes that list, and whoever reads the change sees for whom it is. OWASP ASVS 5, 8.2 and 8.3.
/// To write it anew: <c>METRO_WRITE_DOORS=1</c>.
/// </summary>
public sealed class DoorsTests(DoorsTests.ThePortal house) : IClassFixture<DoorsTests.ThePortal>
{
    private static readonly string Expected = Path.Combine(Repository.Root, "tests", "Metro.Portal.Tests", "Safety", "doors.txt");

    /// <summary>The portal, and one of everybody: who is nobody, who has an account and nothing else, a member, and one of each role.</summary>
    public sealed class ThePortal : IAsyncLifetime
    {
        internal PortalUnderTest Portal { get; } = new();

        internal List<(string Who, AtTheDoor Person)> People { get; } = [];

        public async ValueTask InitializeAsync()
        {
            People.Add(("anonymous", await AtTheDoor.AnonymousAsync(Portal)));
            People.Add(("account", await AtTheDoor.SignedInAsync(Portal, role: null)));
            People.Add(("member", await AtTheDoor.SignedInAsync(Portal, role: null, await AtTheDoor.MemberAsync(Portal, "Sari Pembaca", "1872011705900777"))));
            foreach (var role in Role.All.Reverse()) People.Add((role, await AtTheDoor.SignedInAsync(Portal, role)));
        }

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_tries_every_door_gets_in_where_the_committed_list_says()
    {
        var found = new StringBuilder("# Who gets in where; written by DoorsTests, read by people. See docs/security.md.\n\n# Pages and routes\n");
        foreach (var door in await DoorsAsync()) found.Append(door).Append('\n');
        found.Append("\n# Fields of the API that are not for everybody, and what they ask for; then the root fields that are\n");
        foreach (var field in Fields()) found.Append(field).Append('\n');

        if (Environment.GetEnvironmentVariable("METRO_WRITE_DOORS") is not null) await File.WriteAllTextAsync(Expected, found.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(Expected, TestContext.Current.CancellationToken), found.ToString());
    }

    [Fact]
    public void Every_endpoint_says_for_whom_it_is() => Assert.Empty(
        Doors.Endpoints(house.Portal).Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.DisplayName));

    private async Task<List<string>> DoorsAsync()
    {
        var (lines, broken) = (new List<string>(), new List<string>());
        foreach (var (path, method) in (await Doors.AllAsync(house.Portal)).Where(door => door.Path != "/account/not-allowed").OrderBy(door => EndsSessions(door.Path)).ThenBy(door => door))
        {
            var inside = new List<string>();
            foreach (var (who, person) in house.People)
            {
                using var answer = await person.AskAsync(method, path);
                if ((int)answer.StatusCode is 429 or >= 500) broken.Add($"{method} {path} answers {(int)answer.StatusCode} to {who}.");
                if (IsIn(answer) && answer.StatusCode != HttpStatusCode.MethodNotAllowed) inside.Add(who);
            }

            if (inside.Count > 0) lines.Add($"{method,-6} {path,-60} {Summary(inside)}");
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
        return lines;
    }

    /// <summary>What signs people out is tried last: whoever has been there is nobody to the doors that follow.</summary>
    private static bool EndsSessions(string path) => path.EndsWith("handler=Everywhere", StringComparison.Ordinal);

    /// <summary>Whether the door opened; that behind it nothing of that name was found, or a form lacked its answers, does not matter.</summary>
    private static bool IsIn(HttpResponseMessage answer) => (int)answer.StatusCode is not (401 or 403)
        && answer.Headers.Location?.ToString() is var to && to?.Contains("/account/not-allowed", StringComparison.Ordinal) is not true && to?.Contains("/account/sign-in?returnTo", StringComparison.Ordinal) is not true;

    private string Summary(List<string> inside) =>
        inside.Count == house.People.Count ? "everybody" : inside.Count == house.People.Count - 1 && inside[0] == "account" ? "signed in" : string.Join(' ', inside);

    private IEnumerable<string> Fields()
    {
        var schema = house.Portal.Services.GetRequiredService<RequestExecutor>().Schema;
        var fields = schema.Types.OfType<ObjectType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields, (type, field) => (Name: $"{type.Name}.{field.Name}", Rules: RulesOf(type, field), IsRoot: type == schema.QueryType || type == schema.MutationType || type == schema.SubscriptionType))
            .OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        return [
            .. fields.Where(field => field.Rules.Length > 0).Select(field => $"{field.Name,-60} {field.Rules}"),
            "",
            .. fields.Where(field => field.Rules.Length == 0 && field.IsRoot).Select(field => $"{field.Name,-60} everybody"),
        ];
    }

    /// <summary>What a field demands by itself, and what any field that gives its type does.</summary>
    private static string RulesOf(ObjectType type, FieldDefinition field)
    {
        var own = field.Features.Get<AuthorizationRules>();
        if (own is { AllowsAnonymous: true }) return "";
        AuthorizationRules?[] all = [own, (field.Type.Named as ObjectType)?.Features.Get<AuthorizationRules>(), type.Features.Get<AuthorizationRules>()];
        return string.Join(' ', all.OfType<AuthorizationRules>().SelectMany(rules => rules.Demands).Select(demand => demand.Policy ?? string.Join(',', demand.Roles ?? ["signed-in"])).Distinct().Order(StringComparer.Ordinal));
    }
}
