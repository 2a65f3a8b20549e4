namespace Metro.Portal.Tests;

/// <summary>Data that comes in and goes out by file, as an operator does it.</summary>
public sealed class TransferTests : IDisposable
{
    private const string Records = """
        <collection xmlns="http://www.loc.gov/MARC21/slim">
          <record>
            <leader>00000nam a2200000 a 4500</leader>
            <controlfield tag="001">metro-1</controlfield>
            <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Laskar Pelangi</subfield></datafield>
          </record>
          <record>
            <leader>00000nam a2200000 a 4500</leader>
            <controlfield tag="001">metro-2</controlfield>
            <datafield tag="500" ind1=" " ind2=" "><subfield code="a">Tanpa judul</subfield></datafield>
          </record>
        </collection>
        """;

    private const string Recipe = """
        {
          "name": "jam-buka",
          "steps": [
            { "name": "content", "data": [ {
                "ContentItemId": "4abcdefghjkmnpqrstvwxyz012", "ContentItemVersionId": "4abcdefghjkmnpqrstvwxyz013",
                "ContentType": "Page", "DisplayText": "Jam buka", "Latest": true, "Published": true,
                "TitlePart": { "Title": "Jam buka" }, "MarkdownBodyPart": { "Markdown": "Setiap hari." },
                "AutoroutePart": { "Path": "jam-buka" }, "Page": { "Summary": { "Text": "Kapan kami buka." } } } ] },
            { "name": "themes", "site": "TheTheme" }
          ]
        }
        """;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-transfer-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Importing_marc_says_what_came_in_what_did_not_and_why_and_the_second_time_changes_nothing()
    {
        var file = Write("records.xml", Records);

        var dry = await RunAsync("import", "marc", file, "--dry-run");
        var first = await RunAsync("import", "marc", file);
        var second = await RunAsync("import", "marc", file);

        Assert.Equal((0, 0, 0), (dry.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Contains("Would happen to 2 records: 1 new, 0 changed, 0 unchanged, 1 refused", dry.Output, StringComparison.Ordinal);
        Assert.Contains("2 records read: 1 new, 0 changed, 0 unchanged, 1 refused", first.Output, StringComparison.Ordinal);
        Assert.Contains("Record 2 (byte ", first.Output, StringComparison.Ordinal);
        Assert.Contains("2 records read: 0 new, 0 changed, 1 unchanged, 1 refused", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_records_and_a_branch_that_there_is_not_are_said_and_nothing_comes_in()
    {
        var page = await RunAsync("import", "marc", Write("page.mrc", "<html>Bukan katalog</html>"));
        var empty = await RunAsync("import", "marc", Write("empty.mrc", ""));
        var nowhere = await RunAsync("import", "marc", Write("records.xml", Records), "--branch", "MTR");

        Assert.Equal((1, 1, 1), (page.ExitCode, empty.ExitCode, nowhere.ExitCode));
        Assert.Contains("no MARC records", page.Errors, StringComparison.Ordinal);
        Assert.Contains("no MARC records", empty.Errors, StringComparison.Ordinal);
        Assert.Contains("no branch MTR", nowhere.Errors, StringComparison.Ordinal);
        Assert.Contains("1 new", (await RunAsync("import", "marc", Write("records.xml", Records))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_recipe_asks_for_is_given_with_it_and_its_absence_is_told_by_place()
    {
        var file = Write("asking.json", Recipe.Replace("\"Setiap hari.\"", "\"[js: parameters('SiteName')]\"", StringComparison.Ordinal));

        var without = await RunAsync("import", "recipe", file);
        var mistyped = await RunAsync("import", "recipe", file, "--parameter", "SiteName");
        var given = await RunAsync("import", "recipe", file, "--parameter", "SiteName=Perpustakaan");

        Assert.Equal((1, 1, 0), (without.ExitCode, mistyped.ExitCode, given.ExitCode));
        Assert.Contains("$.steps[0].data[0].MarkdownBodyPart.Markdown", without.Errors, StringComparison.Ordinal);
        Assert.Contains("1 new", given.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all.xml", "Laskar Pelangi</subfield>")]
    [InlineData("all.mrc", "Laskar Pelangi")]
    public async Task The_whole_catalogue_is_exported_in_the_form_that_the_name_asks_for(string name, string contains)
    {
        await RunAsync("import", "marc", Write("records.xml", Records));
        var target = Path.Combine(data.FullName, name);

        var (exitCode, _, _) = await RunAsync("export", "marc", target);

        Assert.Equal(0, exitCode);
        Assert.Contains(contains, await File.ReadAllTextAsync(target, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_a_recipe_tells_the_fate_of_each_step_and_what_it_exports_comes_back_the_same()
    {
        var file = Write("recipe.json", Recipe);
        var (first, second) = (Path.Combine(data.FullName, "first.json"), Path.Combine(data.FullName, "second.json"));

        var imported = await RunAsync("import", "recipe", file);
        await RunAsync("export", "recipe", first);
        var again = await RunAsync("import", "recipe", first);
        await RunAsync("export", "recipe", second);

        Assert.Equal((0, 0), (imported.ExitCode, again.ExitCode));
        Assert.Contains("content: imported; 1 new", imported.Output, StringComparison.Ordinal);
        Assert.Contains("themes: kept as it is", imported.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(first, Stop), await File.ReadAllTextAsync(second, Stop));
    }

    [Theory]
    [InlineData("{ \"steps\": [")]
    [InlineData("{ \"steps\": [ { \"name\": \"content\", \"data\": [ { \"ContentType\": \"Page\" } ] } ] }")]
    public async Task A_broken_recipe_is_refused_whole_with_the_place_of_the_fault(string recipe)
    {
        var (exitCode, _, errors) = await RunAsync("import", "recipe", Write("broken.json", recipe));

        Assert.Equal(1, exitCode);
        Assert.Contains('$', errors);
    }

    [Theory]
    [InlineData("import", "marc")]
    [InlineData("import", "recipe")]
    public async Task A_file_that_is_not_there_is_named(string verb, string kind)
    {
        var (exitCode, _, errors) = await RunAsync(verb, kind, Path.Combine(data.FullName, "nowhere"));

        Assert.Equal(1, exitCode);
        Assert.Contains("nowhere", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => data.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(data.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => PortalProcess.RunAsync(
        arguments, [("Portal__DataPath", Path.Combine(data.FullName, "data")), ("ASPNETCORE_ENVIRONMENT", "Production")], Stop);
}
