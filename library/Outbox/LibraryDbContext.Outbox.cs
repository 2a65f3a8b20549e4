using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Outbox
{
    /// <summary>Whom a message goes to.</summary>
    public sealed record Recipient
    {
        private Recipient(long? memberId, string? email, string culture) => (MemberId, Email, Culture) = (memberId, email, culture);

        /// <summary>The member; null for somebody who is none.</summary>
        public long? MemberId { get; }

        /// <summary>An address; null where the member's own is looked up when the message is sent.</summary>
        public string? Email { get; }

        /// <summary>The language to write in: <c>id</c> or <c>en</c>.</summary>
        public string Culture { get; }

        /// <summary>A member, by the channels that they chose.</summary>
        public static Recipient Member(long id, string culture) => new(id, null, culture);

        /// <summary>Somebody who is not a member: a teacher, an organiser.</summary>
        public static Recipient Address(string email, string culture) => new(null, email, culture);

        internal string Key => MemberId is { } id
            ? new Subject("member", id).ToString()
            : "mail:" + Email!.ToLowerInvariant();
    }
}

namespace Metro.Library
{
    public abstract partial class LibraryDbContext
    {
        /// <summary>The messages to people. Written with <see cref="TellAsync"/> and <see cref="UntellAsync"/>.</summary>
        public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

        /// <summary>Who does not want which reminders.</summary>
        public DbSet<Unsubscription> Unsubscriptions => Set<Unsubscription>();

        /// <summary>
        /// Writes a message, to be saved with the change that causes it. Telling the same again, by the unique key of
        /// DOMAIN.md rule 14, adds nothing; a cancelled one becomes valid again.
        /// </summary>
        /// <param name="subject">What it is about.</param>
        /// <param name="to">Whom it goes to.</param>
        /// <param name="kind">What it says, such as <c>circulation.hold_ready</c>; at most 60 characters.</param>
        /// <param name="scheduledAt">When to send it, in UTC; now for at once.</param>
        /// <param name="payload">What the template needs; becomes a JSON object of at most 16,000 characters.</param>
        /// <param name="now">This instant, in UTC.</param>
        /// <param name="stop">Ends the search for an earlier message of the same key.</param>
        public async Task TellAsync(Subject subject, Recipient to, string kind, DateTime scheduledAt, object payload, DateTime now, CancellationToken stop)
        {
            var (about, recipient) = (subject.ToString(), to.Key);
            var earlier = OutboxMessages.Local.FirstOrDefault(message =>
                    message.Subject == about && message.RecipientKey == recipient && message.Kind == kind && message.ScheduledAt == scheduledAt)
                ?? await OutboxMessages.FirstOrDefaultAsync(message =>
                    message.Subject == about && message.RecipientKey == recipient && message.Kind == kind && message.ScheduledAt == scheduledAt, stop);
            if (earlier is null) AddMessage(subject, to, kind, scheduledAt, payload, now);
            else if (earlier.State == OutboxState.Cancelled) earlier.Revive(Json(payload), to.Culture);
        }

        /// <summary>As <see cref="TellAsync"/>, for those who know already that there is no such message.</summary>
        internal void AddMessage(Subject subject, Recipient to, string kind, DateTime scheduledAt, object payload, DateTime now) =>
            OutboxMessages.Add(new OutboxMessage(subject.ToString(), to.Key, kind, scheduledAt, to, Json(payload), now));

        /// <summary>
        /// Cancels what has not been sent about a subject, to be saved with the change that makes it untrue.
        /// </summary>
        /// <param name="subject">What the messages are about.</param>
        /// <param name="why">For those who read what was sent; at most 500 characters are kept.</param>
        /// <param name="now">This instant, in UTC.</param>
        /// <param name="stop">Ends the search.</param>
        /// <param name="kinds">Only these kinds; all when none is named.</param>
        public async Task UntellAsync(Subject subject, string why, DateTime now, CancellationToken stop, params string[] kinds)
        {
            var about = subject.ToString();
            await OutboxMessages.Where(message => message.Subject == about
                && (message.State == OutboxState.Waiting || message.State == OutboxState.Claimed)).LoadAsync(stop);
            foreach (var message in OutboxMessages.Local)
                if (message.Subject == about && (kinds.Length == 0 || kinds.Contains(message.Kind)))
                    message.Cancel(now, why);
        }

        private static string Json(object payload)
        {
            var json = JsonSerializer.Serialize(payload, PayloadJson);
            return json.Length <= OutboxMessage.PayloadLimit
                ? json
                : throw new ArgumentException($"A message takes {OutboxMessage.PayloadLimit} characters of facts, not {json.Length}.", nameof(payload));
        }

        private static readonly JsonSerializerOptions PayloadJson = new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter() },
        };
    }
}
