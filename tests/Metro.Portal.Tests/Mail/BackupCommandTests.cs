namespace Metro.Portal.Tests.Mail;

/// <summary>A copy of the database, made and put back from a shell as an operator does it.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-backup-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_there_when_the_copy_was_made_is_there_again()
    {
        var copy = Path.Combine(data.FullName, "copy.db");
        Assert.Equal(0, (await RunAsync("user", "add", "siti@example.org")).ExitCode);
        var made = await RunAsync("backup", copy);
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("whole and checked", made.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("user", "add", "budi@example.org")).ExitCode);

        var restored = await RunAsync("restore", copy);

        Assert.Equal(0, restored.ExitCode);
        Assert.Contains(".before-", restored.Output, StringComparison.Ordinal);
        // Who came after the copy is unknown again, who was there before is known.
        Assert.Equal(0, (await RunAsync("user", "add", "budi@example.org")).ExitCode);
        Assert.Equal(1, (await RunAsync("user", "add", "siti@example.org")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_copy_is_refused_in_one_sentence()
    {
        var other = Path.Combine(data.FullName, "other.db");
        await File.WriteAllTextAsync(other, "not a database", Stop);

        var refused = await RunAsync("restore", other);

        Assert.Equal(1, refused.ExitCode);
        Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => data.Delete(recursive: true);

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        PortalProcess.RunAsync(arguments, [("Portal__DataPath", data.FullName)], Stop);
}
