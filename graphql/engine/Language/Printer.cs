using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Metro.GraphQL.Language;

/// <summary>
/// Lays a syntax tree out as text, exactly as graphql-js does: two spaces a level, arguments and values broken over
/// lines when one would pass 80 characters. Reading the text gives the same tree. Stateless and thread-safe.
/// </summary>
public static class Printer
{
    /// <summary>The node as text, without a line break at the end.</summary>
    public static string Print(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var layout = new Layout();
        layout.Node(node);
        return layout.ToString();
    }

    private sealed class Layout
    {
        private const int MaxLineLength = 80;

        private readonly StringBuilder text = new();
        private int indentation;

        public override string ToString() => text.ToString();

        public void Node(SyntaxNode node)
        {
            switch (node)
            {
                case DocumentNode document: Document(document); break;
                case OperationDefinitionNode operation: Operation(operation); break;
                case FragmentDefinitionNode fragment: Fragment(fragment); break;
                case TypeSystemNode definition: TypeSystem(definition); break;
                case SelectionSetNode selectionSet: SelectionSet(selectionSet); break;
                case SelectionNode selection: Selection(selection); break;
                default: Append(OnOneLine(node)); break;
            }
        }

        private void Document(DocumentNode document)
        {
            for (var i = 0; i < document.Definitions.Length; i++)
            {
                if (i > 0) text.Append("\n\n");
                Node(document.Definitions[i]);
            }
        }

        private void Operation(OperationDefinitionNode operation)
        {
            var isShorthand = operation is
            {
                Operation: OperationKind.Query,
                Description: null,
                Name: null,
                VariableDefinitions.IsEmpty: true,
                Directives.IsEmpty: true,
            };
            if (!isShorthand)
            {
                Description(operation.Description);
                text.Append(Keyword(operation.Operation));
                if (operation.Name is not null || !operation.VariableDefinitions.IsEmpty) text.Append(' ');
                text.Append(operation.Name);
                Append(VariableDefinitions(operation.VariableDefinitions));
                Directives(operation.Directives);
                text.Append(' ');
            }

            SelectionSet(operation.SelectionSet);
        }

        private void Fragment(FragmentDefinitionNode fragment)
        {
            Description(fragment.Description);
            text.Append("fragment ").Append(fragment.Name).Append(" on ").Append(fragment.TypeCondition.Name);
            Directives(fragment.Directives);
            text.Append(' ');
            SelectionSet(fragment.SelectionSet);
        }

        private void SelectionSet(SelectionSetNode selectionSet) => Block(selectionSet.Selections, Selection);

        private void Selection(SelectionNode selection)
        {
            switch (selection)
            {
                case FieldNode field:
                    var name = field.Alias is null ? field.Name : $"{field.Alias}: {field.Name}";
                    Append(name + WrappedArguments(name, field.Arguments));
                    Directives(field.Directives);
                    if (field.SelectionSet is not null)
                    {
                        text.Append(' ');
                        SelectionSet(field.SelectionSet);
                    }

                    break;
                case FragmentSpreadNode spread:
                    text.Append("...").Append(spread.Name);
                    Directives(spread.Directives);
                    break;
                case InlineFragmentNode inline:
                    text.Append("...");
                    if (inline.TypeCondition is not null) text.Append(" on ").Append(inline.TypeCondition.Name);
                    Directives(inline.Directives);
                    text.Append(' ');
                    SelectionSet(inline.SelectionSet);
                    break;
            }
        }

        private void TypeSystem(TypeSystemNode definition)
        {
            Description(definition.Description);
            if (definition.IsExtension) text.Append("extend ");
            switch (definition)
            {
                case SchemaDefinitionNode schema:
                    text.Append("schema");
                    Directives(schema.Directives);
                    OptionalBlock(schema.OperationTypes, root => Append(OnOneLine(root)));
                    break;
                case ScalarTypeDefinitionNode scalar:
                    text.Append("scalar ").Append(scalar.Name);
                    Directives(scalar.Directives);
                    break;
                case ComplexTypeDefinitionNode complex:
                    text.Append(complex is ObjectTypeDefinitionNode ? "type " : "interface ").Append(complex.Name);
                    if (!complex.Interfaces.IsEmpty)
                        text.Append(" implements ").AppendJoin(" & ", complex.Interfaces.Select(type => type.Name));
                    Directives(complex.Directives);
                    OptionalBlock(complex.Fields, FieldDefinition);
                    break;
                case UnionTypeDefinitionNode union:
                    text.Append("union ").Append(union.Name);
                    Directives(union.Directives);
                    if (!union.Members.IsEmpty)
                        text.Append(" = ").AppendJoin(" | ", union.Members.Select(type => type.Name));
                    break;
                case EnumTypeDefinitionNode @enum:
                    text.Append("enum ").Append(@enum.Name);
                    Directives(@enum.Directives);
                    OptionalBlock(@enum.Values, value => Append(EnumValueDefinition(value)));
                    break;
                case InputObjectTypeDefinitionNode input:
                    text.Append("input ").Append(input.Name);
                    Directives(input.Directives);
                    OptionalBlock(input.Fields, field => Append(InputValueDefinition(field)));
                    break;
                case DirectiveDefinitionNode directive:
                    DirectiveDefinition(directive);
                    break;
            }
        }

