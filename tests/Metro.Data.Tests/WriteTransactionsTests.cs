using Metro.Testing;
using Microsoft.EntityFrameworkCore;

namespace Metro.Data.Tests;

public sealed class WriteTransactionsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_writers_never_lose_an_update()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await AShelf(database, "A");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var book = 0; book < 25; book++)
            {
                await using var db = database.NewContext();
                await db.WriteAsync(async stop =>
                {
                    var shelf = await db.Shelves.SingleAsync(stop);
                    shelf.BooksOnIt++;
                    await db.SaveChangesAsync(stop);
                }, Stop);
            }
        })));

        await using var reader = database.NewContext();
        Assert.Equal(200, (await reader.Shelves.SingleAsync(Stop)).BooksOnIt);
    }

    [Fact]
    public async Task A_rule_over_several_rows_holds_for_rivals()
    {
        // Each writer adds a shelf only while there are fewer than five: a rule that no row carries by itself.
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(rival => Task.Run(async () =>
        {
            await using var db = database.NewContext();
            await db.WriteAsync(async stop =>
            {
                if (await db.Shelves.CountAsync(stop) < 5) db.Shelves.Add(new Shelf { Label = $"R{rival}" });
                await db.SaveChangesAsync(stop);
            }, Stop);
        })));

        await using var reader = database.NewContext();
        Assert.Equal(5, await reader.Shelves.CountAsync(Stop));
    }

    [Fact]
    public async Task What_a_failed_write_did_is_undone_and_the_next_write_goes_through()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using var db = database.NewContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.WriteAsync(async stop =>
        {
            db.Shelves.Add(new Shelf { Label = "half" });
            await db.SaveChangesAsync(stop);
            throw new InvalidOperationException("The light went out.");
        }, Stop));

        await AShelf(database, "whole");
        await using var reader = database.NewContext();
        Assert.Equal(["whole"], await reader.Shelves.Select(shelf => shelf.Label).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_broken_constraint_rises_to_the_caller()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await AShelf(database, "A");

        await Assert.ThrowsAsync<DbUpdateException>(() => AShelf(database, "A"));
    }

    [Fact]
    public async Task Writes_do_not_nest()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using var db = database.NewContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            db.WriteAsync(stop => db.WriteAsync(_ => Task.CompletedTask, stop), Stop));
    }

    [Fact]
    public async Task Writes_that_belong_together_are_there_as_a_whole_or_not_at_all()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using var db = database.NewContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.WriteTogetherAsync(async stop =>
        {
            await Shelve("A", stop);
            await Shelve("B", stop);
            throw new InvalidOperationException("The light went out.");
        }, Stop));
        Assert.Empty(await db.Shelves.ToListAsync(Stop));

        await db.WriteTogetherAsync(async stop =>
        {
            await Shelve("A", stop);
            await Shelve("B", stop);
        }, Stop);
        await Shelve("C", Stop);
        Assert.Equal(["A", "B", "C"], await db.Shelves.Select(shelf => shelf.Label).Order().ToListAsync(Stop));

        Task Shelve(string label, CancellationToken stop) => db.WriteAsync(async inner =>
        {
            db.Shelves.Add(new Shelf { Label = label });
            await db.SaveChangesAsync(inner);
        }, stop);
    }

    [Fact]
    public async Task A_failed_write_among_those_that_belong_together_undoes_only_itself()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using var db = database.NewContext();

        await db.WriteTogetherAsync(async stop =>
        {
            await Shelve("A", stop);
            await Assert.ThrowsAsync<DbUpdateException>(() => Shelve("A", stop));
            await Shelve("B", stop);
        }, Stop);

        Assert.Equal(["A", "B"], await db.Shelves.Select(shelf => shelf.Label).Order().ToListAsync(Stop));

        Task Shelve(string label, CancellationToken stop) => db.WriteAsync(async inner =>
        {
            db.Shelves.Add(new Shelf { Label = label });
            await db.SaveChangesAsync(inner);
        }, stop);
    }

    [Fact]
    public async Task Waiting_for_the_turn_to_write_ends_when_the_caller_leaves()
    {
        await using var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using var first = database.NewContext();
        await using var second = database.NewContext();
        using var leaves = new CancellationTokenSource();
        var finish = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var holding = first.WriteAsync(async stop =>
        {
            first.Shelves.Add(new Shelf { Label = "A" });
            await first.SaveChangesAsync(stop);
            started.TrySetResult();
            await finish.Task;
        }, Stop);
        await started.Task;

        var waiting = second.WriteAsync(async stop =>
        {
            second.Shelves.Add(new Shelf { Label = "A" });
            await second.SaveChangesAsync(stop);
        }, leaves.Token);
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        finish.SetResult();
        await holding;
    }

    private static async Task AShelf(TestDatabase<ShelfDbContext> database, string label)
    {
        await using var db = database.NewContext();
        await db.WriteAsync(async stop =>
        {
            db.Shelves.Add(new Shelf { Label = label });
            await db.SaveChangesAsync(stop);
        }, Stop);
    }
}
