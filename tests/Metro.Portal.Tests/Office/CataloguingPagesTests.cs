using System.Net;
using System.Text;
using Metro.Library;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>Cataloguing in the browser: records, copies, labels, and files of MARC records.</summary>
public sealed class CataloguingPagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static int barcodes;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/catalog")]
    [InlineData("/desk/catalog/new")]
    [InlineData("/desk/catalog/1")]
    [InlineData("/desk/copies/1")]
    [InlineData("/desk/catalog/labels")]
    [InlineData("/desk/catalog/import")]
    public async Task Only_staff_catalogue_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_is_catalogued_and_everything_that_is_wrong_is_said_at_once()
    {
        var librarian = await office.LibrarianAsync();
        (string, string)[] typed =
        [
            ("Format", "Print"), ("Audience", "Adult"), ("Contributors[0].Name", "Ananta Toer, Pramoedya"), ("Contributors[0].Role", "Author"), ("Contributors[0].Kind", "Person"),
            ("Subjects", "Fiksi Indonesia\nSejarah"), ("Year", "1980"),
        ];

        using (var wrong = await librarian.SendAsync("/desk/catalog/new", [.. typed, ("Name", ""), ("Language", "Indonesia"), ("Ddc", "delapan"), ("Identifiers[0].Kind", "Isbn"), ("Identifiers[0].Value", "978-1")]))
        {
            var page = await wrong.RefusedAsync();
            foreach (var field in (string[])["Name", "Language", "Ddc", "Identifiers-0--Value"]) Assert.Contains($"id=\"{field}-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Ananta Toer, Pramoedya\"", page, StringComparison.Ordinal);
        }

        string path;
        using (var added = await librarian.SendAsync("/desk/catalog/new", [.. typed, ("Name", "Anak semua bangsa"), ("Language", "ind"), ("Ddc", "899.221"), ("Identifiers[0].Kind", "Isbn"), ("Identifiers[0].Value", "978-602-8811-79-8")]))
            path = added.Accepted();
        var record = await librarian.ReadAsync(path);
        Assert.Contains("Judul ditambahkan", record, StringComparison.Ordinal);
        Assert.Contains("value=\"9786028811798\"", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_not_overwritten_that_somebody_else_changed_meanwhile()
    {
        var (title, librarian) = (await ATitleAsync(), await office.LibrarianAsync());
        (string, string)[] record = [("Format", "Print"), ("Audience", "Adult"), ("Language", "ind")];

        using (var first = await librarian.SendAsync($"/desk/catalog/{title}", [.. record, ("Version", "1"), ("Name", "Judul pertama")])) first.Accepted();
        using (var late = await librarian.SendAsync($"/desk/catalog/{title}", [.. record, ("Version", "1"), ("Name", "Judul kedua")]))
        {
            var page = await late.RefusedAsync();
            Assert.Contains("id=\"faults\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Judul kedua\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("Judul pertama", await librarian.ReadAsync($"/catalog/{title}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_is_added_once_shelved_mended_and_withdrawn_and_its_history_says_so()
    {
        var (title, barcode, librarian) = (await ATitleAsync(), NextBarcode(), await office.LibrarianAsync());
        (string, string)[] copy = [("Copy.Barcode", barcode.ToLowerInvariant()), ("Copy.Branch", "1"), ("Copy.ShelfMark", "899.221 ANA a"), ("Copy.Condition", "New"), ("Copy.Source", "Purchase")];

        string path;
        using (var added = await librarian.SendAsync($"/desk/catalog/{title}", $"/desk/catalog/{title}?handler=Copy", copy)) path = added.Accepted();
        using (var twice = await librarian.SendAsync($"/desk/catalog/{title}", $"/desk/catalog/{title}?handler=Copy", copy))
            Assert.Contains("id=\"Copy-Barcode-fault\"", await twice.RefusedAsync(), StringComparison.Ordinal);
        using (var withdrawn = await librarian.SendAsync($"/desk/catalog/{title}", $"/desk/catalog/{title}?handler=Withdraw")) Assert.Contains("id=\"faults\"", await withdrawn.RefusedAsync(), StringComparison.Ordinal);

        foreach (var act in (string[])["Shelve", "Repair", "Missing", "Withdraw"])
            using (var done = await librarian.SendAsync(path, $"{path}?handler={act}")) done.Accepted();
        var page = await librarian.ReadAsync(path);
        foreach (var line in (string[])["Eksemplar ditambahkan", "Eksemplar dikembalikan ke rak", "Eksemplar diperbaiki", "Eksemplar dikeluarkan dari koleksi"]) Assert.Contains(line, page, StringComparison.Ordinal);

        using (var withdrawn = await librarian.SendAsync($"/desk/catalog/{title}", $"/desk/catalog/{title}?handler=Withdraw")) withdrawn.Accepted();
        using (var gone = await librarian.OpenAsync($"/catalog/{title}")) Assert.NotEqual(HttpStatusCode.OK, gone.StatusCode);
        using (var back = await librarian.SendAsync($"/desk/catalog/{title}", $"/desk/catalog/{title}?handler=Reinstate")) back.Accepted();
        Assert.Contains("<h1", await librarian.ReadAsync($"/catalog/{title}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scanned_barcode_leads_to_its_copy_and_words_to_titles()
    {
        var librarian = await office.LibrarianAsync();

        using (var scanned = await librarian.OpenAsync("/desk/catalog?q=mtr000001")) Assert.Contains("/desk/copies/", scanned.Accepted(), StringComparison.Ordinal);
        Assert.Contains("Tidak ada judul yang cocok", await librarian.ReadAsync("/desk/catalog?q=qzxqzx"), StringComparison.Ordinal);
        Assert.Contains("Laskar pelangi", await librarian.ReadAsync("/desk/catalog?q=laskar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_have_the_call_number_and_a_barcode_and_leave_used_ones_out()
    {
        var page = await (await office.LibrarianAsync()).ReadAsync("/desk/catalog/labels?from=MTR000001&to=MTR000001&skip=2");

        Assert.Contains("<span>899.221</span>", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"MTR000001\"", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("label--used").Length - 1);
    }

    [Fact]
    public async Task A_file_of_marc_records_is_looked_at_first_and_changes_the_catalogue_only_when_that_is_agreed()
    {
        var librarian = await office.LibrarianAsync();
        var name = $"Impor {NextBarcode()}";

        var path = await UploadAsync(MarcXml($"<record><leader>00000nam a2200000 a 4500</leader><controlfield tag=\"001\">{name}</controlfield><datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">{name}</subfield></datafield></record><record></record>"));
        var preview = await DoneAsync(path);
        Assert.Contains("Inilah yang akan terjadi", preview, StringComparison.Ordinal);
        Assert.Contains("Catatan 2", preview, StringComparison.Ordinal);
        Assert.Equal(0, await TitlesAsync(name));

        using (var agreed = await librarian.SendAsync(path, path)) Assert.Equal(path, agreed.Accepted());
        Assert.Contains("Impor selesai", await DoneAsync(path), StringComparison.Ordinal);
        using (var again = await librarian.SendAsync(path, path)) again.Accepted();
        Assert.Equal(1, await TitlesAsync(name));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><leader>00000nam a2200000 a 4500</leader><datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">&x;</subfield></datafield></record></collection>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY d \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><collection><record><leader>&d;</leader></record></collection>")]
    [InlineData("\u0001\u0002 bukan MARC sama sekali")]
    [InlineData("99999nam a2299999 a 4500245001000000")]
    public async Task A_hostile_file_brings_nothing_in_and_shows_nothing_of_the_house(string file)
    {
        var before = await office.DoAsync<LibraryDbContext, int>(db => db.Titles.CountAsync(Stop));

        var page = await DoneAsync(await UploadAsync(Encoding.UTF8.GetBytes(file)));

        Assert.Contains("Tidak ada yang perlu diimpor.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaaaaaaaaaaaaaaaaaa", page, StringComparison.Ordinal);
        Assert.Equal(before, await office.DoAsync<LibraryDbContext, int>(db => db.Titles.CountAsync(Stop)));
    }

    [Fact]
    public async Task Nothing_is_imported_without_a_file()
    {
        using var nothing = await (await office.LibrarianAsync()).SendFileAsync("/desk/catalog/import", "/desk/catalog/import", "kosong.mrc", []);

        Assert.Contains("id=\"file-fault\"", await nothing.RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/catalog/999999")]
    [InlineData("/desk/copies/999999")]
    [InlineData("/desk/catalog/import/00000000000000000000000000000000")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_import_that_this_node_does_not_know_may_be_under_way_on_another()
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync("/en/desk/catalog/import/00000000000000000000000000000000");

        Assert.Contains("another one may be at work", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string NextBarcode() => $"UJI{Interlocked.Increment(ref barcodes):000000}";

    private static byte[] MarcXml(string records) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><collection xmlns=\"http://www.loc.gov/MARC21/slim\">{records}</collection>");

    private async Task<string> UploadAsync(byte[] file)
    {
        // One file at a time: the tests of other files wait as people do.
        for (var tries = 0; ; tries++)
        {
            using var sent = await (await office.LibrarianAsync()).SendFileAsync("/desk/catalog/import", "/desk/catalog/import", "uji.mrc", file);
            if (sent.StatusCode == HttpStatusCode.Redirect) return sent.Accepted();
            Assert.True(tries < 100, "Another import never ends.");
        }
    }

    /// <summary>The page once nothing is under way any more; it asks again as the page itself would.</summary>
    private async Task<string> DoneAsync(string path)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            using var answer = await (await office.LibrarianAsync()).OpenAsync(path);
            if (!answer.Headers.Contains("Refresh")) return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        }

        throw new InvalidOperationException("The import never ends.");
    }

    private Task<int> TitlesAsync(string name) => office.DoAsync<LibraryDbContext, int>(db => db.Titles.CountAsync(title => title.Name == name, Stop));

    private Task<long> ATitleAsync() => office.DoAsync<Cataloguing, long>(async cataloguing =>
        (await cataloguing.AddTitleAsync(new TitleDescription { Name = $"Judul {NextBarcode()}", Language = "ind" }, Actor.System("test"), Stop)).TitleId!.Value);
}
