using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

/// <summary>Spec 2: what the tokens of a document mean.</summary>
public sealed class ParserTests
{
    // The examples of spec 2.3 to 2.13.
    [Theory]
    [InlineData("mutation { likeStory(storyID: 12345) { story { likeCount } } }")]
    [InlineData("{ field }")]
    [InlineData("{ user(id: 4) { id, profilePic(width: 100, height: 50) } }")]
    [InlineData("{ user(id: 4) { smallPic: profilePic(size: 64) bigPic: profilePic(size: 1024) } }")]
    [InlineData("query withFragments { user(id: 4) { friends(first: 10) { ...friendFields } } } fragment friendFields on User { id name }")]
    [InlineData("query inlineFragmentNoType($expandedInfo: Boolean) { user { ... @include(if: $expandedInfo) { firstName } } }")]
    [InlineData("query getZuckProfile($devicePicSize: Int = 60 @d, $l: [[Int!]]!) { user { profilePic(size: $devicePicSize) } }")]
    [InlineData("mutation { sendEmail(message: \"\"\"\n  Hello,\n    World!\n\"\"\") }")]
    [InlineData("{ nearestThing(location: { lon: 12.43, lat: -53.211 }) }")]
    [InlineData("{ query mutation subscription fragment type input on true false null implements }")]
    [InlineData("query on($on: on) { on: on(on: $on) ... on on { on } }")]
    [InlineData("\"Find\" query q(\"which\" $id: ID) { a } \"Part\" fragment f on T { a }")]
    [InlineData("\"\"\"s\"\"\" schema @d { query: Q mutation: M } extend schema @d extend schema { subscription: S }")]
    [InlineData("scalar UUID @specifiedBy(url: \"x\") extend scalar UUID @d")]
    [InlineData("type A extend type A implements & B extend type A @d extend type A { a(\"x\" b: Int = 1 @d): [Int!]! @d }")]
    [InlineData("interface A implements B & C { a: Int } extend interface A { b: Int }")]
    [InlineData("union A = | B | C extend union A = D union E")]
    [InlineData("enum A { \"x\" B @d type } extend enum A { C }")]
    [InlineData("input A { a: Int = 1 @d } extend input A @oneOf")]
    [InlineData("directive @a(b: Int) repeatable on | FIELD | OBJECT directive @c on QUERY")]
    public void Documents_of_the_grammar_are_read(string text)
    {
        var document = Parser.ParseDocument(text);

        Assert.True(document.HasSameSyntaxAs(Parser.ParseDocument(Printer.Print(document))));
    }

    [Theory]
    [InlineData("", "Syntax Error: Unexpected <EOF>.")]
    [InlineData("{", "Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("{}", "Syntax Error: Expected Name, found \"}\".")]
    [InlineData("{ a() }", "Syntax Error: Expected Name, found \")\".")]
    [InlineData("query () { a }", "Syntax Error: Expected \"$\", found \")\".")]
    [InlineData("notAnOperation Foo { field }", "Syntax Error: Unexpected Name \"notAnOperation\".")]
    [InlineData("fragment on on T { a }", "Syntax Error: Unexpected Name \"on\".")]
    [InlineData("fragment F { a }", "Syntax Error: Expected \"on\", found \"{\".")]
    [InlineData("{ ...on }", "Syntax Error: Expected Name, found \"}\".")]
    [InlineData("{ a(b: ) }", "Syntax Error: Unexpected \")\".")]
    [InlineData("query ($a: Int = $b) { c }", "Syntax Error: Unexpected variable \"$b\" in constant value.")]
    [InlineData("query ($a: Int @d(e: $b)) { c }", "Syntax Error: Unexpected variable \"$b\" in constant value.")]
    [InlineData("\"d\" { a }", "Syntax Error: Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"d\" extend type A @b", "Syntax Error: Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("type A {}", "Syntax Error: Expected Name, found \"}\".")]
    [InlineData("extend type A", "Syntax Error: Unexpected <EOF>.")]
    [InlineData("enum A { true }", "Syntax Error: Name \"true\" is reserved and cannot be used for an enum value.")]
    [InlineData("directive @a on NOWHERE", "Syntax Error: Unexpected Name \"NOWHERE\".")]
    [InlineData("type A implements { a: Int }", "Syntax Error: Expected Name, found \"{\".")]
    public void Anything_else_is_refused_with_what_was_expected(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SyntaxException>(() => Parser.ParseDocument(text)).Message);

    [Fact]
    public void Every_node_knows_where_it_stands()
    {
        var operation = (OperationDefinitionNode)Parser.ParseDocument("query Q($v: Int) {\r\n  alias: field(arg: $v) @d {\n    x\r  }\n}").Definitions[0];
        var field = (FieldNode)operation.SelectionSet.Selections[0];

        Assert.Equal(new SourceLocation(1, 7), operation.NameSpan.Location);
        Assert.Equal(new SourceLocation(1, 9), operation.VariableDefinitions[0].Location);
        Assert.Equal(new SourceLocation(2, 3), field.Location);
        Assert.Equal(new SourceLocation(2, 10), field.NameSpan.Location);
        Assert.Equal(new SourceLocation(2, 16), field.Arguments[0].Location);
        Assert.Equal(new SourceLocation(2, 21), field.Arguments[0].Value.Location);
        Assert.Equal(new SourceLocation(2, 25), field.Directives[0].Location);
        Assert.Equal(new SourceLocation(3, 5), field.SelectionSet!.Selections[0].Location);
        Assert.Equal(58, field.Span.End);
    }

    [Fact]
    public void Names_that_come_again_are_the_same_string()
    {
        var first = ((OperationDefinitionNode)Parser.ParseDocument("{ aNameOfItsOwn }").Definitions[0]).SelectionSet.Selections[0];
        var again = ((OperationDefinitionNode)Parser.ParseDocument("{ x: aNameOfItsOwn }").Definitions[0]).SelectionSet.Selections[0];

        Assert.Same(((FieldNode)first).Name, ((FieldNode)again).Name);
    }

    [Fact]
    public void A_document_costs_its_tree_and_little_more()
    {
        var source = new Source("{ " + string.Concat(Enumerable.Repeat("a: book(id: $id) @include(if: $yes) { title } ", 100)) + "}");
        var tokens = Parser.ParseDocument(source).TokenCount;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var document = Parser.ParseDocument(source);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        GC.KeepAlive(document);
        Assert.True(cost < 60 * tokens, $"{cost} bytes for {tokens} tokens");
    }
}
