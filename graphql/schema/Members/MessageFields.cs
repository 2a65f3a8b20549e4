using Metro.Library.Outbox;
using Metro.Portal.Schema.Callers;

namespace Metro.Portal.Schema.Members;

/// <summary>What the API tells of a message to whoever may read it. What it said, the host adds, which knows how letters are written.</summary>
[ObjectType<OutboxMessage>]
[Authorize(Permissions.ReadOwn)]
internal static class MessageFields
{
    internal static void Describe(ObjectTypeDescriptor<OutboxMessage> message)
    {
        message.Name("Message").BindFieldsExplicitly().Description("Something that the library wrote to a member.");
        message.Field(one => one.Kind);
        message.Field(one => one.State);
        message.Field(one => one.ScheduledAt).Description("When it was meant to be sent.");
    }

    /// <summary>Its id, for `resendMessage`.</summary>
    [ID<OutboxMessage>]
    public static long Id([Parent] OutboxMessage message) => message.Id;

    /// <summary>When it was sent; null while it was not.</summary>
    public static DateTime? SentAt([Parent] OutboxMessage message) => message.State == OutboxState.Sent ? message.EndedAt : null;
}
