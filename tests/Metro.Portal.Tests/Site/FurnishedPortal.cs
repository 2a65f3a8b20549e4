using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

/// <summary>A portal with a little of everything in it, on a Monday morning while the library is open.</summary>
public sealed class FurnishedPortal : IAsyncLifetime
{
    public static readonly DateOnly Monday = new(2026, 1, 5);

    public PortalUnderTest Portal { get; } = new() { Clock = new FakeClock() };

    /// <summary>The key of <em>Laskar pelangi</em>, which has a copy at each branch.</summary>
    public long LaskarPelangi { get; private set; }

    public async ValueTask InitializeAsync() => LaskarPelangi = await FurnishAsync(Portal.Services, Monday);

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Puts branches, titles, copies and the demonstration content into a portal.</summary>
    /// <returns>The key of a title with copies.</returns>
    public static async Task<long> FurnishAsync(IServiceProvider services, DateOnly today)
    {
        var clerk = Actor.System("test");
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var week = WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-11:30,13:30-16:00; sat 08:00-14:00");
        var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, week) { NameEnglish = "Metro City Library", Address = "Jalan A.H. Nasution, Metro" };
        var corner = new Branch("YSM", "Pojok Baca Yosomulyo", BranchKind.Branch, week);
        db.AddRange(main, corner, CalendarException.Closure(null, today.AddDays(3), today.AddDays(4), "Cuti bersama", "Joint leave"));
        await db.SaveChangesAsync();

        var cataloguing = scope.ServiceProvider.GetRequiredService<Cataloguing>();
        var first = 0L;
        foreach (var (name, author, format, subject) in Titles)
        {
            var added = await cataloguing.AddTitleAsync(new TitleDescription
            {
                Format = format,
                Name = name,
                Contributors = [new DescribedContributor(author)],
                Subjects = [subject],
                Language = "ind",
                Year = 2005,
                Publisher = "Bentang",
                Place = "Yogyakarta",
                Series = name.StartsWith("Laskar", StringComparison.Ordinal) ? "Tetralogi Laskar Pelangi" : null,
                Summary = $"{name} bercerita tentang {subject.ToLowerInvariant()}.",
            }, clerk);
            Assert.Empty(added.Refusals);
            if (first == 0) first = added.TitleId!.Value;
        }

        foreach (var (branch, barcode) in ((Branch, string)[])[(main, "MTR000001"), (corner, "YSM000001")])
        {
            var copy = await cataloguing.AddCopyAsync(first, new CopyDescription(barcode, branch.Id) { ShelfMark = "899.221 HIR l" }, clerk);
            Assert.Null(await cataloguing.ShelveCopyAsync(copy.Value, branch.Id, clerk));
        }

        using var recipe = DemoContent.Open();
        var imported = await scope.ServiceProvider.GetRequiredService<RecipeImport>().ImportAsync(ContentUser.Portal, recipe, DemoContent.On(today));
        Assert.True(imported.Succeeded);
        return first;
    }

    /// <summary>Enough titles for a second page, among them one for readers of braille.</summary>
    private static IEnumerable<(string Name, string Author, TitleFormat Format, string Subject)> Titles =>
    [
        ("Laskar pelangi", "Hirata, Andrea", TitleFormat.Print, "Fiksi Indonesia"),
        ("Sang pemimpi", "Hirata, Andrea", TitleFormat.Print, "Fiksi Indonesia"),
        ("Bumi manusia", "Pramoedya Ananta Toer", TitleFormat.Print, "Fiksi Indonesia"),
        ("Dongeng Lampung", "Tim Penulis", TitleFormat.Braille, "Cerita rakyat"),
        .. Enumerable.Range(1, 25).Select(number => ($"Ensiklopedia jilid {number}", "Tim Penulis", TitleFormat.Print, "Ensiklopedia")),
    ];
}
