using System.Globalization;
using System.Net;
using System.Text;
using Metro.Content;
using Metro.Library;
using Metro.Library.Elending;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Lending;

/// <summary>E-resources that are lent: borrowed, waited for, given back; read and kept with a loan and not without.</summary>
public sealed class ELoansPageTests : IAsyncLifetime
{
    private const string Code = "buku-berlisensi";
    private const string Page = "/e-resources/buku-berlisensi";
    private const string File = "e-resources/mendongeng.id.epub";
    private readonly LendingPortal library = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await library.InitializeAsync();
        await library.DoAsync(async (RecipeImport import) =>
        {
            using var demo = DemoContent.Open();
            Assert.True((await import.ImportAsync(ContentUser.Portal, demo, DemoContent.On(new DateOnly(2026, 1, 5)), Stop)).Succeeded);
            return true;
        });
        // A new file: the demonstration's own files belong to resources that everybody may read.
        await library.DoAsync(async (RecipeImport import) =>
        {
            using var package = RecipePackage.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
                {"name":"licensed","steps":[{"name":"content","data":[{"ContentItemId":"4licensedbook","ContentType":"EResource","Published":true,"Latest":true,
                  "TitlePart":{"Title":"Buku berlisensi"},"LocalizationPart":{"LocalizationSet":"4licensedset","Culture":"id"},
                  "EResource":{"Summary":{"Text":"Dipinjamkan."},"Address":{"Url":"https://example.org","Text":"x"},"Access":{"Text":"members"},
                    "ResourceCode":{"Text":"buku-berlisensi"},"File":{"Paths":["e-resources/mendongeng.id.epub"]}}}]}]}
                """))).Result!;
            Assert.True((await import.ImportAsync(ContentUser.Portal, package, new RecipeOptions(), Stop)).Succeeded);
            return true;
        });
        await library.DoAsync((Licensing licensing) => licensing.AddAsync(
            new LicenceDetails { ResourceKey = Code, Title = new LocalText("Buku berlisensi"), MostAtOnce = 1 }, LendingPortal.Librarian, Stop));
    }

    public ValueTask DisposeAsync() => library.DisposeAsync();

    [Fact]
    public async Task No_address_gives_out_a_lent_file_without_a_loan()
    {
        var (siti, editor) = (await library.AMemberAsync(), await library.AnEditorAsync());

        foreach (var reader in (HttpClient[])[library.Portal.Visitor(), siti.Browser, (await library.ALibrarianAsync()).Browser])
            foreach (var address in (string[])[$"/media/{File}", $"/media/{File.ToUpperInvariant()}", $"{Page}/read?handler=file", $"{Page}/read?handler=picture&picture=EPUB%2Fcover.jpg"])
            {
                using var answer = await reader.GetAsync(address, Stop);
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Redirect, $"{address} answers {answer.StatusCode}.");
            }

        Assert.DoesNotContain("reader__text", await LendingPortal.ReadAsync(siti, Page + "/read"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/media/{File}", await LendingPortal.ReadAsync(siti, Page), StringComparison.Ordinal);
        // Who edits content sees what they edit.
        Assert.Equal(HttpStatusCode.OK, (await editor.Browser.GetAsync($"/media/{File}", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_member_borrows_reads_keeps_and_gives_back()
    {
        var siti = await library.AMemberAsync();
        Assert.Contains("Pinjam buku ini", await LendingPortal.ReadAsync(siti, Page), StringComparison.Ordinal);

        using var lent = await BorrowAsync(siti);
        using var again = await BorrowAsync(siti);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (lent.StatusCode, again.StatusCode));
        var loan = Assert.Single(await LoansAsync());
        Assert.Contains("Buku berlisensi", await LendingPortal.ReadAsync(siti, "/account/e-loans"), StringComparison.Ordinal);
        Assert.Contains("reader__text", await LendingPortal.ReadAsync(siti, Page + "/read"), StringComparison.Ordinal);
        using var file = await siti.Browser.GetAsync(Page + "/read?handler=file", Stop);
        Assert.Equal((HttpStatusCode.OK, "application/epub+zip"), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        Assert.True(file.Headers.CacheControl!.NoStore);

        using var back = await LendingPortal.SendAsync(siti, "/account", "/account/e-loans?handler=Return", ("loan", loan.Id.ToString(CultureInfo.InvariantCulture)));
        using var gone = await siti.Browser.GetAsync(Page + "/read?handler=file", Stop);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NotFound), (back.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task Who_finds_it_out_joins_the_queue_and_is_offered_it_in_turn()
    {
        var (siti, budi) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"));
        using var lent = await BorrowAsync(siti);

        using var refused = await BorrowAsync(budi);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Masuk antrean", await LendingPortal.ReadAsync(budi, Page), StringComparison.Ordinal);
        for (var times = 0; times < 2; times++)
        {
            using var waits = await LendingPortal.SendAsync(budi, "/account", "/account/e-loans?handler=Wait", ("resource", Code));
            Assert.Equal(HttpStatusCode.Redirect, waits.StatusCode);
        }

        Assert.Contains("Nomor 1 dari 1", await LendingPortal.ReadAsync(budi, "/account/e-loans"), StringComparison.Ordinal);
        using var back = await LendingPortal.SendAsync(siti, "/account", "/account/e-loans?handler=Return", ("loan", (await LoansAsync())[0].Id.ToString(CultureInfo.InvariantCulture)));
        Assert.Contains("Giliran Anda", await LendingPortal.ReadAsync(budi, "/account/e-loans"), StringComparison.Ordinal);
        Assert.Contains("Buku berlisensi", await LendingPortal.ReadAsync(budi, "/account"), StringComparison.Ordinal);
        using var taken = await BorrowAsync(budi);
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_loan_and_place_are_not_found()
    {
        var (siti, budi) = (await library.AMemberAsync(), await library.AMemberAsync("Budi"));
        using var lent = await BorrowAsync(siti);
        var loan = (await LoansAsync())[0].Id.ToString(CultureInfo.InvariantCulture);

        using var back = await LendingPortal.SendAsync(budi, "/account", "/account/e-loans?handler=Return", ("loan", loan));
        using var left = await LendingPortal.SendAsync(budi, "/account", "/account/e-loans?handler=Leave", ("hold", "999"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (back.StatusCode, left.StatusCode));
    }

    [Fact]
    public async Task When_a_loan_is_over_its_file_is_not_given_out_any_more()
    {
        var siti = await library.AMemberAsync();
        using var lent = await BorrowAsync(siti);
        library.Clock.Advance(TimeSpan.FromDays(16));

        using var answer = await siti.Browser.GetAsync(Page + "/read?handler=file", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> BorrowAsync(Somebody somebody) => LendingPortal.SendAsync(somebody, "/account", "/account/e-loans?handler=Borrow", ("resource", Code));

    private Task<List<DigitalLoan>> LoansAsync() => library.DoAsync((LibraryDbContext db) => db.DigitalLoans.AsNoTracking().Where(loan => loan.EndedAt == null).ToListAsync(Stop));
}
