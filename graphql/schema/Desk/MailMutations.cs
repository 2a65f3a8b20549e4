using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>The outgoing mail by what became of it.</summary>
[QueryType]
[Authorize(Permissions.ReadDesk)]
internal static class MailQueries
{
    /// <summary>Messages to people by what became of them, the latest written first; those that were given up unless told otherwise. For the desk.</summary>
    /// <param name="state">What became of them.</param>
    /// <param name="first">How many, up to 100.</param>
    /// <param name="before">Only those written before this one.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = SentMail.MostShown, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<OutgoingMessage>?> GetOutgoingMessagesAsync(
        SentMail mail, CancellationToken stop, OutboxState state = OutboxState.Failed, int first = 20, [ID<OutboxMessage>] long? before = null) =>
        [.. (await mail.InStateAsync(state, before, first, stop)).Select(message => new OutgoingMessage(message))];
}

/// <summary>What staff do with mail that did not go.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class MailMutations
{
    /// <summary>Tries once more what was given up.</summary>
    /// <param name="message">The message.</param>
    public static async Task<FieldResult<OutgoingMessage, RefusalError>> ResendMessageAsync(
        [ID<OutboxMessage>] long message, OutgoingLetters letters, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await letters.ResendAsync(message, await acting.AsStaffAsync(stop), stop))
            .OrAsync(async () => new OutgoingMessage(await db.OutboxMessages.AsNoTracking().SingleAsync(one => one.Id == message, stop)));
}

/// <summary>A message on its way out: whether it goes, not what it says. That is read in the member's messages, where each look leaves an audit line.</summary>
[ObjectType]
[Authorize(Permissions.ReadDesk)]
public sealed class OutgoingMessage
{
    private readonly OutboxMessage message;

    internal OutgoingMessage(OutboxMessage message) => this.message = message;

    /// <summary>Its id, for `resendMessage`.</summary>
    [ID<OutboxMessage>]
    public long Id => message.Id;

    /// <summary>What it says, such as `circulation.hold_ready`: names the template.</summary>
    public string Kind => message.Kind;

    /// <summary>How far it has come.</summary>
    public OutboxState State => message.State;

    /// <summary>When it was meant to be sent.</summary>
    public DateTime ScheduledAt => message.ScheduledAt;

    /// <summary>What went wrong at the last attempt, or why it was cancelled; null where nothing did.</summary>
    public string? Remark => message.Remark;

    /// <summary>The address of somebody who is not a member, or that is used instead of the member's own; null for others.</summary>
    public string? Email => message.Email;

    /// <summary>The member to whom it goes; null for others. Each look leaves an audit line.</summary>
    [Cost(2)]
    public async Task<Member?> GetMemberAsync([DataLoader("MemberSeenDataLoader")] IDataLoader<long, Member> members, CancellationToken stop) =>
        message.MemberId is { } id ? await members.LoadAsync(id, stop) : null;
}
