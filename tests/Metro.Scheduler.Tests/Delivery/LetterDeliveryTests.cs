using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Outbox;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Mailing;
using Microsoft.EntityFrameworkCore;

namespace Metro.Scheduler.Tests.Delivery;

/// <summary>Claim, look once more, hand over, note; and what happens when the server will not.</summary>
public sealed class LetterDeliveryTests
{
    private static readonly Handover Unknown = new(HandoverOutcome.Unknown, "line dropped");

    [Fact]
    public async Task Without_a_server_letters_are_files_that_mail_programs_read()
    {
        await using var library = await WritingLibrary.OpenAsync();
        await library.TellAsync("guru@example.id");

        Assert.Equal(1, (await library.SendAsync()).Sent);
        Assert.Equal(0, (await library.SendAsync()).Sent);

        var mail = Assert.Single(await PostOffice.ReadAsync(library.Folder.Files().Select(file => file.FullName)));
        Assert.Equal("Permohonan kunjungan diterima: SDN 1 Metro", mail.Subject);
        Assert.Equal(OutboxState.Sent, Assert.Single(await library.MessagesAsync()).State);
    }

    [Fact]
    public async Task A_book_that_came_back_in_time_is_not_reminded_of()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        var (siti, (_, barcodes)) = (await library.JoinAsync("Siti Aminah"), await library.AcquireAsync("Laskar Pelangi"));
        await library.LendAsync(siti, barcodes[0]);
        library.Pass(TimeSpan.FromDays(5));
        await library.WithAsync<LoanReminders, int>(one => one.QueueDueSoonAsync());
        await library.ReturnAsync(barcodes[0]);

        await library.SendAsync();

        Assert.Empty(transport.Taken);
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_day_loses_nothing_and_uses_no_attempt()
    {
        var transport = new ScriptedTransport { IsAway = true };
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        for (var school = 1; school <= 30; school++) await library.TellAsync($"guru{school}@example.id", about: school);

        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            Assert.Equal("Nobody answers.", (await library.SendAsync()).Trouble);
            library.Pass(TimeSpan.FromMinutes(5));
        }

