using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>
/// Random documents against an executor that does what specification 6.3 and 6.4 say step by step, with dictionaries and
/// no plan: the answers are the same, with resolvers that answer at once and with resolvers that wait.
/// </summary>
public sealed class ReferenceTests
{
    private const int Documents = 400;

    private const string Sdl = """
        type Query { node: Node! book: Book author: Author things: [Thing!] nodes: [Node] int: Int fails: String failsNN: String! }
        interface Node { id: Int! next: Node }
        type Book implements Node { id: Int! next: Node title: String fails: String failsNN: String! authors: [Author!] maybe: [Author] book: Book! }
        type Author implements Node { id: Int! next: Node name: String! books: [[Book!]] null: Int nullNN: Int! }
        union Thing = Book | Author
        """;

    private static readonly Schema AtOnce = Execute.Schema(Sdl, Resolvers());
    private static readonly Schema Later = Execute.AsyncSchema(Sdl, Resolvers());

    [Fact]
    public async Task Random_documents_are_answered_as_the_specification_says()
    {
        for (var seed = 0; seed < Documents; seed++)
        {
            var (document, variables) = new RandomDocument(seed).Write();
            var parsed = Parser.ParseDocument(document);
            var expected = new Reference(AtOnce, parsed, variables).Answer();

            foreach (var schema in new[] { AtOnce, Later })
            {
                var answer = JsonNode.Parse(await Execute.JsonAsync(schema, document, variables))!.AsObject();
                Assert.True(answer.ContainsKey("data"), $"seed {seed}: {document}\n{answer}");
                Assert.True(
                    expected.Data == (answer["data"]?.ToJsonString() ?? "null") && expected.Paths.SetEquals(Paths(answer)),
                    $"seed {seed}: {document}\n{JsonSerializer.Serialize(variables)}\nexpected {expected.Data}\n{string.Join(' ', expected.Paths)}\nactual {answer.ToJsonString()}");
            }
        }
    }

    private static IEnumerable<string> Paths(JsonObject answer) =>
        (answer["errors"]?.AsArray() ?? []).Select(error => string.Join('/', error!["path"]!.AsArray().Select(each => each!.ToString())));

    // An object is its type and a number from which everything about it follows.
    private sealed record Thing(string Type, int Id);

    private static readonly Dictionary<string, Func<Thing?, object?>> Values = new(StringComparer.Ordinal)
    {
        ["id"] = thing => thing!.Id,
        ["next"] = thing => thing!.Id > 40 ? null : Some(thing.Id + 1),
        ["title"] = thing => thing!.Id % 3 == 0 ? null : $"T{thing.Id}",
        ["name"] = thing => $"N{thing!.Id}",
        ["fails"] = _ => throw new GraphQLException("Fails."),
        ["failsNN"] = _ => throw new GraphQLException("Fails."),
        ["authors"] = thing => new[] { new Thing("Author", thing!.Id + 2), new Thing("Author", thing.Id + 5) },
        ["maybe"] = thing => new[] { null, new Thing("Author", thing!.Id + 3) },
        ["books"] = thing => new[] { [new Thing("Book", thing!.Id + 1)], null, Array.Empty<Thing>() },
        ["null"] = _ => null,
        ["nullNN"] = thing => thing is { Id: > 3 } ? 1 : null,
        ["book"] = thing => new Thing("Book", (thing?.Id ?? 0) + 1),
        ["author"] = _ => new Thing("Author", 2),
        ["node"] = _ => new Thing("Book", 1),
        ["things"] = _ => new[] { new Thing("Author", 1), new Thing("Book", 2) },
        ["nodes"] = _ => new[] { new Thing("Book", 4), null, new Thing("Author", 9) },
        ["int"] = _ => 5,
    };

    private static Thing Some(int id) => new(id % 2 == 0 ? "Book" : "Author", id);

    private static (string, Func<IResolverContext, object?>)[] Resolvers()
    {
        var schema = Schema.FromSdl(Sdl);
        return
        [
            .. schema.Types.OfType<ObjectType>().Where(type => !type.IsIntrospection).SelectMany(type => type.Fields, (type, field) =>
                ($"{type.Name}.{field.Name}", (Func<IResolverContext, object?>)(context => AsAnswer(Values[field.Name](context.Parent<object?>() is Dictionary<string, object?> thing
                    ? new Thing((string)thing["__typename"]!, (int)thing["id"]!)
                    : null))))),
        ];
    }

