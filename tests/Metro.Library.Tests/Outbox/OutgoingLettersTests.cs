using Metro.Library.Outbox;
using Metro.Library.Tests.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Outbox;

/// <summary>Claim, recheck, note (DOMAIN.md rule 14), on whichever database the tests run.</summary>
public sealed class OutgoingLettersTests
{
    private static readonly Recipient Guru = Recipient.Address("guru@example.id", "id");

    [Fact]
    public async Task Five_books_due_on_one_day_are_one_letter()
    {
        await using var library = await TestLibrary.OpenAsync();
        var at = library.Calendar.Now;
        for (var book = 1; book <= 5; book++) await TellAsync(library, Guru, book, at);
        await TellAsync(library, Guru, 6, at.AddMinutes(-1));
        await TellAsync(library, Recipient.Address("lain@example.id", "id"), 7, at);

        var letters = (await ClaimAsync(library)).Letters;

        Assert.Equal([1, 5, 1], letters.Select(letter => letter.Parts.Count));
        Assert.Equal(["loan:1", "loan:2", "loan:3", "loan:4", "loan:5"], letters[1].Parts.Select(part => part.Subject));
    }

    [Fact]
    public async Task Companions_are_found_though_the_batch_is_smaller()
    {
        await using var library = await TestLibrary.OpenAsync();
        for (var book = 1; book <= 5; book++) await TellAsync(library, Guru, book, library.Calendar.Now);

        Assert.Equal(5, Assert.Single((await ClaimAsync(library, most: 1)).Letters).Parts.Count);
    }

    [Fact]
    public async Task What_does_not_go_together_goes_by_itself()
    {
        await using var library = await TestLibrary.OpenAsync();
        for (var book = 1; book <= 3; book++) await TellAsync(library, Guru, book, library.Calendar.Now);

        Assert.Equal(3, (await ClaimAsync(library, together: false)).Letters.Count);
    }

