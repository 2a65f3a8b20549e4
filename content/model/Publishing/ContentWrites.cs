using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>
/// Changes of items inside one transaction: versions are added, pointers moved, the rows by which an item is
/// found written anew. Editors, the schedule and imports all come this way.
/// </summary>
internal sealed class ContentWrites(
    ContentDbContext db, ContentTypes types, ContentSettings settings, IReadOnlyList<ContentHandler> handlers, DateTime now)
{
    private readonly List<(ContentChange Change, bool IsPublication)> committed = [];

    /// <summary>What handlers are to be told once the transaction holds.</summary>
    public IReadOnlyList<(ContentChange Change, bool IsPublication)> Announcements => committed;

    /// <summary>The instant of the transaction.</summary>
    public DateTime Now => now;

    public Task<ItemRow?> ItemAsync(string itemId, CancellationToken stop) =>
        db.Items.SingleOrDefaultAsync(item => item.ItemId == itemId, stop);

    public Task<VersionRow> VersionAsync(string versionId, CancellationToken stop) =>
        db.Versions.SingleAsync(version => version.VersionId == versionId, stop);

    /// <summary>The item as its latest version has it.</summary>
    public async Task<ContentItem> LatestAsync(ItemRow item, CancellationToken stop) =>
        ContentItem.Of(item, await VersionAsync(item.LatestVersionId, stop));

    /// <summary>A new item with its first version, a draft.</summary>
    public async Task<ItemRow> CreateAsync(NewItem made, CancellationToken stop)
    {
        var content = made.Content;
        var item = new ItemRow
        {
            ItemId = made.ItemId, Type = made.Type, LocSet = made.LocSet, Culture = made.Culture, LatestVersionId = made.VersionId ?? ContentId.New(),
            Owner = made.Owner ?? made.By.Id, CreatedUtc = made.CreatedUtc ?? now,
        };
        db.Items.Add(item);
        await PrepareAsync(item, content, made.By, stop);
        var version = Version(item, 1, content, item.LatestVersionId, made.Author ?? made.By.Name, made.DisplayText, made.ModifiedUtc, made.Comment);
        db.Versions.Add(version);
        await db.SaveChangesAsync(stop);
        await IndexAsync(item, version, Scope.Latest, stop, isNew: true);
        return item;
    }

    /// <summary>A draft on top of the latest version; the latest version itself when nothing differs.</summary>
    public async Task<VersionRow> SaveAsync(ItemRow item, JsonObject content, Authorship by, CancellationToken stop)
    {
        await PrepareAsync(item, content, by.User, stop);
        var latest = await VersionAsync(item.LatestVersionId, stop);
        if (latest.DocHash == ContentJson.Hash(ContentJson.Write(content))) return latest;

        var version = await AddVersionAsync(item, content, by, stop);
        item.LatestVersionId = version.VersionId;
        item.Stamp++;
        await db.SaveChangesAsync(stop);
        await IndexAsync(item, version, Scope.Latest, stop);
        await ScheduleAsync(item, stop);
        return version;
    }

    /// <summary>Publishes a document as the item's newest version. Null when done; else what stands in the way.</summary>
    public async Task<Refusal?> PublishAsync(ItemRow item, JsonObject content, Authorship by, CancellationToken stop)
    {
        var change = new ContentChange(item.ItemId, item.Type, content, by.User, now);
        await PrepareAsync(item, content, by.User, stop);
        foreach (var handler in handlers) await handler.PublishingAsync(change, stop);

        var faults = ContentValidation.Strict(types, item.Type, content, item.Culture, await FactsAsync(item, content, stop), settings);
        if (by.IsImport) faults = [.. faults.Where(fault => !ContentChecks.IsQuality(fault.Code))];
        if (faults.Any(fault => fault.Severity == FaultSeverity.Error)) return Refusal.Invalid(faults);

        var latest = await VersionAsync(item.LatestVersionId, stop);
        var version = latest.DocHash == ContentJson.Hash(ContentJson.Write(content)) ? latest : await AddVersionAsync(item, content, by, stop);
        if (item.PublishedVersionId == version.VersionId) return null;

        var before = item.PublishedVersionId;
        version.PublishedUtc = ContentJson.ToMicroseconds(by.PublishedUtc ?? now);
        item.FirstPublishedUtc ??= version.PublishedUtc;
        (item.LatestVersionId, item.PublishedVersionId) = (version.VersionId, version.VersionId);
        item.Stamp++;
        await db.SaveChangesAsync(stop);

        await RedirectAsync(item, content, stop);
        if (version != latest) await IndexAsync(item, version, Scope.Latest, stop);
        await IndexAsync(item, version, Scope.Published, stop, isNew: before is null);
        if (before is null) await OfferAnewAsync(item, stop);
        await ScheduleAsync(item, stop);
        await AnnounceAsync(item, version, change, "content.published", stop);
        return null;
    }

    /// <summary>Points the public at an older version that a recipe brings, below a newer draft.</summary>
    public async Task<Refusal?> PublishBelowDraftAsync(ItemRow item, JsonObject content, Authorship by, CancellationToken stop)
    {
        var draft = item.LatestVersionId;
        if (await PublishAsync(item, content, by, stop) is { } refusal) return refusal;

        item.LatestVersionId = draft;
        await db.SaveChangesAsync(stop);
        await IndexAsync(item, await VersionAsync(draft, stop), Scope.Latest, stop);
        await ScheduleAsync(item, stop);
        return null;
    }

    /// <summary>Withdraws the item from the public; the latest version stays.</summary>
    public async Task UnpublishAsync(ItemRow item, ContentUser by, CancellationToken stop)
    {
        if (item.PublishedVersionId is not { } published) return;

        var version = await VersionAsync(published, stop);
        item.PublishedVersionId = null;
        item.Stamp++;
        await db.SaveChangesAsync(stop);
        await RemoveAsync(item.ItemId, Scope.Published, stop);
        await OfferAnewAsync(item, stop);
        await ScheduleAsync(item, stop);
        await AnnounceAsync(item, version, new ContentChange(item.ItemId, item.Type, ContentJson.Read(version.Doc), by, now), "content.unpublished", stop);
    }

    /// <summary>Takes the item out of every list; its versions stay, for its return.</summary>
    public async Task DeleteAsync(ItemRow item, ContentUser by, CancellationToken stop)
    {
        await UnpublishAsync(item, by, stop);
        (item.DeletedUtc, item.LocSet) = (now, null);
        item.Stamp++;
        await db.SaveChangesAsync(stop);
        await RemoveAsync(item.ItemId, Scope.Latest, stop);
        await db.Schedules.Where(row => row.ItemId == item.ItemId).ExecuteDeleteAsync(stop);
        await db.Locks.Where(row => row.ItemId == item.ItemId).ExecuteDeleteAsync(stop);
    }

    /// <summary>Brings a deleted item back as a draft. Null when done.</summary>
    public async Task<Refusal?> UndeleteAsync(ItemRow item, CancellationToken stop)
    {
        var latest = await VersionAsync(item.LatestVersionId, stop);
        if (latest.LocSet is not null && await db.Items.AnyAsync(other => other.LocSet == latest.LocSet && other.Culture == item.Culture, stop))
            return new Refusal("content.translation.exists", item.Culture ?? "");

        (item.DeletedUtc, item.LocSet) = (null, latest.LocSet);
        item.Stamp++;
        await db.SaveChangesAsync(stop);
        await IndexAsync(item, latest, Scope.Latest, stop);
        await ScheduleAsync(item, stop);
        return null;
    }

    /// <summary>Writes a line of the audit.</summary>
    public void Audit(ItemRow item, string displayText, string act, ContentUser by, string? before, string? after, string? comment = null) =>
        db.Audit.Add(new AuditRow
        {
            Id = ContentId.New(), ItemId = item.ItemId, Type = item.Type, DisplayText = displayText, Act = act, UserId = by.Id, UserName = by.Name,
            AtUtc = now, BeforeVersionId = before, AfterVersionId = after, Comment = comment,
        });

    /// <summary>What validation needs to know beyond the document.</summary>
    public async Task<ValidationFacts> FactsAsync(ItemRow item, JsonObject content, CancellationToken stop)
    {
        var path = content.Text("AutoroutePart", "Path") is { Length: > 0 } given ? ContentPath.Normalise(given) : null;
        var alias = content.Text("AliasPart", "Alias")?.ToLowerInvariant();
        var media = DocumentWalk.Objects(content).SelectMany(each => each.Value.List("Paths")).Select(MediaPath.Normalise).Distinct().ToArray();
        var described = media.Length == 0 ? [] : await db.Media.Where(asset => media.Contains(asset.PathNorm))
            .Select(asset => new { asset.PathNorm, asset.IsDecorative, asset.Alt }).ToListAsync(stop);
        return new ValidationFacts(
            path is null ? null : await db.Routes.Where(route => route.Scope == Scope.Published && route.PathNorm == path && route.ItemId != item.ItemId)
                .Select(route => route.ItemId).FirstOrDefaultAsync(stop),
            alias is null ? null : await db.Aliases.Where(row => row.Scope == Scope.Published && row.Alias == alias && row.ItemId != item.ItemId)
                .Select(row => row.ItemId).FirstOrDefaultAsync(stop),
            described.ToDictionary(asset => asset.PathNorm, asset => asset.IsDecorative || MediaAlt.Has(asset.Alt, item.Culture)),
            await TermsAsync(types.Find(item.Type), stop));
    }

    /// <summary>Removes what a scope says of an item.</summary>
    public async Task RemoveAsync(string itemId, Scope scope, CancellationToken stop)
    {
        await RemoveListedAsync(itemId, scope, stop);
        await db.Routes.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
        await db.Aliases.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
        await db.References.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
        if (scope == Scope.Published) await db.Searches.Where(row => row.ItemId == itemId).ExecuteDeleteAsync(stop);
    }

    /// <summary>Writes anew what a scope says of an item; of one that the scope did not have, there is nothing to remove.</summary>
    public async Task IndexAsync(ItemRow item, VersionRow version, Scope scope, CancellationToken stop, bool isNew = false)
    {
        if (!isNew) await RemoveAsync(item.ItemId, scope, stop);
        var rows = new ScopeRows(item, version, scope, types.Find(item.Type), settings);
        List<object> added = [.. rows.Own(), .. rows.Listed(scope == Scope.Published ? await LackingAsync(item, stop) : [])];
        await YieldHomeAsync(added, stop);
        await LeaveOutTakenAsync(item.ItemId, added, stop);
        await InsertAsync(added, stop);
    }

    /// <summary>Appointments follow the pointers: publication of the latest version, withdrawal of the published one.</summary>
    public async Task ScheduleAsync(ItemRow item, CancellationToken stop)
    {
        await db.Schedules.Where(row => row.ItemId == item.ItemId).ExecuteDeleteAsync(stop);
        var added = new List<object>();
        if (item.LatestVersionId != item.PublishedVersionId
            && ContentJson.Read((await VersionAsync(item.LatestVersionId, stop)).Doc).Instant("PublishLaterPart", "ScheduledPublishUtc") is { } publish)
            added.Add(new ScheduleRow { VersionId = item.LatestVersionId, Act = ScheduledAct.Publish, ItemId = item.ItemId, DueUtc = publish });
        if (item.PublishedVersionId is { } published
            && ContentJson.Read((await VersionAsync(published, stop)).Doc).Instant("ArchiveLaterPart", "ScheduledArchiveUtc") is { } archive)
            added.Add(new ScheduleRow { VersionId = published, Act = ScheduledAct.Archive, ItemId = item.ItemId, DueUtc = archive });
        await InsertAsync(added, stop);
    }

    /// <summary>The text as far as a column holds it, and no half character at its end.</summary>
    public static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>What every stored document has: its own language, and an address where its type makes one.</summary>
    public async Task PrepareAsync(ItemRow item, JsonObject content, ContentUser by, CancellationToken stop)
    {
        if (item.Culture is not null)
        {
            content.Put("LocalizationPart", "LocalizationSet", item.LocSet);
            content.Put("LocalizationPart", "Culture", item.Culture);
        }

        var change = new ContentChange(item.ItemId, item.Type, content, by, now);
        foreach (var handler in handlers) await handler.SavingAsync(change, stop);

        if (types.Find(item.Type)?.Part<AutoroutePart>()?.Pattern is not { } pattern) return;
        if (!string.IsNullOrWhiteSpace(content.Text("AutoroutePart", "Path")) || content.Text("TitlePart", "Title") is not { } title) return;
        if (ContentPath.FromPattern(pattern, title, item.Culture, settings) is { } path)
            content.Put("AutoroutePart", "Path", await FreeAsync(path, item.ItemId, stop));
    }

    /// <summary>The path, or with the lowest number that makes it free among what is published and drafted.</summary>
    private async Task<string> FreeAsync(string path, string itemId, CancellationToken stop)
    {
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? path : $"{path}-{number}";
            var norm = ContentPath.Normalise(candidate);
            var isTaken = settings.ReservedPaths.Contains(norm.Split('/')[0]) || settings.Cultures.Contains(norm)
                || await db.Routes.AnyAsync(route => (route.Scope == Scope.Published || route.Scope == Scope.Latest) && route.PathNorm == norm && route.ItemId != itemId, stop);
            if (!isTaken) return candidate;
        }
    }

    private async Task<VersionRow> AddVersionAsync(ItemRow item, JsonObject content, Authorship by, CancellationToken stop)
    {
        var number = await db.Versions.Where(version => version.ItemId == item.ItemId).MaxAsync(version => version.Number, stop) + 1;
        var version = Version(item, number, content, by.VersionId ?? ContentId.New(), by.Author ?? by.User.Name, by.DisplayText, by.ModifiedUtc, by.Comment);
        db.Versions.Add(version);
        await db.SaveChangesAsync(stop);
        return version;
    }

    private VersionRow Version(
        ItemRow item, int number, JsonObject content, string versionId, string author, string? displayText, DateTime? modified, string? comment)
    {
        var doc = ContentJson.Write(content);
        var title = content.Text("TitlePart", "Title") is { Length: > 0 } own ? own : displayText ?? content.Text("AliasPart", "Alias") ?? item.Type;
        return new VersionRow
        {
            VersionId = versionId, ItemId = item.ItemId, Number = number, Doc = doc, DocHash = ContentJson.Hash(doc),
            LocSet = item.LocSet ?? content.Text("LocalizationPart", "LocalizationSet"), Author = author,
            DisplayText = Cut(title, 400)!, ModifiedUtc = ContentJson.ToMicroseconds(modified ?? now), Comment = Cut(comment, 500),
        };
    }

    /// <summary>The address that a published item leaves leads on to it; an address that it takes leads nowhere else.</summary>
    private async Task RedirectAsync(ItemRow item, JsonObject content, CancellationToken stop)
    {
        var left = await db.Routes.Where(route => route.ItemId == item.ItemId && route.Scope == Scope.Published && route.ContainedItemId == null && route.PathNorm != "")
            .Select(route => route.PathNorm).ToListAsync(stop);
        var taken = content.Text("AutoroutePart", "Path") is { } path ? ContentPath.Normalise(path) : null;
        await db.Redirects.Where(row => row.PathNorm == taken || left.Contains(row.PathNorm)).ExecuteDeleteAsync(stop);
        if (taken is null) return;

        await InsertAsync([.. left.Where(old => old != taken && !settings.Cultures.Contains(old))
            .Select(old => new RedirectRow { PathNorm = old, ItemId = item.ItemId, CreatedUtc = now })], stop);
    }

    /// <summary>The languages in which the item stands in for a translation that is not published.</summary>
    private async Task<IReadOnlyList<string>> LackingAsync(ItemRow item, CancellationToken stop)
    {
        if (item.LocSet is null || item.Culture is null) return [];

        var published = await db.Items.Where(other => other.LocSet == item.LocSet && other.PublishedVersionId != null)
            .Select(other => other.Culture!).ToListAsync(stop);
        var standsIn = settings.Cultures.FirstOrDefault(published.Contains) ?? item.Culture;
        return standsIn == item.Culture ? [.. settings.Cultures.Except(published)] : [];
    }

    /// <summary>After a first publication or a withdrawal, the translations stand in for other languages than before. Only lists change.</summary>
    private async Task OfferAnewAsync(ItemRow item, CancellationToken stop)
    {
        if (item.LocSet is null) return;

        var others = await db.Items.Where(other => other.LocSet == item.LocSet && other.ItemId != item.ItemId && other.PublishedVersionId != null).ToListAsync(stop);
        foreach (var other in others)
        {
            var version = await VersionAsync(other.PublishedVersionId!, stop);
            await RemoveListedAsync(other.ItemId, Scope.Published, stop);
            var rows = new ScopeRows(other, version, Scope.Published, types.Find(other.Type), settings);
            await InsertAsync([.. rows.Listed(await LackingAsync(other, stop))], stop);
        }
    }

    private async Task RemoveListedAsync(string itemId, Scope scope, CancellationToken stop)
    {
        await db.Index.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
        await db.Terms.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
        await db.Fields.Where(row => row.ItemId == itemId && row.Scope == scope).ExecuteDeleteAsync(stop);
    }

    /// <summary>There is one home page for each language: the newest to ask for it has it.</summary>
    private async Task YieldHomeAsync(List<object> added, CancellationToken stop)
    {
        foreach (var home in added.OfType<RouteRow>().Where(row => row.Scope == Scope.Published && (row.PathNorm == "" || settings.Cultures.Contains(row.PathNorm))))
            await db.Routes.Where(row => row.Scope == Scope.Published && row.PathNorm == home.PathNorm).ExecuteDeleteAsync(stop);
    }

    /// <summary>A term's address gives way to a page that has it already.</summary>
    private async Task LeaveOutTakenAsync(string itemId, List<object> added, CancellationToken stop)
    {
        var contained = added.OfType<RouteRow>().Where(row => row is { Scope: Scope.Published, ContainedItemId: not null }).Select(row => row.PathNorm).ToArray();
        if (contained.Length == 0) return;

        var taken = await db.Routes.Where(row => row.Scope == Scope.Published && contained.Contains(row.PathNorm) && row.ItemId != itemId).Select(row => row.PathNorm).ToListAsync(stop);
        added.RemoveAll(row => row is RouteRow { ContainedItemId: not null } route && taken.Contains(route.PathNorm));
    }

    /// <summary>Derived rows are written and forgotten at once, so that they can be written again in the same transaction.</summary>
    private async Task InsertAsync(List<object> rows, CancellationToken stop)
    {
        db.AddRange(rows);
        await db.SaveChangesAsync(stop);
        foreach (var row in rows) db.Entry(row).State = EntityState.Detached;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> TermsAsync(ContentTypeDef? type, CancellationToken stop)
    {
        var terms = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var alias in type?.Fields.Select(field => field.Taxonomy).OfType<string>().Distinct() ?? [])
        {
            var doc = await (from row in db.Aliases
                             join item in db.Items on row.ItemId equals item.ItemId
                             join version in db.Versions on item.LatestVersionId equals version.VersionId
                             where row.Scope == Scope.Latest && row.Alias == alias
                             select version.Doc).FirstOrDefaultAsync(stop);
            if (doc is not null) terms[alias] = DocumentWalk.Contained(ContentJson.Read(doc)).Select(term => term.Item.Text("ContentItemId")!).ToHashSet();
        }

        return terms;
    }

    private async Task AnnounceAsync(ItemRow item, VersionRow version, ContentChange change, string what, CancellationToken stop)
    {
        committed.Add((change, what == "content.published"));
        foreach (var hook in await db.Webhooks.Where(hook => hook.IsActive).OrderBy(hook => hook.Id).Take(100).ToListAsync(stop))
        {
            if (hook.Types.Length > 0 && !hook.Types.Split(' ').Contains(item.Type)) continue;

            var id = ContentId.New();
            db.Outbox.Add(new OutboxRow
            {
                Id = id, WebhookId = hook.Id, Event = what, ItemId = item.ItemId, CreatedUtc = now, DueUtc = now,
                Payload = WebhookPayload.Of(id, what, item, version, change),
            });
        }
    }
}

/// <summary>An item to be made.</summary>
internal sealed record NewItem(string ItemId, string Type, JsonObject Content, ContentUser By)
{
    public string? VersionId { get; init; }
    public string? LocSet { get; init; }
    public string? Culture { get; init; }
    public string? Owner { get; init; }
    public string? Author { get; init; }
    public string? DisplayText { get; init; }
    public DateTime? CreatedUtc { get; init; }
    public DateTime? ModifiedUtc { get; init; }
    public string? Comment { get; init; }
}

/// <summary>Who writes a version; an import also says which, when and by whom it was written elsewhere.</summary>
internal sealed record Authorship(ContentUser User, string? Comment = null)
{
    public string? VersionId { get; init; }
    public string? Author { get; init; }
    public string? DisplayText { get; init; }
    public DateTime? ModifiedUtc { get; init; }
    public DateTime? PublishedUtc { get; init; }

    /// <summary>What was published elsewhere is not refused for its style; it must only be whole.</summary>
    public bool IsImport { get; init; }
}