        private void DirectiveDefinition(DirectiveDefinitionNode directive)
        {
            text.Append("directive @").Append(directive.Name);
            Append(ArgumentDefinitions(directive.Arguments));
            Directives(directive.Directives);
            if (directive.IsExtension) return;
            if (directive.IsRepeatable) text.Append(" repeatable");
            text.Append(" on ").AppendJoin(" | ", directive.Locations);
        }

        private void FieldDefinition(FieldDefinitionNode field)
        {
            Description(field.Description);
            text.Append(field.Name);
            Append(ArgumentDefinitions(field.Arguments));
            text.Append(": ").Append(OnOneLine(field.Type));
            Directives(field.Directives);
        }

        private void Description(StringValueNode? description)
        {
            if (description is null) return;
            Append(OnOneLine(description));
            Break();
        }

        private void Directives(ImmutableArray<DirectiveNode> directives)
        {
            foreach (var directive in directives)
            {
                text.Append(' ');
                Append(OnOneLine(directive));
            }
        }

        private void OptionalBlock<T>(ImmutableArray<T> items, Action<T> print)
        {
            if (items.IsEmpty) return;
            text.Append(' ');
            Block(items, print);
        }

        private void Block<T>(ImmutableArray<T> items, Action<T> print)
        {
            text.Append('{');
            indentation += 2;
            foreach (var item in items)
            {
                Break();
                print(item);
            }

            indentation -= 2;
            Break();
            text.Append('}');
        }

        private void Append(string piece)
        {
            foreach (var chunk in piece.AsSpan().Split('\n'))
            {
                if (chunk.Start.Value > 0) Break();
                text.Append(piece.AsSpan()[chunk]);
            }
        }

        private void Break() => text.Append('\n').Append(' ', indentation);

        // The pieces below are strings because how they are laid out depends on how long they would be. Their line
        // breaks carry the indentation within the piece; Append adds that of the place.

        private static string OnOneLine(SyntaxNode node) => node switch
        {
            VariableNode variable => $"${variable.Name}",
            IntValueNode number => number.Value,
            FloatValueNode number => number.Value,
            StringValueNode text => text.IsBlock ? BlockString.Print(text.Value) : Quoted(text.Value),
            BooleanValueNode boolean => boolean.Value ? "true" : "false",
            NullValueNode => "null",
            EnumValueNode name => name.Value,
            ListValueNode list => List(list),
            ObjectValueNode @object => Object(@object),
            ObjectFieldNode field => $"{field.Name}: {OnOneLine(field.Value)}",
            ArgumentNode argument => $"{argument.Name}: {OnOneLine(argument.Value)}",
            DirectiveNode directive => Directive(directive),
            NamedTypeNode named => named.Name,
            ListTypeNode list => $"[{OnOneLine(list.Item)}]",
            NonNullTypeNode required => $"{OnOneLine(required.Nullable)}!",
            VariableDefinitionNode variable => VariableDefinition(variable),
            RootOperationTypeDefinitionNode root => $"{Keyword(root.Operation)}: {root.Type.Name}",
            FieldDefinitionNode field => FieldDefinitionAlone(field),
            InputValueDefinitionNode input => InputValueDefinition(input),
            EnumValueDefinitionNode value => EnumValueDefinition(value),
            _ => throw new ArgumentException($"{node.Kind} cannot be printed.", nameof(node)),
        };

        private static string FieldDefinitionAlone(FieldDefinitionNode field)
        {
            var layout = new Layout();
            layout.FieldDefinition(field);
            return layout.ToString();
        }

