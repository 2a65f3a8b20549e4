using FsCheck;
using FsCheck.Fluent;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

public sealed class PrinterTests
{
    [Fact]
    public void Any_document_printed_and_read_says_the_same() =>
        Prop.ForAll(RandomDocuments.Arbitrary, document =>
        {
            var printed = Printer.Print(document);
            var read = Parser.ParseDocument(new Source(printed), ParserOptions.Trusted);
            return document.HasSameSyntaxAs(read) && Printer.Print(read) == printed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_text_survives_quotation_marks() =>
        Prop.ForAll(RandomDocuments.HardText, text => Reads(new StringValueNode { Value = text }, text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Any_text_that_a_block_can_hold_survives_it() =>
        Prop.ForAll(RandomDocuments.HardText, text =>
                !BlockString.CanHold(text) || Reads(new StringValueNode { Value = text, IsBlock = true }, text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("query($a:Int=1)@d{x}", "query ($a: Int = 1) @d {\n  x\n}")]
    [InlineData("{a:b(c:{d:[1,\"e\"]}){...F@g ...on T{h}...{i}}}", "{\n  a: b(c: { d: [1, \"e\"] }) {\n    ...F @g\n    ... on T {\n      h\n    }\n    ... {\n      i\n    }\n  }\n}")]
    [InlineData("\"d\" query Q(\"v\" $a:Int){x}", "\"d\"\nquery Q(\n\"v\"\n$a: Int\n) {\n  x\n}")]
    [InlineData("extend schema @a{query:Q}", "extend schema @a {\n  query: Q\n}")]
    [InlineData("union U=|A|B", "union U = A | B")]
    [InlineData("type A implements&B&C{d(e:Int=1@f):[G!]!}", "type A implements B & C {\n  d(e: Int = 1 @f): [G!]!\n}")]
    [InlineData("directive@a(b:Int)repeatable on|FIELD|QUERY", "directive @a(b: Int) repeatable on FIELD | QUERY")]
    public void Documents_are_laid_out_as_graphql_js_does(string text, string printed) =>
        Assert.Equal(printed, Printer.Print(Parser.ParseDocument(text)));

    [Fact]
    public void Arguments_that_would_pass_eighty_characters_get_a_line_each()
    {
        var name = new string('x', 40);

        Assert.Equal(
            $"{{\n  f(\n    a: {name}\n    b: {name}\n  )\n}}",
            Printer.Print(Parser.ParseDocument($"{{ f(a: {name}, b: {name}) }}")));
    }

    private static bool Reads(StringValueNode literal, string text) =>
        Parser.ParseValue(Printer.Print(literal)) is StringValueNode read && read.Value == text && read.IsBlock == literal.IsBlock;
}
