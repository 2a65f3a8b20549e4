using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Tests.Language;

/// <summary>Documents of any shape the grammar allows, from a number that makes them again.</summary>
internal sealed class RandomDocuments(Random random)
{
    private static readonly string[] Names =
    [
        "a", "b", "on", "query", "fragment", "type", "true", "null", "_", "__typename", "x1", "input", "extend", "implements",
        "aRatherLongNameThatMakesLinesBreakSoonerThanShortOnes",
    ];

    private static readonly string[] Locations = ["FIELD", "QUERY", "OBJECT", "ENUM_VALUE", "VARIABLE_DEFINITION"];

    /// <summary>What FsCheck draws documents from.</summary>
    public static Arbitrary<DocumentNode> Arbitrary { get; } =
        Gen.Choose(0, int.MaxValue).Select(seed => new RandomDocuments(new Random(seed)).Document()).ToArbitrary();

    /// <summary>Text that blocks and quotes find hard: quotation marks, backslashes, line breaks, indentation, all of Unicode.</summary>
    public static Arbitrary<string> HardText { get; } =
        Gen.Choose(0, int.MaxValue).Select(seed => new RandomDocuments(new Random(seed)).Text()).ToArbitrary();

    public DocumentNode Document() => new() { Definitions = [.. Several(1, 4, Definition)] };

    // Types have members here: without any, a shorthand query behind them would be read as theirs (spec, grammar summary).
    private DefinitionNode Definition() => random.Next(12) switch
    {
        < 4 => Operation(),
        < 6 => new FragmentDefinitionNode
        {
            Description = Maybe(Description),
            Name = Name(but: "on"),
            TypeCondition = NamedType(),
            Directives = Directives(constant: false),
            SelectionSet = SelectionSet(3),
        },
        6 => new SchemaDefinitionNode
        {
            Description = Maybe(Description),
            Directives = Directives(constant: true),
            OperationTypes = [.. Several(1, 3, () => new RootOperationTypeDefinitionNode { Operation = Pick(Enum.GetValues<OperationKind>()), Type = NamedType() })],
        },
        7 => new ObjectTypeDefinitionNode
        {
            Description = Maybe(Description),
            Name = Name(),
            Interfaces = [.. Several(0, 2, NamedType)],
            Directives = Directives(constant: true),
            Fields = [.. Several(1, 3, FieldDefinition)],
        },
        8 => new EnumTypeDefinitionNode
        {
            Description = Maybe(Description),
            Name = Name(),
            Directives = Directives(constant: true),
            Values = [.. Several(1, 3, () => new EnumValueDefinitionNode { Description = Maybe(Description), Name = EnumName(), Directives = Directives(constant: true) })],
        },
        9 => new InputObjectTypeDefinitionNode
        {
            IsExtension = true,
            Name = Name(),
            Directives = Directives(constant: true),
            Fields = [.. Several(1, 3, InputValue)],
        },
        10 => new UnionTypeDefinitionNode { Name = Name(), Members = [.. Several(0, 3, NamedType)] },
        _ => new DirectiveDefinitionNode
        {
            Description = Maybe(Description),
            Name = Name(),
            Arguments = [.. Several(0, 3, InputValue)],
            IsRepeatable = Coin(),
            Locations = [.. Several(1, 3, () => Pick(Locations))],
        },
    };

    private OperationDefinitionNode Operation()
    {
        var isShorthand = random.Next(3) == 0;
        return isShorthand
            ? new OperationDefinitionNode { Operation = OperationKind.Query, SelectionSet = SelectionSet(3) }
            : new OperationDefinitionNode
            {
                Description = Maybe(Description),
                Operation = Pick(Enum.GetValues<OperationKind>()),
                Name = Maybe(() => Name()),
                VariableDefinitions = [.. Several(0, 3, VariableDefinition)],
                Directives = Directives(constant: false),
                SelectionSet = SelectionSet(3),
            };
    }

    private VariableDefinitionNode VariableDefinition() => new()
    {
        Description = Maybe(Description),
        Variable = new VariableNode { Name = Name() },
        Type = Type(),
        DefaultValue = Maybe(() => Value(3, constant: true)),
        Directives = Directives(constant: true),
    };

