using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Outbox;

/// <summary>DOMAIN.md rule 14, as far as writing the messages goes.</summary>
public sealed class OutboxTests
{
    private static readonly Subject Loan = new("loan", 42);
    private static readonly Recipient Siti = Recipient.Member(7, "id");

    [Fact]
    public async Task The_same_message_is_written_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();

        for (var time = 0; time < 3; time++)
        {
            await Tell(library, db, library.Calendar.Now);
            await Tell(library, db, library.Calendar.Now);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        Assert.Single(db.OutboxMessages);
    }

    [Fact]
    public async Task The_database_refuses_a_second_message_of_the_same_key()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var one = library.NewContext();
        await using var other = library.NewContext();
        var at = library.Calendar.Now;
        await Tell(library, one, at);
        await Tell(library, other, at);
        await one.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => other.SaveChangesAsync());
    }

    [Fact]
    public async Task A_message_of_an_undone_change_is_undone_with_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => db.WriteAsync(async stop =>
        {
            await Tell(library, db, library.Calendar.Now);
            await db.SaveChangesAsync(stop);
            throw new InvalidTimeZoneException("The world fails after the message was written.");
        }));

        Assert.Empty(db.OutboxMessages.AsNoTracking());
    }

    [Fact]
    public async Task Rescheduling_cancels_the_old_one_and_moving_back_revives_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var (first, second) = (library.Calendar.Now.AddDays(1), library.Calendar.Now.AddDays(2));
        await Tell(library, db, first);
        await db.SaveChangesAsync();

        await db.UntellAsync(Loan, "moved", library.Calendar.Now, default);
        await Tell(library, db, second);
        await db.SaveChangesAsync();
        Assert.Equal(second, Assert.Single(await Pending(db)).ScheduledAt);

        await db.UntellAsync(Loan, "moved back", library.Calendar.Now, default);
        await Tell(library, db, first);
        await db.SaveChangesAsync();
        Assert.Equal(first, Assert.Single(await Pending(db)).ScheduledAt);
        Assert.Equal(2, await db.OutboxMessages.CountAsync());
    }

    [Fact]
    public async Task Cancelling_some_kinds_leaves_the_others()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        await Tell(library, db, library.Calendar.Now);
        await Tell(library, db, library.Calendar.Now, "circulation.overdue");
        await db.SaveChangesAsync();

        await db.UntellAsync(Loan, "returned", library.Calendar.Now, default, "circulation.overdue");
        await db.SaveChangesAsync();

        Assert.Equal("circulation.due_soon", Assert.Single(await Pending(db)).Kind);
    }

    [Fact]
    public async Task One_sender_holds_a_message_until_its_claim_runs_out()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var now = library.Calendar.Now;
        await Tell(library, db, now);
        var message = db.OutboxMessages.Local.Single();

        Assert.False(message.Claim("a", now.AddSeconds(-1), TimeSpan.FromMinutes(5)));
        Assert.True(message.Claim("a", now, TimeSpan.FromMinutes(5)));
        Assert.False(message.Claim("b", now.AddMinutes(4), TimeSpan.FromMinutes(5)));
        Assert.True(message.Claim("b", now.AddMinutes(5), TimeSpan.FromMinutes(5)));
        message.Sent(now.AddMinutes(6));
        Assert.False(message.Claim("c", now.AddHours(1), TimeSpan.FromMinutes(5)));
        message.Cancel(now.AddHours(1), "too late");
        Assert.Equal(OutboxState.Sent, message.State);
    }

    private static Task Tell(TestLibrary library, LibraryDbContext db, DateTime at, string kind = "circulation.due_soon") =>
        db.TellAsync(Loan, Siti, kind, at, new { Title = "Laskar Pelangi" }, library.Calendar.Now, default);

    private static Task<List<OutboxMessage>> Pending(LibraryDbContext db) =>
        db.OutboxMessages.AsNoTracking().Where(message => message.State == OutboxState.Waiting).ToListAsync();
}
