using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>
/// The expressions in a recipe's texts: <c>[js: variables('blogId')]</c>, <c>[file:text('footer.html')]</c>.
/// Orchard runs JavaScript; recipes use little of it, so a list of helpers, texts joined by <c>+</c> and
/// <c>new Date().toISOString()</c> are read here and anything else is a fault. <c>uuid()</c> gives the same
/// id at the same place of the same recipe, so that a second import finds what the first one made.
/// </summary>
internal sealed class RecipeExpressions(
    string recipe, JsonObject? variables, IReadOnlyDictionary<string, string> parameters, Func<string, Stream?> open, DateTime now)
{
    private const int MaxSteps = 20;
    private const int MaxUnpacked = 10_000_000;

    private readonly Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the date was asked for: then the import remembers it.</summary>
    public bool AskedForNow { get; private set; }

    /// <summary>A copy of the node in which every expression has its value. Faults are added; a faulty text stays as it was.</summary>
    public JsonNode? Evaluated(JsonNode? node, string place, List<Fault> faults)
    {
        switch (node)
        {
            case JsonObject item:
                return new JsonObject(item.Select(property => KeyValuePair.Create(property.Key, Evaluated(property.Value, $"{place}.{property.Key}", faults))));
            case JsonArray list:
                return new JsonArray([.. list.Select((each, i) => Evaluated(each, $"{place}[{i}]", faults))]);
            default:
                if (ContentJson.TextOf(node) is not { } text || !IsExpression(text)) return node?.DeepClone();
                try
                {
                    return JsonValue.Create(Text(text, place));
                }
                catch (ExpressionException fault)
                {
                    faults.Add(new Fault(fault.Code, place, fault.About));
                    return node!.DeepClone();
                }
        }
    }

    /// <summary>An expression is evaluated until it is none any more, as Orchard does.</summary>
    private string Text(string text, string place)
    {
        for (var steps = 0; IsExpression(text) && steps < MaxSteps; steps++)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var (engine, source) = (text[1..colon].Trim(), text[(colon + 1)..^1]);
            var reader = new Reader(this, source, place);
            var value = engine == "file" ? reader.File() : reader.Whole();
            if (value == text) break;
            text = value;
        }

        return text;
    }

    /// <summary>Of the texts in brackets only those that name an engine are expressions; <c>[locale en]</c> stays as it is.</summary>
    private static bool IsExpression(string text) =>
        text.EndsWith(']') && (text.StartsWith("[js:", StringComparison.Ordinal) || text.StartsWith("[file:", StringComparison.Ordinal));

    private string NewId(string place) => ContentId.Of(recipe, place);

    private string Parameter(string name) => parameters.GetValueOrDefault(name) ?? throw new ExpressionException("recipe.parameter", name);

    private string Variable(string name)
    {
        if (known.TryGetValue(name, out var value)) return value;
        if (variables?.Get(name) is not { } node || !underWay.Add(name)) throw new ExpressionException("recipe.variable", name);

        value = ContentJson.TextOf(node) is { } text ? Text(text, $"$.variables.{name}") : node.ToJsonString();
        underWay.Remove(name);
        return known[name] = value;
    }

    private string File(string helper, string path)
    {
        using var stream = open(path) ?? throw new ExpressionException("recipe.file_missing", path);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return helper == "text" ? Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\ufeff') : Convert.ToBase64String(bytes.ToArray());
    }

    private static string Unzipped(string base64, string source)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress);
            var buffer = new byte[MaxUnpacked + 1];
            var read = zip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read > MaxUnpacked ? throw new ExpressionException("recipe.expression", source) : Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            throw new ExpressionException("recipe.expression", source);
        }
    }

    private static string Decoded(string base64, string source)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : throw new ExpressionException("recipe.expression", source);
    }

    private sealed class ExpressionException(string code, string about) : Exception
    {
        public string Code => code;

        public string About => about;
    }

    /// <summary>Reads one expression: <c>sum = term { "+" term }</c>, <c>term = text | number | call | new Date().toISOString() | "(" sum ")"</c>.</summary>
    private sealed class Reader(RecipeExpressions owner, string source, string place)
    {
        private int at;
        private int ids;
        private int depth;

        public string Whole()
        {
            var value = Sum();
            Take(';');
            return at == source.Length ? value : throw Unknown();
        }

        /// <summary><c>text('path')</c> or <c>base64('path')</c>, the whole of it.</summary>
        public string File()
        {
            var helper = Name();
            if (helper is not ("text" or "base64")) throw Unknown();

            var path = Arguments();
            return path.Count == 1 && at == source.Length ? owner.File(helper, path[0]) : throw Unknown();
        }

        private string Sum()
        {
            if (++depth > 50) throw Unknown();

            var value = Term();
            while (Take('+')) value += Term();
            depth--;
            return value;
        }

        private string Term()
        {
            Space();
            if (at == source.Length) throw Unknown();
            if (source[at] is '\'' or '"') return Quoted();
            if (Take('('))
            {
                var inner = Sum();
                return Take(')') ? inner : throw Unknown();
            }

            if (char.IsAsciiDigit(source[at])) return Digits();

            var name = Name();
            return name == "new" ? Date() : Call(name, Arguments());
        }

        private string Call(string name, List<string> arguments) => (name, arguments) switch
        {
            ("uuid", []) => owner.NewId(ids++ == 0 ? place : $"{place}#{ids}"),
            ("variables", [var variable]) => owner.Variable(variable),
            ("parameters", [var parameter]) => owner.Parameter(parameter),

            // Secrets of this portal are no business of a recipe: a configuration key has the default that the recipe names.
            ("configuration", [_]) => "",
            ("configuration", [_, var otherwise]) => otherwise,
            ("base64", [var encoded]) => Decoded(encoded, source),
            ("html", [var encoded]) => WebUtility.HtmlDecode(encoded),
            ("gzip", [var encoded]) => Unzipped(encoded, source),
            _ => throw Unknown(),
        };

        private string Date()
        {
            foreach (var expected in (ReadOnlySpan<string>)["Date", "(", ")", ".", "toISOString", "(", ")"])
            {
                Space();
                if (string.CompareOrdinal(source, at, expected, 0, expected.Length) != 0) throw Unknown();
                at += expected.Length;
            }

            owner.AskedForNow = true;
            return owner.Now;
        }

        private List<string> Arguments()
        {
            if (!Take('(')) throw Unknown();

            var arguments = new List<string>();
            if (Take(')')) return arguments;
            do arguments.Add(Sum());
            while (Take(','));
            return Take(')') ? arguments : throw Unknown();
        }

        private string Quoted()
        {
            var quote = source[at++];
            var text = new StringBuilder();
            for (; at < source.Length && source[at] != quote; at++)
            {
                if (source[at] != '\\')
                {
                    text.Append(source[at]);
                    continue;
                }

                if (++at == source.Length) throw Unknown();
                text.Append(source[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }

            return at++ < source.Length ? text.ToString() : throw Unknown();
        }

        private string Digits()
        {
            var start = at;
            while (at < source.Length && char.IsAsciiDigit(source[at])) at++;
            return source[start..at];
        }

        private string Name()
        {
            Space();
            var start = at;
            while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '_')) at++;
            return at > start ? source[start..at] : throw Unknown();
        }

        private bool Take(char expected)
        {
            Space();
            if (at == source.Length || source[at] != expected) return false;
            at++;
            Space();
            return true;
        }

        private void Space()
        {
            while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        }

        private ExpressionException Unknown() => new("recipe.expression", source.Trim());
    }

    private string Now => now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
