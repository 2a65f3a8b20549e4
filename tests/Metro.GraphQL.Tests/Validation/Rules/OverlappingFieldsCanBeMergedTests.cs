using System.Text;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Tests.Validation;

public sealed class OverlappingFieldsCanBeMergedTests : RuleTest
{
    private const string Advice = " Use different aliases on the fields to fetch both if this was intentional.";

    [Theory]
    [InlineData("fragment F on Dog { name name }")]
    [InlineData("fragment F on Dog { otherName: name otherName: name }")]
    [InlineData("fragment F on Dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) }")]
    [InlineData("fragment F on Dog { doesKnowCommand(dogCommand: $a) doesKnowCommand(dogCommand: $a) }")]
    [InlineData("{ findDog(searchBy: { name: \"a\", owner: \"b\" }) { name } findDog(searchBy: { owner: \"b\", name: \"a\" }) { nickname } }")]
    public void Identical_fields_merge(string document) => Accepts(document);

    [Theory]
    [InlineData("{ x: name x: nickname }", "x", "\"name\" and \"nickname\" are different fields")]
    [InlineData("{ doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) }", "doesKnowCommand", "they have differing arguments")]
    [InlineData("{ doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: $a) }", "doesKnowCommand", "they have differing arguments")]
    [InlineData("{ isHouseTrained isHouseTrained(atOtherHomes: null) }", "isHouseTrained", "they have differing arguments")]
    [InlineData("{ x: name ... on Pet { x: nickname } }", "x", "\"name\" and \"nickname\" are different fields")]
    public void Different_fields_of_one_object_do_not(string selection, string name, string reason) =>
        Refuses("fragment F on Dog " + selection, $"Fields \"{name}\" conflict because {reason}.{Advice}");

    [Fact]
    public void Fields_on_types_that_never_meet_may_differ() => Accepts(
        "{ pet { ... on Dog { volume: barkVolume eats: doesKnowCommand(dogCommand: SIT) } ... on Cat { volume: meowVolume eats: doesKnowCommand(catCommand: JUMP) } } }");

    [Fact]
    public void But_not_in_their_shape()
    {
        Refuses(
            "{ pet { ... on Dog { someValue: nickname } ... on Cat { someValue: meowVolume } } }",
            $"Fields \"someValue\" conflict because they return conflicting types \"String\" and \"Int\".{Advice}");
        Refuses(
            "{ pet { ... on Dog { v: name } ... on Cat { v: nickname } } }",
            $"Fields \"v\" conflict because they return conflicting types \"String!\" and \"String\".{Advice}");
    }

    [Fact]
    public void Shapes_are_compared_beneath_types_that_never_meet() => Refuses(
        "{ pet { ... on Dog { extra { string } } ... on Cat { extra { string } } } }",
        $"Fields \"extra\" conflict because subfields \"string\" conflict because they return conflicting types \"String\" and \"Int\".{Advice}");

    [Fact]
    public void Beneath_them_different_fields_of_one_shape_may_stand() => Accepts(
        "{ dogOrHuman { ... on Dog { x: owner { y: name } } ... on Human { x: pets { y: name } } } }".Replace("x: pets", "z: pets", StringComparison.Ordinal));

    [Fact]
    public void Conflicts_are_found_through_fragments_and_nesting() => Refuses(
        "{ dog { ...A } dog { ...B } } fragment A on Dog { owner { x: name } } fragment B on Dog { owner { x: __typename } }",
        $"Fields \"dog\" conflict because subfields \"owner\" conflict because subfields \"x\" conflict because \"name\" and \"__typename\" are different fields.{Advice}");

    [Fact]
    public void Fragments_that_cycle_are_looked_through_once() =>
        Accepts("{ dog { ...A } } fragment A on Dog { owner { pets { ...B } } ...A } fragment B on Dog { ...A owner { name } }");

    [Fact]
    public void Ten_thousand_repetitions_take_linear_work() =>
        Assert.Equal([], MergeFaults("{ dog { " + string.Concat(Enumerable.Repeat("name ", 10_000)) + "} }"));

    [Fact]
    public void A_fragment_bomb_is_seen_once_for_every_fragment()
    {
        // Read naively, the last fragment is reached by two to the power of sixty ways.
        var bomb = new StringBuilder("{ human { ...F0 } } ");
        for (var i = 0; i < 60; i++)
            bomb.Append($"fragment F{i} on Human {{ a: pets {{ ... on Human {{ ...F{i + 1} }} }} b: pets {{ ... on Human {{ ...F{i + 1} }} }} }} ");
        bomb.Append("fragment F60 on Human { name }");

        Assert.Equal([], MergeFaults(bomb.ToString()));
    }

    [Fact]
    public void Fragments_that_nest_deeper_than_the_stack_are_followed()
    {
        var chain = new StringBuilder("{ human { ...F0 ...F0 } } ");
        for (var i = 0; i < 900; i++)
            chain.Append($"fragment F{i} on Human {{ {Nested(i + 1)} }} ");
        chain.Append("fragment F900 on Human { name }");

        Assert.Equal([], MergeFaults(chain.ToString()));

        static string Nested(int next) =>
            string.Concat(Enumerable.Repeat("pets { ... on Human { ", 40)) + $"...F{next}" + string.Concat(Enumerable.Repeat(" } }", 40));
    }

    [Fact]
    public void Work_beyond_the_budget_is_refused_with_its_code()
    {
        var document = Parser.ParseDocument("{ dog { " + string.Concat(Enumerable.Range(0, 200).Select(i => $"a{i}: name a{i}: name ")) + "} }");
        var schema = Schema.FromSdl("type Query { dog: Dog } type Dog { name: String }");

        var error = Assert.Single(new DocumentValidator(schema, new ValidationOptions { MaxMergeComparisons = 300 }).Validate(document));

        Assert.Equal("HC0107", error.Code);
    }

    private static IEnumerable<string> MergeFaults(string text)
    {
        var schema = Schema.FromSdl("type Query { dog: Dog human: Human } type Dog { name: String } type Human { name: String pets: [Human] }");
        var validator = new DocumentValidator(schema);
        return validator.Validate(Parser.ParseDocument(new Source(text), ParserOptions.Trusted)).Select(error => error.Message);
    }
}
