using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

/// <summary>Spec 2.1 and 2.10: what the characters of a document mean.</summary>
public sealed class LexerTests
{
    [Theory]
    [InlineData("\uFEFF{\uFEFFa\uFEFF}\uFEFF")]
    [InlineData("{a,,,\tb\r\n,c\rd\n}")]
    [InlineData("# a comment with 😀\n{ a # another\r}#last")]
    public void Byte_order_marks_white_space_commas_and_comments_mean_nothing(string text) =>
        Assert.StartsWith("{\n  a", Printer.Print(Parser.ParseDocument(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ a\u00A0b }", "Syntax Error: Unexpected character: U+00A0.", 1, 4)]
    [InlineData("{ ü }", "Syntax Error: Unexpected character: U+00FC.", 1, 3)]
    [InlineData("{ a }\r\r\n😀", "Syntax Error: Unexpected character: U+1F600.", 3, 1)]
    [InlineData("{ f(a: 'x') }", "Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?", 1, 8)]
    [InlineData("{ .. }", "Syntax Error: Unexpected \"..\", did you mean \"...\"?", 1, 3)]
    [InlineData("{ f(a: .5) }", "Syntax Error: Invalid number, expected digit before \".\", did you mean \"0.5\"?", 1, 8)]
    public void Other_characters_are_refused_where_they_stand(string text, string message, int line, int column)
    {
        var refusal = Assert.Throws<SyntaxException>(() => Parser.ParseDocument(text));

        Assert.Equal(message, refusal.Message);
        Assert.Equal(new SourceLocation(line, column), refusal.Location);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("1a")]
    [InlineData("1_")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("0x1")]
    [InlineData("1.2.3")]
    public void Numbers_that_only_look_like_numbers_are_refused(string text) =>
        Assert.Throws<SyntaxException>(() => Parser.ParseValue(text));

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"\\u00e9\\u{E9}\\u{00000E9}\"", "ééé")]
    [InlineData("\"\\uD83D\\uDE00\\u{1F600}\"", "😀😀")]
    [InlineData("\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"", "\" \\ / \b\f\n\r\t")]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\" \\\"\"\" \\n \"\"\"", " \"\"\" \\n ")]
    [InlineData("\"\"\"\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  \"\"\"", "Hello,\n  World!\n\nYours,\n  GraphQL.")]
    [InlineData("\"\"\"a\r\nb\rc\"\"\"", "a\nb\nc")]
    public void Strings_mean_what_they_say(string literal, string meaning) =>
        Assert.Equal(meaning, ((StringValueNode)Parser.ParseValue(literal)).Value);

    [Theory]
    [InlineData("\"", 2)]
    [InlineData("\"a\nb\"", 3)]
    [InlineData("\"\\x\"", 2)]
    [InlineData("\"\\uD83D\"", 2)]
    [InlineData("\"\\uDE00\\uD83D\"", 2)]
    [InlineData("\"\\u{110000}\"", 2)]
    [InlineData("\"\\u{D800}\"", 2)]
    [InlineData("\"\\u{}\"", 2)]
    [InlineData("\"\\u12G4\"", 2)]
    [InlineData("\"\"\"a", 5)]
    public void Strings_that_mean_nothing_are_refused(string literal, int column) =>
        Assert.Equal(column, Assert.Throws<SyntaxException>(() => Parser.ParseValue(literal)).Location.Column);

    [Theory]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public void Half_a_surrogate_pair_is_no_character(char half)
    {
        Assert.Equal(3, Assert.Throws<SyntaxException>(() => Parser.ParseValue($"\"a{half}\"")).Location.Column);
        Assert.Equal(5, Assert.Throws<SyntaxException>(() => Parser.ParseValue($"\"\"\"a{half}\"\"\"")).Location.Column);
        Assert.Equal(9, Assert.Throws<SyntaxException>(() => Parser.ParseDocument("{ a } # " + half)).Location.Column);
    }
}
