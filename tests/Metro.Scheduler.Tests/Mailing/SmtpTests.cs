using Metro.Scheduler.Mailing;
using Metro.Scheduler.Smtp;
using Metro.Testing;
using static Metro.Scheduler.Tests.Mailing.MailsForTests;

namespace Metro.Scheduler.Tests.Mailing;

/// <summary>The client against npm's smtp-server.</summary>
public sealed class SmtpTests
{
    [Theory]
    [InlineData(MailSecurity.None, "PLAIN")]
    [InlineData(MailSecurity.StartTls, "PLAIN")]
    [InlineData(MailSecurity.StartTls, "LOGIN")]
    [InlineData(MailSecurity.Tls, "PLAIN")]
    public async Task A_mail_arrives_whole_by_every_door(MailSecurity security, string way)
    {
        await using var office = await PostOffice.OpenAsync(security, "metro", "rahasia é", [way]);

        var handover = await SendAsync(office.Settings("metro", "rahasia é"), AMail());

        Assert.Equal(HandoverOutcome.Accepted, handover.Outcome);
        var mail = Assert.Single(await office.ArrivedAsync(1));
        Assert.Equal(("perpustakaan@metro.example", "siti@example.id"), (mail.From, Assert.Single(mail.To)));
        Assert.Equal("Salam,\n\n.titik di awal baris\n", mail.Text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Several_mails_go_in_one_conversation_though_one_of_them_is_refused()
    {
        await using var office = await PostOffice.OpenAsync(MailSecurity.StartTls, "metro", "rahasia");
        await using var session = await new SmtpTransport(office.Settings("metro", "rahasia"), TimeProvider.System).OpenAsync(default);
        string[] to = ["siti@example.id", "unknown@example.id", "budi@example.id", "grey@example.id", "spam@example.id", "ani@example.id"];

        var outcomes = new List<Handover>();
        foreach (var one in to) outcomes.Add(await session.SendAsync(AMail(one), default));

        Assert.Equal(
            [HandoverOutcome.Accepted, HandoverOutcome.Refused, HandoverOutcome.Accepted, HandoverOutcome.PutOff, HandoverOutcome.Refused, HandoverOutcome.Accepted],
            outcomes.Select(one => one.Outcome));
        Assert.Equal("550 5.1.1 no such user", outcomes[1].Reply);
        Assert.Equal("451 4.7.1 come back later", outcomes[3].Reply);
        Assert.Equal("554 5.7.1 looks like spam", outcomes[4].Reply);
        Assert.True(session.IsOpen);
        Assert.Equal(3, (await office.ArrivedAsync(3)).Count);
    }

    [Fact]
    public async Task One_of_two_readers_who_cannot_be_reached_does_not_keep_the_other_waiting()
    {
        await using var office = await PostOffice.OpenAsync();

        var handover = await SendAsync(office.Settings(), AMail() with { To = [new Mailbox("unknown@example.id"), new Mailbox("siti@example.id")] });

        Assert.Equal(HandoverOutcome.Accepted, handover.Outcome);
        Assert.Contains("no such user", handover.Remark, StringComparison.Ordinal);
        Assert.Equal(["siti@example.id"], Assert.Single(await office.ArrivedAsync(1)).To);
    }

    [Fact]
    public async Task A_wrong_password_is_said_at_once_and_not_repeated_in_the_message()
    {
        await using var office = await PostOffice.OpenAsync(MailSecurity.StartTls, "metro", "rahasia");

        var away = await Assert.ThrowsAsync<MailServerAwayException>(() => SendAsync(office.Settings("metro", "salah-sandi"), AMail()));

        Assert.Contains("535", away.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("salah-sandi", away.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0metro\0salah-sandi"u8), away.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        await using var office = await PostOffice.OpenAsync(MailSecurity.StartTls);
        var settings = office.Settings();
        settings.Fingerprint = new string('0', 64);

        await Assert.ThrowsAsync<MailServerAwayException>(() => SendAsync(settings, AMail()));

        Assert.Empty(await office.ArrivedAsync(0));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_not_told_anything()
    {
        await using var office = await PostOffice.OpenAsync(MailSecurity.None, "metro", "rahasia");
        var settings = office.Settings("metro", "rahasia");
        settings.Security = MailSecurity.StartTls;

        var away = await Assert.ThrowsAsync<MailServerAwayException>(() => SendAsync(settings, AMail()));

        Assert.Contains("STARTTLS", away.Message, StringComparison.Ordinal);
    }

    private static async Task<Handover> SendAsync(MailSettings settings, Mail mail)
    {
        await using var session = await new SmtpTransport(settings, TimeProvider.System).OpenAsync(default);
        return await session.SendAsync(mail, default);
    }
}

/// <summary>The client against servers without manners. Time limits are met by a clock that is moved, and nobody waits.</summary>
public sealed class RudeServerTests
{
    [Theory]
    [InlineData("MAIL", RudeServer.Drop, HandoverOutcome.Away)]
    [InlineData("MAIL", "550 5.7.1 not from you", HandoverOutcome.Away)]
    [InlineData("MAIL", "552 5.3.4 too big", HandoverOutcome.Refused)]
    [InlineData("MAIL", "421 4.3.2 closing", HandoverOutcome.Away)]
    [InlineData("RCPT", RudeServer.Drop, HandoverOutcome.PutOff)]
    [InlineData("RCPT", "421 4.3.2 closing", HandoverOutcome.Away)]
    [InlineData("RCPT", "550 5.1.1 no", HandoverOutcome.Refused)]
    [InlineData("RCPT", "452 4.2.2 full", HandoverOutcome.PutOff)]
    [InlineData("DATA", RudeServer.Drop, HandoverOutcome.PutOff)]
    [InlineData("DATA", "554 no", HandoverOutcome.Refused)]
    [InlineData(".", RudeServer.Drop, HandoverOutcome.Unknown)]
    [InlineData(".", "451 4.3.0 later", HandoverOutcome.PutOff)]
    [InlineData(".", "554 5.6.0 no", HandoverOutcome.Refused)]
    [InlineData(".", "not SMTP at all", HandoverOutcome.Unknown)]
    [InlineData("RCPT", "not SMTP at all", HandoverOutcome.PutOff)]
    public async Task What_is_known_of_a_mail_is_said_and_no_more(string at, string answer, HandoverOutcome expected)
    {
        await using var server = new RudeServer(RudeServer.PoliteBut((at, answer)));
        await using var session = await new SmtpTransport(server.Settings, new FakeClock()).OpenAsync(default);

        Assert.Equal(expected, (await session.SendAsync(AMail(), default)).Outcome);
    }

    [Theory]
    [InlineData("RCPT", HandoverOutcome.PutOff)]
    [InlineData(".", HandoverOutcome.Unknown)]
    public async Task A_server_that_hangs_is_left_when_the_time_is_up(string at, HandoverOutcome expected)
    {
        var clock = new FakeClock();
        await using var server = new RudeServer(RudeServer.PoliteBut((at, RudeServer.Hang)));
        await using var session = await new SmtpTransport(server.Settings, clock).OpenAsync(default);

        var sending = session.SendAsync(AMail(), default);
        await server.IsHanging;
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(expected, (await sending).Outcome);
        Assert.False(session.IsOpen);
    }

    [Theory]
    [InlineData(RudeServer.Hang)]
    [InlineData(RudeServer.Drop)]
    [InlineData("554 5.3.2 go away")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    public async Task A_server_that_does_not_greet_is_away(string greeting)
    {
        var clock = new FakeClock();
        await using var server = new RudeServer(RudeServer.PoliteBut(), greeting);

        var opening = new SmtpTransport(server.Settings, clock).OpenAsync(default);
        if (greeting == RudeServer.Hang)
        {
            await server.IsHanging;
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Assert.ThrowsAsync<MailServerAwayException>(() => opening);
    }

    [Fact]
    public async Task Nobody_listens_and_that_is_said()
    {
        var settings = new RudeServer(RudeServer.PoliteBut()).Settings;
        settings.Port = 1;

        Assert.Contains("127.0.0.1:1", (await Assert.ThrowsAsync<MailServerAwayException>(() => new SmtpTransport(settings, TimeProvider.System).OpenAsync(default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_us_before_the_mail_is_with_the_server_is_heard_and_after_it_waits_for_the_answer()
    {
        await using var early = new RudeServer(RudeServer.PoliteBut(("RCPT", RudeServer.Hang)));
        using var stop = new CancellationTokenSource();
        await using var session = await new SmtpTransport(early.Settings, new FakeClock()).OpenAsync(default);
        var sending = session.SendAsync(AMail(), stop.Token);
        await early.IsHanging;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        var clock = new FakeClock();
        await using var late = new RudeServer(RudeServer.PoliteBut((".", RudeServer.Hang)));
        using var stopLate = new CancellationTokenSource();
        await using var other = await new SmtpTransport(late.Settings, clock).OpenAsync(default);
        var waiting = other.SendAsync(AMail(), stopLate.Token);
        await late.IsHanging;
        await stopLate.CancelAsync();
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HandoverOutcome.Unknown, (await waiting).Outcome);
    }

    [Fact]
    public async Task What_was_said_in_the_clear_behind_STARTTLS_is_not_believed()
    {
        // CVE-2011-0411: somebody on the way adds an answer of their own.
        await using var server = new RudeServer(RudeServer.PoliteBut(("EHLO", "250-hello\r\n250 STARTTLS"), ("STARTTLS", "220 go on\r\n250 injected")));
        var settings = server.Settings;
        settings.Security = MailSecurity.StartTls;

        var away = await Assert.ThrowsAsync<MailServerAwayException>(() => new SmtpTransport(settings, TimeProvider.System).OpenAsync(default));

        Assert.Contains("out of turn", away.Message, StringComparison.Ordinal);
    }
}
