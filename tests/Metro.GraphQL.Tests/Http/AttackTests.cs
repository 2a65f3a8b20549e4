using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Metro.GraphQL.Execution;
using Metro.Testing;

namespace Metro.GraphQL.Tests.Http;

/// <summary>What bad input gets, over the wire and through every guard of a server as it is set up by default: an answer, never a 5xx.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private GraphQLHost _host = null!;

    public static TheoryData<string, string> Documents => new()
    {
        { "ten thousand aliases", "{ " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a{i}: hello ")) + "}" },
        { "ten megabytes of fields", "{ " + string.Concat(Enumerable.Repeat("hello ", 1_700_000)) + "}" },
        { "ten megabytes of white space", "{ __typename" + new string(' ', 10_000_000) },
        { "ten megabytes of a name", "{ " + new string('a', 10_000_000) + " }" },
        { "ten megabytes of a string", "{ hello(name: \"" + new string('a', 10_000_000) + "\" }" },
        { "ten megabytes of braces", new string('{', 10_000_000) },
        { "ten megabytes of lists", "{ hello(name: " + new string('[', 10_000_000) },
        { "a hundred thousand directives", "{ hello " + string.Concat(Enumerable.Repeat("@skip(if: false) ", 100_000)) + "}" },
        { "many variables", "query(" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"$v{i}: Int ")) + ") { hello }" },
        { "a fragment that spreads itself", "{ ...F } fragment F on Query { ...F }" },
        { "fragments that spread each other", "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }" },
        { "ten thousand fragments", "{ hello } " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"fragment F{i} on Query {{ hello }} ")) },
        { "ten thousand operations", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"query Q{i} {{ hello }} ")) },
        { "a number out of range", "{ echo(number: 99999999999999999999) }" },
        { "a number of a million digits", "{ echo(number: 1" + new string('0', 1_000_000) + ") }" },
        { "nothing", "" },
        { "a byte that is nothing", "\0" },
        { "a schema", "type Query { hello: String }" },
    };

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync(introspection: false, guards: true);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_hostile_document_is_refused(string what, string document)
    {
        using var response = await _host.PostAsync(System.Text.Json.JsonSerializer.Serialize(new { query = document }));

        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{what}: {(int)response.StatusCode}");
        Assert.True((await response.JsonAsync()).GetProperty("errors").GetArrayLength() is >= 1 and <= 5);
        Assert.True(response.Content.Headers.ContentLength < 64 * 1024, $"{what}: the refusal has {response.Content.Headers.ContentLength} bytes");
    }

    [Theory]
    [InlineData("""{"n":2147483648}""")]
    [InlineData("""{"n":1.5}""")]
    [InlineData("""{"n":1e400}""")]
    [InlineData("""{"n":"1"}""")]
    [InlineData("""{"n":{"a":[1]}}""")]
    [InlineData("""{"n":123456789012345678901234567890123456789012345678901234567890}""")]
    public async Task A_variable_that_does_not_fit_is_refused(string variables)
    {
        using var response = await _host.PostAsync($$"""{"query":"query($n: Int) { echo(number: $n) }","variables":{{variables}}}""");

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Variables_nested_beyond_measure_are_refused()
    {
        using var response = await _host.PostAsync(
            """{"query":"query($n: Int) { echo(number: $n) }","variables":{"n":""" + new string('[', 100_000) + new string(']', 100_000) + "}}");

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended()
    {
        var clock = new FakeClock();
        await using var host = await GraphQLHost.StartAsync(request: new RequestOptions { TimeProvider = clock });
        var answering = host.PostAsync("""{"query":"{ waits }"}""");
        while (!answering.IsCompleted)
        {
            // The time limit begins when the server has read the request; time passes until it has.
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(answering, Task.Run(Thread.Yield));
        }

        using var response = await answering;
        Assert.Equal("HC0045", await response.CodeAsync());
    }

    [Fact]
    public void Random_bytes_get_an_answer_and_never_a_fault()
    {
        var bodies = ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(bodies, body => IsAnswered(body)));
    }

    [Fact]
    public void Requests_that_are_almost_right_get_an_answer_and_never_a_fault()
    {
        var valid = Encoding.UTF8.GetBytes("""{"query":"query Q($n: Int) { echo(number: $n) hello(name: \"\u00e9\") }","variables":{"n":1},"operationName":"Q","extensions":{}}""");
        var damages =
            (from position in Gen.Choose(0, valid.Length - 1)
             from value in Gen.Choose(0, 255)
             from cut in Gen.Choose(0, 8)
             select (position, (byte)value, cut)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(damages, damage =>
        {
            byte[] body = [.. valid[..damage.position], damage.Item2, .. valid[Math.Min(valid.Length, damage.position + damage.cut)..]];
            return IsAnswered(body);
        }));
    }

    private bool IsAnswered(byte[] body)
    {
        using var response = _host.PostAsync(body).GetAwaiter().GetResult();
        return (int)response.StatusCode < 500;
    }
}
