using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

internal ref partial struct DocumentReader
{
    // TypeSystemExtension : SchemaExtension | TypeExtension
    private TypeSystemNode ReadExtension()
    {
        var start = lexer.Start;
        ExpectKeyword("extend");
        if (!Peek(TokenKind.Name)) throw Unexpected();
        return lexer.Text switch
        {
            "schema" => ReadSchema(start, null, isExtension: true),
            "scalar" => ReadScalar(start, null, isExtension: true),
            "type" => ReadObjectType(start, null, isExtension: true),
            "interface" => ReadInterface(start, null, isExtension: true),
            "union" => ReadUnion(start, null, isExtension: true),
            "enum" => ReadEnum(start, null, isExtension: true),
            "input" => ReadInputObject(start, null, isExtension: true),
            "directive" => ReadDirectiveExtension(start),
            _ => throw Unexpected(),
        };
    }

    // SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }
    // SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } | extend schema Directives[Const]
    private SchemaDefinitionNode ReadSchema(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("schema");
        var directives = ReadDirectives(constant: true);
        ImmutableArray<RootOperationTypeDefinitionNode> operationTypes = [];
        if (!isExtension || Peek(TokenKind.LeftBrace))
        {
            Expect(TokenKind.LeftBrace);
            var mark = gatheredCount;
            do Gather(ReadRootOperationType());
            while (!Accept(TokenKind.RightBrace));
            operationTypes = Take<RootOperationTypeDefinitionNode>(mark);
        }

        RequireSomething(isExtension, directives.IsEmpty && operationTypes.IsEmpty);
        return new SchemaDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Directives = directives,
            OperationTypes = operationTypes,
            Span = SpanFrom(start),
        };
    }

    // RootOperationTypeDefinition : OperationType : NamedType
    private RootOperationTypeDefinitionNode ReadRootOperationType()
    {
        var start = lexer.Start;
        var keyword = ReadName();
        var operation = keyword switch
        {
            "query" => OperationKind.Query,
            "mutation" => OperationKind.Mutation,
            "subscription" => OperationKind.Subscription,
            _ => throw lexer.Fault(start, $"Unexpected Name \"{keyword}\"."),
        };
        Expect(TokenKind.Colon);
        var type = ReadNamedType();
        return new RootOperationTypeDefinitionNode { Operation = operation, Type = type, Span = SpanFrom(start) };
    }

    // ScalarTypeDefinition : Description? scalar Name Directives[Const]?
    private ScalarTypeDefinitionNode ReadScalar(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("scalar");
        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        RequireSomething(isExtension, directives.IsEmpty);
        return new ScalarTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    private ObjectTypeDefinitionNode ReadObjectType(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("type");
        var name = ReadName(out var nameSpan);
        var (interfaces, directives, fields) = ReadComplexTypeBody(isExtension);
        return new ObjectTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Interfaces = interfaces,
            Directives = directives,
            Fields = fields,
            Span = SpanFrom(start),
        };
    }

    // InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    private InterfaceTypeDefinitionNode ReadInterface(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("interface");
        var name = ReadName(out var nameSpan);
        var (interfaces, directives, fields) = ReadComplexTypeBody(isExtension);
        return new InterfaceTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Interfaces = interfaces,
            Directives = directives,
            Fields = fields,
            Span = SpanFrom(start),
        };
    }

    private (ImmutableArray<NamedTypeNode> Interfaces, ImmutableArray<DirectiveNode> Directives,
        ImmutableArray<FieldDefinitionNode> Fields) ReadComplexTypeBody(bool isExtension)
    {
        // ImplementsInterfaces : implements &? NamedType | ImplementsInterfaces & NamedType
        var interfaces = AcceptKeyword("implements") ? ReadDelimitedTypes(TokenKind.Ampersand) : [];
        var directives = ReadDirectives(constant: true);
        var fields = ReadFieldDefinitions();
        RequireSomething(isExtension, interfaces.IsEmpty && directives.IsEmpty && fields.IsEmpty);
        return (interfaces, directives, fields);
    }

    private ImmutableArray<NamedTypeNode> ReadDelimitedTypes(TokenKind delimiter)
    {
        Accept(delimiter);
        var mark = gatheredCount;
        do Gather(ReadNamedType());
        while (Accept(delimiter));
        return Take<NamedTypeNode>(mark);
    }

    // FieldsDefinition : { FieldDefinition+ }
    private ImmutableArray<FieldDefinitionNode> ReadFieldDefinitions()
    {
        if (!Accept(TokenKind.LeftBrace)) return [];

        var mark = gatheredCount;
        do Gather(ReadFieldDefinition());
        while (!Accept(TokenKind.RightBrace));
        return Take<FieldDefinitionNode>(mark);
    }

    // FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?
    private FieldDefinitionNode ReadFieldDefinition()
    {
        var start = lexer.Start;
        var description = ReadDescription();
        var name = ReadName(out var nameSpan);
        var arguments = ReadInputValues(TokenKind.LeftParenthesis, TokenKind.RightParenthesis);
        Expect(TokenKind.Colon);
        var type = ReadType();
        var directives = ReadDirectives(constant: true);
        return new FieldDefinitionNode
        {
            Description = description,
            Name = name,
            NameSpan = nameSpan,
            Arguments = arguments,
            Type = type,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // ArgumentsDefinition : ( InputValueDefinition+ ); InputFieldsDefinition : { InputValueDefinition+ }
    private ImmutableArray<InputValueDefinitionNode> ReadInputValues(TokenKind open, TokenKind close)
    {
        if (!Accept(open)) return [];

        var mark = gatheredCount;
        do Gather(ReadInputValue());
        while (!Accept(close));
        return Take<InputValueDefinitionNode>(mark);
    }

    // InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?
    private InputValueDefinitionNode ReadInputValue()
    {
        var start = lexer.Start;
        var description = ReadDescription();
        var name = ReadName(out var nameSpan);
        Expect(TokenKind.Colon);
        var type = ReadType();
        var defaultValue = Accept(TokenKind.EqualsSign) ? ReadValue(constant: true) : null;
        var directives = ReadDirectives(constant: true);
        return new InputValueDefinitionNode
        {
            Description = description,
            Name = name,
            NameSpan = nameSpan,
            Type = type,
            DefaultValue = defaultValue,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?
    private UnionTypeDefinitionNode ReadUnion(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("union");
        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        // UnionMemberTypes : = |? NamedType | UnionMemberTypes | NamedType
        var members = Accept(TokenKind.EqualsSign) ? ReadDelimitedTypes(TokenKind.Pipe) : [];
        RequireSomething(isExtension, directives.IsEmpty && members.IsEmpty);
        return new UnionTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Members = members,
            Span = SpanFrom(start),
        };
    }

    // EnumTypeDefinition : Description? enum Name Directives[Const]? { EnumValueDefinition+ }
    private EnumTypeDefinitionNode ReadEnum(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("enum");
        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        ImmutableArray<EnumValueDefinitionNode> values = [];
        if (Accept(TokenKind.LeftBrace))
        {
            var mark = gatheredCount;
            do Gather(ReadEnumValueDefinition());
            while (!Accept(TokenKind.RightBrace));
            values = Take<EnumValueDefinitionNode>(mark);
        }

        RequireSomething(isExtension, directives.IsEmpty && values.IsEmpty);
        return new EnumTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Values = values,
            Span = SpanFrom(start),
        };
    }

    // EnumValueDefinition : Description? EnumValue Directives[Const]?
    private EnumValueDefinitionNode ReadEnumValueDefinition()
    {
        var start = lexer.Start;
        var description = ReadDescription();
        if (Peek(TokenKind.Name) && lexer.Text is "true" or "false" or "null")
        {
            throw lexer.Fault(
                lexer.Start,
                $"{lexer.Describe()} is reserved and cannot be used for an enum value.");
        }

        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        return new EnumValueDefinitionNode
        {
            Description = description,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // InputObjectTypeDefinition : Description? input Name Directives[Const]? InputFieldsDefinition?
    private InputObjectTypeDefinitionNode ReadInputObject(int start, StringValueNode? description, bool isExtension)
    {
        ExpectKeyword("input");
        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        var fields = ReadInputValues(TokenKind.LeftBrace, TokenKind.RightBrace);
        RequireSomething(isExtension, directives.IsEmpty && fields.IsEmpty);
        return new InputObjectTypeDefinitionNode
        {
            Description = description,
            IsExtension = isExtension,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Fields = fields,
            Span = SpanFrom(start),
        };
    }

    // DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? repeatable? on DirectiveLocations
    private DirectiveDefinitionNode ReadDirectiveDefinition(int start, StringValueNode? description)
    {
        ExpectKeyword("directive");
        Expect(TokenKind.At);
        var name = ReadName(out var nameSpan);
        var arguments = ReadInputValues(TokenKind.LeftParenthesis, TokenKind.RightParenthesis);
        var directives = ReadDirectives(constant: true);
        var isRepeatable = AcceptKeyword("repeatable");
        ExpectKeyword("on");
        var locations = ReadDirectiveLocations();
        return new DirectiveDefinitionNode
        {
            Description = description,
            Name = name,
            NameSpan = nameSpan,
            Arguments = arguments,
            Directives = directives,
            IsRepeatable = isRepeatable,
            Locations = locations,
            Span = SpanFrom(start),
        };
    }

    private DirectiveDefinitionNode ReadDirectiveExtension(int start)
    {
        ExpectKeyword("directive");
        Expect(TokenKind.At);
        var name = ReadName(out var nameSpan);
        var directives = ReadDirectives(constant: true);
        RequireSomething(isExtension: true, directives.IsEmpty);
        return new DirectiveDefinitionNode
        {
            IsExtension = true,
            Name = name,
            NameSpan = nameSpan,
            Directives = directives,
            Span = SpanFrom(start),
        };
    }

    // DirectiveLocations : |? DirectiveLocation | DirectiveLocations | DirectiveLocation
    private ImmutableArray<string> ReadDirectiveLocations()
    {
        Accept(TokenKind.Pipe);
        var locations = ImmutableArray.CreateBuilder<string>();
        do
        {
            var start = lexer.Start;
            var location = ReadName();
            if (!DirectiveLocationNames.Contains(location))
                throw lexer.Fault(start, $"Unexpected Name \"{location}\".");
            locations.Add(location);
        }
        while (Accept(TokenKind.Pipe));

        return locations.ToImmutable();
    }

    private readonly void RequireSomething(bool isExtension, bool isEmpty)
    {
        if (isExtension && isEmpty) throw Unexpected();
    }
}
