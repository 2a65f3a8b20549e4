using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Outbox;

/// <summary>
/// Letters about an account for signing in. They carry a link that is a key, so they go at any hour, are forgotten once they
/// are sent, and are not sent when the link no longer opens anything. Who asks for a letter twice within a minute gets one.
/// Not thread-safe: one per request.
/// </summary>
public sealed class AccountLetters(LibraryDbContext db, TimeProvider clock)
{
    internal const string Welcome = OutboxMessage.AccountKinds + "welcome";
    internal const string Recovery = OutboxMessage.AccountKinds + "recovery";
    internal const string EmailChange = OutboxMessage.AccountKinds + "email_change";
    internal const string PasswordChanged = OutboxMessage.AccountKinds + "password_changed";
    internal const string Known = OutboxMessage.AccountKinds + "known";
    internal const string EmailChanged = OutboxMessage.AccountKinds + "email_changed";
    internal const string Invitation = OutboxMessage.AccountKinds + "invitation";
    internal const string ProtectionChanged = OutboxMessage.AccountKinds + "protection_changed";

    private static readonly TimeSpan NotAgainWithin = TimeSpan.FromMinutes(1);

    /// <summary>An account was made: the link confirms the address and leads to the choice of a password.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="email">Where to write.</param>
    /// <param name="name">How to address them.</param>
    /// <param name="culture">The language: <c>id</c> or <c>en</c>.</param>
    /// <param name="link">The whole address, with its secret.</param>
    /// <param name="validUntil">When the link ends, in UTC.</param>
    /// <param name="stop">Ends the work.</param>
    public Task WelcomeAsync(long accountId, string email, string name, string culture, Uri link, DateTime validUntil, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, Welcome, new AccountLink(name, link, validUntil), stop);

    /// <summary>Somebody asked to choose a new password.</summary>
    /// <inheritdoc cref="WelcomeAsync"/>
    public Task RecoverAsync(long accountId, string email, string name, string culture, Uri link, DateTime validUntil, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, Recovery, new AccountLink(name, link, validUntil), stop);

    /// <summary>An account is to have another address: the link, sent to that address, confirms it.</summary>
    /// <inheritdoc cref="WelcomeAsync"/>
    public Task ConfirmAddressAsync(long accountId, string email, string name, string culture, Uri link, DateTime validUntil, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, EmailChange, new AccountLink(name, link, validUntil), stop);

    /// <summary>The password was changed; whoever did not do it should know.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="email">Where to write.</param>
    /// <param name="name">How to address them.</param>
    /// <param name="culture">The language: <c>id</c> or <c>en</c>.</param>
    /// <param name="stop">Ends the work.</param>
    public Task PasswordChangedAsync(long accountId, string email, string name, string culture, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, PasswordChanged, new AccountLink(name, null, null), stop);

    /// <summary>Somebody wanted to make an account with an address that has one: the link leads to a new password.</summary>
    /// <inheritdoc cref="WelcomeAsync"/>
    public Task AlreadyKnownAsync(long accountId, string email, string name, string culture, Uri link, DateTime validUntil, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, Known, new AccountLink(name, link, validUntil), stop);

    /// <summary>Somebody is to work with the portal: the link leads to the choice of a password.</summary>
    /// <inheritdoc cref="WelcomeAsync"/>
    public Task InviteAsync(long accountId, string email, string name, string culture, Uri link, DateTime validUntil, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, Invitation, new AccountLink(name, link, validUntil), stop);

    /// <summary>The account has another address now; sent to the one that it had, for whoever did not do it.</summary>
    /// <inheritdoc cref="PasswordChangedAsync"/>
    public Task EmailChangedAsync(long accountId, string email, string name, string culture, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, EmailChanged, new AccountLink(name, null, null), stop);

    /// <summary>The second step of signing in was set up, changed or taken away; whoever did not do it should know.</summary>
    /// <inheritdoc cref="PasswordChangedAsync"/>
    public Task ProtectionChangedAsync(long accountId, string email, string name, string culture, CancellationToken stop = default) =>
        TellAsync(accountId, email, culture, ProtectionChanged, new AccountLink(name, null, null), stop);

    private Task TellAsync(long accountId, string email, string culture, string kind, AccountLink facts, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (account, to, since) = (new Subject("account", accountId), Recipient.Address(email, culture), now - NotAgainWithin);
        var (about, reader) = (account.ToString(), to.Key);
        if (await db.OutboxMessages.AnyAsync(one => one.Subject == about && one.RecipientKey == reader && one.Kind == kind && one.ScheduledAt > since && one.State != OutboxState.Cancelled, inner)) return;

        await db.TellAsync(account, to, kind, now, facts, now, inner);
        await db.SaveChangesAsync(inner);
    }, stop);

    private sealed record AccountLink(string Name, Uri? Link, DateTime? ValidUntil);
}

/// <summary>A link that has ended is not sent any more.</summary>
internal sealed class AccountMessageCheck(TimeProvider clock) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith(OutboxMessage.AccountKinds, StringComparison.Ordinal);

    public Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        using var facts = JsonDocument.Parse(message.Payload);
        return Task.FromResult(!facts.RootElement.TryGetProperty("validUntil", out var until) || until.GetDateTime() > clock.GetUtcNow().UtcDateTime);
    }
}