        Assert.InRange(transport.Opened, 80, 300);
        transport.IsAway = false;
        library.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(30, (await library.SendAsync()).Sent);
        Assert.All(await library.MessagesAsync(), message => Assert.Equal((OutboxState.Sent, 1), (message.State, message.Attempts)));
        Assert.Equal(30, transport.Taken.Select(mail => mail.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_that_is_put_off_is_tried_later_and_later_and_then_given_up()
    {
        var transport = new ScriptedTransport { Answer = _ => new Handover(HandoverOutcome.PutOff, "full", "452 4.2.2 full") };
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        await library.TellAsync("guru@example.id");

        var tries = new List<DateTime>();
        while (Assert.Single(await library.MessagesAsync()) is { State: OutboxState.Waiting } message)
        {
            library.Clock.MoveTo(new DateTimeOffset(message.DueAt));
            tries.Add(message.DueAt);
            await library.SendAsync();
        }

        Assert.Equal(library.Mail.Attempts, tries.Count);
        Assert.InRange(tries[1] - tries[0], TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(72));
        Assert.True(tries[^1] - tries[0] > TimeSpan.FromHours(30));
        var given = Assert.Single(await library.MessagesAsync());
        Assert.Equal((OutboxState.Failed, "452 4.2.2 full", false), (given.State, given.Reply, given.HasBounced));
    }

    [Fact]
    public async Task A_bounce_is_given_up_at_once_and_marked_by_what_the_server_said_and_the_others_go_on()
    {
        var transport = new ScriptedTransport { Answer = mail => mail.To[0].Email.StartsWith("guru1@", StringComparison.Ordinal) ? new Handover(HandoverOutcome.Refused, "no", "550 5.1.1 no such user") : new Handover(HandoverOutcome.Accepted, "250") };
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        for (var school = 1; school <= 3; school++) await library.TellAsync($"guru{school}@example.id", about: school);

        var round = await library.SendAsync();

        Assert.Equal((2, 1), (round.Sent, round.GivenUp));
        Assert.True((await library.MessagesAsync())[0].HasBounced);
    }

    [Fact]
    public async Task What_may_have_arrived_is_sent_again_as_the_same_letter()
    {
        var seen = new List<string>();
        var transport = new ScriptedTransport();
        transport.Answer = mail =>
        {
            seen.Add(mail.MessageId);
            return seen.Count == 1 ? Unknown : new Handover(HandoverOutcome.Accepted, "250");
        };
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        await library.TellAsync("guru@example.id");
        await library.SendAsync();
        library.Pass(TimeSpan.FromMinutes(2));

        await library.SendAsync();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task A_letter_that_nobody_can_write_does_not_keep_the_others_waiting()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        await library.TellAsync("guru@example.id", "unknown.kind");
        await library.TellAsync("guru@example.id", about: 2);

        await library.SendAsync();

        Assert.Single(transport.Taken);
        Assert.Contains("unknown.kind", (await library.MessagesAsync())[0].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_leave_in_a_minute_than_the_limit_says()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(new MailSettings { PerMinute = 30 }, transport);
        for (var school = 1; school <= 70; school++) await library.TellAsync($"guru{school}@example.id", about: school);

        var minutes = new List<int>();
        while (transport.Taken.Count < 70)
        {
            for (var round = 0; round < 3; round++)
            {
                await library.SendAsync();
                library.Pass(TimeSpan.FromSeconds(20));
            }

            minutes.Add(transport.Taken.Count);
        }

        Assert.Equal([30, 60, 70], minutes);
    }

    [Fact]
    public async Task At_night_reminders_wait_for_six_and_confirmations_go()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(new MailSettings { Host = "mail.example", PerMinute = 1000 }, transport);
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 5, 22, 30, 0, TimeSpan.FromHours(7)));
        await library.TellAsync("guru@example.id", "visits.lapsed");
        await library.TellAsync("guru@example.id", "visits.received");

        var night = await library.SendAsync();
        Assert.Equal((1, 1), (night.Sent, night.Postponed));
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 6, 5, 59, 0, TimeSpan.FromHours(7)));
        Assert.Equal(0, (await library.SendAsync()).Sent);
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 6, 6, 0, 0, TimeSpan.FromHours(7)));

        Assert.Equal(1, (await library.SendAsync()).Sent);
    }

    [Theory]
    [InlineData(20, 59, null)]
    [InlineData(21, 0, "2026-01-06T06:00")]
    [InlineData(0, 30, "2026-01-05T06:00")]
    [InlineData(6, 0, null)]
    public async Task Quiet_hours_are_by_the_librarys_clock_and_pass_midnight(int hour, int minute, string? until)
    {
        await using var library = await WritingLibrary.OpenAsync();
        var now = library.Calendar.InstantOf(new DateOnly(2026, 1, 5), new TimeOnly(hour, minute));

        var end = QuietHours.EndAt(now, new MailSettings { Host = "mail.example" }, library.Calendar);

        Assert.Equal(until, end is { } morning ? TimeZoneInfo.ConvertTimeFromUtc(morning, library.Calendar.Zone).ToString("yyyy-MM-dd'T'HH:mm") : null);
        Assert.Null(QuietHours.EndAt(now, new MailSettings(), library.Calendar));
    }

    [Fact]
    public async Task Five_books_due_on_one_day_are_one_mail_that_names_them_all()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        await library.WithAsync<TermsTable, Refusal?>(terms => terms.SetAsync(new LoanTerms { MostLoans = 9 }, WritingLibrary.Librarian));
        var siti = await library.JoinAsync("Siti Aminah");
        foreach (var name in (string[])["Laskar Pelangi", "Bumi Manusia", "Cantik Itu Luka", "Perahu Kertas", "Negeri 5 Menara"])
            await library.LendAsync(siti, (await library.AcquireAsync(name)).Barcodes[0]);
        library.Pass(TimeSpan.FromDays(5));
        await library.WithAsync<LoanReminders, int>(one => one.QueueDueSoonAsync());

        await library.SendAsync();

        var mail = Assert.Single(transport.Taken);
        Assert.Equal("5 pinjaman segera jatuh tempo", mail.Subject);
        Assert.Contains("- Negeri 5 Menara: Senin, 12 Januari 2026", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<li style=\"margin:0 0 8px\">Bumi Manusia: Senin, 12 Januari 2026</li>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_drops_the_line_after_the_mail_gets_it_again_under_the_same_name()
    {
        var dropped = false;
        await using var server = new RudeServer(line => line == "." && !dropped && (dropped = true) ? RudeServer.Drop : RudeServer.PoliteBut()(line));
        await using var library = await WritingLibrary.OpenAsync(server.Settings);
        await library.TellAsync("guru@example.id");
        Assert.Equal(1, (await library.SendAsync()).PutOff);
        library.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(1, (await library.SendAsync()).Sent);

        Assert.Equal(2, Assert.Single(await library.MessagesAsync()).Attempts);
    }

    [Fact]
    public async Task A_server_that_hangs_keeps_one_letter_waiting_and_then_none()
    {
        var hung = false;
        await using var server = new RudeServer(line => line.StartsWith("MAIL", StringComparison.Ordinal) && !hung && (hung = true) ? RudeServer.Hang : RudeServer.PoliteBut()(line));
        await using var library = await WritingLibrary.OpenAsync(server.Settings);
        for (var school = 1; school <= 3; school++) await library.TellAsync($"guru{school}@example.id", about: school);

        var sending = library.SendAsync();
        await server.IsHanging;
        library.Pass(TimeSpan.FromSeconds(31));
        var round = await sending;
        Assert.Contains("within 30 s", round.Trouble, StringComparison.Ordinal);
        library.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(3, (await library.SendAsync()).Sent);
    }

    [Fact]
    public async Task A_server_that_refuses_us_is_met_again_later_and_nothing_is_given_up()
    {
        await using var server = new RudeServer(RudeServer.PoliteBut(("EHLO", "554 5.7.1 you are blocked")));
        await using var library = await WritingLibrary.OpenAsync(server.Settings);
        await library.TellAsync("guru@example.id");

        Assert.Contains("you are blocked", (await library.SendAsync()).Trouble, StringComparison.Ordinal);

        Assert.Equal((OutboxState.Waiting, 0), (Assert.Single(await library.MessagesAsync()) is { } message) ? (message.State, message.Attempts) : default);
    }
}
