using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Metro.Data;
using Metro.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class ReadingTests
{
    private static readonly DateTime Monday = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task An_agenda_is_in_the_order_of_beginnings_across_types_page_by_page()
    {
        await using var office = await OpenAsync();
        for (var day = 0; day < 5; day++)
        {
            await office.Published("Workshop", AWorkshop($"Lokakarya {day}", Monday.AddDays(day * 2)));
            var other = AWorkshop($"Membaca {day}", Monday.AddDays((day * 2) + 1));
            other["ReadingProgram"] = other["Workshop"]!.DeepClone();
            await office.Published("ReadingProgram", other);
        }

        var query = new ContentQuery("id", "Workshop", "ReadingProgram") { Order = ContentOrder.Starts, PageSize = 3, StartsFrom = Monday.AddDays(1) };
        var seen = new List<string>();
        for (var more = true; more;)
        {
            var page = await office.Reader.ListAsync(query, Stop);
            seen.AddRange(page.Items.Select(each => each.Item.DisplayText));
            query = query with { After = ContentCursor.TryParse(page.Items[^1].Cursor!.ToString()) };
            more = page.HasMore;
        }

        Assert.Equal(["Membaca 0", "Lokakarya 1", "Membaca 1", "Lokakarya 2", "Membaca 2", "Lokakarya 3", "Membaca 3", "Lokakarya 4", "Membaca 4"], seen);
        Assert.Equal(9, await office.Reader.CountAsync(query, Stop));
    }

    [Theory]
    [InlineData(ContentOrder.Starts)]
    [InlineData(ContentOrder.StartsDescending)]
    [InlineData(ContentOrder.Ends)]
    [InlineData(ContentOrder.Newest)]
    [InlineData(ContentOrder.Title)]
    public async Task Pages_of_every_order_hold_each_item_once_even_where_all_are_equal(ContentOrder order)
    {
        await using var office = await OpenAsync();
        for (var i = 0; i < 7; i++) await office.Published("Workshop", AWorkshop(i < 4 ? "Sama" : $"Lain {i}", Monday));

        var query = new ContentQuery("id", "Workshop") { Order = order, PageSize = 2 };
        var whole = (await office.Reader.ListAsync(query with { PageSize = 100 }, Stop)).Items.Select(each => each.Item.ItemId).ToList();
        var seen = new List<string>();
        for (var more = true; more;)
        {
            var page = await office.Reader.ListAsync(query, Stop);
            seen.AddRange(page.Items.Select(each => each.Item.ItemId));
            (query, more) = (query with { After = page.Items[^1].Cursor }, page.HasMore);
        }

        Assert.Equal(7, whole.Distinct().Count());
        Assert.Equal(whole, seen);
    }

    [Fact]
    public async Task What_is_still_on_has_not_ended()
    {
        await using var office = await OpenAsync();
        async Task Exhibition(string title, string first, string last)
        {
            var content = APage(title);
            content["Exhibition"] = JsonNode.Parse($$$"""{"Summary":{"Text":"Ringkasan"},"StartsOn":{"Value":"{{{first}}}"},"EndsOn":{"Value":"{{{last}}}"}}""");
            await office.Published("Exhibition", content);
        }

        await Exhibition("Lewat", "2026-01-01", "2026-01-04");
        await Exhibition("Hari terakhir", "2026-01-01", "2026-01-05");
        await Exhibition("Panjang", "2026-01-01", "2026-03-01");

        // The last day is over when the next begins in Metro, at 17:00 UTC.
        var noon = await office.Reader.ListAsync(new ContentQuery("id", "Exhibition") { EndsAfter = Monday, Order = ContentOrder.Ends }, Stop);
        var evening = await office.Reader.ListAsync(new ContentQuery("id", "Exhibition") { EndsAfter = Monday.Date.AddHours(17), Order = ContentOrder.Ends }, Stop);

        Assert.Equal(["Hari terakhir", "Panjang"], noon.Items.Select(each => each.Item.DisplayText));
        Assert.Equal(["Panjang"], evening.Items.Select(each => each.Item.DisplayText));
    }

    [Fact]
    public async Task A_list_is_filtered_by_terms_and_declared_fields_together()
    {
        await using var office = await OpenAsync();
        async Task Workshop(string title, double seats, params string[] terms)
        {
            var content = AWorkshop(title, topics: terms);
            content["Workshop"]!["Capacity"] = new JsonObject { ["Value"] = seats };
            await office.Published("Workshop", content);
        }

        await Workshop("Kecil", 5, "4anak", "4seni");
        await Workshop("Besar", 50, "4anak", "4seni");
        await Workshop("Lain", 50, "4anak");

        var query = new ContentQuery("id", "Workshop") { Terms = ["4anak", "4seni"], Where = [new FieldCondition("Capacity", FieldComparison.AtLeast, 10)] };

        Assert.Equal(["Besar"], (await office.Reader.ListAsync(query, Stop)).Items.Select(each => each.Item.DisplayText));
        Assert.Equal(1, await office.Reader.CountAsync(query, Stop));
    }

    [Fact]
    public async Task A_field_that_is_not_declared_indexed_is_not_filtered_by()
    {
        await using var office = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => office.Reader.ListAsync(new ContentQuery("id", "Workshop") { Where = [new FieldCondition("Place", FieldComparison.Equal, "x")] }, Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("U3RhcnRz")]
    public void A_cursor_that_is_none_of_ours_is_refused(string sent) => Assert.Null(ContentCursor.TryParse(sent));

    [Fact]
    public async Task A_menu_has_entries_below_entries_in_the_readers_language()
    {
        await using var office = await OpenAsync();
        static JsonObject Menu(string title, string entry, string? alias) => JsonNode.Parse($$"""
            { "TitlePart": { "Title": "{{title}}" }, "AliasPart": { "Alias": "{{alias ?? $"{title}-menu"}}" }, "MenuItemsListPart": { "MenuItems": [
              { "ContentItemId": "4m1", "ContentType": "LinkMenuItem", "DisplayText": "{{entry}}", "LinkMenuItemPart": { "Name": "{{entry}}", "Url": "~/kunjungan" },
                "MenuItemsListPart": { "MenuItems": [ { "ContentItemId": "4m2", "ContentType": "LinkMenuItem", "LinkMenuItemPart": { "Name": "Bawah", "Url": "javascript:alert(1)" } } ] } } ] } }
            """)!.AsObject();
        var source = await office.Published("Menu", Menu("utama", "Kunjungan", "main-menu"));

        var fallback = (await office.Reader.MenuAsync("main-menu", "en", Stop))!;
        var translation = Done(await office.Store.TranslateAsync(Editor, source.ItemId, "en", Stop));
        await office.Publish(translation, Menu("english", "Visits", null));
        var english = (await office.Reader.MenuAsync("main-menu", "en", Stop))!;

        Assert.Equal(("id", "Kunjungan", "/kunjungan"), (fallback.Culture, fallback.Entries[0].Text, fallback.Entries[0].Url));
        Assert.Equal(("en", "Visits"), (english.Culture, english.Entries[0].Text));
        Assert.Equal(("Bawah", ""), (english.Entries[0].Entries[0].Text, english.Entries[0].Entries[0].Url));
    }

    [Fact]
    public async Task A_taxonomy_has_one_term_for_both_languages()
    {
        await using var office = await OpenAsync();
        await office.Published("Taxonomy", JsonNode.Parse("""
            { "TitlePart": { "Title": "Topik" }, "AliasPart": { "Alias": "topic" }, "TaxonomyPart": { "TermContentType": "Term", "Terms": [
              { "ContentItemId": "4seni", "ContentType": "Term", "TitlePart": { "Title": "Seni" }, "Term": { "EnglishTitle": { "Text": "Art" } },
                "Terms": [ { "ContentItemId": "4batik", "ContentType": "Term", "TitlePart": { "Title": "Batik" } } ] } ] } }
            """)!.AsObject());

        Assert.Equal([("4seni", "Seni", null), ("4batik", "Batik", "4seni")], (await office.Reader.TermsAsync("topic", "id", Stop)).Select(term => (term.TermId, term.Text, term.ParentId)));
        Assert.Equal(["Art", "Batik"], (await office.Reader.TermsAsync("topic", "en", Stop)).Select(term => term.Text));

        var draft = await office.Draft("Workshop", AWorkshop("Membatik", topics: "4hilang"));
        var outcome = await office.Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop);
        Assert.Contains(outcome.Refusal!.Faults, fault => fault.Code == "content.term.unknown");
    }

    [Theory]
    [InlineData("batik", "Lokakarya Membatik")]
    [InlineData("membatik", "Lokakarya Membatik")]
    [InlineData("batik lokakar", "Lokakarya Membatik")]
    [InlineData("menulis", "Kelas menulis")]
    [InlineData("penulisan", "Kelas menulis")]
    [InlineData("tulis", "Kelas menulis")]
    [InlineData("CERITA", "Kelas menulis")]
    [InlineData("tidak-ada-sama-sekali", null)]
    [InlineData("\" OR 1=1 --", null)]
    [InlineData("title : * NEAR(", null)]
    [InlineData("'); DROP TABLE content_item; --", null)]
    [InlineData("   ", null)]
    public async Task Search_finds_words_their_beginnings_and_other_forms_and_takes_nothing_raw(string words, string? found)
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Lokakarya Membatik", "Mencanting di atas kain."));
        await office.Published("Page", APage("Kelas menulis", "Cerita **pendek** untuk remaja."));
        var hidden = await office.Published("Page", APage("Batik rahasia"));
        await office.Store.UnpublishAsync(Editor, hidden.ItemId, stop: Stop);
        await office.Draft("Page", APage("Draf batik menulis cerita"));

        var hits = await office.Reader.SearchAsync(words, "id", stop: Stop);

        Assert.Equal(found is null ? [] : [found], hits.Select(hit => hit.Title));
    }

    [Fact]
    public async Task Search_puts_the_readers_language_first_and_shows_a_passage_with_the_words_marked()
    {
        await using var office = await OpenAsync();
        var english = await office.Published("Page", APage("Batik class", "Learn batik from local artists."), "en");
        await office.Published("Page", APage("Kelas batik", "Belajar batik batik batik."), "id");

        var hits = await office.Reader.SearchAsync("batik", "en", stop: Stop);

        Assert.Equal(["Batik class", "Kelas batik"], hits.Select(hit => hit.Title));
        Assert.Equal((english.Path, "en"), (hits[0].Path, hits[0].Culture));
        Assert.Equal([("Learn", false), ("batik", true), ("from local artists.", false)], hits[0].Excerpt.Select(piece => (piece.Text, piece.IsSought)));
        Assert.Equal(["Kelas batik"], (await office.Reader.SearchAsync("batik", "en", skip: 1, take: 1, stop: Stop)).Select(hit => hit.Title));
        Assert.Empty(await office.Reader.SearchAsync("batik", "en", ["Workshop"], stop: Stop));
    }

    [Theory]
    [InlineData("workshp batik", "Workshop batik untuk pemula")]
    [InlineData("batk", "Workshop batik untuk pemula")]
    [InlineData("abtik", "Workshop batik untuk pemula")]
    [InlineData("perpustakan kelling", "Perpustakaan keliling")]
    [InlineData("pepustkaan", "Perpustakaan keliling")]
    [InlineData("keliing perp", "Perpustakaan keliling")]
    [InlineData("batxxx", null)]
    [InlineData("workshp menenun", null)]
    [InlineData("bak", null)]
    public async Task Search_takes_a_slip_of_the_hand_for_the_word_that_was_meant(string words, string? found)
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Workshop batik untuk pemula", "Mencanting di atas kain."));
        await office.Published("Page", APage("Perpustakaan keliling", "Buku datang ke kampung."));

        var hits = await office.Reader.SearchAsync(words, "id", stop: Stop);

        Assert.Equal(found is null ? [] : [found], hits.Select(hit => hit.Title));
    }

    [Fact]
    public async Task A_word_that_occurs_is_never_taken_for_another()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Kelas tari", "Menari bersama."));
        await office.Published("Page", APage("Kelas teri", "Memasak ikan."));

        Assert.Equal(["Kelas tari"], (await office.Reader.SearchAsync("tari", "id", stop: Stop)).Select(hit => hit.Title));
    }

    [Fact]
    public async Task Who_asks_for_a_term_means_those_below_it_too_in_lists_and_in_search()
    {
        await using var office = await OpenAsync();
        var taxonomy = await office.Published("Taxonomy", new JsonObject
        {
            ["TitlePart"] = new JsonObject { ["Title"] = "Topik" },
            ["AliasPart"] = new JsonObject { ["Alias"] = "topik-pohon" },
            ["TaxonomyPart"] = new JsonObject { ["Terms"] = new JsonArray(ATerm("4seni", ATerm("4batik", ATerm("4cap"))), ATerm("4sains")) },
        });
        await office.Published("Workshop", AWorkshop("Batik cap", Monday, "4cap"));
        await office.Published("Workshop", AWorkshop("Batik dan seni", Monday.AddDays(1), "4batik", "4seni"));
        await office.Published("Workshop", AWorkshop("Roket", Monday.AddDays(2), "4sains"));
        async Task<IEnumerable<string>> Listed(params string[] terms)
        {
            var query = new ContentQuery("id", "Workshop") { Terms = terms, Order = ContentOrder.Starts, PageSize = 1 };
            var titles = new List<string>();
            for (var page = await office.Reader.ListAsync(query, Stop); page.Items.Count > 0; page = await office.Reader.ListAsync(query with { After = page.Items[^1].Cursor }, Stop))
                titles.AddRange(page.Items.Select(each => each.Item.DisplayText));
            Assert.Equal(titles.Count, await office.Reader.CountAsync(query, Stop));
            return titles;
        }

        Assert.Equal(["Batik cap", "Batik dan seni"], await Listed("4seni"));
        Assert.Equal(["Batik cap", "Batik dan seni"], await Listed("4batik"));
        Assert.Equal(["Batik cap"], await Listed("4cap"));
        Assert.Equal(["Batik cap"], await Listed("4seni", "4cap"));
        Assert.Empty(await Listed("4seni", "4sains"));
        Assert.Equal(["Batik cap", "Batik dan seni"],
            (await office.Reader.SearchAsync(new ContentSearch("belajar", "id") { Terms = ["4seni"], Types = ["Workshop"] }, Stop)).Select(hit => hit.Title).Order());
        Assert.Equal(["Batik cap"], (await office.Reader.SearchAsync(new ContentSearch("belajar", "id") { Terms = ["4seni", "4cap"] }, Stop)).Select(hit => hit.Title));

        // The tree may grow: what is sorted under the new branch is found at once.
        await office.Publish(taxonomy, Changed(taxonomy, content => content["TaxonomyPart"]!["Terms"]![1]!["Terms"] = new JsonArray(ATerm("4roket"))));
        await office.Published("Workshop", AWorkshop("Roket air", Monday.AddDays(3), "4roket"));
        Assert.Equal(["Roket", "Roket air"], await Listed("4sains"));

        static JsonObject ATerm(string id, params JsonObject[] below)
        {
            var term = new JsonObject { ["ContentItemId"] = id, ["ContentType"] = "Term", ["TitlePart"] = new JsonObject { ["Title"] = id } };
            if (below.Length > 0) term["Terms"] = new JsonArray([.. below.Select(each => (JsonNode?)each)]);
            return term;
        }
    }

    [Theory]
    [InlineData("workshp", "workshop", 1)]
    [InlineData("wrokshop", "workshop", 1)]
    [InlineData("workshop", "workshops", 0)]
    [InlineData("worksop", "workshops", 1)]
    [InlineData("xworkshop", "workshop", 1)]
    [InlineData("batik", "sains", 3)]
    public void Slips_are_counted_against_the_beginning_of_a_word(string typed, string term, int slips) =>
        Assert.Equal(slips, SearchWords.Slips(typed, term, most: 2));

    [Fact]
    public async Task Many_are_read_in_one_go_and_drafts_are_not_among_them()
    {
        await using var office = await OpenAsync();
        var one = await office.Published("Page", APage("Satu"));
        var two = await office.Published("Page", APage("Dua"));
        var draft = await office.Draft("Page", APage("Draf"));

        var found = await office.Reader.FindManyAsync([two.ItemId, draft.ItemId, one.ItemId, one.ItemId, "4nowhere"], Stop);

        Assert.Equal([one.ItemId, two.ItemId], found.Keys.OrderBy(id => id == one.ItemId ? 0 : 1));
    }

    [Fact]
    public async Task The_site_map_lists_every_published_address_once()
    {
        await using var office = await OpenAsync();
        await office.Published("Page", APage("Satu"));
        await office.Published("Page", APage("Two"), "en");
        await office.Draft("Page", APage("Draf"));

        Assert.Equal([("en/two", "en"), ("satu", "id")], (await office.Reader.SiteMapAsync(stop: Stop)).Select(line => (line.Path, line.Culture)));
    }

    /// <summary>On SQLite, whose plans are plain: no public question reads a table from end to end, or sorts what an index could have given in order.</summary>
    [Fact]
    public async Task Every_public_question_is_answered_by_an_index()
    {
        if (TestDatabase.Provider != DatabaseProvider.Sqlite) return;

        await using var office = await OpenAsync();
        var item = await office.Published("Workshop", AWorkshop("Membatik", topics: ["4a", "4b"]));
        await office.Published("Workshop", AWorkshop("Menenun", topics: ["4a"]));
        await using var db = office.NewContext();
        var reader = new ContentReader(db, ContentTypes.Shipped, office.Settings);
        using var heard = new Commands(db);

        await reader.FindAsync(item.ItemId, Stop);
        await reader.FindManyAsync([item.ItemId, "4x"], Stop);
        await reader.ByPathAsync("workshops/membatik", Stop);
        await reader.ByPathAsync("nowhere", Stop);
        await reader.ByAliasAsync("main-menu", "id", Stop);
        await reader.InLanguageAsync(item.LocalizationSet!, "en", Stop);
        await reader.LanguagesAsync(item.LocalizationSet!, Stop);
        await reader.SiteMapAsync(stop: Stop);
        await reader.SearchAsync("batik", "id", stop: Stop);
        await reader.SearchAsync(new ContentSearch("batk menun", "id") { Terms = ["4a"], Types = ["Workshop"] }, Stop);
        foreach (var order in Enum.GetValues<ContentOrder>())
        {
            var query = new ContentQuery("id", "Workshop") { Order = order, PageSize = 1 };
            var first = await reader.ListAsync(query, Stop);
            await reader.ListAsync(query with { After = first.Items[0].Cursor }, Stop);
            if (order == ContentOrder.Title) continue;

            await reader.ListAsync(query with { Terms = ["4a", "4b"], After = first.Items[0].Cursor }, Stop);
        }

        await reader.ListAsync(new ContentQuery("id", "Workshop") { Order = ContentOrder.Starts, StartsFrom = Monday, StartsBefore = Monday.AddDays(90), Terms = ["4a"] }, Stop);
        await reader.ListAsync(new ContentQuery("id", "Workshop") { Order = ContentOrder.Ends, EndsAfter = Monday }, Stop);
        await reader.ListAsync(new ContentQuery("id", "Workshop") { Where = [new FieldCondition("Capacity", FieldComparison.AtLeast, 3)] }, Stop);
        await reader.CountAsync(new ContentQuery("id", "Workshop") { StartsFrom = Monday }, Stop);

        Assert.True(heard.All.Count > 25);
        var poor = heard.All.SelectMany(command => Plan(db, command).Where(IsPoor).Select(step => $"{step}\n{command.Text}")).ToList();
        Assert.True(poor.Count == 0, string.Join("\n\n", poor.Distinct()));
    }

    /// <summary>Of the ten best hits of a search, and of the handful of rows that one key gives, the order may be made.</summary>
    private static bool IsPoor(string step) =>
        (step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal) && !step.Contains("USING", StringComparison.Ordinal))
        || step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal) && !step.EndsWith("(few)", StringComparison.Ordinal);

    private static List<string> Plan(ContentDbContext db, (string Text, IReadOnlyList<(string Name, object? Value)> Parameters) heard)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + heard.Text;
        foreach (var (name, value) in heard.Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        using var rows = command.ExecuteReader();
        var steps = new List<string>();
        while (rows.Read()) steps.Add(rows.GetString(3));
        var isFew = heard.Text.Contains("content_search_fts", StringComparison.Ordinal) || steps.Exists(step => step.Contains("loc_set=?", StringComparison.Ordinal));
        return isFew ? [.. steps.Select(step => step + " (few)")] : steps;
    }

    /// <summary>What a context asks of its database.</summary>
    private sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly DbContext db;
        private readonly List<IDisposable> subscriptions = [];

        public Commands(DbContext db)
        {
            this.db = db;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public List<(string Text, IReadOnlyList<(string Name, object? Value)> Parameters)> All { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuting.Name));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is not CommandEventData data || !ReferenceEquals(data.Context, db)) return;
            All.Add((data.Command.CommandText, [.. data.Command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in subscriptions) subscription.Dispose();
        }
    }
}
