using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

public sealed class SharedParseCases
{
    [Theory]
    [InlineData("parse.json")]
    [InlineData("sdl.json")]
    public void Every_shared_document_gets_its_verdict_position_and_printed_form(string file)
    {
        var faults = SharedCases.Read(file)
            .Where(@case => !SharedCases.IsContested(@case))
            .Select(@case => (Id: @case.GetProperty("id").GetString(), Fault: FaultOf(@case)))
            .Where(result => result.Fault is not null)
            .Select(result => $"{result.Id}: {result.Fault}")
            .ToList();

        Assert.True(faults.Count == 0, $"{faults.Count} cases differ:\n" + string.Join('\n', faults.Take(40)));
    }

    private static string? FaultOf(JsonElement @case)
    {
        var source = SharedCases.Text(@case, "source");
        var isAccepted = @case.GetProperty("expect").GetString() == "accept";
        try
        {
            var document = Parser.ParseDocument(new Source(source), ParserOptions.Trusted);
            if (!isAccepted) return $"accepted, although {@case.GetProperty("error")}";

            var expected = @case.TryGetProperty("print", out _) ? SharedCases.Text(@case, "print") : source;
            var printed = Printer.Print(document);
            if (printed != expected) return $"prints as\n{printed}\ninstead of\n{expected}";
            return document.HasSameSyntaxAs(Parser.ParseDocument(new Source(printed), ParserOptions.Trusted))
                ? null
                : "the printed form reads differently";
        }
        catch (SyntaxException refusal)
        {
            if (isAccepted) return $"refused: {refusal.Message} at {refusal.Location}";

            var at = @case.GetProperty("at");
            var expected = new SourceLocation(at.GetProperty("line").GetInt32(), at.GetProperty("column").GetInt32());
            var message = SharedCases.Text(@case, "error");
            return refusal.Message == message && refusal.Location == expected
                ? null
                : $"{refusal.Message} at {refusal.Location} instead of {message} at {expected}";
        }
    }
}
