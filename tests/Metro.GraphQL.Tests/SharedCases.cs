using System.Text.Json;

namespace Metro.GraphQL.Tests;

/// <summary>Cases that other projects' test suites agree on, read from beside the repository when they are there.</summary>
internal static class SharedCases
{
    public static IReadOnlyList<JsonElement> Read(string file) =>
        ReadDocument(file) is { } document ? [.. document.GetProperty("cases").EnumerateArray()] : [];

    public static JsonElement? ReadDocument(string file)
    {
        var path = Folder is null ? null : System.IO.Path.Combine(Folder, file);
        if (path is null || !File.Exists(path)) return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    public static bool IsContested(JsonElement @case) => @case.TryGetProperty("contested", out _);

    /// <summary>A string that may hold lone surrogates, which JSON can spell and .NET's reader refuses.</summary>
    public static string Text(JsonElement @case, string property)
    {
        var raw = @case.GetProperty(property);
        try
        {
            return raw.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(raw.GetRawText());
        }
    }

    private static string Unescape(string raw)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)Convert.ToInt32(raw.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\b',
                    'f' => '\f',
                    var other => other,
                });
            }
        }

        return text.ToString();
    }

    private static string? Folder { get; } = FindFolder();

    private static string? FindFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(at.FullName, "Metro.Portal.sln"))) continue;
            var folder = System.IO.Path.Combine(at.FullName, "..", "shared", "data", "graphql");
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
