namespace Metro.Portal.Tests.Accounts;

public sealed class UserAddTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-users-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_administrator_is_made_from_the_shell_with_a_password_shown_once()
    {
        var (exitCode, output, errors) = await AddAsync("kepala@perpustakaan.example", "--role", "Administrator");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches("Password \\(shown only once\\): [a-z2-9]{20}", output);
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        await AddAsync("kepala@perpustakaan.example");

        var (exitCode, _, errors) = await AddAsync("KEPALA@perpustakaan.example");

        Assert.Equal(1, exitCode);
        Assert.Contains("not made", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_refused_with_those_that_do()
    {
        var (exitCode, _, errors) = await AddAsync("kepala@perpustakaan.example", "--role", "King");

        Assert.Equal(1, exitCode);
        Assert.Contains("Administrator, Editor, Author, Contributor, Librarian", errors, StringComparison.Ordinal);
    }

    public void Dispose() => data.Delete(recursive: true);

    private Task<(int ExitCode, string Output, string Errors)> AddAsync(params string[] arguments) => PortalProcess.RunAsync(
        ["user", "add", .. arguments], [("Portal__DataPath", data.FullName), ("ASPNETCORE_ENVIRONMENT", "Production")], Stop);
}