    // What the executor tells types apart by.
    private static object? AsAnswer(object? value) => value switch
    {
        Thing thing => new Dictionary<string, object?>(StringComparer.Ordinal) { ["__typename"] = thing.Type, ["id"] = thing.Id },
        Array items => items.Cast<object?>().Select(AsAnswer).ToArray(),
        _ => value,
    };

    /// <summary>The specification's algorithms, word for word.</summary>
    private sealed class Reference(Schema schema, DocumentNode document, Dictionary<string, bool> variables)
    {
        private static readonly object Failed = new();
        private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

        public (string Data, HashSet<string> Paths) Answer()
        {
            var data = ExecuteSelectionSet([document.Operations.Single().SelectionSet], schema.QueryType, null, "");
            return (ReferenceEquals(data, Failed) ? "null" : ((JsonNode)data!).ToJsonString(), _paths);
        }

        private object ExecuteSelectionSet(IEnumerable<SelectionSetNode> sets, ObjectType type, Thing? value, string path)
        {
            var grouped = new List<(string Key, List<FieldNode> Fields)>();
            var visited = new HashSet<string>(StringComparer.Ordinal);
            foreach (var set in sets) CollectFields(type, set, grouped, visited);

            var result = new JsonObject();
            var failed = false;
            foreach (var (key, fields) in grouped)
            {
                var below = path.Length == 0 ? key : $"{path}/{key}";
                if (fields[0].Name == "__typename")
                {
                    result[key] = type.Name;
                    continue;
                }

                var field = type.Fields[fields[0].Name];
                object? completed;
                try
                {
                    completed = CompleteValue(field.Type, fields, Values[field.Name](value), below);
                }
                catch (GraphQLException)
                {
                    _paths.Add(below);
                    completed = field.Type.IsNonNull ? Failed : null;
                }

                if (ReferenceEquals(completed, Failed)) failed = true;
                else result[key] = (JsonNode?)completed;
            }

            return failed ? Failed : result;
        }

        private void CollectFields(ObjectType type, SelectionSetNode set, List<(string Key, List<FieldNode> Fields)> grouped, HashSet<string> visited)
        {
            foreach (var selection in set.Selections)
            {
                if (selection.Directives.Any(each => each.Name == "skip" && If(each)) || selection.Directives.Any(each => each.Name == "include" && !If(each)))
                    continue;
                switch (selection)
                {
                    case FieldNode field:
                        var group = grouped.Find(each => each.Key == field.ResponseName).Fields;
                        if (group is null) grouped.Add((field.ResponseName, group = []));
                        group.Add(field);
                        break;
                    case FragmentSpreadNode spread when visited.Add(spread.Name):
                        var fragment = document.Fragments.Single(each => each.Name == spread.Name);
                        if (Applies(type, fragment.TypeCondition.Name)) CollectFields(type, fragment.SelectionSet, grouped, visited);
                        break;
                    case InlineFragmentNode inline when inline.TypeCondition is null || Applies(type, inline.TypeCondition.Name):
                        CollectFields(type, inline.SelectionSet, grouped, visited);
                        break;
                }
            }
        }

        private bool If(DirectiveNode directive) => directive.Arguments[0].Value switch
        {
            BooleanValueNode constant => constant.Value,
            VariableNode variable => variables[variable.Name],
            _ => throw new InvalidOperationException(),
        };

        private static bool Applies(ObjectType type, string condition) =>
            condition == type.Name || (condition == "Node" && type.Name != "Query") || (condition == "Thing" && type.Name != "Query");

        private object? CompleteValue(GraphQLType type, List<FieldNode> fields, object? value, string path)
        {
            if (type is NonNullType required)
            {
                var inner = CompleteValue(required.Nullable, fields, value, path);
                if (inner is not null) return inner;
                if (value is null) _paths.Add(path);
                return Failed;
            }

