using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Metro.Data;
using Metro.GraphQL;
using Metro.Library;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Safety;
using Metro.Portal.Tests.TakingPart;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>Hundreds of members and a few librarians, signed in at a portal on a real port, who all want the same thing at once.</summary>
public sealed class Crowd : IAsyncLifetime
{
    /// <summary>How many members there are: PostgreSQL shares a small machine with the portal and its tests, and takes longer.</summary>
    public static int Size { get; } = TestDatabase.Provider == DatabaseProvider.Sqlite ? 200 : 120;

    private readonly List<(long Id, AtTheDoor Door)> members = [];

    internal Town Town { get; } = new();

    /// <summary>The members' keys, in the order of their doors.</summary>
    internal IReadOnlyList<long> Keys => [.. members.Select(one => one.Id)];

    internal AtTheDoor Librarian { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Town.Portal.UseKestrel(0);
        Town.Portal.StartServer();
        await Town.InitializeAsync();
        Librarian = await AtTheDoor.SignedInAsync(Town.Portal, Role.Librarian);
        for (var i = 0; i < Size; i++)
        {
            var id = await AtTheDoor.MemberAsync(Town.Portal, $"Pembaca {i}", string.Create(CultureInfo.InvariantCulture, $"187201170590{i + 1:0000}"));
            members.Add((id, await AtTheDoor.SignedInAsync(Town.Portal, role: null, id)));
        }
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    /// <summary>Everybody asks at the same time, every other one on a page and the rest by the API; what they were answered, in their order.</summary>
    internal async Task<IReadOnlyList<T>> AskAllAsync<T>(Func<AtTheDoor, Task<T>> onThePage, Func<AtTheDoor, Task<T>> byTheApi) =>
        await Task.WhenAll(members.Select((one, at) => at % 2 == 0 ? onThePage(one.Door) : byTheApi(one.Door)));

    /// <summary>Asks the API; the data of the answer's only field. Where so many wait that it takes too long, one asks again.</summary>
    internal static async Task<JsonElement> MutateAsync(AtTheDoor who, string mutation)
    {
        var json = await AskAsync(who, mutation);
        while (json.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").TryGetProperty("code", out var code) && code.GetString() == ErrorCodes.Timeout)
            json = await AskAsync(who, mutation);
        Assert.True(json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object, json.ToString());
        return data.EnumerateObject().Single().Value.Clone();
    }

    private static async Task<JsonElement> AskAsync(AtTheDoor who, string mutation)
    {
        using var answer = await who.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = $"mutation {{ {mutation} }}" }) });
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Town.Stop);
    }

    internal async Task<T> LookAsync<T>(Func<LibraryDbContext, Task<T>> look)
    {
        await using var scope = Town.Portal.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<LibraryDbContext>());
    }

    /// <summary>The global id of a node.</summary>
    internal static string Id(string type, long key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}:{key}")));
}
