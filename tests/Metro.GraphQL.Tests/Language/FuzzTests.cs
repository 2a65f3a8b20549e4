using System.Text;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Language;

/// <summary>Whatever comes in, there is an answer: a document, a syntax error, or validation errors; never another exception.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 1_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", ",", "\"", "\"\"\"", "\\", "\\u{", "\\uD83D", "#", "\n",
        "\r", "\uFEFF", "😀", "\ud800", "\udc00", "0", "-", ".", "e", "query", "mutation", "fragment", "on", "type", "extend", "schema", "a",
        "__typename", "true", "null", "@skip(if: $a)", "1.5e9", "...F", "$a", "{ a: 1 }", "\0", "\u0085",
    ];

    private static readonly Schema Schema = Schema.FromSdl("""
        type Query { a(a: Int, in: In): A  b: [B!]!  u: U }
        interface I { a: Int }
        type A implements I { a: Int b: B x: String! }
        type B { a: Int a2: A }
        union U = A | B
        input In { a: Int b: In c: [One!] }
        input One @oneOf { a: Int b: String }
        type Subscription { a: Int }
        """);

    [Fact]
    public void Random_bytes_are_refused_or_read()
    {
        var random = new Random(20250903);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Answer(Encoding.UTF8.GetString(bytes));
            Answer(Encoding.Latin1.GetString(bytes));
        }
    }

    [Fact]
    public void Random_pieces_of_the_language_are_refused_or_read()
    {
        var random = new Random(20250904);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder("{ a ");
            for (var i = random.Next(40); i > 0; i--) text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
            Answer(text.ToString());
        }
    }

    [Fact]
    public void Documents_with_a_few_changes_are_refused_or_read()
    {
        var random = new Random(20250905);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder(Printer.Print(new RandomDocuments(new Random(round)).Document()));
            for (var i = random.Next(1, 5); i > 0 && text.Length > 0; i--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0: text.Remove(at, random.Next(Math.Min(5, text.Length - at) + 1)); break;
                    case 1: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                    default: text[at] = (char)random.Next(0x10000); break;
                }
            }

            Answer(text.ToString());
        }
    }

    [Fact]
    public void Random_documents_over_a_schema_are_valid_or_not()
    {
        for (var seed = 0; seed < Rounds; seed++)
            new DocumentValidator(Schema).Validate(new RandomDocuments(new Random(seed)).Document());
    }

    private static void Answer(string text)
    {
        try
        {
            new DocumentValidator(Schema).Validate(Parser.ParseDocument(text));
        }
        catch (SyntaxException refusal)
        {
            Assert.StartsWith("Syntax Error: ", refusal.Message, StringComparison.Ordinal);
            Assert.InRange(refusal.Offset, 0, text.Length);
        }
    }
}
