using Metro.Library.Catalog;
using Metro.Library.Search;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Search;

public sealed class CatalogSearchTests
{
    private static readonly TitleDescription[] Shelf =
    [
        new() { Name = "Laskar pelangi", Contributors = [new("Hirata, Andrea")], Subjects = ["Fiksi Indonesia", "Belitung"], Language = "ind", Year = 2005, Ddc = "899.221", Identifiers = [new(IdentifierKind.Isbn, "9789793062792")] },
        new() { Name = "Sang pemimpi", Contributors = [new("Hirata, Andrea")], Subjects = ["Fiksi Indonesia"], Language = "ind", Year = 2006, Ddc = "899.221" },
        new() { Name = "Peminjaman buku di perpustakaan sekolah", Subjects = ["Perpustakaan sekolah"], Language = "ind", Year = 2015, Ddc = "027.8" },
        new() { Name = "Pinjam", Contributors = [new("Rahman, Budi")], Language = "ind", Year = 2020 },
        new() { Name = "Sejarah Indonesia modern", Contributors = [new("Ricklefs, M. C.")], Subjects = ["Indonesia -- Sejarah"], Language = "ind", Year = 1991, Ddc = "959.8" },
        new() { Name = "Indonesia dalam arus sejarah", Subjects = ["Indonesia -- Sejarah"], Language = "ind", Year = 2012, Ddc = "959.8" },
        new() { Name = "A history of modern Indonesia", Contributors = [new("Vickers, Adrian")], Subjects = ["Indonesia -- History"], Language = "eng", Year = 2005, Ddc = "959.8" },
        new() { Name = "Tafsir al-Qur'an", Contributors = [new("Shihab, M. Quraish")], Language = "ind", Audience = Audience.Adult },
        new() { Name = "Café kecil di Metro", Summary = "Kisah tentang laskar anak-anak.", Format = TitleFormat.AudioBook, Audience = Audience.Youth },
        new() { Name = "Kancil dan buaya", Format = TitleFormat.Braille, Audience = Audience.Children, Subjects = ["Dongeng"], Language = "ind", Identifiers = [new(IdentifierKind.Issn, "0317-8471"), new(IdentifierKind.PublisherNumber, "5490")] },
    ];

    [Theory]
    [InlineData("laskar pelangi", "Laskar pelangi")]
    [InlineData("PELANGI laskar", "Laskar pelangi")]
    [InlineData("laskar plangi", "Laskar pelangi")]
    [InlineData("laskr pelangi", "Laskar pelangi")]
    [InlineData("andrea hirata pelangi", "Laskar pelangi")]
    [InlineData("9789793062792", "Laskar pelangi")]
    [InlineData("979-3062-79-7", "Laskar pelangi")]
    [InlineData("isbn:9793062797", "Laskar pelangi")]
    [InlineData("issn:0317-8471", "Kancil dan buaya")]
    [InlineData("03178471", "Kancil dan buaya")]
    [InlineData("kancil 5490", "Kancil dan buaya")]
    [InlineData("tafsir quran", "Tafsir al-Qur'an")]
    [InlineData("cafe", "Café kecil di Metro")]
    [InlineData("café", "Café kecil di Metro")]
    [InlineData("\"arus sejarah\"", "Indonesia dalam arus sejarah")]
    [InlineData("author:vickers", "A history of modern Indonesia")]
    [InlineData("pengarang:hirata judul:pemimpi", "Sang pemimpi")]
    [InlineData("subjek:dongeng", "Kancil dan buaya")]
    [InlineData("ddc:027", "Peminjaman buku di perpustakaan sekolah")]
    [InlineData("histories of Indonesia", "A history of modern Indonesia")]
    public async Task A_title_is_found_by_what_readers_type(string typed, string name)
    {
        await using var shelf = await OpenAsync();
        Assert.Equal([name], await shelf.NamesAsync(new CatalogQuery { Text = typed }));
    }

    [Theory]
    [InlineData("meminjamkan")]
    [InlineData("peminjaman")]
    [InlineData("dipinjam")]
    [InlineData("pinjam")]
    public async Task Every_form_of_a_word_finds_every_other(string typed)
    {
        await using var shelf = await OpenAsync();
        Assert.Equal(["Peminjaman buku di perpustakaan sekolah", "Pinjam"], (await shelf.NamesAsync(new CatalogQuery { Text = typed })).Order());
    }

