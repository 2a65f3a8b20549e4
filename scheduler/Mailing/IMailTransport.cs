namespace Metro.Scheduler.Mailing;

/// <summary>The way out for mails. A boundary: a mail server, a folder, and whatever a city has besides. Safe for several threads.</summary>
public interface IMailTransport
{
    /// <summary>Where mails go, for people: a server's name or a folder.</summary>
    string Destination { get; }

    /// <summary>Reaches the server.</summary>
    /// <exception cref="MailServerAwayException">It is not there, or will not have us; no mail was tried.</exception>
    Task<IMailSession> OpenAsync(CancellationToken stop);
}

/// <summary>A conversation in which several mails are handed over, one after the other. Not thread-safe.</summary>
public interface IMailSession : IAsyncDisposable
{
    /// <summary>Whether another mail can be handed over in it.</summary>
    bool IsOpen { get; }

    /// <summary>Hands a mail over. Whatever the server says is an answer and not an exception.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="stop">Ends the conversation; not any more once the whole mail is with the server and its answer is awaited.</param>
    Task<Handover> SendAsync(Mail mail, CancellationToken stop);
}

/// <summary>What came of handing a mail over.</summary>
public enum HandoverOutcome
{
    /// <summary>The server has it and will deliver it.</summary>
    Accepted,

    /// <summary>The server puts it off: a full mailbox, a greylist.</summary>
    PutOff,

    /// <summary>The server will never take it: a bounce.</summary>
    Refused,

    /// <summary>The server went away, or refuses whatever comes from us: no fault of this mail, which it does not have.</summary>
    Away,

    /// <summary>The server went away after it had the whole mail and before it said what it does with it: it may have taken it.</summary>
    Unknown,
}

/// <summary>What came of handing a mail over, with the server's words.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Remark">For those who look after the mail.</param>
/// <param name="Reply">The server's last answer, such as <c>550 5.1.1 no such user</c>; null where it said nothing.</param>
public sealed record Handover(HandoverOutcome Outcome, string Remark, string? Reply = null);

/// <summary>The mail server cannot be used now.</summary>
/// <param name="remark">Why, in one sentence without secrets.</param>
/// <param name="cause">What failed.</param>
public sealed class MailServerAwayException(string remark, Exception? cause = null) : Exception(remark, cause);
