using System.Text;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Validation;

public sealed class DocumentValidatorTests
{
    private static readonly Schema Schema = Schema.FromSdl("type Query { a: Query b(x: Int, l: [Int]): Int } type Mutation { go: Int }");

    [Fact]
    public void Errors_stop_at_their_limit()
    {
        var many = Parser.ParseDocument("{ " + string.Concat(Enumerable.Range(0, 100).Select(i => $"x{i} ")) + "}");

        Assert.Equal(5, new DocumentValidator(Schema).Validate(many).Count);
        Assert.Equal(7, new DocumentValidator(Schema, new ValidationOptions { MaxErrors = 7 }).Validate(many).Count);
    }

    [Fact]
    public void One_error_names_no_more_than_five_places()
    {
        var error = Assert.Single(Validate("{ b(" + string.Concat(Enumerable.Repeat("x: 1 ", 50)) + ") }"));

        Assert.Equal(5, error.Locations!.Count);
    }

    [Fact]
    public void A_name_of_megabytes_is_not_sent_back()
    {
        var name = new string('n', 3_000_000);

        Assert.InRange(Assert.Single(Validate($"{{ {name} }}")).Message.Length, 1, 5_000);
        Assert.InRange(Assert.Throws<SyntaxException>(() => Parser.ParseDocument(name)).Message.Length, 1, 5_000);
    }

    [Fact]
    public void Names_of_the_schema_are_suggested_unless_that_is_closed()
    {
        const string document = "query ($v: Quer) { bb b(y: 1) }";

        Assert.Contains(Validate(document), error => error.Message.Contains("Did you mean", StringComparison.Ordinal));
        Assert.DoesNotContain(
            new DocumentValidator(Schema, new ValidationOptions { SuggestsNames = false }).Validate(Parser.ParseDocument(document)),
            error => error.Message.Contains("Did you mean", StringComparison.Ordinal));
    }

    [Fact]
    public void An_operation_that_reaches_too_many_fragments_is_refused_at_once()
    {
        var chain = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 1_001; i++) chain.Append($" fragment F{i} on Query {{ ...F{i + 1} }}");
        chain.Append(" fragment F1001 on Query { b }");

        var error = Assert.Single(Validate(chain.ToString()));

        Assert.Equal("HC0107", error.Code);
        Assert.Contains("1002 fragments", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fragments_that_no_operation_reaches_cost_no_more_than_their_length()
    {
        var chain = new StringBuilder("{ b }");
        for (var i = 0; i < 8_000; i++) chain.Append($" fragment F{i} on Query {{ ...F{i + 1} }}");
        chain.Append(" fragment F8000 on Query { ...F0 }");

        Assert.Equal(5, Validate(chain.ToString()).Count);
    }

    [Fact]
    public void Many_operations_that_reach_many_fragments_are_refused_together()
    {
        var document = new StringBuilder();
        for (var i = 0; i < 200; i++) document.Append($"query Q{i} {{ ...F0 }} ");
        for (var i = 0; i < 900; i++) document.Append($"fragment F{i} on Query {{ ...F{i + 1} }} ");
        document.Append("fragment F900 on Query { b }");

        Assert.Equal("HC0107", Assert.Single(Validate(document.ToString())).Code);
    }

    [Fact]
    public void A_variable_that_is_used_ten_thousand_times_is_looked_at_once_by_every_operation()
    {
        var document = new StringBuilder("fragment F on Query { b(l: [");
        for (var i = 0; i < 10_000; i++) document.Append("$x ");
        document.Append("]) } ");
        for (var i = 0; i < 2_000; i++) document.Append($"query Q{i}($x: Int) {{ ...F }} ");

        Assert.Empty(Validate(document.ToString()));
    }

    [Fact]
    public void Behind_the_last_error_that_is_told_nothing_more_is_looked_up()
    {
        var variables = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"$v{i}: Unknown{i} "));
        var arguments = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"unknown{i}: 1 "));

        Assert.Equal(5, Validate($"query ({variables}) {{ b }}").Count);
        Assert.Equal(5, Validate($"{{ b({arguments}) }}").Count);
    }

    [Fact]
    public void Further_rules_hear_what_they_override()
    {
        var validator = new DocumentValidator(Schema, new ValidationOptions { AdditionalRules = [() => new NoMutations()] });

        Assert.Equal(["Not today."], validator.Validate(Parser.ParseDocument("mutation { go }")).Select(error => error.Message));
        Assert.Empty(validator.Validate(Parser.ParseDocument("{ b }")));
    }

    [Fact]
    public void The_whole_document_is_judged_not_only_the_operation_that_runs() =>
        Assert.Single(Validate("query Runs { b } query DoesNotRun { unknown }"));

    private static IReadOnlyList<IError> Validate(string document) =>
        new DocumentValidator(Schema).Validate(Parser.ParseDocument(new Source(document), ParserOptions.Trusted));

    private sealed class NoMutations : ValidationRule
    {
        public override string? Section => null;

        public override void Operation(OperationDefinitionNode operation)
        {
            if (operation.Operation is OperationKind.Mutation) Report("Not today.", operation.Span);
        }
    }
}
