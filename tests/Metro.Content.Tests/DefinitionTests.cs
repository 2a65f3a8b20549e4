using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Metro.Content.Tests;

public sealed class DefinitionTests
{
    private static readonly Regex Codes = new("(Fault|Refusal)\\(\\s*\"(?<code>[a-z_.]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public static TheoryData<string> Languages => ["id", "en"];

    [Fact]
    public void The_portal_ships_its_ten_types_and_those_of_menus_and_taxonomies() => Assert.Equal(
        ["CommunityEvent", "EResource", "Exhibition", "Faq", "LinkMenuItem", "Menu", "NewsPost", "Page", "ReadingProgram", "SpacePage", "Sponsor", "Taxonomy", "Term", "Workshop"],
        ContentTypes.Shipped.All.Select(type => type.Name));

    [Theory, MemberData(nameof(Languages))]
    public void Every_type_field_part_and_option_has_a_name_in_both_languages(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var unnamed = ContentTypes.Shipped.All.SelectMany(type => (IEnumerable<string>)
        [
            .. Texts.Find($"Type.{type.Name}", culture) is null ? [type.Name] : Array.Empty<string>(),
            .. type.Fields.Where(field => Texts.Find($"Field.{type.Name}.{field.Name}", culture) is null && Texts.Find($"Field.{field.Name}", culture) is null).Select(field => field.JsonPath),
            .. type.Parts.Where(part => Texts.Find($"Field.{part.Name}", culture) is null).Select(part => part.Name),
            .. type.Fields.SelectMany(field => field.Options.Where(option => field.OptionLabel(option, culture) == option)),
        ]);

        Assert.Empty(unnamed.Distinct());
    }

    [Fact]
    public void The_two_languages_have_the_same_texts()
    {
        var folder = Path.Combine(Metro.Testing.Repository.Root, "content", "model", "Texts");
        static IEnumerable<string> Keys(string file) => System.Xml.Linq.XDocument.Load(file).Root!.Elements("data").Select(data => data.Attribute("name")!.Value);

        Assert.Equal(Keys(Path.Combine(folder, "Texts.resx")).Order(), Keys(Path.Combine(folder, "Texts.en.resx")).Order());
    }

    [Fact]
    public void Every_code_in_the_source_has_a_sentence()
    {
        var source = Directory.EnumerateFiles(Path.Combine(Metro.Testing.Repository.Root, "content", "model"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
        var codes = source.SelectMany(file => Codes.Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value)).Distinct().ToList();

        Assert.True(codes.Count > 40);
        Assert.DoesNotContain(codes, code => Texts.Find(code, CultureInfo.GetCultureInfo("id")) is null);
    }

    [Fact]
    public void A_fault_names_the_field_in_the_readers_language()
    {
        var fault = new Fault("content.required", "$.Workshop.StartsAt.Value");

        Assert.Equal("Mulai: wajib diisi sebelum diterbitkan.", fault.Sentence(CultureInfo.GetCultureInfo("id")));
        Assert.Equal("Starts: needed before publishing.", fault.Sentence(CultureInfo.GetCultureInfo("en")));
    }

    [Theory]
    [InlineData("Workshop", """{"Workshop":{"Capacity":{"Value":0}}}""", "content.too_small@$.Workshop.Capacity.Value")]
    [InlineData("Workshop", """{"Workshop":{"Capacity":{"Value":2.5}}}""", "content.too_precise@$.Workshop.Capacity.Value")]
    [InlineData("Workshop", """{"Workshop":{"Capacity":{"Value":"banyak"}}}""", "content.not_a_number@$.Workshop.Capacity.Value")]
    [InlineData("Workshop", """{"Workshop":{"StartsAt":{"Value":"besok"}}}""", "content.not_an_instant@$.Workshop.StartsAt.Value")]
    [InlineData("Workshop", """{"Workshop":{"StartsAt":{"Value":"2026-02-01T02:00:00Z"},"EndsAt":{"Value":"2026-02-01T01:00:00Z"}}}""", "content.ends_before_start@$.Workshop.EndsAt.Value")]
    [InlineData("Workshop", """{"Workshop":{"Registration":{"Url":"javascript:alert(1)"}}}""", "content.link.unsafe@$.Workshop.Registration.Url")]
    [InlineData("Workshop", """{"Workshop":{"Image":{"Paths":["tak-ada.jpg"]}}}""", "content.media.missing@$.Workshop.Image.Paths[0]")]
    [InlineData("Workshop", """{"Workshop":{"Image":{"Paths":["a.jpg","b.jpg"]}}}""", "content.only_one@$.Workshop.Image.Paths")]
    [InlineData("Workshop", """{"Workshop":{"Summary":"teks"}}""", "content.field_shape@$.Workshop.Summary")]
    [InlineData("EResource", """{"EResource":{"Access":{"Text":"siapa saja"}}}""", "content.not_an_option@$.EResource.Access.Text")]
    [InlineData("SpacePage", """{"SpacePage":{"Location":{"Latitude":105,"Longitude":-5}}}""", "content.not_a_place@$.SpacePage.Location")]
    [InlineData("Exhibition", """{"Exhibition":{"TextColour":{"Text":"merah"}}}""", "content.not_a_colour@$.Exhibition.TextColour.Text")]
    [InlineData("Exhibition", """{"Exhibition":{"BackgroundColour":{"Text":"#ffffff"},"TextColour":{"Text":"#999999"}}}""", "content.contrast@$.Exhibition.TextColour.Text")]
    [InlineData("Page", """{"AutoroutePart":{"Path":"../etc"}}""", "content.path.invalid@$.AutoroutePart.Path")]
    [InlineData("Page", """{"AutoroutePart":{"Path":"admin/content"}}""", "content.path.reserved@$.AutoroutePart.Path")]
    [InlineData("Menu", """{"MenuItemsListPart":{"MenuItems":[{"ContentType":"Workshop"}]}}""", "content.contained_type@$.MenuItemsListPart.MenuItems[0]")]
    [InlineData("Page", """{"PublishLaterPart":{"ScheduledPublishUtc":"besok"}}""", "content.not_an_instant@$.PublishLaterPart.ScheduledPublishUtc")]
    public void Publishing_finds_what_is_wrong_and_where(string type, string document, string fault)
    {
        var faults = ContentValidation.Strict(ContentTypes.Shipped, type, JsonNode.Parse(document)!.AsObject(), "id", ValidationFacts.None, new ContentSettings());

        Assert.Contains(fault, faults.Select(each => $"{each.Code}@{each.Path}"));
    }

    [Fact]
    public void An_id_is_26_characters_of_orchards_alphabet_and_begins_with_4()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => ContentId.New()).ToList();

        Assert.All(ids, id => Assert.Matches("^4[0-9a-hjkmnp-tv-z]{25}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void The_id_of_a_place_in_a_recipe_is_always_the_same()
    {
        Assert.Equal(ContentId.Of("Blog", "$.variables.a"), ContentId.Of("Blog", "$.variables.a"));
        Assert.NotEqual(ContentId.Of("Blog", "$.variables.a"), ContentId.Of("Blog", "$.variables.b"));
        Assert.StartsWith("4", ContentId.Of("Blog", "$.variables.a"));
    }

    [Theory]
    [InlineData("Lokakarya Membatik!", "lokakarya-membatik")]
    [InlineData("  Apa & siapa?  ", "apa-siapa")]
    [InlineData("Café déjà vu", "cafe-deja-vu")]
    [InlineData("Jum’at pagi", "jumat-pagi")]
    [InlineData("???", "")]
    public void A_slug_keeps_letters_and_digits(string title, string slug) => Assert.Equal(slug, ContentPath.Slug(title));

    [Fact]
    public void A_types_orchard_record_uses_stock_parts_and_fields_with_their_settings()
    {
        var workshop = ContentTypes.Shipped.Find("workshop")!;

        var type = OrchardDefinition.TypeRecord(workshop);
        var part = OrchardDefinition.PartRecord(workshop, alias => $"id of {alias}")!;

        Assert.Equal(
            ["TitlePart", "AutoroutePart", "LocalizationPart", "PublishLaterPart", "ArchiveLaterPart", "SeoMetaPart", "MarkdownBodyPart", "Workshop"],
            ((JsonArray)type["ContentTypePartDefinitionRecords"]!).Select(use => (string?)use!["PartName"]));
        var fields = ((JsonArray)part["ContentPartFieldDefinitionRecords"]!).ToDictionary(field => (string)field!["Name"]!, field => field!.AsObject());
        Assert.Equal("""{"Required":true}""", fields["StartsAt"]["Settings"]!["DateTimeFieldSettings"]!.ToJsonString());
        Assert.Equal("""{"TaxonomyContentItemId":"id of topic","Unique":false}""", fields["Topics"]["Settings"]!["TaxonomyFieldSettings"]!.ToJsonString());
        Assert.Equal("""{"Scale":0,"Minimum":1,"Maximum":10000}""", fields["Capacity"]["Settings"]!["NumericFieldSettings"]!.ToJsonString());
    }

    [Fact]
    public void Every_type_uses_only_parts_and_fields_that_orchard_has()
    {
        string[] parts =
        [
            "TitlePart", "AliasPart", "HtmlBodyPart", "MarkdownBodyPart", "AutoroutePart", "LocalizationPart", "PublishLaterPart", "ArchiveLaterPart", "BagPart", "FlowPart",
            "TaxonomyPart", "TermPart", "MenuPart", "MenuItemsListPart", "LinkMenuItemPart", "SeoMetaPart",
        ];

        Assert.Empty(ContentTypes.Shipped.All.SelectMany(type => type.Parts).Select(use => use.Part.Name).Except(parts));
    }

    [Fact]
    public void A_types_schema_tells_programs_what_each_field_holds()
    {
        var schema = ContentSchema.Of(ContentTypes.Shipped.Find("EResource")!, CultureInfo.GetCultureInfo("en"));

        var access = schema["properties"]!["EResource"]!["properties"]!["Access"]!;
        Assert.Equal("""{"type":"string","enum":["anywhere","members","library"]}""", access["properties"]!["Text"]!.ToJsonString());
        Assert.Equal(("Access", "TextField", true), ((string?)access["title"], (string?)access["x-field"], (bool?)access["x-indexed"]));
        Assert.Contains("$.TitlePart.Title", ((JsonArray)schema["x-requiredToPublish"]!).Select(path => (string?)path));
    }
}
