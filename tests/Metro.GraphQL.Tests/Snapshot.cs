namespace Metro.GraphQL.Tests;

/// <summary>Files that say what the engine is expected to print; a change to one is seen in review.</summary>
internal static class Snapshot
{
    /// <summary>
    /// The committed text. Run with METRO_ACCEPT_SNAPSHOTS=1 to take what is printed now for the new one.
    /// </summary>
    public static string Accepted(string path, string printed)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(at.FullName, "Metro.GraphQL.Tests.csproj"))) at = at.Parent!;
        var file = System.IO.Path.Combine(at.FullName, path);
        if (Environment.GetEnvironmentVariable("METRO_ACCEPT_SNAPSHOTS") == "1") File.WriteAllText(file, printed);
        return File.ReadAllText(file);
    }
}
