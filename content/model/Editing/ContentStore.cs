using System.Text.Json.Nodes;
using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metro.Content;

/// <summary>
/// What editors do. Each act is one transaction; a refusal has changed nothing. Each asks whether the person
/// may, so that no page, endpoint or job can forget to. Not thread-safe: one per request, as its context.
/// </summary>
public sealed class ContentStore(
    ContentDbContext db, ContentTypes types, ContentSettings settings, TimeProvider clock, IEnumerable<ContentHandler>? handlers = null,
    ILogger<ContentStore>? log = null)
{
    private readonly IReadOnlyList<ContentHandler> handlers = [new PublishLaterIsDone(), .. handlers ?? []];

    /// <summary>The types that the store knows.</summary>
    public ContentTypes Types => types;

    /// <summary>The city's settings.</summary>
    public ContentSettings Settings => settings;

    /// <summary>Creates an item as a draft that belongs to the person.</summary>
    /// <param name="by">Who creates it.</param>
    /// <param name="type">The name of its type.</param>
    /// <param name="content">Its parts; may be incomplete.</param>
    /// <param name="culture">Its language; the portal's first when null and the type has a language.</param>
    /// <param name="itemId">An id that the editor has already autosaved under; a new one when null.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<Outcome<ContentItem>> CreateAsync(
        ContentUser by, string type, JsonObject content, string? culture = null, string? itemId = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            if ((types.Find(type) ?? (await new StoredTypes(db, types).WithCodeAsync(inner)).Find(type)) is not { IsCreatable: true } def) return new Refusal("content.unknown_type", type);
            if (!by.May(ContentAct.Edit, def.Name)) return Refusal.Forbidden;
            if (IsScheduled(content) && !by.May(ContentAct.Publish, def.Name)) return new Refusal("content.scheduled");
            if (itemId is not null && (!ContentId.IsValid(itemId) || await writes.ItemAsync(itemId, inner) is not null)) return new Refusal("content.id.taken", itemId);
            if (def.IsLocalised && !settings.Cultures.Contains(culture ?? settings.DefaultCulture)) return new Refusal("content.culture.unknown", culture!);

            return await CreateAsync(writes, new NewItem(itemId ?? ContentId.New(), def.Name, Copy(content), by)
            {
                Culture = def.IsLocalised ? culture ?? settings.DefaultCulture : null,
                LocSet = def.IsLocalised ? ContentId.New() : null,
            }, "Created", inner);
        }, stop);

    /// <summary>Saves a draft over the version that the editor began from.</summary>
    /// <param name="by">Who saves.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="baseVersionId">The version that the editor began from.</param>
    /// <param name="content">All parts; what is missing is removed. May be invalid.</param>
    /// <param name="comment">A word for the history.</param>
    /// <param name="stop">Stops the act.</param>
    /// <returns>The new latest version; the latest as it is, when nothing differs; an <see cref="EditConflict"/> when somebody else saved first.</returns>
    public Task<Outcome<ContentItem>> SaveAsync(
        ContentUser by, string itemId, string baseVersionId, JsonObject content, string? comment = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Edit, itemId, inner);
            if (item is null) return refusal!;

            return await SaveAsync(writes, item, by, baseVersionId, Copy(content), comment, "Saved", inner);
        }, stop);

    /// <summary>
    /// Publishes: the document given, or the latest version as it is. Strictly validated; the refusal says
    /// what to mend. Publishing again what is already public changes nothing.
    /// </summary>
    public Task<Outcome<ContentItem>> PublishAsync(
        ContentUser by, string itemId, string baseVersionId, JsonObject? content = null, string? comment = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Publish, itemId, inner);
            if (item is null) return refusal!;

            // What is public already needs no further act, whoever asks again.
            if (content is null && item.PublishedVersionId != item.LatestVersionId && await OverseenAsync(writes, item, baseVersionId, inner) is { } overseen) return overseen;

            var sent = content is null ? ContentJson.Read((await writes.VersionAsync(item.LatestVersionId, inner)).Doc) : Copy(content);
            if (await ConflictAsync(writes, item, baseVersionId, sent, inner) is { } conflict) return conflict;

            var before = item.PublishedVersionId;
            if (await writes.PublishAsync(item, sent, new Authorship(by, comment), inner) is { } faults) return faults;

            var published = await writes.LatestAsync(item, inner);
            if (item.PublishedVersionId != before) writes.Audit(item, published.DisplayText, "Published", by, before, item.PublishedVersionId, comment);
            await ForgetAutosaveAsync(itemId, by, inner);
            return published;
        }, stop);

    /// <summary>Withdraws the item from the public; its latest version stays to be edited.</summary>
    /// <param name="by">Who withdraws it.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="baseVersionId">The version that the person saw, where another is to be refused; null for whichever is the latest.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<Outcome<ContentItem>> UnpublishAsync(ContentUser by, string itemId, string? baseVersionId = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Publish, itemId, inner);
            if (item is null) return refusal!;
            if (await OverseenAsync(writes, item, baseVersionId, inner) is { } conflict) return conflict;
            if (item.PublishedVersionId is not { } before) return await writes.LatestAsync(item, inner);

            await writes.UnpublishAsync(item, by, inner);
            var latest = await writes.LatestAsync(item, inner);
            writes.Audit(item, latest.DisplayText, "Unpublished", by, before, null);
            return latest;
        }, stop);

    /// <summary>Publishes many items, each in a transaction of its own: a fault in one does not hold back the others.</summary>
    /// <returns>The outcome of each, in the order asked.</returns>
    public async Task<IReadOnlyList<(string ItemId, Outcome<ContentItem> Outcome)>> PublishManyAsync(
        ContentUser by, IReadOnlyList<string> itemIds, CancellationToken stop = default)
    {
        var outcomes = new List<(string, Outcome<ContentItem>)>();
        foreach (var itemId in itemIds)
        {
            var latest = await db.Items.Where(item => item.ItemId == itemId).Select(item => item.LatestVersionId).SingleOrDefaultAsync(stop);
            outcomes.Add((itemId, latest is null ? Refusal.NotFound : await PublishAsync(by, itemId, latest, stop: stop)));
        }

        return outcomes;
    }

    /// <summary>Withdraws many items, each in a transaction of its own.</summary>
    public async Task<IReadOnlyList<(string ItemId, Outcome<ContentItem> Outcome)>> UnpublishManyAsync(
        ContentUser by, IReadOnlyList<string> itemIds, CancellationToken stop = default)
    {
        var outcomes = new List<(string, Outcome<ContentItem>)>();
        foreach (var itemId in itemIds) outcomes.Add((itemId, await UnpublishAsync(by, itemId, stop: stop)));
        return outcomes;
    }

    /// <summary>
    /// Deletes the item softly: it is in no list and has no address, and can be brought back. Deleting what
    /// is public withdraws it, so that also needs the permission to publish.
    /// </summary>
    /// <param name="by">Who deletes it.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="baseVersionId">The version that the person saw, where another is to be refused; null for whichever is the latest.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<Outcome<ContentItem>> DeleteAsync(ContentUser by, string itemId, string? baseVersionId = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Delete, itemId, inner);
            if (item is null) return refusal!;
            if (item.PublishedVersionId is not null && !by.May(ContentAct.Publish, item.Type, item.Owner)) return Refusal.Forbidden;
            if (await OverseenAsync(writes, item, baseVersionId, inner) is { } conflict) return conflict;

            var latest = await writes.LatestAsync(item, inner);
            await writes.DeleteAsync(item, by, inner);
            writes.Audit(item, latest.DisplayText, "Removed", by, latest.VersionId, null);
            return await writes.LatestAsync(item, inner);
        }, stop);

    /// <summary>Brings a deleted item back, as a draft.</summary>
    public Task<Outcome<ContentItem>> UndeleteAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            if (await writes.ItemAsync(itemId, inner) is not { DeletedUtc: not null } item) return Refusal.NotFound;
            if (!by.May(ContentAct.Delete, item.Type, item.Owner)) return Refusal.Forbidden;
            if (await writes.UndeleteAsync(item, inner) is { } refusal) return refusal;

            var latest = await writes.LatestAsync(item, inner);
            writes.Audit(item, latest.DisplayText, "Undeleted", by, null, latest.VersionId);
            return latest;
        }, stop);

    /// <summary>Makes a draft of an older version's document, on top of the history.</summary>
    public Task<Outcome<ContentItem>> RestoreAsync(
        ContentUser by, string itemId, string versionId, string baseVersionId, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Edit, itemId, inner);
            if (item is null) return refusal!;
            if (await db.Versions.SingleOrDefaultAsync(version => version.VersionId == versionId && version.ItemId == itemId, inner) is not { } old) return Refusal.NotFound;

            // An appointment of long ago is not made again.
            var content = ContentJson.Read(old.Doc);
            content.Object("PublishLaterPart")?.Remove("ScheduledPublishUtc");
            content.Object("ArchiveLaterPart")?.Remove("ScheduledArchiveUtc");
            return await SaveAsync(writes, item, by, baseVersionId, content, null, "Restored", inner);
        }, stop);

    /// <summary>A copy that belongs to the person: a draft with another address, in a language set of its own.</summary>
    public Task<Outcome<ContentItem>> CloneAsync(ContentUser by, string itemId, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Clone, itemId, inner);
            if (item is null) return refusal!;

            var source = await writes.LatestAsync(item, inner);
            var content = source.Content;
            var language = System.Globalization.CultureInfo.GetCultureInfo(item.Culture ?? settings.DefaultCulture);
            if (content.Text("TitlePart", "Title") is { } title) content.Put("TitlePart", "Title", Texts.Sentence("content.clone_title", language, title));
            content.Remove("AliasPart");
            foreach (var (part, property) in (ReadOnlySpan<(string, string)>)
                     [("AutoroutePart", "Path"), ("AutoroutePart", "SetHomepage"), ("PublishLaterPart", "ScheduledPublishUtc"), ("ArchiveLaterPart", "ScheduledArchiveUtc")])
                content.Object(part)?.Remove(property);
            foreach (var (_, contained) in DocumentWalk.Contained(content).ToList()) contained["ContentItemId"] = ContentId.New();

            return await CreateAsync(writes, new NewItem(ContentId.New(), item.Type, content, by)
            {
                Culture = item.Culture, LocSet = item.LocSet is null ? null : ContentId.New(),
            }, "Cloned", inner);
        }, stop);

    /// <summary>Gives the item another owner.</summary>
    /// <param name="by">Who gives it.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="owner">The id of the new owner, of whom the caller knows that there is such a person.</param>
    /// <param name="comment">What the audit says of it, such as the names of both; their ids when null.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<Outcome<ContentItem>> ChangeOwnerAsync(ContentUser by, string itemId, string owner, string? comment = null, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            if (!ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.EditContentOwner)) return Refusal.Forbidden;
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Edit, itemId, inner);
            if (item is null) return refusal!;

            var before = item.Owner;
            if (before == owner) return await writes.LatestAsync(item, inner);

            (item.Owner, item.Stamp) = (owner, item.Stamp + 1);
            await db.SaveChangesAsync(inner);
            await writes.IndexAsync(item, await writes.VersionAsync(item.LatestVersionId, inner), Scope.Latest, inner);
            var latest = await writes.LatestAsync(item, inner);
            writes.Audit(item, latest.DisplayText, "OwnerChanged", by, latest.VersionId, latest.VersionId, comment ?? $"{before} → {owner}");
            return latest;
        }, stop);

    /// <summary>
    /// A new item in another language of the same set: a copy to be translated, which remembers the version
    /// of the source that it was made from.
    /// </summary>
    public Task<Outcome<ContentItem>> TranslateAsync(ContentUser by, string sourceItemId, string culture, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            if (!settings.Cultures.Contains(culture)) return new Refusal("content.culture.unknown", culture);
            if (await writes.ItemAsync(sourceItemId, inner) is not { DeletedUtc: null, LocSet: not null } source) return Refusal.NotFound;
            if (!by.May(ContentAct.Edit, source.Type) || !MaySee(by, source)) return Refusal.Forbidden;
            if (await db.Items.AnyAsync(item => item.LocSet == source.LocSet && item.Culture == culture, inner)) return new Refusal("content.translation.exists", culture);

            var snapshot = await writes.VersionAsync(MaySeeDraft(by, source) ? source.LatestVersionId : source.PublishedVersionId!, inner);
            var content = ContentJson.Read(snapshot.Doc);
            content.Object("AutoroutePart")?.Remove("Path");
            content.Object("AutoroutePart")?.Remove("SetHomepage");
            content.Remove("AliasPart");
            content.Remove("PublishLaterPart");
            content.Remove("ArchiveLaterPart");
            var made = new NewItem(ContentId.New(), source.Type, content, by) { Culture = culture, LocSet = source.LocSet };
            db.Translations.Add(new TranslationRow { ItemId = made.ItemId, SourceItemId = source.ItemId, SourceVersionId = snapshot.VersionId });
            return await CreateAsync(writes, made, "Created", inner);
        }, stop);

    /// <summary>The translation says again what its source says now: its badge goes.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="itemId">The translation.</param>
    /// <param name="sourceVersionId">The version of the source that the translator saw.</param>
    /// <param name="stop">Stops the act.</param>
    public Task<Outcome<ContentItem>> ConfirmTranslationAsync(ContentUser by, string itemId, string sourceVersionId, CancellationToken stop = default) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            var (item, refusal) = await LoadAsync(writes, by, ContentAct.Edit, itemId, inner);
            if (item is null) return refusal!;
            if (await db.Versions.SingleOrDefaultAsync(version => version.VersionId == sourceVersionId, inner) is not { } source || source.ItemId == itemId) return Refusal.NotFound;
            if (source.LocSet is null || source.LocSet != item.LocSet) return Refusal.NotFound;

            var row = await db.Translations.SingleOrDefaultAsync(translation => translation.ItemId == itemId, inner);
            if (row is null) db.Translations.Add(new TranslationRow { ItemId = itemId, SourceItemId = source.ItemId, SourceVersionId = sourceVersionId });
            else (row.SourceItemId, row.SourceVersionId) = (source.ItemId, sourceVersionId);

            var latest = await writes.LatestAsync(item, inner);
            writes.Audit(item, latest.DisplayText, "TranslationConfirmed", by, latest.VersionId, latest.VersionId, sourceVersionId);
            return latest;
        }, stop);

    /// <summary>The item as it would be with the document that is being written, for the preview; nothing is stored.</summary>
    public async Task<Outcome<ContentItem>> PreviewAsync(ContentUser by, string itemId, JsonObject content, CancellationToken stop = default)
    {
        if (await db.Items.AsNoTracking().SingleOrDefaultAsync(item => item.ItemId == itemId && item.DeletedUtc == null, stop) is not { } item) return Refusal.NotFound;
        if (!MaySeeDraft(by, item)) return item.PublishedVersionId is null ? Refusal.NotFound : Refusal.Forbidden;

        var latest = await db.Versions.AsNoTracking().SingleAsync(version => version.VersionId == item.LatestVersionId, stop);
        var draft = Copy(content);
        await new ContentWrites(db, types, settings, [], Now).PrepareAsync(item, draft, by, stop);
        return ContentItem.Of(item, latest, draft);
    }

    /// <summary>Everything that stands in the way of publishing the document, and the advice of the checks, without saving it.</summary>
    /// <returns>Null when there is no such item.</returns>
    public async Task<IReadOnlyList<Fault>?> ValidateAsync(string itemId, JsonObject? content = null, CancellationToken stop = default)
    {
        if (await db.Items.AsNoTracking().SingleOrDefaultAsync(item => item.ItemId == itemId, stop) is not { } item) return null;

        var document = content ?? ContentJson.Read(await db.Versions.Where(version => version.VersionId == item.LatestVersionId).Select(version => version.Doc).SingleAsync(stop));
        return await FaultsAsync(item, document, stop);
    }

    /// <summary>The same for a document of which there is no item yet.</summary>
    /// <param name="type">The name of its type.</param>
    /// <param name="content">Its parts.</param>
    /// <param name="culture">Its language; null when it has none.</param>
    /// <param name="stop">Stops the queries.</param>
    public Task<IReadOnlyList<Fault>> ValidateNewAsync(string type, JsonObject content, string? culture, CancellationToken stop = default) =>
        FaultsAsync(new ItemRow { ItemId = "", Type = type, Culture = culture, LatestVersionId = "", Owner = "", CreatedUtc = Now }, content, stop);

    /// <summary>Does what editors have scheduled up to now: see <see cref="Schedules"/>.</summary>
    internal Task<Outcome<ContentItem>> RunScheduledAsync(string versionId, ScheduledAct act, CancellationToken stop) =>
        ActAsync<ContentItem>(async (writes, inner) =>
        {
            if (await db.Schedules.AsNoTracking().SingleOrDefaultAsync(row => row.VersionId == versionId && row.Act == act, inner) is not { } due) return Refusal.NotFound;
            if (await writes.ItemAsync(due.ItemId, inner) is not { DeletedUtc: null } item) return Refusal.NotFound;

            var before = item.PublishedVersionId;
            if (act == ScheduledAct.Archive)
            {
                await writes.UnpublishAsync(item, ContentUser.Portal, inner);
            }
            else
            {
                var content = ContentJson.Read((await writes.VersionAsync(versionId, inner)).Doc);
                var by = new Authorship(ContentUser.Portal) { PublishedUtc = due.DueUtc };
                if (await writes.PublishAsync(item, content, by, inner) is { } refusal) return refusal;
            }

            var latest = await writes.LatestAsync(item, inner);
            writes.Audit(item, latest.DisplayText, act == ScheduledAct.Archive ? "Unpublished" : "Published", ContentUser.Portal, before, item.PublishedVersionId);
            return latest;
        }, stop);

    /// <summary>Runs one act as a transaction; a refusal undoes whatever it had written.</summary>
    internal async Task<Outcome<T>> ActAsync<T>(Func<ContentWrites, CancellationToken, Task<Outcome<T>>> act, CancellationToken stop)
        where T : class
    {
        IReadOnlyList<(ContentChange Change, bool IsPublication)> announcements = [];
        T done;
        try
        {
            done = await db.WriteAsync(async inner =>
            {
                db.ChangeTracker.Clear();
                var writes = new ContentWrites(db, types, settings, handlers, Now);
                var outcome = await act(writes, inner);
                if (!outcome.Succeeded) throw new RefusedException(outcome.Refusal);

                await db.SaveChangesAsync(inner);
                announcements = writes.Announcements;
                return outcome.Result;
            }, stop);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }

        foreach (var (change, isPublication) in announcements) await TellAsync(change, isPublication, stop);
        return done;
    }

    private async Task<IReadOnlyList<Fault>> FaultsAsync(ItemRow item, JsonObject document, CancellationToken stop)
    {
        var facts = await new ContentWrites(db, types, settings, handlers, Now).FactsAsync(item, document, stop);
        var broken = await new LinkReport(db, types, settings).BrokenInAsync(document, stop);
        return [.. ContentValidation.Strict(types, item.Type, document, item.Culture, facts, settings), .. broken];
    }

    private DateTime Now => ContentJson.ToMicroseconds(clock.GetUtcNow().UtcDateTime);

    /// <summary>What is committed stays committed, whatever a listener makes of it.</summary>
    private async Task TellAsync(ContentChange change, bool isPublication, CancellationToken stop)
    {
        foreach (var handler in handlers.Reverse())
        {
            try
            {
                await (isPublication ? handler.PublishedAsync(change, stop) : handler.UnpublishedAsync(change, stop));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                (log ?? NullLogger<ContentStore>.Instance).LogError(fault, "{Handler} failed after {ItemId} changed.", handler.GetType().Name, change.ItemId);
            }
        }
    }

    private async Task<Outcome<ContentItem>> CreateAsync(ContentWrites writes, NewItem made, string act, CancellationToken stop)
    {
        var faults = ContentValidation.Draft(made.Content, settings);
        if (faults.Count > 0) return Refusal.Invalid(faults);

        var item = await writes.CreateAsync(made, stop);
        await writes.ScheduleAsync(item, stop);
        var created = await writes.LatestAsync(item, stop);
        writes.Audit(item, created.DisplayText, act, made.By, null, created.VersionId);
        await ForgetAutosaveAsync(item.ItemId, made.By, stop);
        return created;
    }

    private async Task<Outcome<ContentItem>> SaveAsync(
        ContentWrites writes, ItemRow item, ContentUser by, string baseVersionId, JsonObject content, string? comment, string act, CancellationToken stop)
    {
        var faults = ContentValidation.Draft(content, settings);
        if (faults.Count > 0) return Refusal.Invalid(faults);
        if (IsScheduled(content) && !by.May(ContentAct.Publish, item.Type, item.Owner)) return new Refusal("content.scheduled");
        if (await ConflictAsync(writes, item, baseVersionId, content, stop) is { } conflict) return conflict;

        var before = item.LatestVersionId;
        await writes.SaveAsync(item, content, new Authorship(by, comment), stop);
        var saved = await writes.LatestAsync(item, stop);
        if (saved.VersionId != before) writes.Audit(item, saved.DisplayText, act, by, before, saved.VersionId, comment);
        await ForgetAutosaveAsync(item.ItemId, by, stop);
        return saved;
    }

    /// <summary>To schedule is to publish, only later: nobody else changes what an editor has scheduled.</summary>
    private static bool IsScheduled(JsonObject content) =>
        content.Text("PublishLaterPart", "ScheduledPublishUtc") is not null || content.Text("ArchiveLaterPart", "ScheduledArchiveUtc") is not null;

    /// <summary>Whether somebody wrote a version that the person has not seen.</summary>
    private static async Task<Refusal?> OverseenAsync(ContentWrites writes, ItemRow item, string? baseVersionId, CancellationToken stop) =>
        baseVersionId is null || item.LatestVersionId == baseVersionId ? null : new Refusal("content.conflict", (await writes.LatestAsync(item, stop)).Author);

    private async Task<EditConflict?> ConflictAsync(ContentWrites writes, ItemRow item, string baseVersionId, JsonObject sent, CancellationToken stop)
    {
        if (item.LatestVersionId == baseVersionId) return null;

        // The answer to an earlier, equal request may have been lost on its way: saying it again is no conflict.
        var theirs = await writes.LatestAsync(item, stop);
        if (ContentJson.Write(theirs.Content) == ContentJson.Write(sent)) return null;

        var common = await db.Versions.SingleOrDefaultAsync(version => version.VersionId == baseVersionId && version.ItemId == item.ItemId, stop);
        return new EditConflict(common is null ? null : ContentItem.Of(item, common), theirs, sent);
    }

    private static async Task<(ItemRow? Item, Refusal? Refusal)> LoadAsync(ContentWrites writes, ContentUser by, ContentAct act, string itemId, CancellationToken stop)
    {
        if (await writes.ItemAsync(itemId, stop) is not { DeletedUtc: null } item) return (null, Refusal.NotFound);
        if (by.May(act, item.Type, item.Owner)) return (item, null);

        // Someone who may not even see a draft is not told that it exists.
        return (null, MaySee(by, item) ? Refusal.Forbidden : Refusal.NotFound);
    }

    private static bool MaySee(ContentUser by, ItemRow item) => item.PublishedVersionId is not null || MaySeeDraft(by, item);

    private static bool MaySeeDraft(ContentUser by, ItemRow item) => by.May(ContentAct.Preview, item.Type, item.Owner);

    private Task<int> ForgetAutosaveAsync(string itemId, ContentUser by, CancellationToken stop) =>
        db.Autosaves.Where(row => row.ItemId == itemId && row.UserId == by.Id).ExecuteDeleteAsync(stop);

    private static JsonObject Copy(JsonObject content) => content.DeepClone().AsObject();
}
