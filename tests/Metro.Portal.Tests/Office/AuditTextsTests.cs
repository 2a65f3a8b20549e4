using System.Globalization;
using System.Text.RegularExpressions;
using Metro.Portal.Pages.Office.Audit;
using Metro.Testing;

namespace Metro.Portal.Tests.Office;

/// <summary>Whatever is written into the audit trail can be read by people.</summary>
public sealed partial class AuditTextsTests
{
    [Fact]
    public void Every_action_of_the_audit_trail_has_words()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("id");
        var actions = ((string[])["library", "portal", "scheduler", "graphql/schema"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Written().Matches(File.ReadAllText(file)).SelectMany(call => Action().Matches(call.Value).Select(action => action.Groups["action"].Value)))
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("visit.approved", actions);
        Assert.All(actions, action => Assert.NotNull(AuditText.Find("Action." + action)));
    }

    [GeneratedRegex(@"\bAudit\([^;]*;", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex("\"(?<action>[a-z_]+\\.[a-z_]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();
}
