using System.Text;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Smtp;

/// <summary>
/// Hands over mails in one connection and keeps apart what must not be confused: refused before the mail was with the server,
/// refused after, and nobody knows.
/// </summary>
internal sealed class SmtpSession(SmtpConnection connection, bool takesUtf8) : IMailSession
{
    /// <summary>RFC 5321, 4.5.3.2.6 leaves a server ten minutes for its answer to a whole mail.</summary>
    private const int PatienceAfterData = 10;

    public bool IsOpen { get; private set; } = true;

    public async Task<Handover> SendAsync(Mail mail, CancellationToken stop)
    {
        if (mail.To.FirstOrDefault(one => !MailAddresses.IsUsable(one.Email)) is not null) return Unusable("The address cannot be written to.");
        var to = mail.To.Select(one => MailAddresses.Wire(one.Email)).ToList();
        var utf8 = to.Exists(address => !Ascii.IsValid(address));
        if (utf8 && !takesUtf8) return Unusable("The address is not in ASCII, and the server takes no other.");

        var taken = false;
        try
        {
            return await SendAsync(mail, to, utf8, () => taken = true, stop);
        }
        catch (SmtpBrokenException broken)
        {
            IsOpen = false;
            // A server that goes whenever it sees this mail must not keep the others waiting: then it counts against the mail.
            return new Handover(taken ? HandoverOutcome.PutOff : HandoverOutcome.Away, broken.Message);
        }
        catch (OperationCanceledException)
        {
            IsOpen = false;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Courtesy: the mails are with the server already.
        try
        {
            if (IsOpen) await connection.AskAsync("QUIT", CancellationToken.None);
        }
        catch (SmtpBrokenException)
        {
            // It has gone before us.
        }

        IsOpen = false;
        await connection.DisposeAsync();
    }

    private async Task<Handover> SendAsync(Mail mail, IReadOnlyList<string> to, bool utf8, Action taken, CancellationToken stop)
    {
        var content = MimeWriter.Write(mail);
        var from = await connection.AskAsync($"MAIL FROM:<{MailAddresses.Wire(mail.From.Email)}>{(utf8 ? " SMTPUTF8" : "")}", stop);
        // 552 is about the mail; any other refusal here is about us, and every mail would meet it.
        if (!from.IsPositive) return await EndedAsync(from, from.Code == 552 ? HandoverOutcome.Refused : HandoverOutcome.Away, "The server does not take mail from us.", stop);

        taken();
        var refusals = new List<SmtpReply>();
        foreach (var address in to)
            if (await connection.AskAsync($"RCPT TO:<{address}>", stop) is { IsPositive: false } refusal) refusals.Add(refusal);
        if (refusals.Count == to.Count)
        {
            var decisive = refusals.FirstOrDefault(refusal => !refusal.IsPermanent) ?? refusals[0];
            return await EndedAsync(decisive, OutcomeOf(decisive), "The server does not take mail for this address.", stop);
        }

        var data = await connection.AskAsync("DATA", stop);
        if (data.Code != 354) return await EndedAsync(data, OutcomeOf(data), "The server does not take this mail.", stop);
        await connection.WriteAsync(Stuffed(content), stop);
        return await EndAsync(refusals);
    }

    /// <summary>
    /// From the last dot on the mail may be the server's. Waiting is not stopped from outside any more: whoever went away now
    /// would have to send it again without knowing.
    /// </summary>
    private async Task<Handover> EndAsync(List<SmtpReply> refusals)
    {
        try
        {
            await connection.WriteAsync(".\r\n"u8.ToArray(), CancellationToken.None);
            var reply = await connection.ReadAsync(PatienceAfterData, CancellationToken.None);
            if (reply.Code == 421) IsOpen = false;
            return reply.IsPositive
                ? new Handover(HandoverOutcome.Accepted, refusals.Count == 0 ? reply.ToString() : $"Not for all: {refusals[0]}", reply.ToString())
                : new Handover(OutcomeOf(reply), "The server does not take this mail.", reply.ToString());
        }
        catch (SmtpBrokenException broken)
        {
            IsOpen = false;
            return new Handover(HandoverOutcome.Unknown, $"The mail was with the server, which did not say what it does with it. {broken.Message}");
        }
    }

    private async Task<Handover> EndedAsync(SmtpReply reply, HandoverOutcome outcome, string remark, CancellationToken stop)
    {
        if (reply.Code == 421) IsOpen = false;
        // The next mail begins afresh.
        else if (!(await connection.AskAsync("RSET", stop)).IsPositive) IsOpen = false;
        return new Handover(outcome, remark, reply.ToString());
    }

    private static HandoverOutcome OutcomeOf(SmtpReply reply) =>
        reply.Code == 421 ? HandoverOutcome.Away : reply.IsPermanent ? HandoverOutcome.Refused : HandoverOutcome.PutOff;

    private static Handover Unusable(string remark) => new(HandoverOutcome.Refused, remark, "550 5.1.3 " + remark);

    /// <summary>RFC 5321, 4.5.2: a line that begins with a dot gets another.</summary>
    private static ReadOnlyMemory<byte> Stuffed(byte[] content)
    {
        var stuffed = new MemoryStream(content.Length + 64);
        var atStart = true;
        foreach (var one in content)
        {
            if (atStart && one == (byte)'.') stuffed.WriteByte(one);
            stuffed.WriteByte(one);
            atStart = one == (byte)'\n';
        }

        return stuffed.GetBuffer().AsMemory(0, (int)stuffed.Length);
    }
}
