using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>DOMAIN.md rules 13 and 14: what members are reminded of, and when it is caught up or left.</summary>
public sealed class ReminderTests
{
    [Fact]
    public async Task A_reminder_that_was_missed_is_made_up_for_while_it_is_of_use()
    {
        await using var library = await TestLibrary.OpenAsync();
        await LendAsync(library);

        library.Pass(6);
        Assert.Equal([LoanReminders.DueSoon], await PlanAsync(library));

        library.Pass(1);
        Assert.Equal([LoanReminders.DueSoon, LoanReminders.DueToday], await PlanAsync(library));
    }

    [Fact]
    public async Task Overdue_notices_grow_earnest_and_stop_when_the_book_comes_back()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (_, barcode) = await LendAsync(library);
        for (var day = 0; day < 16; day++)
        {
            await PlanAsync(library);
            library.Pass(1);
        }

        await library.ReturnAsync(barcode);
        for (var day = 0; day < 9; day++)
        {
            await PlanAsync(library);
            library.Pass(1);
        }

        await using var db = library.NewContext();
        var notices = await db.OutboxMessages.Where(message => message.Kind == LoanReminders.Overdue).OrderBy(message => message.Id).Select(message => message.Payload).ToListAsync();
        Assert.Equal(2, notices.Count);
        Assert.Contains("\"notice\":1,\"notices\":3", notices[0], StringComparison.Ordinal);
        Assert.Contains("\"notice\":2,\"notices\":3", notices[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_days_without_a_run_only_the_notice_that_is_due_now_is_written()
    {
        await using var library = await TestLibrary.OpenAsync();
        await LendAsync(library);
        library.Pass(7 + 8);

        await PlanAsync(library);
        await PlanAsync(library);

        await using var db = library.NewContext();
        Assert.Contains("\"notice\":2", (await db.OutboxMessages.SingleAsync(message => message.Kind == LoanReminders.Overdue)).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Books_overdue_for_years_are_not_reminded_of_when_they_are_imported()
    {
        await using var library = await TestLibrary.OpenAsync();
        await LendAsync(library);
        library.Pass(400);

        Assert.DoesNotContain(LoanReminders.Overdue, await PlanAsync(library));
    }

    [Theory]
    [InlineData("another zone")]
    [InlineData("another hour")]
    [InlineData("the clock an hour back")]
    public async Task A_changed_clock_or_zone_reminds_nobody_twice(string change)
    {
        await using var library = await TestLibrary.OpenAsync();
        await LendAsync(library);
        library.Pass(5);
        await PlanAsync(library);

        var changed = new LibrarySettings();
        switch (change)
        {
            case "another zone": changed.Zone = "Asia/Makassar"; break;
            case "another hour": changed.Circulation.RemindAtHour = 11; break;
            default: library.Clock.Advance(TimeSpan.FromHours(-1)); break;
        }

        await using var db = library.NewContext();
        await new LoanReminders(db, new LibraryCalendar(changed, library.Clock), changed).QueueDueSoonAsync();

        Assert.Single(db.OutboxMessages.AsNoTracking(), message => message.Kind == LoanReminders.DueSoon);
    }

    [Fact]
    public async Task A_moved_due_date_is_reminded_of_anew()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (loan, _) = await LendAsync(library);
        library.Pass(5);
        await PlanAsync(library);
        await library.RenewAsync(loan);
        library.Pass(5);

        await PlanAsync(library);

        await using var db = library.NewContext();
        var reminders = await db.OutboxMessages.Where(message => message.Kind == LoanReminders.DueSoon).OrderBy(message => message.Id).ToListAsync();
        Assert.Equal([OutboxState.Cancelled, OutboxState.Waiting], reminders.Select(message => message.State));
    }

    [Fact]
    public async Task A_renewal_is_told_and_a_refused_one_once_a_day_to_those_who_tried_by_themselves()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (loan, _) = await LendAsync(library);
        library.Pass(3);
        await using var desk = library.OpenDesk();
        var siti = Actor.Member((await library.LoanOfAsync(loan)).MemberId!.Value, "Siti");
        Assert.True((await desk.The<CirculationDesk>().RenewAsync(loan, siti)).Succeeded);
        library.Pass(1);

        for (var time = 0; time < 3; time++) Assert.NotNull((await desk.The<CirculationDesk>().RenewAsync(loan, siti)).Refusal);
        Assert.NotNull((await desk.The<CirculationDesk>().RenewAllAsync(siti.MemberId!.Value, siti)).Value[0].Outcome.Refusal);
        Assert.NotNull((await library.RenewAsync(loan)).Refusal);

        var kinds = await desk.Db.OutboxMessages.AsNoTracking().Where(message => message.Subject == $"loan:{loan}").OrderBy(message => message.Id).Select(message => message.Kind).ToListAsync();
        Assert.Equal(["circulation.renewed", "circulation.renewal_refused"], kinds);
    }

    [Fact]
    public async Task A_hold_about_to_lapse_is_reminded_of_once_unless_it_is_collected()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, budi, book) = (await library.AMemberAsync(), await library.AMemberAsync(), await library.ABookAsync());
        await library.LendAsync(siti, book.Barcode);
        var hold = (await library.HoldAsync(budi, book)).Value.HoldId;
        await library.ReturnAsync(book.Barcode);
        var pickupBy = (await library.HoldOfAsync(hold)).PickupBy!.Value;

        while (library.Calendar.Today <= pickupBy)
        {
            await PlanAsync(library);
            library.Pass(1);
        }

        await using var db = library.NewContext();
        var message = await db.OutboxMessages.SingleAsync(one => one.Kind == HoldReminders.Lapsing);
        Assert.Equal(pickupBy.AddDays(-1), library.Calendar.DateOf(message.ScheduledAt));
    }

    [Fact]
    public async Task A_membership_that_ends_soon_is_reminded_of_once_and_again_after_another_year()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.AMemberAsync();
        for (var year = 0; year < 2; year++)
        {
            library.Pass(345);
            for (var day = 0; day < 10; day++)
            {
                await PlanAsync(library);
                library.Pass(1);
            }

            await using var desk = library.OpenDesk();
            Assert.Null(await desk.The<MemberAccounts>().RenewMembershipAsync(siti.Id, TestLibrary.Librarian));
            library.Pass(10);
        }

        await using var db = library.NewContext();
        Assert.Equal(2, await db.OutboxMessages.CountAsync(message => message.Kind == MembershipReminders.Expiring));
    }

    private static async Task<(long LoanId, string Barcode)> LendAsync(TestLibrary library)
    {
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync());
        return ((await library.LendAsync(siti, book.Barcode)).Value.LoanId, book.Barcode);
    }

    /// <summary>Plans as the job does, and says what waits about loans.</summary>
    private static async Task<List<string>> PlanAsync(TestLibrary library)
    {
        await using var desk = library.OpenDesk();
        await desk.The<LoanReminders>().QueueDueSoonAsync();
        await desk.The<LoanReminders>().QueueDueTodayAsync();
        await desk.The<LoanReminders>().QueueOverdueAsync();
        await desk.The<HoldReminders>().QueueLapsingAsync();
        await desk.The<MembershipReminders>().QueueExpiringAsync();
        return await desk.Db.OutboxMessages.AsNoTracking().Where(message => message.Subject.StartsWith("loan:")).OrderBy(message => message.Id).Select(message => message.Kind).ToListAsync();
    }
}
