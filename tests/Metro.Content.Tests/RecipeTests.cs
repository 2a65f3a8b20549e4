using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Metro.Testing;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class RecipeTests
{
    public static TheoryData<string, string> Expressions => new()
    {
        { "[js: 'a' + 'b']", "ab" },
        { "[js: variables('site')]", "Perpustakaan" },
        { "[js: variables('both')]", "Perpustakaan Metro" },
        { "[js:parameters('AdminUsername')]", "Sri" },
        { "[js: configuration('OrchardCore_Admin:AdminUrlPrefix', 'Admin')]", "Admin" },
        { "[js: base64('aGFsbw==')]", "halo" },
        { "[js: html('a &amp; b')]", "a & b" },
        { "[js: ('x' + (\"y\"));]", "xy" },
        { "[js: new Date().toISOString()]", "2026-01-05T02:00:00.000Z" },
        { "[locale en]Hello[/locale][locale id]Halo[/locale]", "[locale en]Hello[/locale][locale id]Halo[/locale]" },
        { "[lihat: catatan]", "[lihat: catatan]" },
        { "[1]", "[1]" },
    };

    [Theory, MemberData(nameof(Expressions))]
    public async Task Expressions_are_read_without_a_javascript_engine(string written, string value)
    {
        await using var office = await OpenAsync();

        await Imported(office, Recipe(AnItem("4a", "Page", $$"""{"Title": {{JsonValue.Create(written).ToJsonString()}} }""")));

        Assert.Equal(value, (await office.Reader.FindLatestAsync("4a", Stop))!.DisplayText);
    }

    [Theory]
    [InlineData("[js: process.exit()]", "recipe.expression")]
    [InlineData("[js: variables('nowhere')]", "recipe.variable")]
    [InlineData("[js: variables('loop')]", "recipe.variable")]
    [InlineData("[js: parameters('Password')]", "recipe.parameter")]
    [InlineData("[js: 'open]", "recipe.expression")]
    [InlineData("[file:text('../../etc/passwd')]", "recipe.file_missing")]
    public async Task An_expression_that_is_not_understood_is_a_fault_with_its_place(string written, string code)
    {
        await using var office = await OpenAsync();

        var outcome = await Import(office, Recipe(AnItem("4a", "Page", $$"""{"Title": {{JsonValue.Create(written).ToJsonString()}} }""")));

        Assert.Contains($"{code}@$.steps[0].data[0].TitlePart.Title", outcome.Refusal!.Faults.Select(fault => $"{fault.Code}@{fault.Path}"));
    }

    [Fact]
    public async Task Comments_trailing_commas_and_names_in_any_case_are_read()
    {
        await using var office = await OpenAsync();

        var report = await Imported(office, """
            { // a comment
              "Name": "Situs", "STEPS": [ { "NAME": "CONTENT", "DATA": [
                { "contentitemid": "4a", "ContentType": "Page", /* inside */ "TitlePart": { "Title": "Tentang" }, },
              ], }, ],
            }
            """);

        Assert.Equal(("Situs", StepFate.Imported, 1), (report.Recipe, report.Steps[0].Fate, report.Steps[0].Added));
    }

    [Fact]
    public async Task A_recipe_is_imported_whole_or_not_at_all_and_each_fault_has_its_place()
    {
        await using var office = await OpenAsync();

        var outcome = await Import(office, Recipe(
            AnItem("4a", "Faq", """{"Title": "Baik"}"""),
            """{"ContentType": "Faq"}""",
            """{"ContentItemId": "4c", "ContentType": "Workshop", "Published": true, "TitlePart": {"Title": "Tanpa isi"}}"""));

        Assert.Equal(
            [
                "content.required@$.steps[0].data[2].MarkdownBodyPart.Markdown", "content.required@$.steps[0].data[2].Workshop.StartsAt.Value",
                "content.required@$.steps[0].data[2].Workshop.Summary.Text", "recipe.item_id@$.steps[0].data[1].ContentItemId",
            ],
            outcome.Refusal!.Faults.Select(fault => $"{fault.Code}@{fault.Path}").Order(StringComparer.Ordinal));
        Assert.Null(await office.Reader.FindLatestAsync("4a", Stop));
        Assert.Empty(await office.History.AuditAsync(stop: Stop));
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_does_nothing()
    {
        await using var office = await OpenAsync();
        var recipe = Recipe(AnItem("4a", "Page", """{"Title": "Tentang"}"""));

        var report = await Imported(office, recipe, new RecipeOptions { DryRun = true });

        Assert.Equal((true, 1), (report.IsDryRun, report.Steps[0].Added));
        Assert.Null(await office.Reader.FindLatestAsync("4a", Stop));
    }

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        await using var office = await OpenAsync();
        var recipe = """
            { "name": "Situs", "variables": { "id": "[js: uuid()]" }, "steps": [
              { "name": "feature", "enable": ["A"] },
              { "name": "content", "data": [
                { "ContentItemId": "[js: variables('id')]", "ContentType": "Page", "Published": true, "Latest": true, "TitlePart": { "Title": "Tentang [js]" }, "MarkdownBodyPart": { "Markdown": "Isi." } },
                { "ContentItemId": "[js: uuid()]", "ContentType": "Page", "Published": false, "TitlePart": { "Title": "Draf" }, "HtmlBodyPart": { "Html": "[js: new Date().toISOString()]" } } ] } ] }
            """;
        Assert.False((await Imported(office, recipe)).ChangesNothing);
        office.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True((await Imported(office, recipe)).ChangesNothing);
    }

    [Fact]
    public async Task What_an_editor_changed_after_an_import_survives_the_next_one()
    {
        await using var office = await OpenAsync();
        var recipe = Recipe("""{"ContentItemId":"4a","ContentItemVersionId":"4v","ContentType":"Page","Published":true,"Latest":true,"TitlePart":{"Title":"Tentang"},"MarkdownBodyPart":{"Markdown":"Isi."}}""");
        await Imported(office, recipe);
        var item = (await office.Reader.FindAsync("4a", Stop))!;
        await office.Publish(item, Retitled(item, "Tentang kami"));

        Assert.True((await Imported(office, recipe)).ChangesNothing);
        Assert.Equal("Tentang kami", (await office.Reader.FindAsync("4a", Stop))!.DisplayText);
    }

    [Fact]
    public async Task A_new_version_of_a_known_item_is_added_to_its_history()
    {
        await using var office = await OpenAsync();
        await Imported(office, Recipe("""{"ContentItemId":"4a","ContentItemVersionId":"4v","ContentType":"Page","Published":true,"TitlePart":{"Title":"Lama"},"MarkdownBodyPart":{"Markdown":"Isi."}}"""));

        var report = await Imported(office, Recipe("""{"ContentItemId":"4a","ContentItemVersionId":"4w","ContentType":"Page","Published":true,"TitlePart":{"Title":"Baru"},"MarkdownBodyPart":{"Markdown":"Isi."}}"""));

        Assert.Equal(1, report.Steps[0].Changed);
        Assert.Equal([("4w", true), ("4v", false)], (await office.History.VersionsAsync("4a", stop: Stop)).Select(version => (version.VersionId, version.IsPublished)));
    }

    [Fact]
    public async Task Steps_are_imported_parked_or_unsupported_and_what_is_parked_is_exported_again()
    {
        await using var office = await OpenAsync();

        var report = await Imported(office, """
            { "name": "S", "steps": [ { "name": "feature", "enable": ["OrchardCore.Menu"] }, { "name": "SomethingNew", "Deep": { "x": [1, 2.50] } },
              { "name": "Users", "Users": [] }, { "name": "recipes", "Values": [] }, { "name": "content", "data": [] } ] }
            """);

        Assert.Equal([StepFate.Parked, StepFate.Parked, StepFate.Unsupported, StepFate.Unsupported, StepFate.Imported], report.Steps.Select(step => step.Fate));
        var steps = (JsonArray)JsonNode.Parse(await Exported(office))!["steps"]!;
        Assert.Equal("""{"name":"SomethingNew","Deep":{"x":[1,2.50]}}""", steps.Single(step => (string?)step!["name"] == "SomethingNew")!.ToJsonString());
        Assert.DoesNotContain(steps, step => (string?)step!["name"] == "Users");
    }

    [Fact]
    public async Task Export_import_export_gives_the_same_bytes()
    {
        await using var first = await OpenAsync();
        await Imported(first, """
            { "name": "S", "steps": [
              { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Gadget", "Settings": { "X": { "y": 1 } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" } ] } ] },
              { "name": "Layers", "Layers": [ { "Name": "Always" } ] },
              { "name": "content", "data": [ { "ContentItemId": "ocwebsitehomelandingpage00", "ContentType": "Gadget", "Published": true, "Owner": null,
                 "TitlePart": { "Title": "Alat" }, "UnknownPart": { "Number": 1.0, "Nested": [ { "a": null } ] }, "dropped": 3, "AutoroutePart": { "Path": "alat" } } ] } ] }
            """);
        var item = await first.Published("Workshop", AWorkshop("Membatik"));
        await first.Save(item, Retitled(item, "Membatik lanjutan"));
        await first.Draft("Page", APage("Draf <b>& “tanda”</b>"));
        await using var second = await OpenAsync();

        var exported = await Exported(first);
        await Imported(second, exported);

        Assert.Equal(exported, await Exported(second));
        Assert.True((await Imported(second, exported)).ChangesNothing);
        Assert.Contains("\"UnknownPart\"", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("dropped", exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_parts_and_fields_items_have_they_survive()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        var names = Gen.Elements("Text", "Value", "Paths", "Url", "ContentItems", "TitlePart", "Title", "Alien", "ContentItemId", "ContentType", "TermContentItemIds", "é\"", "Html", "Markdown", "a.b[0]");
        var scalars = Gen.OneOf(
            Gen.Elements<string>("", "kata", "<b>&'\"\\", "[js", "[locale id]", "2026-01-05T00:00:00.1234567Z", "😀\u2028", "~/x?y#z").Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Elements("0", "1.0", "-0.50", "1e5", "12345678901234567890", "true", "null").Select(raw => JsonNode.Parse(raw)));
        Gen<JsonNode?> Node(int depth) => depth == 0 ? scalars : Gen.OneOf(
            scalars,
            Gen.ListOf(Node(depth - 1), 3).Select(list => (JsonNode?)new JsonArray([.. list.Select(each => each?.DeepClone())])),
            Objects(depth).Select(item => (JsonNode?)item));
        Gen<JsonObject> Objects(int depth) => Gen.ListOf(names.Zip(Node(depth - 1)), 3)
            .Select(pairs => new JsonObject(pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2?.DeepClone()))));

        var number = 0;
        var items = Objects(3).Sample(60, 5).Select(content =>
        {
            var item = new JsonObject { ["ContentItemId"] = $"4r{++number}", ["ContentType"] = "Alien", ["Published"] = number % 2 == 0 };
            foreach (var part in (string[])["Alien", "OtherPart"]) item[part] = content.DeepClone();
            return item.ToJsonString();
        });
        await Imported(first, Recipe([.. items]));

        var exported = await Exported(first);
        await Imported(second, exported);

        Assert.Equal(60, ((JsonArray)JsonNode.Parse(exported)!["steps"]!.AsArray().Last()!["data"]!).Count);
        Assert.Equal(exported, await Exported(second));
    }

    [Fact]
    public async Task An_exported_item_has_orchards_properties_in_orchards_order()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", APage("Tentang"));

        var step = ((JsonArray)JsonNode.Parse(await Exported(office))!["steps"]!).Last()!;

        Assert.Equal(
            ["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author"],
            step["data"]![0]!.AsObject().Select(property => property.Key).Take(11));
        Assert.Equal(item.VersionId, (string?)step["data"]![0]!["ContentItemVersionId"]);
    }

    [Fact]
    public async Task A_definition_without_a_part_name_is_refused()
    {
        await using var office = await OpenAsync();

        var outcome = await Import(office, """{"name":"S","steps":[{"name":"ContentDefinition","ContentTypes":[{"Name":"A","ContentTypePartDefinitionRecords":[{"Name":"TitlePart"}]}]}]}""");

        Assert.Equal("$.steps[0].ContentTypes[0].ContentTypePartDefinitionRecords[0]", Assert.Single(outcome.Refusal!.Faults).Path);
    }

    [Fact]
    public async Task Definitions_are_merged_replaced_and_deleted_as_orchard_does()
    {
        await using var office = await OpenAsync();
        static string Step(string name, string body) => $$"""{"name":"S","steps":[{"name":"{{name}}",{{body}}}]}""";
        await Imported(office, Step("ContentDefinition", """ "ContentParts":[{"Name":"A","Settings":{"x":1},"ContentPartFieldDefinitionRecords":[{"FieldName":"TextField","Name":"One"}]}] """));

        await Imported(office, Step("ContentDefinition", """ "ContentParts":[{"Name":"A","Settings":{"y":2},"ContentPartFieldDefinitionRecords":[{"FieldName":"TextField","Name":"Two"}]}] """));
        Assert.Contains("""{"Name":"A","Settings":{"x":1,"y":2},"ContentPartFieldDefinitionRecords":[{"FieldName":"TextField","Name":"One"},{"FieldName":"TextField","Name":"Two"}]}""", Compact(await Exported(office)), StringComparison.Ordinal);

        await Imported(office, Step("ReplaceContentDefinition", """ "ContentParts":[{"Name":"A","Settings":{}}] """));
        Assert.Contains("""{"Name":"A","Settings":{}}""", Compact(await Exported(office)), StringComparison.Ordinal);

        await Imported(office, Step("DeleteContentDefinition", """ "ContentParts":["A"] """));
        Assert.DoesNotContain("\"Name\":\"A\"", Compact(await Exported(office)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_carries_its_media_there_and_back()
    {
        await using var first = await OpenAsync();
        Done(await first.Media.UploadAsync(Editor, "foto", "Gedung.png", new MemoryStream(Pictures.Png(8, 6)), Stop));
        Done(await first.Media.DescribeAsync(Editor, "foto/gedung.png", new Dictionary<string, string> { ["id"] = "Gedung perpustakaan" }, false, (0.25, 0.75), Stop));
        await using var second = await OpenAsync();

        var zip = await Zipped(first);
        await Imported(second, new MemoryStream(zip));

        var asset = (await second.Media.FindAsync("foto/gedung.png", Stop))!;
        Assert.Equal((8, 6, "Gedung perpustakaan", (0.25, 0.75)), (asset.Width, asset.Height, asset.Alt["id"], asset.FocalPoint));
        Assert.Equal(zip, await Zipped(second));
        Assert.True((await Imported(second, new MemoryStream(zip))).ChangesNothing);
    }

    [Theory]
    [InlineData("../keluar.png")]
    [InlineData("/mutlak.png")]
    [InlineData("a/../../b.png")]
    [InlineData("C:\\windows\\a.png")]
    public async Task A_package_whose_names_lead_out_of_it_is_refused(string name)
    {
        await using var office = await OpenAsync();

        var outcome = RecipePackage.Read(new MemoryStream(Zip((name, Pictures.Png(1, 1)), ("Recipe.json", "{\"steps\":[]}"u8.ToArray()))));

        Assert.Equal("recipe.zip_path", Assert.Single(outcome.Refusal!.Faults).Code);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var outcome = RecipePackage.Read(new MemoryStream(Zip(("bom.png", new byte[50_000_000]), ("Recipe.json", "{\"steps\":[]}"u8.ToArray()))));

        Assert.Equal("recipe.zip_too_large", Assert.Single(outcome.Refusal!.Faults).Code);
    }

    [Fact]
    public void A_package_with_more_files_or_bytes_than_allowed_is_refused()
    {
        var zip = Zip(("a.png", new byte[10]), ("b.png", new byte[10]), ("Recipe.json", "{\"steps\":[]}"u8.ToArray()));

        Assert.False(RecipePackage.Read(new MemoryStream(zip), new RecipeLimits { MaxFiles = 2 }).Succeeded);
        Assert.False(RecipePackage.Read(new MemoryStream(zip), new RecipeLimits { MaxPackageMegabytes = 0 }).Succeeded);
        Assert.False(RecipePackage.Read(new MemoryStream(zip), new RecipeLimits { MaxRecipeMegabytes = 0 }).Succeeded);
        Assert.True(RecipePackage.Read(new MemoryStream(zip)).Succeeded);
    }

    [Fact]
    public async Task A_source_url_is_never_fetched_and_reported()
    {
        await using var office = await OpenAsync();

        var report = await Imported(office, """{"name":"S","steps":[{"name":"media","Files":[{"TargetPath":"a.png","SourceUrl":"http://169.254.169.254/latest"}]}]}""");

        Assert.Equal("recipe.source_url@$.steps[0].Files[0].SourceUrl", report.Steps[0].Notes.Select(note => $"{note.Code}@{note.Path}").Single());
        Assert.Null(await office.Media.FindAsync("a.png", Stop));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_whatever_its_name_is_left_out_and_reported()
    {
        await using var office = await OpenAsync();
        var svg = Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8);

        var report = await Imported(office, $$"""{"name":"S","steps":[{"name":"media","Files":[{"TargetPath":"a.png","Base64":"{{svg}}"}]}]}""");

        Assert.Equal("media.unknown_kind", Assert.Single(report.Steps[0].Notes).Code);
    }

    [Theory]
    [InlineData("blog.recipe.json", "blog/post-1")]
    [InlineData("agency.recipe.json", "home-page")]
    public async Task Recipes_that_orchard_ships_are_imported_again_without_change_and_round_trip(string file, string path)
    {
        if (Repository.SampleFile("orchard", file) is not { } sample) return;

        await using var first = await OpenAsync();
        var recipe = await File.ReadAllTextAsync(sample, Stop);
        var options = new RecipeOptions { KeepMissingFiles = true, Parameters = new Dictionary<string, string> { ["SiteName"] = "Perpustakaan" } };
        var refused = await Import(first, recipe, options with { KeepMissingFiles = false });
        Assert.Contains(refused.Refusal!.Faults, fault => fault.Code == "recipe.file_missing" && fault.Path.StartsWith("$.steps[", StringComparison.Ordinal));

        var report = await Imported(first, recipe, options);
        Assert.DoesNotContain(report.Steps, step => step.Fate == StepFate.Unsupported);
        Assert.NotNull((await first.Reader.ByPathAsync(path, Stop))?.Item);
        Assert.True((await Imported(first, recipe, options)).ChangesNothing);

        var exported = await Exported(first);
        await using var second = await OpenAsync();
        await Imported(second, exported, options);
        Assert.Equal(exported, await Exported(second));
    }

    [Fact]
    public async Task A_page_that_says_no_language_is_listed_in_the_portals_first_one()
    {
        await using var office = await OpenAsync();

        await Imported(office, Recipe("""{"ContentItemId":"4a","ContentType":"Page","Published":true,"TitlePart":{"Title":"Jam"},"MarkdownBodyPart":{"Markdown":"Isi."}}"""));

        Assert.Equal("id", Assert.Single((await office.Reader.ListAsync(new ContentQuery("id", "Page"), Stop)).Items).Item.Culture);
    }

    [Fact]
    public async Task Two_items_of_a_recipe_that_want_one_address_or_alias_refuse_it_with_their_places()
    {
        await using var office = await OpenAsync();
        static string Item(string id) => $$$"""{"ContentItemId":"{{{id}}}","ContentType":"Alien","Published":true,"AutoroutePart":{"Path":"sama"},"AliasPart":{"Alias":"satu"}}""";

        var outcome = await Import(office, Recipe(Item("4a"), Item("4b")));

        Assert.Equal(
            ["content.alias.taken@$.steps[0].data[1].AliasPart.Alias", "content.path.taken@$.steps[0].data[1].AutoroutePart.Path"],
            outcome.Refusal!.Faults.Select(fault => $"{fault.Code}@{fault.Path}").Order(StringComparer.Ordinal));
        Assert.Null(await office.Reader.ByPathAsync("sama", Stop));
    }

    [Fact]
    public async Task A_known_version_is_merged_and_its_lists_replaced()
    {
        await using var office = await OpenAsync();
        static string Item(string parts) => Recipe($$"""{"ContentItemId":"4a","ContentItemVersionId":"4v","ContentType":"Alien","Published":true,{{parts}}}""");
        await Imported(office, Item(""" "Alien":{"A":{"Text":"satu"},"B":{"Values":["x","y"]}} """));

        var again = Item(""" "Alien":{"B":{"Values":["z"]},"C":{"Text":"tiga"}} """);
        Assert.Equal(1, (await Imported(office, again)).Steps[0].Changed);

        Assert.Equal("""{"A":{"Text":"satu"},"B":{"Values":["z"]},"C":{"Text":"tiga"}}""", (await office.Reader.FindAsync("4a", Stop))!.Content["Alien"]!.ToJsonString());
        Assert.True((await Imported(office, again)).ChangesNothing);
    }

    [Fact]
    public async Task The_demonstration_content_is_whole_bilingual_without_fault_and_imported_once()
    {
        await using var office = await OpenAsync();
        var today = DateOnly.FromDateTime(office.Now);
        async Task<RecipeReport> Demo()
        {
            using var package = DemoContent.Open();
            return Done(await office.Import.ImportAsync(Administrator, package, DemoContent.On(today), Stop));
        }

        Assert.All((await Demo()).Steps, step => Assert.Empty(step.Notes));
        Assert.True((await Demo()).ChangesNothing);

        var items = Done(await new EditorList(office.NewContext()).FindAsync(Editor, new EditorQuery { PageSize = 200 }, Stop));
        foreach (var item in items) Assert.Empty((await office.Store.ValidateAsync(item.ItemId, stop: Stop))!);
        Assert.Empty(items.Where(item => item.Culture is not null).GroupBy(item => item.Culture).Select(group => group.Count()).Distinct().Skip(1));
        Assert.Equal(["CommunityEvent", "EResource", "Exhibition", "Faq", "Menu", "NewsPost", "Page", "ReadingProgram", "SpacePage", "Sponsor", "Taxonomy", "Workshop"], items.Select(item => item.Type).Distinct().Order());
        Assert.Equal(9, (await office.Reader.ListAsync(new ContentQuery("en", "Workshop") { StartsFrom = office.Now, WithFallback = false }, Stop)).Items.Count);
        Assert.Equal("Catalogue", (await office.Reader.MenuAsync("main-menu", "en", Stop))!.Entries[0].Text);
    }

    [Fact]
    public async Task Only_an_administrator_imports()
    {
        await using var office = await OpenAsync();
        var package = RecipePackage.Read(new MemoryStream("{\"steps\":[]}"u8.ToArray())).Result!;

        Assert.Equal("content.forbidden", Refused(await office.Import.ImportAsync(Editor, package, stop: Stop)));
    }

    [Theory]
    [InlineData("", "recipe.not_json")]
    [InlineData("{", "recipe.not_json")]
    [InlineData("[]", "recipe.no_steps")]
    public void What_is_no_recipe_is_said_so(string text, string code) =>
        Assert.Equal(code, RecipePackage.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Refusal!.Faults[0].Code);

    private static string Recipe(params string[] items) => $$"""
        { "name": "S", "variables": { "site": "Perpustakaan", "both": "[js: variables('site') + ' Metro']", "loop": "[js: variables('loop')]" },
          "steps": [ { "name": "content", "data": [ {{string.Join(", ", items)}} ] } ] }
        """;

    private static string AnItem(string id, string type, string title) => $$"""{"ContentItemId": "{{id}}", "ContentType": "{{type}}", "TitlePart": {{title}} }""";

    private static Task<Outcome<RecipeReport>> Import(Newsroom office, string recipe, RecipeOptions? options = null) =>
        Import(office, new MemoryStream(Encoding.UTF8.GetBytes(recipe)), options);

    private static async Task<Outcome<RecipeReport>> Import(Newsroom office, Stream recipe, RecipeOptions? options = null)
    {
        using var package = Done(RecipePackage.Read(recipe));
        return await office.Import.ImportAsync(Administrator, package, options, Stop);
    }

    private static async Task<RecipeReport> Imported(Newsroom office, string recipe, RecipeOptions? options = null) => Done(await Import(office, recipe, options));

    private static async Task<RecipeReport> Imported(Newsroom office, Stream recipe) => Done(await Import(office, recipe));

    private static async Task<string> Exported(Newsroom office)
    {
        using var stream = new MemoryStream();
        await office.Export.WriteJsonAsync(stream, stop: Stop);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<byte[]> Zipped(Newsroom office)
    {
        using var stream = new MemoryStream();
        await office.Export.WriteZipAsync(stream, stop: Stop);
        return stream.ToArray();
    }

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
