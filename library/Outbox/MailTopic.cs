using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Outbox;

/// <summary>What somebody may ask not to be reminded of by mail. What they must know comes all the same: confirmations, changes, cancellations.</summary>
public enum MailTopic
{
    /// <summary>Due dates and pickups.</summary>
    Loans,

    /// <summary>The end of the membership.</summary>
    Membership,

    /// <summary>Sessions for which they registered.</summary>
    Programs,

    /// <summary>Class visits.</summary>
    Visits,

    /// <summary>Rooms that they booked.</summary>
    Spaces,
}

/// <summary>Somebody does not want the reminders of a topic.</summary>
public sealed class Unsubscription
{
    private Unsubscription()
    {
    }

    internal Unsubscription(string recipientKey, MailTopic topic, DateTime at) => (RecipientKey, Topic, At) = (recipientKey, topic, at);

    /// <summary>Who, as in <see cref="OutboxMessage.RecipientKey"/>.</summary>
    public string RecipientKey { get; private set; } = "";

    /// <summary>What they do not want.</summary>
    public MailTopic Topic { get; private set; }

    /// <summary>Since when, in UTC.</summary>
    public DateTime At { get; private set; }
}

/// <summary>Who wants which reminders. Not thread-safe: one per request.</summary>
public sealed class Subscriptions(LibraryDbContext db, TimeProvider clock)
{
    /// <summary>Stops the reminders of a topic, those that wait already too; repeating it changes nothing.</summary>
    /// <param name="recipientKey">Who, as in <see cref="OutboxMessage.RecipientKey"/>.</param>
    /// <param name="topic">What they do not want.</param>
    /// <param name="stop">Ends the work.</param>
    public Task StopAsync(string recipientKey, MailTopic topic, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (await db.Unsubscriptions.AnyAsync(one => one.RecipientKey == recipientKey && one.Topic == topic, inner)) return;
        db.Unsubscriptions.Add(new Unsubscription(recipientKey, topic, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>Sends the reminders of a topic again from now on.</summary>
    /// <inheritdoc cref="StopAsync"/>
    public Task ResumeAsync(string recipientKey, MailTopic topic, CancellationToken stop = default) => db.WriteAsync(
        inner => db.Unsubscriptions.Where(one => one.RecipientKey == recipientKey && one.Topic == topic).ExecuteDeleteAsync(inner), stop);

    /// <summary>What somebody does not want.</summary>
    public async Task<IReadOnlyList<MailTopic>> StoppedAsync(string recipientKey, CancellationToken stop = default) =>
        await db.Unsubscriptions.AsNoTracking().Where(one => one.RecipientKey == recipientKey).OrderBy(one => one.Topic).Select(one => one.Topic).ToListAsync(stop);
}

internal sealed class UnsubscriptionConfiguration : IEntityTypeConfiguration<Unsubscription>
{
    public void Configure(EntityTypeBuilder<Unsubscription> builder)
    {
        builder.ToTable("unsubscriptions");
        builder.HasKey(one => new { one.RecipientKey, one.Topic });
        builder.Property(one => one.RecipientKey).HasMaxLength(260);
    }
}
