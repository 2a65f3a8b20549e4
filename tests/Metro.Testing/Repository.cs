namespace Metro.Testing;

/// <summary>Where the checkout and its neighbours are, for tests that read files as they stand.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of sample data beside the checkout, or null where there is none.</summary>
    public static string? SampleFile(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", "data", .. parts]);
        return File.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Metro.Portal.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside a checkout of the portal.");
    }
}
