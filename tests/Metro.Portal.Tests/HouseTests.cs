using System.Xml.Linq;
using Metro.Testing;

namespace Metro.Portal.Tests;

/// <summary>The house's arrows: who may know whom. A new arrow is a decision, made here in sight of everyone.</summary>
public sealed class HouseTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Metro.Data"] = [],
        ["Metro.Theme"] = [],
        ["Metro.GraphQL"] = [],
        ["Metro.Library"] = ["Metro.Data"],
        ["Metro.Content"] = ["Metro.Data"],
        ["Metro.Content.Editor"] = ["Metro.Content"],
        ["Metro.Scheduler"] = ["Metro.Library", "Metro.Content"],
        ["Metro.Portal.Schema"] = ["Metro.GraphQL", "Metro.Library", "Metro.Content"],
        ["Metro.Portal"] = ["Metro.Portal.Schema", "Metro.Scheduler", "Metro.Theme", "Metro.Content", "Metro.Content.Editor", "Metro.Library"],
    };

    public static TheoryData<string> Modules => [.. Arrows.Keys];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_knows_only_whom_the_design_lets_it_know(string module)
    {
        var known = References(ProjectFile(module), "ProjectReference").Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(known.Except(Arrows[module]));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_uses_only_types_of_modules_that_it_may_know(string module)
    {
        var reachable = Reachable(module);
        var used = System.Reflection.Assembly.Load(module).GetReferencedAssemblies()
            .Select(assembly => assembly.Name!).Where(name => name.StartsWith("Metro.", StringComparison.Ordinal));

        Assert.Empty(used.Except(reachable));
    }

    [Theory]
    [InlineData("Metro.Data")]
    [InlineData("Metro.Library")]
    [InlineData("Metro.Content")]
    public void The_rules_know_nothing_of_the_web(string module)
    {
        var used = System.Reflection.Assembly.Load(module).GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(used, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Empty(References(ProjectFile(module), "FrameworkReference"));
    }

    [Fact]
    public void Every_module_stands_in_the_table_of_arrows()
    {
        var modules = ProjectFiles().Where(file => !IsBeside(file)).Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), modules.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Metro.Portal.sln"));

        // Tools are run by hand, now and then, and restore what nothing else needs.
        Assert.All(ProjectFiles().Where(file => !Path.GetRelativePath(Repository.Root, file).StartsWith("tools", StringComparison.Ordinal)),
            file => Assert.Contains(Path.GetFileName(file), solution, StringComparison.Ordinal));
    }

    /// <summary>Tests, benchmarks and tools may know everyone.</summary>
    private static bool IsBeside(string file) =>
        ((string[])["tests", "bench", "tools"]).Contains(Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[0]);

    private static HashSet<string> Reachable(string module)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(Arrows[module]);
        while (next.TryDequeue(out var known))
            if (found.Add(known)) Array.ForEach(Arrows[known], next.Enqueue);
        return found;
    }

    private static string ProjectFile(string module) => ProjectFiles().Single(file => Path.GetFileNameWithoutExtension(file) == module);

    private static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Repository.Root, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