        private static string List(ListValueNode list)
        {
            var items = Pieces(list.Items);
            return 2 + JoinedLength(items) > MaxLineLength
                ? $"[\n{IndentedLines(items)}\n]"
                : $"[{string.Join(", ", items)}]";
        }

        private static string Object(ObjectValueNode @object)
        {
            var fields = Pieces(@object.Fields);
            return 4 + JoinedLength(fields) > MaxLineLength
                ? $"{{\n{IndentedLines(fields)}\n}}"
                : $"{{ {string.Join(", ", fields)} }}";
        }

        private static string Directive(DirectiveNode directive) => directive.Arguments.IsEmpty
            ? $"@{directive.Name}"
            : $"@{directive.Name}({string.Join(", ", Pieces(directive.Arguments))})";

        private static string WrappedArguments(string name, ImmutableArray<ArgumentNode> arguments)
        {
            if (arguments.IsEmpty) return "";
            var pieces = Pieces(arguments);
            return name.Length + JoinedLength(pieces) + 2 > MaxLineLength
                ? $"(\n{IndentedLines(pieces)}\n)"
                : $"({string.Join(", ", pieces)})";
        }

        private static string VariableDefinitions(ImmutableArray<VariableDefinitionNode> variables)
        {
            if (variables.IsEmpty) return "";
            var pieces = Pieces(variables);
            return Array.Exists(pieces, HasSeveralLines)
                ? $"(\n{string.Join('\n', pieces)}\n)"
                : $"({string.Join(", ", pieces)})";
        }

        private static string VariableDefinition(VariableDefinitionNode variable) =>
            DescriptionBefore(variable.Description)
            + $"${variable.Name}: {OnOneLine(variable.Type)}"
            + Default(variable.DefaultValue)
            + DirectivesBehind(variable.Directives);

        private static string ArgumentDefinitions(ImmutableArray<InputValueDefinitionNode> arguments)
        {
            if (arguments.IsEmpty) return "";
            var pieces = Pieces(arguments);
            return Array.Exists(pieces, HasSeveralLines)
                ? $"(\n{IndentedLines(pieces)}\n)"
                : $"({string.Join(", ", pieces)})";
        }

        private static string InputValueDefinition(InputValueDefinitionNode input) =>
            DescriptionBefore(input.Description)
            + $"{input.Name}: {OnOneLine(input.Type)}"
            + Default(input.DefaultValue)
            + DirectivesBehind(input.Directives);

        private static string EnumValueDefinition(EnumValueDefinitionNode value) =>
            DescriptionBefore(value.Description) + value.Name + DirectivesBehind(value.Directives);

        private static string DescriptionBefore(StringValueNode? description) =>
            description is null ? "" : OnOneLine(description) + "\n";

        private static string Default(ValueNode? value) => value is null ? "" : $" = {OnOneLine(value)}";

        private static string DirectivesBehind(ImmutableArray<DirectiveNode> directives) =>
            string.Concat(directives.Select(directive => " " + Directive(directive)));

        private static string[] Pieces<T>(ImmutableArray<T> nodes)
            where T : SyntaxNode
        {
            var pieces = new string[nodes.Length];
            for (var i = 0; i < pieces.Length; i++) pieces[i] = OnOneLine(nodes[i]);
            return pieces;
        }

        private static int JoinedLength(string[] pieces) => pieces.Sum(piece => piece.Length + 2) - (pieces.Length > 0 ? 2 : 0);

        private static string IndentedLines(string[] pieces) =>
            "  " + string.Join('\n', pieces).Replace("\n", "\n  ", StringComparison.Ordinal);

        private static bool HasSeveralLines(string piece) => piece.Contains('\n', StringComparison.Ordinal);

        private static string Keyword(OperationKind operation) => operation switch
        {
            OperationKind.Query => "query",
            OperationKind.Mutation => "mutation",
            _ => "subscription",
        };

        private static string Quoted(string value)
        {
            var quoted = new StringBuilder(value.Length + 2).Append('"');
            foreach (var c in value)
            {
                _ = c switch
                {
                    '"' => quoted.Append("\\\""),
                    '\\' => quoted.Append("\\\\"),
                    '\b' => quoted.Append("\\b"),
                    '\f' => quoted.Append("\\f"),
                    '\n' => quoted.Append("\\n"),
                    '\r' => quoted.Append("\\r"),
                    '\t' => quoted.Append("\\t"),
                    < ' ' or (>= '\u007F' and <= '\u009F') =>
                        quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                    _ => quoted.Append(c),
                };
            }

            return quoted.Append('"').ToString();
        }
    }
}
