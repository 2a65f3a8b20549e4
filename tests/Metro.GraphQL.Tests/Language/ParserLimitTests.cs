using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

/// <summary>Documents made to hurt are refused before they do.</summary>
public sealed class ParserLimitTests
{
    [Theory]
    [InlineData("{ a ", " }")]
    [InlineData("{ ... ", " }")]
    public void Selections_nest_so_deep_and_no_deeper(string open, string close)
    {
        Parser.ParseDocument(Nested(open, "{ x }", close, 199));
        Assert.Contains("deeper than 200", Refusal(Nested(open, "{ x }", close, 200)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "1", "]")]
    [InlineData("{ a: ", "1", " }")]
    public void So_do_values(string open, string middle, string close)
    {
        Parser.ParseDocument("{ f(a: " + Nested(open, middle, close, 199) + ") }");
        Assert.Contains("deeper than 200", Refusal("{ f(a: " + Nested(open, middle, close, 200) + ") }"), StringComparison.Ordinal);
    }

    [Fact]
    public void So_do_types() =>
        Assert.Contains("deeper than 200", Refusal("query ($a: " + Nested("[", "Int", "]", 201) + ") { x }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{a")]
    [InlineData("{...")]
    [InlineData("{f(a:[")]
    [InlineData("{f(a:{b:")]
    [InlineData("query($a:[")]
    [InlineData("type A{a(b:Int=[")]
    public void A_million_openings_do_not_overflow_the_stack(string opening)
    {
        var rest = opening[^1] is '[' ? "[" : opening[(opening.LastIndexOfAny(['{', '[']))..];

        Refusal(opening + string.Concat(Enumerable.Repeat(rest, 1_000_000)));
    }

    [Fact]
    public void Fields_are_counted_through_the_whole_document()
    {
        Parser.ParseDocument("{ " + string.Concat(Enumerable.Repeat("a ", 2_048)) + "}");
        Assert.Equal(
            "Syntax Error: The GraphQL request document contains more than 2048 fields. Parsing aborted.",
            Refusal("{ " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a{i}: a ")) + "}"));
    }

    [Fact]
    public void Directives_are_counted_at_each_location()
    {
        Parser.ParseDocument("{ a @a @b @c @d b @a @b @c @d }");
        Assert.Contains("more than 4 directives", Refusal("{ a @a @b @c @d @e }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_are_counted_so_that_ten_megabytes_stop_early()
    {
        var refusal = Assert.Throws<SyntaxException>(() => Parser.ParseDocument("{f(a:[" + string.Concat(Enumerable.Repeat("1 ", 5_000_000))));

        Assert.Contains("more than 100000 tokens", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Offset < 300_000);
    }

    [Fact]
    public void Ten_megabytes_in_one_token_are_read_or_refused_without_trouble()
    {
        var megabytes = new string('x', 10_000_000);

        Assert.Equal(megabytes, ((StringValueNode)Parser.ParseValue($"\"{megabytes}\"")).Value);
        Parser.ParseDocument($"{{ a }} # {megabytes}");
        Refusal($"{{ \"{megabytes}");
        Refusal(megabytes);
    }

    [Fact]
    public void The_deepest_depth_that_may_be_asked_for_still_fits_the_stack()
    {
        var options = new ParserOptions { MaxDepth = 1_000 };
        var document = Parser.ParseDocument(new Source(Nested("{ a ", "{ x }", " }", 999)), options);

        Assert.Equal(document.ToString(), Parser.ParseDocument(new Source(document.ToString()), options).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParserOptions { MaxDepth = 1_001 });
    }

    private static string Nested(string open, string middle, string close, int times) =>
        string.Concat(Enumerable.Repeat(open, times)) + middle + string.Concat(Enumerable.Repeat(close, times));

    private static string Refusal(string text) => Assert.Throws<SyntaxException>(() => Parser.ParseDocument(text)).Message;
}
