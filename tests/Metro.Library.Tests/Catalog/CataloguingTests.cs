using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Catalog;

public sealed class CataloguingTests
{
    private static readonly TitleDescription Rainbow = new()
    {
        Name = "Laskar pelangi",
        Contributors = [new("Hirata, Andrea"), new("Putri, Dewi", ContributorRole.Illustrator)],
        Subjects = ["Fiksi Indonesia", "Belitung -- Fiksi"],
        Identifiers = [new(IdentifierKind.Isbn, "979-3062-79-7")],
    };

    [Fact]
    public async Task A_title_is_added_described_anew_and_withdrawn_and_each_leaves_an_audit_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);

        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;
        var changed = await desk.DescribeTitleAsync(id, 1, Rainbow with { Subjects = ["Novel"], Summary = "Sepuluh anak." }, TestLibrary.Librarian);
        Assert.Empty(changed.Refusals);
        Assert.Null(await desk.WithdrawTitleAsync(id, TestLibrary.Librarian));

        await using var after = library.NewContext();
        var title = await after.Titles.Whole().SingleAsync(one => one.Id == id);
        Assert.Equal("Novel", Assert.Single(title.Subjects).Text);
        Assert.Equal(["Hirata, Andrea", "Putri, Dewi"], title.Contributors.Select(one => one.Name));
        Assert.NotNull(title.WithdrawnAt);
        Assert.Equal(["title.added", "title.described", "title.withdrawn"],
            await after.AuditLines.OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
        Assert.Empty(await after.Titles.InCatalogue().ToListAsync());
    }

    [Fact]
    public async Task Two_cataloguers_who_edit_the_same_version_do_not_undo_each_other()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;

        Assert.Empty((await desk.DescribeTitleAsync(id, 1, Rainbow with { Year = 2005 }, TestLibrary.Librarian)).Refusals);
        var second = await desk.DescribeTitleAsync(id, 1, Rainbow with { Year = 1999 }, TestLibrary.Librarian);

        Assert.Equal("catalog.changed_meanwhile", Assert.Single(second.Refusals).Code);
        Assert.Equal(2005, (await db.Titles.AsNoTracking().SingleAsync()).Year);
    }

    [Fact]
    public async Task A_barcode_belongs_to_one_copy()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;

        var copy = await desk.AddCopyAsync(id, new("a1", library.Main) { Price = 45_000 }, TestLibrary.Librarian);
        Assert.True(copy.Succeeded);
        Assert.Equal("catalog.barcode_taken", (await desk.AddCopyAsync(id, new("A1", library.Main), TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("catalog.no_such_branch", (await desk.AddCopyAsync(id, new("A2", 999), TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("catalog.no_such_title", (await desk.AddCopyAsync(999, new("A2", library.Main), TestLibrary.Librarian)).Refusal?.Code);
        Assert.Equal("catalog.title_has_copies", (await desk.WithdrawTitleAsync(id, TestLibrary.Librarian))?.Code);
        Assert.Equal(1, await db.Copies.CountAsync());
    }

    [Fact]
    public async Task The_database_too_keeps_barcodes_unique_and_prices_sensible()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;
        await desk.AddCopyAsync(id, new("A1", library.Main), TestLibrary.Librarian);

        await Assert.ThrowsAsync<DbUpdateException>(async () =>
        {
            await using var other = library.NewContext();
            other.Copies.Add(Copy.Create(id, new("A1", library.Main), library.Clock.UtcNow).Value);
            await other.SaveChangesAsync();
        });
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("update copies set price = -1"));
    }

    [Fact]
    public async Task An_overdue_copy_is_still_out_and_a_copy_in_repair_is_not_free()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;
        var keys = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var copy = (await desk.AddCopyAsync(id, new($"A{i}", library.Main) { ForReferenceOnly = i == 4 }, TestLibrary.Librarian)).Value;
            Assert.Null(await desk.ShelveCopyAsync(copy, i == 3 ? library.Kelurahan : library.Main, TestLibrary.Librarian));
            keys.Add(copy);
        }

        await db.WriteAsync(async stop =>
        {
            Assert.Null((await db.Copies.SingleAsync(copy => copy.Id == keys[0], stop)).Lend(library.Clock.UtcNow));
            await db.SaveChangesAsync(stop);
        });
        library.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Null(await desk.SendToRepairAsync(keys[1], TestLibrary.Librarian));

        var availability = (await db.AvailabilityOfAsync([id, 999]))[id];

        Assert.Equal((5, 2, 1, 1), (availability.Copies, availability.Free, availability.OnLoan, availability.ForReference));
        Assert.Equal([KeyValuePair.Create(library.Main, 1), KeyValuePair.Create(library.Kelurahan, 1)], availability.FreeAtBranch.OrderBy(branch => branch.Key));
    }

    [Fact]
    public async Task A_withdrawn_title_is_put_back_at_the_desk_and_the_audit_trail_tells_who_did_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var desk = new Cataloguing(db, library.Clock, []);
        var id = (await desk.AddTitleAsync(Rainbow, TestLibrary.Librarian)).TitleId!.Value;
        Assert.Null(await desk.WithdrawTitleAsync(id, TestLibrary.Librarian));
        Assert.Equal(CatalogRefusals.TitleWithdrawn, (await desk.AddCopyAsync(id, new("A1", library.Main), TestLibrary.Librarian)).Refusal);

        Assert.Null(await desk.ReinstateTitleAsync(id, TestLibrary.Librarian));
        Assert.Null(await desk.ReinstateTitleAsync(id, TestLibrary.Librarian));

        Assert.True((await desk.AddCopyAsync(id, new("A1", library.Main), TestLibrary.Librarian)).Succeeded);
        Assert.Equal("Ibu Ratna", (await db.AuditLines.SingleAsync(line => line.Action == "title.reinstated")).ActorName);
        Assert.Equal(CatalogRefusals.NoSuchTitle, await desk.ReinstateTitleAsync(999, TestLibrary.Librarian));
    }
}
