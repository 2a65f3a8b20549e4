using System.Reflection;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Portal.Settings;
using Metro.Scheduler.Backup;
using Metro.Scheduler.Mailing;
using Metro.Testing;

namespace Metro.Portal.Tests;

/// <summary>What the documents say of the portal is held against the portal.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Documented =
        File.ReadAllText(Path.Combine(Repository.Root, "README.md")) + File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

    public static TheoryData<string> Settings =>
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "Database__Provider", "ConnectionStrings__Portal", "OTEL_EXPORTER_OTLP_ENDPOINT",
        .. Keys("Portal", typeof(PortalSettings)), .. Keys("Mail", typeof(MailSettings)), .. Keys("Backup", typeof(BackupSettings)), .. Keys("Library", typeof(LibrarySettings)),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_is_documented(string setting) =>
        Assert.Contains($"| `{setting}", Documented, StringComparison.Ordinal);

    [Fact]
    public void The_documents_name_no_setting_that_does_not_exist()
    {
        var known = Settings.Select(row => row.Data).ToHashSet(StringComparer.Ordinal);

        Assert.All(TableRow().Matches(Documented).Select(row => row.Groups["name"].Value), name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_local_link_of_the_documents_leads_to_a_file()
    {
        string[] folders = ["", "docs", "docs/decisions"];
        var documents = folders.Select(folder => Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"));

        foreach (var document in documents)
            foreach (Match link in LocalLink().Matches(File.ReadAllText(document)))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(link.Groups[1].Value));
                Assert.True(Path.Exists(target), $"{Path.GetRelativePath(Repository.Root, document)} links to {link.Groups[1].Value}, which is not there.");
            }
    }

    [Fact]
    public void Every_test_that_the_document_on_security_names_exists()
    {
        var named = NamedTest().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"))).Select(test => test.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);

        var known = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(source => TestClass().Matches(source).SelectMany(_ => TestMethod().Matches(source), (type, test) => $"{type.Groups[1].Value}.{test.Groups[1].Value}")).ToHashSet(StringComparer.Ordinal);
        Assert.All(named, test => Assert.True(known.Contains(test), $"{test} is named in docs/security.md and is not there."));
    }

    [Fact]
    public void The_document_on_security_answers_each_requirement_once()
    {
        var rows = Requirement().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"))).Select(row => row.Groups[1].Value).ToList();

        Assert.Equal(rows.Distinct(), rows);
        // OWASP ASVS 5.0.0 has so many of level 1 and 2.
        Assert.Equal(253, rows.Count);
    }

    /// <summary>The settings of a section, those of nested groups too; a list is named by its first place.</summary>
    private static IEnumerable<string> Keys(string section, Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || IsList(property.PropertyType) || IsGroup(property.PropertyType))
            .SelectMany(property =>
            {
                var key = $"{section}__{property.Name}";
                if (IsList(property.PropertyType)) return [key + "__0"];
                return IsGroup(property.PropertyType) ? Keys(key, property.PropertyType) : [key];
            });

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private static bool IsGroup(Type type) => type.Namespace?.StartsWith("Metro.", StringComparison.Ordinal) == true && type.IsClass;

    [GeneratedRegex(@"^\| `(?<name>[A-Z][A-Za-z]*__[A-Za-z_0-9]+|ASPNETCORE_[A-Z]+|OTEL_[A-Z_]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`([A-Z]\w+Tests\.[A-Z]\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bpublic (async |static )*(Task|void|Property) (?<name>[A-Z]\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+\.\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex LocalLink();
}
