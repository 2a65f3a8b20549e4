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
        var actions = Code().SelectMany(code => Written().Matches(code).SelectMany(call => Action().Matches(call.Value).Select(action => action.Groups["action"].Value)))
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("visit.approved", actions);
        Assert.All(actions, action => Assert.NotNull(AuditText.Find("Action." + action)));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("en")]
    public void Every_fact_of_the_audit_trail_has_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var facts = Code().SelectMany(code => Written().Matches(code).Concat(Facts().Matches(code)))
            .SelectMany(call => Kept().Matches(call.Value)).SelectMany(kept => kept.Groups["facts"].Value.Split(','))
            .Select(fact => Fact().Match(fact)).Where(fact => fact.Success).Select(fact => char.ToLowerInvariant(fact.Groups["fact"].Value[0]) + fact.Groups["fact"].Value[1..])
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("keepsLoanHistory", facts);
        Assert.DoesNotContain(facts, fact => AuditText.Find("Fact." + fact) is null);
    }

    private static IEnumerable<string> Code() => ((string[])["library", "portal", "scheduler", "graphql/schema"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText);

    [GeneratedRegex(@"object Facts\([^;]*;", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Facts();

    [GeneratedRegex(@"new\s*\{(?<facts>[^}]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^\s*((?<fact>[A-Za-z]+)\s*=|([A-Za-z]+[.!]+)*(?<fact>[A-Za-z]+)\s*$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fact();

    [GeneratedRegex(@"\bAudit\([^;]*;", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex("\"(?<action>[a-z_]+\\.[a-z_]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();
}
