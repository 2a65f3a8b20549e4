using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Members;

/// <summary>What a member can ask for under Law 27/2022: their data, and to be forgotten; and the merging of duplicates (DOMAIN.md rules 10 and 11).</summary>
public sealed class MemberPrivacy(
    LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, IPersonalDataProtector protector, Guardians guardians, IEnumerable<IMemberRecords> areas)
{
    /// <summary>Everything the library keeps about a member, as a JSON document; given to the member or to their guardian, or by staff on request.</summary>
    public Task<Outcome<string>> ExportAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<string>>(async inner =>
        {
            var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, inner);
            if (member is null || !await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.Unknown;

            var subject = member.Subject.ToString();
            var document = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["exportedAt"] = calendar.Now,
                ["member"] = member,
                ["nationalIdentityNumber"] = member.NikCipher is { } cipher ? protector.Unprotect(cipher, Member.NikPurpose) : null,
                ["guardianships"] = await db.Guardianships.AsNoTracking().Where(one => one.ChildId == memberId).OrderBy(one => one.Id).ToListAsync(inner),
                ["consents"] = await db.Consents.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id).ToListAsync(inner),
                ["suspensions"] = await db.Suspensions.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id).ToListAsync(inner),
                ["messages"] = await db.OutboxMessages.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id)
                    .Select(one => new { one.Kind, one.ScheduledAt, one.State, one.EndedAt, one.Payload }).ToListAsync(inner),
                ["whoLookedAtMyRecord"] = await db.AuditLines.AsNoTracking().Where(one => one.Subject == subject && one.Action == "member.viewed").OrderBy(one => one.Id)
                    .Select(one => new { one.At, one.ActorKind }).ToListAsync(inner),
            };
            foreach (var area in areas) document[area.Name] = await area.ExportAsync(db, memberId, inner);

            if (by.MemberId != memberId)
            {
                db.Audit(by, "member.exported", member.Subject, calendar.Now);
                await db.SaveChangesAsync(inner);
            }

            return JsonSerializer.Serialize(document, ExportJson);
        }, stop);

    /// <summary>Forgets a member: nothing that tells who they were is left, counts stay. Refused while copies are out or fines are owed.</summary>
    public Task<Refusal?> EraseAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null || !await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.Unknown;
            if (member.Status == MemberStatus.Erased) return null;
            foreach (var area in areas)
                if ((await area.OpenBusinessAsync(db, memberId, inner)).FirstOrDefault() is { } open) return MemberRefusals.StillOpen(open);

            foreach (var area in areas) await area.EraseAsync(db, memberId, inner);
            await ForgetAsync(member, inner);
            db.AuditLines.Add(AuditLine.Of(by.Kind == ActorKind.Member ? Actor.System("erasure") : by, "member.erased", member.Subject, calendar.Now));
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Forgets applications that were declined some time ago.</summary>
    /// <returns>How many were forgotten.</returns>
    public Task<int> ForgetDeclinedAsync(CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var before = calendar.Now.AddDays(-settings.Members.KeepDeclinedApplicationsDays);
        var declined = await db.Members.Where(member => member.Status == MemberStatus.Declined && member.EndedAt < before)
            .OrderBy(member => member.Id).Take(200).ToListAsync(inner);
        foreach (var member in declined) await ForgetAsync(member, inner);
        await db.SaveChangesAsync(inner);
        return declined.Count;
    }, stop);

    /// <summary>Ends a membership at the member's or the library's wish; refused while something is open.</summary>
    public Task<Refusal?> CloseAsync(long memberId, string? reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (Input.InputText.Check(reason, "reason", Member.RemarkLimit) is { } unreadable) return unreadable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null || !await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.Unknown;
            if (member.Status != MemberStatus.Active) return MemberRefusals.NotAMember;
            foreach (var area in areas)
                if ((await area.OpenBusinessAsync(db, memberId, inner)).FirstOrDefault() is { } open) return MemberRefusals.StillOpen(open);

            member.Close(reason, calendar.Now);
            db.Audit(by, "member.closed", member.Subject, calendar.Now, after: new { reason });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Merges a duplicate into the record that stays; loans, holds, fines, bookings and consents move with it. For staff.</summary>
    /// <param name="keptId">The record that stays.</param>
    /// <param name="duplicateId">The record that ends.</param>
    /// <param name="by">Who decides that both are the same person.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> MergeAsync(long keptId, long duplicateId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var kept = await db.Members.FindAsync([keptId], inner);
            var duplicate = await db.Members.FindAsync([duplicateId], inner);
            if (kept is null || duplicate is null) return MemberRefusals.Unknown;
            if (kept == duplicate || kept.Status != MemberStatus.Active || duplicate.Status is MemberStatus.Merged or MemberStatus.Erased) return MemberRefusals.CannotMerge;
            if (kept.BirthDate != duplicate.BirthDate) return MemberRefusals.DifferentPeople;

            foreach (var area in areas) await area.MoveAsync(db, duplicateId, keptId, inner);
            await MoveOwnAsync(kept, duplicate, inner);
            duplicate.MergeInto(kept, calendar.Now);
            db.Audit(by, "member.merged", kept.Subject, calendar.Now, after: new { duplicate = duplicateId, duplicate.CardNumber });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private async Task MoveOwnAsync(Member kept, Member duplicate, CancellationToken stop)
    {
        var theirs = await db.Consents.Where(one => one.MemberId == kept.Id && one.WithdrawnAt == null).Select(one => one.Purpose).ToListAsync(stop);
        foreach (var consent in await db.Consents.Where(one => one.MemberId == duplicate.Id).ToListAsync(stop))
        {
            if (consent.WithdrawnAt is null && theirs.Contains(consent.Purpose)) consent.Withdraw(calendar.Now);
            consent.MoveTo(kept.Id);
        }

        foreach (var guardianship in await db.Guardianships.Where(one => one.ChildId == duplicate.Id).ToListAsync(stop)) guardianship.MoveTo(kept.Id);
        foreach (var guardianship in await db.Guardianships.Where(one => one.GuardianId == duplicate.Id).ToListAsync(stop)) guardianship.ActAs(kept.Id);
        foreach (var suspension in await db.Suspensions.Where(one => one.MemberId == duplicate.Id).ToListAsync(stop)) suspension.MoveTo(kept.Id);
        if (duplicate.SuspendedThrough is { } through && !(kept.SuspendedThrough >= through)) kept.SuspendThrough(through);
    }

    private async Task ForgetAsync(Member member, CancellationToken stop)
    {
        foreach (var guardianship in await db.Guardianships.Where(one => one.ChildId == member.Id).ToListAsync(stop)) guardianship.Forget();
        foreach (var guardianship in await db.Guardianships.Where(one => one.GuardianId == member.Id).ToListAsync(stop)) guardianship.Forget();
        foreach (var consent in await db.Consents.Where(one => one.MemberId == member.Id).ToListAsync(stop)) consent.Forget();
        db.RemoveRange(await db.Suspensions.Where(one => one.MemberId == member.Id).ToListAsync(stop));
        db.RemoveRange(await db.ClearanceCertificates.Where(one => one.MemberId == member.Id).ToListAsync(stop));
        db.RemoveRange(await db.OutboxMessages.Where(one => one.MemberId == member.Id).ToListAsync(stop));
        var own = member.Recipient.Key;
        db.RemoveRange(await db.Unsubscriptions.Where(one => one.RecipientKey == own).ToListAsync(stop));
        if (member.Email is { } email)
        {
            var key = Recipient.Address(email, "id").Key;
            db.RemoveRange(await db.OutboxMessages.Where(one => one.RecipientKey == key).ToListAsync(stop));
        }

        var (subject, actor) = (member.Subject.ToString(), Actor.Member(member.Id, "").Id);
        foreach (var line in await db.AuditLines.Where(one => one.Subject == subject).ToListAsync(stop)) line.ForgetPerson();
        foreach (var line in await db.AuditLines.Where(one => one.ActorKind == ActorKind.Member && one.ActorId == actor).ToListAsync(stop)) line.ForgetPerson();
        member.Erase(calendar.Now);
    }

    private static readonly JsonSerializerOptions ExportJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };
}
