using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

internal ref partial struct DocumentReader
{
    // OperationDefinition : SelectionSet
    private OperationDefinitionNode ReadShorthandQuery()
    {
        var start = lexer.Start;
        var selectionSet = ReadSelectionSet();
        return new OperationDefinitionNode
        {
            Operation = OperationKind.Query,
            SelectionSet = selectionSet,
            Span = SpanFrom(start),
        };
    }

    // OperationDefinition : Description? OperationType Name? VariablesDefinition? Directives? SelectionSet
    private OperationDefinitionNode ReadOperation(int start, StringValueNode? description, OperationKind operation)
    {
        Advance();
        SourceSpan nameSpan = default;
        var name = Peek(TokenKind.Name) ? ReadName(out nameSpan) : null;
        var variables = ReadVariableDefinitions();
        var directives = ReadDirectives(constant: false);
        var selectionSet = ReadSelectionSet();
        return new OperationDefinitionNode
        {
            Description = description,
            Operation = operation,
            Name = name,
            NameSpan = nameSpan,
            VariableDefinitions = variables,
            Directives = directives,
            SelectionSet = selectionSet,
            Span = SpanFrom(start),
        };
    }

    // VariablesDefinition : ( VariableDefinition+ )
    private ImmutableArray<VariableDefinitionNode> ReadVariableDefinitions()
    {
        if (!Accept(TokenKind.LeftParenthesis)) return [];

        var mark = gatheredCount;
        do Gather(ReadVariableDefinition());
        while (!Accept(TokenKind.RightParenthesis));
        return Take<VariableDefinitionNode>(mark);
    }

    // VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?
    private VariableDefinitionNode ReadVariableDefinition()
    {
        var start = lexer.Start;
        var description = ReadDescription();
        var variable = ReadVariable();
        Expect(TokenKind.Colon);
        var type = ReadType();
        var defaultValue = Accept(TokenKind.EqualsSign) ? ReadValue(constant: true) : null;
        var directives = ReadDirectives(constant: true);
        return new VariableDefinitionNode
        {
            Description = description,
            Variable = variable,
            Type = type,
            DefaultValue = defaultValue,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // Variable : $ Name
    private VariableNode ReadVariable()
    {
        var start = lexer.Start;
        Expect(TokenKind.Dollar);
        var name = ReadName();
        return new VariableNode { Name = name, Span = SpanFrom(start) };
    }

    // SelectionSet : { Selection+ }
    private SelectionSetNode ReadSelectionSet()
    {
        var start = lexer.Start;
        Descend();
        Expect(TokenKind.LeftBrace);
        var mark = gatheredCount;
        do Gather(Peek(TokenKind.Spread) ? ReadFragment() : ReadField());
        while (!Accept(TokenKind.RightBrace));
        Ascend();
        return new SelectionSetNode { Selections = Take<SelectionNode>(mark), Span = SpanFrom(start) };
    }

    // Field : Alias? Name Arguments? Directives? SelectionSet?
    private FieldNode ReadField()
    {
        var start = lexer.Start;
        if (++fieldCount > options.MaxFields)
        {
            throw lexer.Fault(
                start,
                $"The GraphQL request document contains more than {options.MaxFields} fields. Parsing aborted.");
        }

        string? alias = null;
        var name = ReadName(out var nameSpan);
        if (Accept(TokenKind.Colon))
        {
            alias = name;
            name = ReadName(out nameSpan);
        }

        var arguments = ReadArguments(constant: false);
        var directives = ReadDirectives(constant: false);
        var selectionSet = Peek(TokenKind.LeftBrace) ? ReadSelectionSet() : null;
        return new FieldNode
        {
            Alias = alias,
            Name = name,
            NameSpan = nameSpan,
            Arguments = arguments,
            Directives = directives,
            SelectionSet = selectionSet,
            Span = SpanFrom(start),
        };
    }

    // Arguments[Const] : ( Argument[?Const]+ )
    private ImmutableArray<ArgumentNode> ReadArguments(bool constant)
    {
        if (!Accept(TokenKind.LeftParenthesis)) return [];

        var mark = gatheredCount;
        do
        {
            var start = lexer.Start;
            var name = ReadName();
            Expect(TokenKind.Colon);
            var value = ReadValue(constant);
            Gather(new ArgumentNode { Name = name, Value = value, Span = SpanFrom(start) });
        }
        while (!Accept(TokenKind.RightParenthesis));

        return Take<ArgumentNode>(mark);
    }

    // FragmentSpread : ... FragmentName Directives?
    // InlineFragment : ... TypeCondition? Directives? SelectionSet
    private SelectionNode ReadFragment()
    {
        var start = lexer.Start;
        Expect(TokenKind.Spread);
        var hasTypeCondition = AcceptKeyword("on");
        if (!hasTypeCondition && Peek(TokenKind.Name))
        {
            var name = ReadFragmentName(out var nameSpan);
            var spreadDirectives = ReadDirectives(constant: false);
            return new FragmentSpreadNode
            {
                Name = name,
                NameSpan = nameSpan,
                Directives = spreadDirectives,
                Span = SpanFrom(start),
            };
        }

        var typeCondition = hasTypeCondition ? ReadNamedType() : null;
        var directives = ReadDirectives(constant: false);
        var selectionSet = ReadSelectionSet();
        return new InlineFragmentNode
        {
            TypeCondition = typeCondition,
            Directives = directives,
            SelectionSet = selectionSet,
            Span = SpanFrom(start),
        };
    }

    // FragmentDefinition : Description? fragment FragmentName TypeCondition Directives? SelectionSet
    private FragmentDefinitionNode ReadFragmentDefinition(int start, StringValueNode? description)
    {
        ExpectKeyword("fragment");
        var name = ReadFragmentName(out var nameSpan);
        ExpectKeyword("on");
        var typeCondition = ReadNamedType();
        var directives = ReadDirectives(constant: false);
        var selectionSet = ReadSelectionSet();
        return new FragmentDefinitionNode
        {
            Description = description,
            Name = name,
            NameSpan = nameSpan,
            TypeCondition = typeCondition,
            Directives = directives,
            SelectionSet = selectionSet,
            Span = SpanFrom(start),
        };
    }

    // FragmentName : Name but not `on`
    private string ReadFragmentName(out SourceSpan span) =>
        Peek(TokenKind.Name) && lexer.Text is "on" ? throw Unexpected() : ReadName(out span);

    // Value[Const] : [~Const] Variable | IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue |
    //                ListValue[?Const] | ObjectValue[?Const]
    private ValueNode ReadValue(bool constant)
    {
        switch (lexer.Kind)
        {
            case TokenKind.LeftBracket: return ReadList(constant);
            case TokenKind.LeftBrace: return ReadObject(constant);
            case TokenKind.Int: return ReadInt();
            case TokenKind.Float: return ReadFloat();
            case TokenKind.String or TokenKind.BlockString: return ReadString();
            case TokenKind.Name: return ReadNamedValue();
            case TokenKind.Dollar: return constant ? throw VariableInConstant() : ReadVariable();
            default: throw Unexpected();
        }
    }

    private SyntaxException VariableInConstant()
    {
        var start = lexer.Start;
        Expect(TokenKind.Dollar);
        return Peek(TokenKind.Name)
            ? lexer.Fault(start, $"Unexpected variable \"${lexer.Text}\" in constant value.")
            : lexer.Fault(start, "Unexpected \"$\".");
    }

    private IntValueNode ReadInt()
    {
        var start = lexer.Start;
        var digits = lexer.Text.ToString();
        Advance();
        return new IntValueNode { Value = digits, Span = SpanFrom(start) };
    }

    private FloatValueNode ReadFloat()
    {
        var start = lexer.Start;
        var number = lexer.Text.ToString();
        Advance();
        return new FloatValueNode { Value = number, Span = SpanFrom(start) };
    }

    private StringValueNode ReadString()
    {
        var start = lexer.Start;
        var (value, isBlock) = (lexer.StringValue!, lexer.Kind == TokenKind.BlockString);
        Advance();
        return new StringValueNode { Value = value, IsBlock = isBlock, Span = SpanFrom(start) };
    }

    // BooleanValue : one of `true` `false`; NullValue : `null`; EnumValue : Name but not one of these
    private ValueNode ReadNamedValue()
    {
        var name = ReadName(out var span);
        return name switch
        {
            "true" => new BooleanValueNode { Value = true, Span = span },
            "false" => new BooleanValueNode { Value = false, Span = span },
            "null" => new NullValueNode { Span = span },
            _ => new EnumValueNode { Value = name, Span = span },
        };
    }

    // ListValue[Const] : [ ] | [ Value[?Const]+ ]
    private ListValueNode ReadList(bool constant)
    {
        var start = lexer.Start;
        Descend();
        Expect(TokenKind.LeftBracket);
        var mark = gatheredCount;
        while (!Accept(TokenKind.RightBracket)) Gather(ReadValue(constant));
        Ascend();
        return new ListValueNode { Items = Take<ValueNode>(mark), Span = SpanFrom(start) };
    }

    // ObjectValue[Const] : { } | { ObjectField[?Const]+ }
    private ObjectValueNode ReadObject(bool constant)
    {
        var start = lexer.Start;
        Descend();
        Expect(TokenKind.LeftBrace);
        var mark = gatheredCount;
        while (!Accept(TokenKind.RightBrace))
        {
            var fieldStart = lexer.Start;
            var name = ReadName();
            Expect(TokenKind.Colon);
            var value = ReadValue(constant);
            Gather(new ObjectFieldNode { Name = name, Value = value, Span = SpanFrom(fieldStart) });
        }

        Ascend();
        return new ObjectValueNode { Fields = Take<ObjectFieldNode>(mark), Span = SpanFrom(start) };
    }

    // Directives[Const] : Directive[?Const]+
    private ImmutableArray<DirectiveNode> ReadDirectives(bool constant)
    {
        if (!Peek(TokenKind.At)) return [];

        var mark = gatheredCount;
        while (Peek(TokenKind.At))
        {
            if (gatheredCount - mark == options.MaxDirectivesPerLocation)
            {
                throw lexer.Fault(
                    lexer.Start,
                    $"A location carries more than {options.MaxDirectivesPerLocation} directives. Parsing aborted.");
            }

            var start = lexer.Start;
            Advance();
            var name = ReadName();
            var arguments = ReadArguments(constant);
            Gather(new DirectiveNode { Name = name, Arguments = arguments, Span = SpanFrom(start) });
        }

        return Take<DirectiveNode>(mark);
    }

    // Type : NamedType | ListType | NonNullType
    private TypeNode ReadType()
    {
        var start = lexer.Start;
        TypeNode type;
        if (Peek(TokenKind.LeftBracket))
        {
            Descend();
            Advance();
            var item = ReadType();
            Expect(TokenKind.RightBracket);
            Ascend();
            type = new ListTypeNode { Item = item, Span = SpanFrom(start) };
        }
        else
        {
            type = ReadNamedType();
        }

        return Accept(TokenKind.Bang) ? new NonNullTypeNode { Nullable = type, Span = SpanFrom(start) } : type;
    }

    private NamedTypeNode ReadNamedType()
    {
        var name = ReadName(out var span);
        return new NamedTypeNode { Name = name, Span = span };
    }

    // Description : StringValue
    private StringValueNode? ReadDescription() =>
        Peek(TokenKind.String) || Peek(TokenKind.BlockString) ? ReadString() : null;
}
