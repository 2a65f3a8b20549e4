using System.Text.Json;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Validation;

public sealed class SharedValidationCases
{
    private static readonly ValidationOptions Unlimited = new() { MaxErrors = int.MaxValue };

    [Fact]
    public void Every_shared_document_breaks_just_the_rules_it_should()
    {
        if (SharedCases.ReadDocument("validation.json") is not { } document) return;

        var validators = document.GetProperty("schemas").EnumerateArray()
            .Select(sdl => new SchemaBuilder { BindsExtendedScalars = false }.AddSdl(sdl.GetString()!).Build())
            .Select(schema => new DocumentValidator(schema, Unlimited))
            .ToList();
        var faults = document.GetProperty("cases").EnumerateArray()
            .Where(@case => !SharedCases.IsContested(@case))
            .Select(@case => (Id: @case.GetProperty("id").GetString(), Fault: FaultOf(@case, validators[@case.GetProperty("schema").GetInt32()])))
            .Where(result => result.Fault is not null)
            .Select(result => $"{result.Id}: {result.Fault}")
            .ToList();

        Assert.True(faults.Count == 0, $"{faults.Count} cases differ:\n" + string.Join('\n', faults.Take(60)));
    }

    private static string? FaultOf(JsonElement @case, DocumentValidator validator)
    {
        var expectedRules = Strings(@case, "rules").ToHashSet();
        var expectedMessages = Strings(@case, "errors").Select(Comparable).Order().ToList();
        IReadOnlyList<(string Rule, IError Error)> faults;
        try
        {
            faults = validator.Check(Parser.ParseDocument(new Source(@case.GetProperty("query").GetString()!), ParserOptions.Trusted));
        }
        catch (SyntaxException refusal)
        {
            return expectedRules.SetEquals(["Syntax"]) && Strings(@case, "errors").SequenceEqual([refusal.Message])
                ? null
                : $"refused: {refusal.Message}";
        }

        var rules = faults.Select(fault => fault.Rule).ToHashSet();
        if (!rules.SetEquals(expectedRules))
            return $"breaks [{string.Join(", ", rules)}] instead of [{string.Join(", ", expectedRules)}]";

        var messages = faults.Select(fault => fault.Error.Message).Select(Comparable).Order().ToList();
        return messages.SequenceEqual(expectedMessages) || !@case.TryGetProperty("errors", out _)
            ? null
            : $"says\n  {string.Join("\n  ", messages.Except(expectedMessages))}\ninstead of\n  {string.Join("\n  ", expectedMessages.Except(messages))}";
    }

    // Which of two conflicting fields is named first means nothing, so those messages are compared by their words.
    private static string Comparable(string message) => message.StartsWith("Fields ", StringComparison.Ordinal)
        ? string.Join(' ', message.Split(' ').Order())
        : message;

    private static IEnumerable<string> Strings(JsonElement @case, string property) =>
        @case.TryGetProperty(property, out var items) ? items.EnumerateArray().Select(item => item.GetString()!) : [];
}
