using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Metro.GraphQL.Language;

/// <summary>
/// The recursive-descent reader behind <see cref="Parser"/>: one method a production, each with its grammar. Lists are
/// gathered on one rented stack and copied out at their exact length, so that a document costs its tree and no more.
/// </summary>
internal ref partial struct DocumentReader
{
    private readonly ParserOptions options;
    private Lexer lexer;
    private SyntaxNode[] gathered;
    private int gatheredCount;
    private int tokenCount;
    private int fieldCount;
    private int depth;

    public DocumentReader(Source source, ParserOptions options)
    {
        this.options = options;
        lexer = new Lexer(source);
        gathered = ArrayPool<SyntaxNode>.Shared.Rent(64);
    }

    public readonly void Release() => ArrayPool<SyntaxNode>.Shared.Return(gathered, clearArray: true);

    // Document : Definition+
    public DocumentNode ReadDocument()
    {
        Advance();
        var mark = gatheredCount;
        do Gather(ReadDefinition());
        while (lexer.Kind != TokenKind.EndOfFile);

        return new DocumentNode
        {
            Definitions = Take<DefinitionNode>(mark),
            FieldCount = fieldCount,
            TokenCount = tokenCount,
            Span = new SourceSpan(lexer.Source, 0, lexer.Source.Text.Length),
        };
    }

    public ValueNode ReadLoneValue(bool constant)
    {
        Advance();
        var value = ReadValue(constant);
        Expect(TokenKind.EndOfFile);
        return value;
    }

    public TypeNode ReadLoneType()
    {
        Advance();
        var type = ReadType();
        Expect(TokenKind.EndOfFile);
        return type;
    }

    // Definition : ExecutableDefinition | TypeSystemDefinitionOrExtension
    private DefinitionNode ReadDefinition()
    {
        var start = lexer.Start;
        if (Peek(TokenKind.LeftBrace)) return ReadShorthandQuery();

        var description = ReadDescription();
        if (description is not null && Peek(TokenKind.LeftBrace))
        {
            throw lexer.Fault(
                start,
                "Unexpected description, descriptions are not supported on shorthand queries.");
        }

        if (!Peek(TokenKind.Name)) throw Unexpected();

        switch (lexer.Text)
        {
            case "query": return ReadOperation(start, description, OperationKind.Query);
            case "mutation": return ReadOperation(start, description, OperationKind.Mutation);
            case "subscription": return ReadOperation(start, description, OperationKind.Subscription);
            case "fragment": return ReadFragmentDefinition(start, description);
            case "schema": return ReadSchema(start, description, isExtension: false);
            case "scalar": return ReadScalar(start, description, isExtension: false);
            case "type": return ReadObjectType(start, description, isExtension: false);
            case "interface": return ReadInterface(start, description, isExtension: false);
            case "union": return ReadUnion(start, description, isExtension: false);
            case "enum": return ReadEnum(start, description, isExtension: false);
            case "input": return ReadInputObject(start, description, isExtension: false);
            case "directive": return ReadDirectiveDefinition(start, description);
        }

        if (description is not null)
        {
            throw lexer.Fault(
                start,
                "Unexpected description, only GraphQL definitions support descriptions.");
        }

        return lexer.Text is "extend" ? ReadExtension() : throw Unexpected();
    }

    private void Advance()
    {
        lexer.Advance();
        if (lexer.Kind != TokenKind.EndOfFile && ++tokenCount > options.MaxTokens)
        {
            throw lexer.Fault(
                lexer.Start,
                $"Document contains more than {options.MaxTokens} tokens. Parsing aborted.");
        }
    }

    private readonly bool Peek(TokenKind kind) => lexer.Kind == kind;

    private void Expect(TokenKind kind)
    {
        if (lexer.Kind != kind)
            throw lexer.Fault(lexer.Start, $"Expected {Lexer.DescribeKind(kind)}, found {lexer.Describe()}.");
        if (kind != TokenKind.EndOfFile) Advance();
    }

    private bool Accept(TokenKind kind)
    {
        if (lexer.Kind != kind) return false;
        Advance();
        return true;
    }

    private void ExpectKeyword(string keyword)
    {
        if (!AcceptKeyword(keyword))
            throw lexer.Fault(lexer.Start, $"Expected \"{keyword}\", found {lexer.Describe()}.");
    }

    private bool AcceptKeyword(string keyword)
    {
        if (lexer.Kind != TokenKind.Name || !lexer.Text.SequenceEqual(keyword)) return false;
        Advance();
        return true;
    }

    private readonly SyntaxException Unexpected() => lexer.Fault(lexer.Start, $"Unexpected {lexer.Describe()}.");

    private string ReadName() => ReadName(out _);

    private string ReadName(out SourceSpan span)
    {
        if (lexer.Kind != TokenKind.Name)
            throw lexer.Fault(lexer.Start, $"Expected Name, found {lexer.Describe()}.");

        span = new SourceSpan(lexer.Source, lexer.Start, lexer.End);
        var name = NameTable.Get(lexer.Text);
        Advance();
        return name;
    }

    /// <summary>From a start to the end of the token read last.</summary>
    private readonly SourceSpan SpanFrom(int start) => new(lexer.Source, start, lexer.PreviousEnd);

    private void Descend()
    {
        if (++depth > options.MaxDepth)
        {
            throw lexer.Fault(
                lexer.Start,
                $"Document nests deeper than {options.MaxDepth} levels. Parsing aborted.");
        }
    }

    private void Ascend() => depth--;

    private void Gather(SyntaxNode node)
    {
        if (gatheredCount == gathered.Length) Grow();
        gathered[gatheredCount++] = node;
    }

    private void Grow()
    {
        var larger = ArrayPool<SyntaxNode>.Shared.Rent(gathered.Length * 2);
        gathered.CopyTo(larger, 0);
        ArrayPool<SyntaxNode>.Shared.Return(gathered, clearArray: true);
        gathered = larger;
    }

    private ImmutableArray<T> Take<T>(int mark)
        where T : SyntaxNode
    {
        var count = gatheredCount - mark;
        if (count == 0) return [];

        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = (T)gathered[mark + i];
        gatheredCount = mark;
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }
}