    private SelectionSetNode SelectionSet(int depth) => new() { Selections = [.. Several(1, 3, () => Selection(depth))] };

    private SelectionNode Selection(int depth) => random.Next(6) switch
    {
        0 => new FragmentSpreadNode { Name = Name(but: "on"), Directives = Directives(constant: false) },
        1 when depth > 0 => new InlineFragmentNode
        {
            TypeCondition = Maybe(NamedType),
            Directives = Directives(constant: false),
            SelectionSet = SelectionSet(depth - 1),
        },
        _ => new FieldNode
        {
            Alias = Maybe(() => Name()),
            Name = Name(),
            Arguments = Arguments(constant: false),
            Directives = Directives(constant: false),
            SelectionSet = depth > 0 ? Maybe(() => SelectionSet(depth - 1)) : null,
        },
    };

    private FieldDefinitionNode FieldDefinition() => new()
    {
        Description = Maybe(Description),
        Name = Name(),
        Arguments = [.. Several(0, 3, InputValue)],
        Type = Type(),
        Directives = Directives(constant: true),
    };

    private InputValueDefinitionNode InputValue() => new()
    {
        Description = Maybe(Description),
        Name = Name(),
        Type = Type(),
        DefaultValue = Maybe(() => Value(2, constant: true)),
        Directives = Directives(constant: true),
    };

    private ImmutableArray<DirectiveNode> Directives(bool constant) => random.Next(3) == 0
        ? [.. Several(1, 2, () => new DirectiveNode { Name = Name(), Arguments = Arguments(constant) })]
        : [];

    private ImmutableArray<ArgumentNode> Arguments(bool constant) =>
        [.. Several(0, 3, () => new ArgumentNode { Name = Name(), Value = Value(3, constant) })];

    private ValueNode Value(int depth, bool constant) => random.Next(depth > 0 ? 10 : 8) switch
    {
        0 => new IntValueNode { Value = Pick("0", "-0", "7", "-123456789012345678901234567890") },
        1 => new FloatValueNode { Value = Pick("0.0", "-1.5", "1e3", "2.5E-10") },
        2 or 3 => String(),
        4 => new BooleanValueNode { Value = Coin() },
        5 => new NullValueNode(),
        6 => new EnumValueNode { Value = EnumName() },
        7 => constant ? new NullValueNode() : new VariableNode { Name = Name() },
        8 => new ListValueNode { Items = [.. Several(0, 4, () => Value(depth - 1, constant))] },
        _ => new ObjectValueNode { Fields = [.. Several(0, 4, () => new ObjectFieldNode { Name = Name(), Value = Value(depth - 1, constant) })] },
    };

    private StringValueNode String()
    {
        var text = Text();
        return new StringValueNode { Value = text, IsBlock = Coin() && BlockString.CanHold(text) };
    }

    private StringValueNode Description() => String();

    private string Text() => string.Concat(Several(0, 12, () => random.Next(12) switch
    {
        0 => "\"",
        1 => "\\",
        2 => "\n",
        3 => "  ",
        4 => "\t",
        5 => "\"\"\"",
        6 => "\r",
        7 => char.ConvertFromUtf32(random.Next(0x20) == 0 ? random.Next(0xD800) : random.Next(0xE000, 0x110000)),
        8 => ((char)random.Next(0x20)).ToString(),
        9 => "a long run of words that makes the line pass the width at which lines are broken",
        _ => "word",
    }));

    private TypeNode Type()
    {
        TypeNode type = random.Next(3) == 0 ? new ListTypeNode { Item = Type() } : NamedType();
        return Coin() ? new NonNullTypeNode { Nullable = type } : type;
    }

    private NamedTypeNode NamedType() => new() { Name = Name() };

    private string EnumName() => Name(but: ["true", "false", "null"]);

    private string Name(params string[] but) => Pick([.. Names.Except(but)]);

    private T? Maybe<T>(Func<T> make)
        where T : class => Coin() ? make() : null;

    private bool Coin() => random.Next(2) == 0;

    private T Pick<T>(params T[] items) => items[random.Next(items.Length)];

    private IEnumerable<T> Several<T>(int least, int most, Func<T> make) =>
        Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make()).ToList();
}
