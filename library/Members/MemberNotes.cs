using Metro.Library.Calendar;
using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Members;

/// <summary>What the staff should know about a member, in a sentence: "comes with a guide dog", "card left here". The member reads it in their download.</summary>
public sealed class MemberNote
{
    /// <summary>The most characters of a note.</summary>
    public const int TextLimit = 1_000;

    private MemberNote()
    {
    }

    internal MemberNote(long memberId, string text, string writtenBy, DateTime at) => (MemberId, Text, WrittenBy, At) = (memberId, text, writtenBy, at);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>About whom.</summary>
    public long MemberId { get; private set; }

    /// <summary>What.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The name of whoever wrote it.</summary>
    public string WrittenBy { get; private set; } = "";

    /// <summary>When, in UTC.</summary>
    public DateTime At { get; private set; }

    internal void MoveTo(long memberId) => MemberId = memberId;
}

internal sealed class MemberNoteConfiguration : IEntityTypeConfiguration<MemberNote>
{
    public void Configure(EntityTypeBuilder<MemberNote> builder)
    {
        builder.ToTable("member_notes");
        builder.Property(note => note.Text).HasMaxLength(MemberNote.TextLimit);
        builder.Property(note => note.WrittenBy).HasMaxLength(AuditLine.NameLimit);
        builder.HasOne<Member>().WithMany().HasForeignKey(note => note.MemberId);
        builder.HasIndex(note => new { note.MemberId, note.Id });
    }
}

/// <summary>Notes of the staff about members, and the audit trail of a record.</summary>
public sealed class MemberNotes(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most notes or lines that are shown at once.</summary>
    public const int MostShown = 100;

    /// <summary>Notes about a member, the latest first.</summary>
    public Task<List<MemberNote>> OfAsync(long memberId, CancellationToken stop = default) =>
        db.MemberNotes.AsNoTracking().Where(note => note.MemberId == memberId).OrderByDescending(note => note.Id).Take(MostShown).ToListAsync(stop);

    /// <summary>Writes a note.</summary>
    public Task<Refusal?> AddAsync(long memberId, string text, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (InputText.Check(text, "note", MemberNote.TextLimit, required: true) is { } unusable) return unusable;
        if (await db.Members.FindAsync([memberId], inner) is not { } member || member.Status == MemberStatus.Erased) return MemberRefusals.Unknown;

        db.MemberNotes.Add(new MemberNote(memberId, InputText.Tidy(text)!, AuditLine.CutName(by.Name), calendar.Now));
        db.Audit(by, "member.note_added", member.Subject, calendar.Now);
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>Removes a note that is no longer true. Removing it again changes nothing.</summary>
    public Task<Refusal?> RemoveAsync(long memberId, long noteId, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (await db.MemberNotes.FirstOrDefaultAsync(note => note.Id == noteId && note.MemberId == memberId, inner) is not { } note) return null;

        db.MemberNotes.Remove(note);
        db.Audit(by, "member.note_removed", new Subject("member", memberId), calendar.Now, before: new { note.Text, note.WrittenBy });
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>What was done to a member's record, the latest first.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="before">The key of the last line seen; null to begin.</param>
    /// <param name="stop">Ends the query.</param>
    public Task<List<AuditLine>> TrailAsync(long memberId, long? before, CancellationToken stop = default)
    {
        var (subject, last) = (new Subject("member", memberId).ToString(), before ?? long.MaxValue);
        return db.AuditLines.AsNoTracking().Where(line => line.Subject == subject && line.Id < last).OrderByDescending(line => line.Id).Take(MostShown).ToListAsync(stop);
    }
}

/// <summary>The notes in a member's download, erasure and merging.</summary>
internal sealed class NoteRecords : IMemberRecords
{
    public string Name => "notes";

    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        await db.MemberNotes.AsNoTracking().Where(note => note.MemberId == memberId).OrderBy(note => note.Id).Select(note => new { note.Text, note.At }).ToListAsync(stop);

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        db.RemoveRange(await db.MemberNotes.Where(note => note.MemberId == memberId).ToListAsync(stop));

    public async Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop)
    {
        foreach (var note in await db.MemberNotes.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) note.MoveTo(toMemberId);
    }
}
