using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library;

/// <summary>
/// One line of the audit trail: who did what to what, when, and what it was before and after. Written in
/// the transaction of the change itself, never changed afterwards except to forget a person (DOMAIN.md rule 11).
/// </summary>
public sealed class AuditLine
{
    private AuditLine()
    {
    }

    /// <summary>The line's key; later lines have greater keys.</summary>
    public long Id { get; private set; }

    /// <summary>When, in UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>What sort of actor.</summary>
    public ActorKind ActorKind { get; private set; }

    /// <summary>The actor's key; null once the person has been forgotten.</summary>
    public string? ActorId { get; private set; }

    /// <summary>The actor's name at that time; null once the person has been forgotten.</summary>
    public string? ActorName { get; private set; }

    /// <summary>What was done, such as <c>member.viewed</c> or <c>fine.waived</c>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The written form of the <see cref="Library.Subject"/> that it was done to.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>What sort of thing it was done to: the part of <see cref="Subject"/> before the colon, kept by itself so that it can be asked for.</summary>
    public string SubjectKind { get; private set; } = "";

    /// <summary>The changed facts before, as JSON; null where there was nothing before.</summary>
    public string? Before { get; private set; }

    /// <summary>The changed facts after, as JSON; null where nothing is left.</summary>
    public string? After { get; private set; }

    /// <summary>A new line, to be added to the context that saves the change.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, such as <c>fine.waived</c>.</param>
    /// <param name="subject">To what.</param>
    /// <param name="at">When, in UTC.</param>
    /// <param name="before">The changed facts before, to be written as JSON.</param>
    /// <param name="after">The changed facts after, to be written as JSON.</param>
    public static AuditLine Of(Actor actor, string action, Subject subject, DateTime at, object? before = null, object? after = null) => new()
    {
        At = at,
        ActorKind = actor.Kind,
        ActorId = actor.Id,
        ActorName = CutName(actor.Name),
        Action = action,
        Subject = subject.ToString(),
        SubjectKind = subject.Kind,
        Before = Json(before),
        After = Json(after),
    };

    /// <summary>Takes out what would tell who a person was, and keeps that something happened.</summary>
    internal void ForgetPerson()
    {
        if (ActorKind == ActorKind.Member) (ActorId, ActorName) = (null, null);
        (Before, After) = (null, null);
    }

    internal static string CutName(string name) => name.Length <= NameLimit ? name : name[..NameLimit];

    private static string? Json(object? facts)
    {
        if (facts is null) return null;

        var json = JsonSerializer.Serialize(facts, AuditJson);
        return json.Length <= FactsLimit
            ? json
            : throw new ArgumentException($"An audit line takes {FactsLimit} characters of facts, not {json.Length}: name the changed ones only.", nameof(facts));
    }

    private static readonly JsonSerializerOptions AuditJson = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    internal const int NameLimit = 200;
    internal const int FactsLimit = 16_000;
}

/// <summary>
/// How the audit trail is kept. Another context of the same database uses it too, so that its lines are written in the transaction of
/// the change that they tell of.
/// </summary>
public sealed class AuditLineConfiguration : IEntityTypeConfiguration<AuditLine>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<AuditLine> builder)
    {
        builder.ToTable("audit_lines");
        builder.Property(line => line.ActorId).HasMaxLength(100);
        builder.Property(line => line.ActorName).HasMaxLength(AuditLine.NameLimit);
        builder.Property(line => line.Action).HasMaxLength(60);
        builder.Property(line => line.Subject).HasMaxLength(Subject.MaxLength);
        builder.Property(line => line.Before).HasMaxLength(AuditLine.FactsLimit);
        builder.Property(line => line.After).HasMaxLength(AuditLine.FactsLimit);
        builder.HasIndex(line => line.At);
        builder.Property(line => line.SubjectKind).HasMaxLength(40);
        builder.HasIndex(line => new { line.Subject, line.Id });
        builder.HasIndex(line => new { line.SubjectKind, line.Id });
        builder.HasIndex(line => new { line.ActorKind, line.ActorId, line.Id });
    }
}

public abstract partial class LibraryDbContext
{
    /// <summary>The audit trail. Lines are added with <see cref="Audit"/>.</summary>
    public DbSet<AuditLine> AuditLines => Set<AuditLine>();

    /// <summary>Adds a line to the audit trail, to be saved with the change that it tells of.</summary>
    /// <inheritdoc cref="AuditLine.Of"/>
    public void Audit(Actor actor, string action, Subject subject, DateTime at, object? before = null, object? after = null) =>
        AuditLines.Add(AuditLine.Of(actor, action, subject, at, before, after));
}