            if (value is null) return null;
            switch (type)
            {
                case ListType list:
                    var items = ((System.Collections.IEnumerable)value).Cast<object?>()
                        .Select((item, i) => CompleteValue(list.Item, fields, item, $"{path}/{i}")).ToList();
                    return items.Exists(item => ReferenceEquals(item, Failed)) ? null : new JsonArray([.. items.Cast<JsonNode?>()]);
                case ScalarType:
                    return value is int number ? JsonValue.Create(number) : JsonValue.Create((string)value);
                default:
                    var thing = (Thing)value;
                    var result = ExecuteSelectionSet(
                        fields.Where(each => each.SelectionSet is not null).Select(each => each.SelectionSet!), schema.GetType<ObjectType>(thing.Type), thing, path);
                    return ReferenceEquals(result, Failed) ? null : result;
            }
        }
    }

    /// <summary>A valid document of fragments, aliases and conditions.</summary>
    private sealed class RandomDocument(int seed)
    {
        private static readonly string[] FragmentTypes = ["Query", "Book", "Author", "Node", "Thing"];
        private readonly Random _random = new(seed);
        private readonly Schema _schema = AtOnce;

        public (string Document, Dictionary<string, bool> Variables) Write()
        {
            // Fragments spread only those with higher numbers, so there is no cycle.
            var fragments = Enumerable.Range(0, 5).Select(i =>
            {
                var body = new StringBuilder();
                Selections(body, FragmentTypes[i], 2, i + 1);
                return (Name: $"F{i}", Text: $"fragment F{i} on {FragmentTypes[i]} {body}");
            }).ToList();
            var operation = new StringBuilder("query ($t: Boolean!, $f: Boolean!) ");
            Selections(operation, "Query", 4, 0, root: true);

            var used = new HashSet<string>(StringComparer.Ordinal);
            var text = operation.ToString();
            for (var i = 0; i < fragments.Count; i++)
            {
                if (!text.Contains($"...F{i} ", StringComparison.Ordinal) || !used.Add($"F{i}")) continue;
                text += $"\n{fragments[i].Text}";
            }

            var variables = new Dictionary<string, bool>(StringComparer.Ordinal) { ["t"] = _random.Next(2) == 0, ["f"] = _random.Next(2) == 0 };
            return (text, variables);
        }

        private void Selections(StringBuilder text, string typeName, int depth, int nextFragment, bool root = false)
        {
            text.Append("{ ");
            if (root) text.Append("t: __typename @skip(if: $t) f: __typename @include(if: $f) ");
            text.Append("__typename ");
            var type = _schema.GetType(typeName);
            for (var i = _random.Next(1, 6); i > 0; i--)
            {
                switch (_random.Next(8))
                {
                    case 0 when nextFragment < FragmentTypes.Length:
                        var fragment = _random.Next(nextFragment, FragmentTypes.Length);
                        if (!_schema.Overlap(type, _schema.GetType(FragmentTypes[fragment]))) break;
                        text.Append(CultureInfo.InvariantCulture, $"...F{fragment} {Directive()}");
                        break;
                    case 1:
                        var condition = FragmentTypes[_random.Next(FragmentTypes.Length)];
                        if (!_schema.Overlap(type, _schema.GetType(condition))) break;
                        text.Append(CultureInfo.InvariantCulture, $"... on {condition} {Directive()}");
                        Selections(text, condition, depth - 1, nextFragment);
                        break;
                    default:
                        Field(text, type, depth, nextFragment);
                        break;
                }
            }

            text.Append("} ");
        }

        private void Field(StringBuilder text, NamedType type, int depth, int nextFragment)
        {
            if (type is not ComplexType complex) return;
            var field = complex.Fields[_random.Next(complex.Fields.Count)];
            if (field.Type.Named.IsComposite && depth <= 0) return;
            // An alias names one field of one type only, so that occurrences always merge.
            var alias = _random.Next(3) == 0 ? $"{field.Name}_{field.Type.ToString().Length}: " : $"{(field.Name is "fails" or "failsNN" or "book" or "null" or "nullNN" ? $"{field.Name}{field.Type.ToString().Length}: " : "")}";
            text.Append(CultureInfo.InvariantCulture, $"{alias}{field.Name} {Directive()}");
            if (field.Type.Named.IsComposite) Selections(text, field.Type.Named.Name, depth - 1, nextFragment);
        }

        private string Directive() => _random.Next(10) switch
        {
            0 => "@skip(if: $t) ",
            1 => "@include(if: $f) ",
            2 => "@skip(if: false) ",
            3 => "@include(if: $t) @skip(if: $f) ",
            4 => "@include(if: false) ",
            _ => "",
        };
    }
}