    [Fact]
    public async Task The_obvious_comes_first()
    {
        await using var shelf = await OpenAsync();

        // The exact title, then the other form of the word.
        Assert.Equal("Pinjam", (await shelf.NamesAsync(new CatalogQuery { Text = "pinjam" }))[0]);
        Assert.Equal("Peminjaman buku di perpustakaan sekolah", (await shelf.NamesAsync(new CatalogQuery { Text = "peminjaman" }))[0]);
        // The title that begins so, the title with both words, the subjects.
        Assert.Equal(["Sejarah Indonesia modern", "Indonesia dalam arus sejarah"], (await shelf.NamesAsync(new CatalogQuery { Text = "sejarah indonesia" })).Take(2));
        // In the title before in the summary.
        Assert.Equal(["Laskar pelangi", "Café kecil di Metro"], await shelf.NamesAsync(new CatalogQuery { Text = "laskar" }));
    }

    [Fact]
    public async Task Among_equals_the_more_borrowed_comes_first()
    {
        await using var shelf = await OpenAsync();
        Assert.Equal(["Laskar pelangi", "Sang pemimpi"], await shelf.NamesAsync(new CatalogQuery { Text = "hirata" }));

        await using var db = shelf.Library.NewContext();
        await db.WriteAsync(async stop =>
        {
            (await db.Titles.SingleAsync(title => title.Name == "Sang pemimpi", stop)).CountLoan();
            await db.SaveChangesAsync(stop);
        });

        Assert.Equal(["Sang pemimpi", "Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { Text = "hirata" }));
    }

    [Fact]
    public async Task A_correction_is_told_and_a_word_that_nothing_is_near_is_left_out()
    {
        await using var shelf = await OpenAsync();

        var corrected = await shelf.SearchAsync(new CatalogQuery { Text = "laskar plangi" });
        Assert.Equal(new WordCorrection("plangi", "pelangi"), Assert.Single(corrected.Corrections));

        var ignoring = await shelf.SearchAsync(new CatalogQuery { Text = "laskar pelangi xqzjw" });
        Assert.Equal((1, "xqzjw"), (ignoring.Total, Assert.Single(ignoring.Ignored)));
    }

    [Fact]
    public async Task Known_words_that_no_title_has_together_are_tried_with_near_ones()
    {
        await using var shelf = await OpenAsync();
        await shelf.AddAsync(new TitleDescription { Name = "Pelangga setia" });

        var result = await shelf.SearchAsync(new CatalogQuery { Text = "laskar pelangga" });

        Assert.Equal(["Laskar pelangi"], await shelf.NamesOfAsync(result));
        Assert.Equal(new WordCorrection("pelangga", "pelangi"), Assert.Single(result.Corrections));
    }

    [Fact]
    public async Task Words_can_be_left_out_and_words_can_be_unfinished()
    {
        await using var shelf = await OpenAsync();

        Assert.Equal(["Sang pemimpi"], await shelf.NamesAsync(new CatalogQuery { Text = "hirata -pelangi" }));
        Assert.Equal(["Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { Text = "laskar pel", AsYouType = true }));
        Assert.Equal(["Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { Text = "pelan*" }));
        Assert.Equal(9, (await shelf.SearchAsync(new CatalogQuery { Text = "-\"laskar pelangi\"" })).Total);
    }

    [Fact]
    public async Task Facets_count_the_whole_result_and_leave_the_other_choices_of_their_own_facet_open()
    {
        await using var shelf = await OpenAsync();

        var all = (await shelf.SearchAsync(new CatalogQuery { Size = 1 })).Facets!;
        Assert.Equal(new FacetCount<TitleFormat>(TitleFormat.Print, 8), all.Formats[0]);
        Assert.Equal([new("ind", 8), new("eng", 1)], all.Languages);
        Assert.Equal(3, all.Classes.Single(one => one.Value == 9).Count);
        Assert.Equal(new FacetCount<int>(2020, 1), all.Years[0]);
        Assert.Contains(new FacetCount<string>("Fiksi Indonesia", 2), all.Subjects);

        var chosen = await shelf.SearchAsync(new CatalogQuery { Text = "indonesia", Languages = ["eng"], Ddc = "959" });
        Assert.Equal(1, chosen.Total);
        Assert.Equal([new("ind", 2), new("eng", 1)], chosen.Facets!.Languages);
        Assert.Equal([new(TitleFormat.Print, 1)], chosen.Facets.Formats);
    }

    [Fact]
    public async Task A_choice_narrows_the_result()
    {
        await using var shelf = await OpenAsync();

        Assert.Equal(["Kancil dan buaya"], await shelf.NamesAsync(new CatalogQuery { Formats = [TitleFormat.Braille] }));
        Assert.Equal(["Café kecil di Metro"], await shelf.NamesAsync(new CatalogQuery { Audiences = [Audience.Youth] }));
        Assert.Equal(["Sang pemimpi"], await shelf.NamesAsync(new CatalogQuery { YearFrom = 2006, YearTo = 2010 }));
        Assert.Equal(["Laskar pelangi", "Sang pemimpi"], await shelf.NamesAsync(new CatalogQuery { Subjects = ["Fiksi Indonesia"] }));
        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { Subjects = ["Tidak ada"] }));
        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { Languages = ["xxx"] }));
    }

    [Fact]
    public async Task Availability_follows_the_copies_at_once_and_an_overdue_copy_is_still_out()
    {
        await using var shelf = await OpenAsync();
        await using var db = shelf.Library.NewContext();
        var desk = new Cataloguing(db, shelf.Library.Clock, []);
        var rainbow = (await shelf.SearchAsync(new CatalogQuery { Text = "laskar pelangi" })).TitleIds[0];
        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { AvailableNow = true }));

        var copy = (await desk.AddCopyAsync(rainbow, new("B1", shelf.Library.Main), TestLibrary.Librarian)).Value;
        await desk.ShelveCopyAsync(copy, shelf.Library.Main, TestLibrary.Librarian);
        Assert.Equal(["Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { AvailableNow = true, Branches = [shelf.Library.Main] }));
        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { AvailableNow = true, Branches = [shelf.Library.Kelurahan] }));

        await db.WriteAsync(async stop =>
        {
            Assert.Null((await db.Copies.SingleAsync(one => one.Id == copy, stop)).Lend(shelf.Library.Clock.UtcNow));
            await db.SaveChangesAsync(stop);
        });
        shelf.Library.Clock.Advance(TimeSpan.FromDays(100));

        var lent = await shelf.SearchAsync(new CatalogQuery { Text = "laskar pelangi" });
        Assert.Equal(0, lent.Facets!.AvailableNow);
        Assert.Equal([new(shelf.Library.Main, 1)], lent.Facets.Branches);
        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { AvailableNow = true }));
    }

    [Fact]
    public async Task A_change_is_found_when_its_write_has_committed_also_by_another_node()
    {
        await using var shelf = await OpenAsync();
        using var otherNode = new CatalogIndex(shelf.Library.Clock);
        await using var db = shelf.Library.NewContext();
        var desk = new Cataloguing(db, shelf.Library.Clock, []);
        Assert.Equal(Shelf.Length, (await shelf.SearchAsync(new CatalogQuery(), otherNode)).Total);

        for (var i = 0; i < 40; i++)
        {
            var id = (await desk.AddTitleAsync(new TitleDescription { Name = $"Judul nomor {i}" }, TestLibrary.Librarian)).TitleId!.Value;
            Assert.Equal([id], (await shelf.SearchAsync(new CatalogQuery { Text = $"\"nomor {i}\"" }, otherNode)).TitleIds);
            if (i % 3 == 0) await desk.WithdrawTitleAsync(id, TestLibrary.Librarian);
            if (i % 3 == 1) await desk.DescribeTitleAsync(id, 1, new TitleDescription { Name = $"Nama lain {i}" }, TestLibrary.Librarian);
        }

        foreach (var index in (CatalogIndex?[])[null, otherNode])
        {
            Assert.Equal(13, (await shelf.SearchAsync(new CatalogQuery { Text = "nomor" }, index)).Total);
            Assert.Equal(13, (await shelf.SearchAsync(new CatalogQuery { Text = "nama lain" }, index)).Total);
            Assert.Equal(Shelf.Length + 26, (await shelf.SearchAsync(new CatalogQuery(), index)).Total);
        }
    }

    [Fact]
    public async Task A_change_that_was_undone_is_not_found()
    {
        await using var shelf = await OpenAsync();
        await using var db = shelf.Library.NewContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.WriteAsync(async stop =>
        {
            db.Titles.Add(Title.Create(new TitleDescription { Name = "Yang batal" }, shelf.Library.Clock.UtcNow).Title!);
            await db.SaveChangesAsync(stop);
            throw new InvalidOperationException();
        }));
        await shelf.AddAsync(new TitleDescription { Name = "Yang jadi" });

        Assert.Empty(await shelf.NamesAsync(new CatalogQuery { Text = "batal" }));
        Assert.Equal(["Yang jadi"], await shelf.NamesAsync(new CatalogQuery { Text = "yang jadi" }));
    }

    [Fact]
    public async Task A_change_that_commits_after_a_later_one_is_found_too()
    {
        await using var shelf = await OpenAsync();
        await shelf.SearchAsync(new CatalogQuery());
        await using var slow = shelf.Library.NewContext();
        // SQLite has one writer at a time: there, what begins first commits first.
        var overlapping = slow.Database.IsNpgsql();
        await using (var transaction = await slow.Database.BeginTransactionAsync())
        {
            slow.Titles.Add(Title.Create(new TitleDescription { Name = "Yang lambat" }, shelf.Library.Clock.UtcNow).Title!);
            await slow.SaveChangesAsync();
            if (!overlapping) await transaction.CommitAsync();

            await shelf.AddAsync(new TitleDescription { Name = "Yang cepat" });
            Assert.Equal(["Yang cepat"], await shelf.NamesAsync(new CatalogQuery { Text = "cepat" }));
            if (overlapping) await transaction.CommitAsync();
        }

        Assert.Equal(["Yang lambat"], await shelf.NamesAsync(new CatalogQuery { Text = "lambat" }));
        await shelf.AddAsync(new TitleDescription { Name = "Yang terakhir" });
        Assert.Equal(Shelf.Length + 3, (await shelf.SearchAsync(new CatalogQuery())).Total);
    }

    [Fact]
    public async Task A_number_that_was_never_used_does_not_hold_up_what_comes_after_it()
    {
        await using var shelf = await OpenAsync();
        await shelf.SearchAsync(new CatalogQuery());
        await using (var undone = shelf.Library.NewContext())
        await using (await undone.Database.BeginTransactionAsync())
        {
            undone.Titles.Add(Title.Create(new TitleDescription { Name = "Yang batal" }, shelf.Library.Clock.UtcNow).Title!);
            await undone.SaveChangesAsync();
        }

        for (var i = 0; i < 5; i++)
        {
            await shelf.AddAsync(new TitleDescription { Name = $"Sesudahnya {i}" });
            Assert.Equal(i + 1, (await shelf.SearchAsync(new CatalogQuery { Text = "sesudahnya" })).Total);
            shelf.Library.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Old_notes_of_change_are_forgotten_and_nothing_else()
    {
        await using var shelf = await OpenAsync();
        await using var db = shelf.Library.NewContext();

        Assert.Equal(Shelf.Length - 4, await CatalogIndex.ForgetOldChangesAsync(db, keep: 4));

        Assert.Equal(Shelf.Length, (await shelf.SearchAsync(new CatalogQuery())).Total);
    }

    [Fact]
    public async Task A_node_that_slept_through_forgotten_notes_builds_its_index_anew()
    {
        await using var shelf = await OpenAsync();
        await shelf.SearchAsync(new CatalogQuery());
        await using var db = shelf.Library.NewContext();
        // A change whose note is gone, and much later another.
        await db.Titles.Where(title => title.Name == "Pinjam").ExecuteUpdateAsync(set => set.SetProperty(title => title.Name, "Kembali"));
        await db.Database.ExecuteSqlRawAsync("insert into catalog_changes (id, title_id) select 1000000, min(id) from titles");

        Assert.Equal(["Kembali"], await shelf.NamesAsync(new CatalogQuery { Text = "kembali" }));
    }

    [Fact]
    public async Task A_title_that_is_described_anew_is_never_missing_while_others_search()
    {
        await using var shelf = await OpenAsync();
        await shelf.SearchAsync(new CatalogQuery());
        using var done = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var totals = new List<int>();
            while (!done.IsCancellationRequested) totals.Add((await shelf.SearchAsync(new CatalogQuery { Text = "laskar pelangi" })).Total);
            return totals;
        })).ToList();

        await using var db = shelf.Library.NewContext();
        for (var i = 0; i < 100; i++)
        {
            await db.WriteAsync(async stop =>
            {
                var title = await db.Titles.Whole().SingleAsync(one => one.Name == "Laskar pelangi", stop);
                title.Describe(title.Description() with { Edition = $"Cetakan ke-{i}" }, shelf.Library.Clock.UtcNow);
                await db.SaveChangesAsync(stop);
            });
        }

        await done.CancelAsync();
        foreach (var totals in await Task.WhenAll(searches)) Assert.All(totals, total => Assert.Equal(1, total));
    }

    [Theory]
    [InlineData(SearchOrder.Relevance)]
    [InlineData(SearchOrder.Newest)]
    [InlineData(SearchOrder.Year)]
    [InlineData(SearchOrder.Title)]
    public async Task Pages_follow_each_other_without_gap_or_repetition(SearchOrder order)
    {
        await using var shelf = await OpenAsync();
        for (var i = 0; i < 60; i++) await shelf.AddAsync(new TitleDescription { Name = $"Cerita {(i * 7) % 13}", Year = 2000 + (i % 5) });
        var whole = (await shelf.SearchAsync(new CatalogQuery { Text = "cerita", Order = order, Size = 100 })).TitleIds;

        var pages = new List<long>();
        string? after = null;
        do
        {
            var page = await shelf.SearchAsync(new CatalogQuery { Text = "cerita", Order = order, Size = 7, After = after });
            Assert.Equal(60, page.Total);
            pages.AddRange(page.TitleIds);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(60, whole.Count);
        Assert.Equal(whole, pages);
    }

    [Fact]
    public async Task Titles_are_sorted_as_they_are_filed()
    {
        await using var shelf = await OpenAsync();
        Assert.Equal(["Café kecil di Metro", "A history of modern Indonesia", "Indonesia dalam arus sejarah"],
            await shelf.NamesAsync(new CatalogQuery { Order = SearchOrder.Title, Size = 3 }));
        Assert.Equal("Kancil dan buaya", (await shelf.NamesAsync(new CatalogQuery { Order = SearchOrder.Newest }))[0]);
        Assert.Equal("Pinjam", (await shelf.NamesAsync(new CatalogQuery { Order = SearchOrder.Year }))[0]);
    }

    public static TheoryData<string> Hostile => new()
    {
        "\"", "\"\"\"", "'; drop table titles; --", "NEAR(a b) OR *", "title:", "author:\"", "- - -", "*", "%_%", "\0\0laskar\0",
        "📚🎈", "\ud83d", "\u202Eabc", "كتاب الف ليلة", new string('a', 2000), string.Concat(Enumerable.Repeat("laskar ", 400)),
        string.Concat(Enumerable.Repeat("\"a ", 500)), "title:title:title:", "-\"", "isbn:isbn", "ddc:....", ":::::", "a* b* c* d* e*",
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_input_gets_an_answer(string text)
    {
        await using var shelf = await OpenAsync();

        var result = await shelf.SearchAsync(new CatalogQuery { Text = text, Size = int.MaxValue, After = text, Ddc = text, Languages = [text] });
        Assert.InRange(result.Total, 0, Shelf.Length);
        Assert.InRange((await shelf.SearchAsync(new CatalogQuery { Text = text })).Total, 0, Shelf.Length);
        Assert.NotNull(await shelf.SuggestAsync(text));
    }

    [Fact]
    public async Task A_text_of_two_thousand_signs_still_finds_what_its_words_say()
    {
        await using var shelf = await OpenAsync();
        Assert.Equal(["Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { Text = string.Concat(Enumerable.Repeat("laskar pelangi ", 140)) }));
        Assert.Equal(["Laskar pelangi"], await shelf.NamesAsync(new CatalogQuery { Text = "\0laskar\0 \"pelangi 📚" }));
    }

    [Fact]
    public async Task Suggestions_complete_what_is_typed_so_far()
    {
        await using var shelf = await OpenAsync();

        var forHira = await shelf.SuggestAsync("hira");
        Assert.Contains(new Suggestion(SuggestionKind.Contributor, "Andrea Hirata", null), forHira);
        var forLask = await shelf.SuggestAsync("lask");
        Assert.Equal("Laskar pelangi", forLask[0].Text);
        Assert.NotNull(forLask[0].TitleId);
        Assert.Contains(new Suggestion(SuggestionKind.Subject, "Perpustakaan sekolah", null), await shelf.SuggestAsync("perpus"));
        Assert.Empty(await shelf.SuggestAsync("  "));
    }

    [Fact]
    public async Task Searches_that_find_nothing_are_counted_without_a_person_and_without_end()
    {
        await using var shelf = await OpenAsync();
        foreach (var text in (string[])["Filsafat Stoa", "filsafat  stoa!", "081234567890", "xyzzyq", "laskar"]) await shelf.SearchAsync(new CatalogQuery { Text = text });
        await shelf.SearchAsync(new CatalogQuery { Text = "laskar", YearFrom = 2100 });
        await using var db = shelf.Library.NewContext();
        Assert.Empty(await db.FruitlessSearches.ToListAsync());

        shelf.Library.Clock.Advance(TimeSpan.FromMinutes(2));
        await shelf.SearchAsync(new CatalogQuery { Text = "filsafat stoa" });

        Assert.Equal([("filsafat stoa", 3), ("xyzzyq", 1)],
            (await db.FruitlessSearches.ToListAsync()).Select(search => (search.Text, search.Times)).OrderBy(search => search.Text));

        for (var i = 0; i < FruitlessSearches.MostKept + 50; i++)
        {
            await shelf.SearchAsync(new CatalogQuery { Text = $"zqx{i}" });
            shelf.Library.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(await db.FruitlessSearches.CountAsync(), 1, FruitlessSearches.MostKept);
    }

    private static async Task<SearchedShelf> OpenAsync()
    {
        var shelf = new SearchedShelf(await TestLibrary.OpenAsync());
        foreach (var title in Shelf) await shelf.AddAsync(title);
        return shelf;
    }

    /// <summary>A library with some titles and a node that searches them.</summary>
    private sealed class SearchedShelf(TestLibrary library) : IAsyncDisposable
    {
        private readonly CatalogIndex index = new(library.Clock);
        private readonly FruitlessSearches fruitless = new(library.Clock);

        public TestLibrary Library => library;

        public async Task AddAsync(TitleDescription title)
        {
            await using var db = library.NewContext();
            var (made, refusals) = Title.Create(title, library.Clock.UtcNow);
            Assert.Empty(refusals);
            db.Titles.Add(made!);
            await db.SaveChangesAsync();
        }

        public async Task<SearchResult> SearchAsync(CatalogQuery query, CatalogIndex? node = null)
        {
            await using var db = library.NewContext();
            return await new CatalogSearch(db, node ?? index, fruitless).SearchAsync(query);
        }

        public async Task<IReadOnlyList<Suggestion>> SuggestAsync(string text)
        {
            await using var db = library.NewContext();
            return await new CatalogSearch(db, index, fruitless).SuggestAsync(text);
        }

        public async Task<IReadOnlyList<string>> NamesAsync(CatalogQuery query) => await NamesOfAsync(await SearchAsync(query));

        public async Task<IReadOnlyList<string>> NamesOfAsync(SearchResult result)
        {
            await using var db = library.NewContext();
            return [.. (await new CatalogSearch(db, index, fruitless).TitlesOfAsync(result)).Select(title => title.Name)];
        }

        public async ValueTask DisposeAsync()
        {
            index.Dispose();
            await library.DisposeAsync();
        }
    }
}