    [Fact]
    public async Task Many_senders_share_the_letters_and_none_goes_twice()
    {
        await using var library = await TestLibrary.OpenAsync();
        for (var book = 1; book <= 40; book++) await TellAsync(library, Guru, book, library.Calendar.Now.AddSeconds(-book));

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            var mine = new List<long>();
            while ((await ClaimAsync(library, sender: $"sender {sender}", most: 3)).Letters is { Count: > 0 } letters)
                mine.AddRange(letters.SelectMany(letter => letter.Parts).Select(part => part.Id));
            return mine;
        })));

        var all = claimed.SelectMany(ids => ids).ToList();
        Assert.Equal(40, all.Count);
        Assert.Equal(40, all.Distinct().Count());
    }

    [Fact]
    public async Task What_a_dead_sender_held_goes_as_the_same_letter_when_its_lease_has_run_out()
    {
        await using var library = await TestLibrary.OpenAsync();
        for (var book = 1; book <= 2; book++) await TellAsync(library, Guru, book, library.Calendar.Now);
        var first = Assert.Single((await ClaimAsync(library, sender: "dead")).Letters);
        await TellAsync(library, Guru, 3, library.Calendar.Now);

        library.Clock.Advance(TimeSpan.FromMinutes(9));
        var fresh = Assert.Single((await ClaimAsync(library)).Letters);
        library.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = Assert.Single((await ClaimAsync(library)).Letters);

        Assert.Equal("loan:3", Assert.Single(fresh.Parts).Subject);
        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Parts, again.Parts);
        Assert.Equal(2, again.Attempt);
    }

    [Fact]
    public async Task A_sender_whose_lease_was_lost_sends_no_more()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now, "visits.received");
        var slow = Assert.Single((await ClaimAsync(library, sender: "slow")).Letters);
        library.Clock.Advance(TimeSpan.FromMinutes(10));
        var quick = Assert.Single((await ClaimAsync(library, sender: "quick")).Letters);

        await using var desk = library.OpenDesk();
        Assert.Null(await desk.The<OutgoingLetters>().RecheckAsync(slow, null));
        Assert.NotNull(await desk.The<OutgoingLetters>().RecheckAsync(quick, null));
    }

    [Fact]
    public async Task A_part_that_is_no_longer_true_is_left_out()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (siti, book) = (await library.AMemberAsync(), await library.ABookAsync(2));
        await library.SetTermsAsync(new Metro.Library.Circulation.LoanTerms { MostLoans = 9 });
        foreach (var barcode in book.Barcodes) await library.LendAsync(siti, barcode);
        library.Pass(5);
        await using var desk = library.OpenDesk();
        await desk.The<Metro.Library.Circulation.LoanReminders>().QueueDueSoonAsync();
        var letter = Assert.Single((await ClaimAsync(library)).Letters, one => one.Parts.Count == 2);

        await library.ReturnAsync(book.Barcodes[0]);
        var left = await desk.The<OutgoingLetters>().RecheckAsync(letter, MailTopic.Loans);

        Assert.Single(left!.Letter.Parts);
        Assert.Equal("orang@example.id", Assert.Single(left.Readers).Email);
    }

    [Fact]
    public async Task What_somebody_unsubscribed_is_not_sent_and_what_they_must_know_is()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now, "visits.reminder");
        await using var desk = library.OpenDesk();
        await desk.The<Subscriptions>().StopAsync("mail:guru@example.id", MailTopic.Visits);
        await desk.The<Subscriptions>().StopAsync("mail:guru@example.id", MailTopic.Visits);
        var letter = Assert.Single((await ClaimAsync(library)).Letters);

        Assert.Equal([MailTopic.Visits], await desk.The<Subscriptions>().StoppedAsync("mail:guru@example.id"));
        Assert.Null(await desk.The<OutgoingLetters>().RecheckAsync(letter, MailTopic.Visits));
        Assert.Equal((OutboxState.Cancelled, "unsubscribed"), await StateAsync(library));
    }

    [Fact]
    public async Task At_night_what_may_wait_waits_for_the_morning_and_what_may_not_goes()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now);
        await TellAsync(library, Guru, 2, library.Calendar.Now, "accounts.recovery");
        var morning = library.Calendar.Now.AddHours(8);

        var night = await ClaimAsync(library, quietUntil: morning);

        Assert.Equal("accounts.recovery", Assert.Single(night.Letters).Kind);
        Assert.Equal(1, night.Postponed);
        Assert.Empty((await ClaimAsync(library)).Letters);
        library.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal("loan:1", Assert.Single((await ClaimAsync(library)).Letters, one => one.Attempt == 1).Parts[0].Subject);
    }

    [Fact]
    public async Task A_letter_that_was_given_back_untried_has_lost_no_attempt()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now);
        await using var desk = library.OpenDesk();
        for (var time = 0; time < 30; time++)
        {
            await desk.The<OutgoingLetters>().ReleaseAsync((await ClaimAsync(library)).Letters, library.Calendar.Now.AddHours(1));
            library.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(1, Assert.Single((await ClaimAsync(library)).Letters).Attempt);
    }

    [Fact]
    public async Task What_was_given_up_can_be_sent_once_more_by_staff()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now, "visits.received");
        await using var desk = library.OpenDesk();
        var outgoing = desk.The<OutgoingLetters>();
        var letter = Assert.Single((await ClaimAsync(library)).Letters);
        await outgoing.FailedAsync(letter, "refused", "550 5.1.1 no such user", retryAt: null);
        var message = await desk.Db.OutboxMessages.AsNoTracking().SingleAsync();
        Assert.True(message.HasBounced);

        Assert.Null(await outgoing.ResendAsync(message.Id, TestLibrary.Librarian));

        var again = Assert.Single((await ClaimAsync(library)).Letters);
        Assert.NotEqual(letter.Key, again.Key);
        Assert.Equal("outbox.not_given_up", (await outgoing.ResendAsync(message.Id, TestLibrary.Librarian))!.Code);
        Assert.Equal("outbox.unknown_message", (await outgoing.ResendAsync(99, TestLibrary.Librarian))!.Code);
    }

    [Fact]
    public async Task What_was_sent_is_noted_as_sent_though_it_was_cancelled_meanwhile()
    {
        await using var library = await TestLibrary.OpenAsync();
        await TellAsync(library, Guru, 1, library.Calendar.Now);
        var letter = Assert.Single((await ClaimAsync(library)).Letters);
        await using var desk = library.OpenDesk();
        await desk.Db.UntellAsync(new Subject("loan", 1), "returned", library.Calendar.Now, default);
        await desk.Db.SaveChangesAsync();

        await desk.The<OutgoingLetters>().SentAsync(letter, "250 2.0.0 queued");

        Assert.Equal(OutboxState.Sent, (await StateAsync(library)).State);
    }

    [Fact]
    public async Task The_link_of_an_account_is_forgotten_once_it_is_sent_and_not_sent_once_it_has_ended()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var (outgoing, letters) = (desk.The<OutgoingLetters>(), desk.The<AccountLetters>());
        await letters.RecoverAsync(7, "siti@example.id", "Siti", "en", new Uri("https://example.id/reset?token=secret"), library.Calendar.Now.AddHours(1));
        var letter = Assert.Single((await ClaimAsync(library)).Letters);
        Assert.Contains("token=secret", letter.Parts[0].Payload, StringComparison.Ordinal);
        Assert.NotNull(await outgoing.RecheckAsync(letter, null));

        library.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await outgoing.RecheckAsync(letter, null));

        Assert.Equal("{}", (await desk.Db.OutboxMessages.AsNoTracking().SingleAsync()).Payload);
    }

    [Fact]
    public async Task Who_asks_for_a_letter_twice_at_once_gets_one()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var letters = desk.The<AccountLetters>();
        Task AskAsync() => letters.RecoverAsync(7, "siti@example.id", "Siti", "en", new Uri("https://example.id/reset?token=secret"), library.Calendar.Now.AddHours(1));

        await AskAsync();
        library.Clock.Advance(TimeSpan.FromSeconds(30));
        await AskAsync();
        Assert.Equal(1, await desk.Db.OutboxMessages.CountAsync());

        library.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync();
        Assert.Equal(2, await desk.Db.OutboxMessages.CountAsync());
    }

    [Fact]
    public async Task Old_messages_are_forgotten_and_waiting_ones_are_not()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        await TellAsync(library, Guru, 1, library.Calendar.Now);
        await desk.The<OutgoingLetters>().SentAsync(Assert.Single((await ClaimAsync(library)).Letters), null);
        await TellAsync(library, Guru, 2, library.Calendar.Now.AddDays(400));
        library.Pass(200);

        Assert.Equal(1, await desk.The<OutgoingLetters>().ForgetBeforeAsync(library.Calendar.Now.AddDays(-180)));

        Assert.Equal("loan:2", (await desk.Db.OutboxMessages.AsNoTracking().SingleAsync()).Subject);
    }

    private static async Task TellAsync(TestLibrary library, Recipient to, long loan, DateTime at, string kind = "test.reminder")
    {
        await using var db = library.NewContext();
        await db.TellAsync(new Subject("loan", loan), to, kind, at, new { Title = $"Buku {loan}" }, library.Calendar.Now, default);
        await db.SaveChangesAsync();
    }

    private static async Task<ClaimedLetters> ClaimAsync(TestLibrary library, string sender = "one", int most = 50, bool together = true, DateTime? quietUntil = null)
    {
        await using var desk = library.OpenDesk();
        return await desk.The<OutgoingLetters>().ClaimAsync(new ClaimRules
        {
            Sender = sender, Most = most, GoTogether = _ => together, QuietUntil = quietUntil, MayWait = kind => !kind.StartsWith("accounts.", StringComparison.Ordinal),
        });
    }

    private static async Task<(OutboxState State, string? Remark)> StateAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        var message = await db.OutboxMessages.AsNoTracking().SingleAsync();
        return (message.State, message.Remark);
    }
}
