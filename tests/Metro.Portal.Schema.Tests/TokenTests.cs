using System.Net;
using Metro.GraphQL.Cost;
using Metro.Library.Circulation;
using Metro.Library.Programs;
using Metro.Portal.Accounts;
using Metro.Portal.Accounts.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>Personal access tokens: made on a page, shown once, good for what they were made for and nothing else.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_token_is_made_on_a_page_shown_once_used_and_revoked()
    {
        var member = await api.AMemberAsync();
        var person = await api.SignedInAsync(member.Id);

        var made = await PostAsync(person, "/en/account/tokens", [new("Name", "Penjadwal"), new("Scopes", "content:read"), new("Scopes", "account:read"), new("Days", "30")]);
        var secret = made.Split("value=\"metro_")[1].Split('"')[0];
        Assert.DoesNotContain("metro_" + secret, await person.GetStringAsync("/en/account/tokens", ApiUnderTest.Stop), StringComparison.Ordinal);
        var program = api.Bearing("metro_" + secret);

        Assert.Equal(member.CardNumber, (string?)(await api.AskAsync("{ me { member { cardNumber } } }", client: program)).Data["me"]!["member"]!["cardNumber"]);
        Assert.Equal(["AUTH_NOT_AUTHORIZED"], (await api.AskAsync("mutation { setReadingHistory(input: { keep: true }) { errors { ... on Error { code } } } }", client: program)).Codes);
        var kept = await api.DoAsync((AccountsDbContext db) => db.ApiTokens.SingleAsync(ApiUnderTest.Stop));
        Assert.Equal((64, true, api.Clock.UtcNow), (kept.Hash.Length, !kept.Hash.Contains(secret, StringComparison.Ordinal), kept.LastUsedUtc));

        await PostAsync(person, "/en/account/tokens?handler=Revoke", [new("token", kept.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        Assert.Equal(["TOKEN_INVALID"], (await api.AskAsync("{ branches { code } }", client: program)).Codes);
    }

    [Theory]
    [InlineData("metro_" + "x")]
    [InlineData("something else")]
    [InlineData("")]
    public async Task A_token_that_fails_is_refused_politely_and_never_taken_for_none(string token)
    {
        var answer = await api.AskAsync("{ branches { code } }", client: api.Bearing(token));

        Assert.Equal(401, answer.Status);
        Assert.Equal(["TOKEN_INVALID"], answer.Codes);
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_at_its_end_and_with_its_account()
    {
        var (program, account) = await api.TokenAsync(null, [ApiScopes.ReadContent]);
        Assert.Empty((await api.AskAsync("{ branches { code } }", client: program)).Codes);

        api.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(["TOKEN_INVALID"], (await api.AskAsync("{ branches { code } }", client: program)).Codes);

        var (other, closed) = await api.TokenAsync(null, [ApiScopes.ReadContent]);
        await api.ChangeAsync((AccountsDbContext db) => db.Users.Where(one => one.Id == closed).ExecuteDeleteAsync(ApiUnderTest.Stop));
        Assert.Equal(["TOKEN_INVALID"], (await api.AskAsync("{ branches { code } }", client: other)).Codes);
        Assert.NotEqual(account, closed);
    }

    [Fact]
    public async Task A_token_is_good_for_the_api_alone()
    {
        var (program, _) = await api.TokenAsync(null, ApiScopes.All, "Administrator");

        using var page = await program.GetAsync("/account", ApiUnderTest.Stop);
        Assert.Equal("/account/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_scope_gives_no_more_than_its_owner_may()
    {
        var (program, _) = await api.TokenAsync((await api.AMemberAsync()).Id, ApiScopes.All);

        Assert.Equal(["AUTH_NOT_AUTHORIZED"], (await api.AskAsync("{ members(search: \"budi\") { name } }", client: program)).Codes);
    }

    /// <summary>By any path: drafts, members, loans and registrants stay out of reach of whoever reads for social media (DESIGN.md invariant 4).</summary>
    [Fact]
    public async Task A_token_for_content_reaches_no_draft_member_loan_or_registrant_by_any_path()
    {
        var member = await api.AMemberAsync("Rahasia Pribadi");
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        await api.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, $"B{book:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop));
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"));
        var registration = (await api.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(
            session.Id, new RegistrationRequest { MemberId = member.Id }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Value;
        var draft = await api.AProgramAsync("Rahasia kegiatan", published: false);
        var draftSession = await api.ASessionAsync(draft);
        // Even of an account that could see them: the token cannot.
        var (program, _) = await api.TokenAsync(member.Id, [ApiScopes.ReadContent, ApiScopes.ReadCatalog], "Administrator");

        foreach (var id in (string[])[ApiUnderTest.Id("Member", member.Id), ApiUnderTest.Id("Loan", 1), ApiUnderTest.Id("Registration", registration.Id), ApiUnderTest.Id("Program", draft.Id), ApiUnderTest.Id("Session", draftSession.Id), ApiUnderTest.Id("Hold", 1), ApiUnderTest.Id("Fine", 1)])
            Assert.Equal("""{"node":null}""", (await api.AskAsync("query($id: ID!) { node(id: $id) { __typename id } }", new { id }, program)).Text);

        api.Services.GetRequiredService<CostOptions>().EnforceCostLimits = false;
        var refused = new List<string>();
        foreach (var (field, document) in EverythingAsked())
        {
            var answer = await api.AskAsync(document, client: program);
            Assert.False(answer.Codes.Contains("HC0047") || answer.Json["data"] is null, $"{field}: {answer.Json.ToJsonString()}");
            Assert.DoesNotContain("Rahasia", answer.Json.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(member.CardNumber!, answer.Json.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(registration.TicketCode, answer.Json.ToJsonString(), StringComparison.Ordinal);
            if (answer.Codes.Contains("AUTH_NOT_AUTHORIZED")) refused.Add(field);
        }

        Assert.Subset(refused.ToHashSet(), new HashSet<string> { "me", "members", "member", "membershipApplications", "loans", "bookings", "classVisits", "doorList", "holdShelf", "holdsToFetch", "previewRecurringBooking", "previewClosure", "bookRecord", "copyByBarcode", "school", "loanTerms", "outgoingMessages", "accounts" });
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back()
    {
        var (program, _) = await api.TokenAsync(null, [ApiScopes.ReadContent]);
        Answer? last = null;
        for (var i = 0; i < 700 && last is not { Status: 429 }; i++) last = await api.AskAsync("{ __typename }", client: program, path: "/en/graphql");

        Assert.Equal(429, last!.Status);
        Assert.Equal(["RATE_LIMITED"], last.Codes);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Empty((await api.AskAsync("{ __typename }")).Codes);
    }

    /// <summary>Every root field with everything that can be selected on it, two objects deep, and plausible arguments.</summary>
    private IEnumerable<(string Field, string Document)> EverythingAsked() => EveryQuery.Of(api, name => name switch
    {
        "id" or "member" => $"\"{ApiUnderTest.Id("Member", 1)}\"",
        "branch" => $"\"{ApiUnderTest.Id("Branch", api.Main)}\"",
        "session" => $"\"{ApiUnderTest.Id("Session", 1)}\"",
        _ => null,
    });

    private static async Task<string> PostAsync(HttpClient person, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var html = await person.GetStringAsync(path.Split('?')[0], ApiUnderTest.Stop);
        var antiforgery = html.Split("name=\"__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0];
        using var content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", antiforgery)]);
        using var answer = await person.PostAsync(path, content, ApiUnderTest.Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(ApiUnderTest.Stop);
    }
}
