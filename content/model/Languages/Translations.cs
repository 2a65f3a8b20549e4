using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>An item of a language set, as the language pane lists it.</summary>
/// <param name="Culture">The language.</param>
/// <param name="ItemId">The item in it; null when it is not translated yet.</param>
/// <param name="DisplayText">What it is called; null when it is not translated yet.</param>
/// <param name="IsPublished">Whether the public sees it.</param>
/// <param name="IsStale">Whether its source changed after it was translated.</param>
public sealed record LanguageVersion(string Culture, string? ItemId, string? DisplayText, bool IsPublished, bool IsStale);

/// <summary>A translation beside its source.</summary>
/// <param name="Translation">The translation, as its latest version has it.</param>
/// <param name="Source">The source, as its latest version has it.</param>
/// <param name="SourceThen">The source as it was translated.</param>
/// <param name="Changes">What changed in the source since; empty when the translation is up to date.</param>
public sealed record SideBySide(ContentItem Translation, ContentItem Source, ContentItem SourceThen, IReadOnlyList<FieldChange> Changes)
{
    /// <summary>Whether the source says something that the translation has not seen.</summary>
    public bool IsStale => Changes.Count > 0;
}

/// <summary>A translation whose source says something that it has not seen.</summary>
/// <param name="ItemId">The translation.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="Culture">Its language.</param>
/// <param name="Owner">The id of its owner.</param>
/// <param name="SourceText">What its source is called now.</param>
/// <param name="ChangedUtc">When the source was changed last.</param>
/// <param name="Changes">How many values changed.</param>
public sealed record StaleTranslation(string ItemId, string DisplayText, string? Culture, string Owner, string SourceText, DateTime ChangedUtc, int Changes);

/// <summary>Which items say the same in which language, and whether they still do.</summary>
public sealed class Translations(ContentDbContext db, ContentSettings settings)
{
    /// <summary>Parts that say when and where, not what: a change in them makes no translation stale.</summary>
    private static readonly string[] NotText = ["$.AutoroutePart", "$.AliasPart", "$.LocalizationPart", "$.PublishLaterPart", "$.ArchiveLaterPart"];

    /// <summary>The item's set, one line for each of the portal's languages, in their order. Empty when there is no such item or it has no language.</summary>
    public async Task<IReadOnlyList<LanguageVersion>> OfAsync(string itemId, CancellationToken stop = default)
    {
        var set = await db.Items.Where(item => item.ItemId == itemId).Select(item => item.LocSet).SingleOrDefaultAsync(stop);
        if (set is null) return [];

        var members = await (from item in db.Items.AsNoTracking()
                             join version in db.Versions on item.LatestVersionId equals version.VersionId
                             where item.LocSet == set
                             select new { item.Culture, item.ItemId, version.DisplayText, IsPublished = item.PublishedVersionId != null }).ToListAsync(stop);
        var lines = new List<LanguageVersion>();
        foreach (var culture in settings.Cultures.Union(members.Select(member => member.Culture!)))
        {
            var member = members.Find(each => each.Culture == culture);
            var isStale = member is not null && await BesideSourceAsync(member.ItemId, stop) is { IsStale: true };
            lines.Add(new LanguageVersion(culture, member?.ItemId, member?.DisplayText, member?.IsPublished ?? false, isStale));
        }

        return lines;
    }

    /// <summary>The translations that are behind their source, those whose source changed last first.</summary>
    /// <param name="limit">How many, at most 100.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<StaleTranslation>> StaleAsync(int limit = 20, CancellationToken stop = default)
    {
        var found = new List<StaleTranslation>();
        limit = Math.Clamp(limit, 1, 100);

        // A source that was saved with nothing new in its text is no reason; so more are looked at than are shown.
        var candidates = await (from row in db.Translations.AsNoTracking()
                                join item in db.Items on row.ItemId equals item.ItemId
                                join version in db.Versions on item.LatestVersionId equals version.VersionId
                                join source in db.Items on row.SourceItemId equals source.ItemId
                                join now in db.Versions on source.LatestVersionId equals now.VersionId
                                join then in db.Versions on row.SourceVersionId equals then.VersionId
                                where item.DeletedUtc == null && source.DeletedUtc == null && source.LatestVersionId != row.SourceVersionId && now.DocHash != then.DocHash
                                orderby now.ModifiedUtc descending, row.ItemId
                                select new { item.ItemId, version.DisplayText, item.Culture, item.Owner, SourceText = now.DisplayText, now.ModifiedUtc, Now = now.Doc, Then = then.Doc })
            .Take(limit * 2).ToListAsync(stop);
        foreach (var each in candidates.TakeWhile(_ => found.Count < limit))
            if (TextChanges(ContentJson.Read(each.Then), ContentJson.Read(each.Now)) is { Count: > 0 } changes)
                found.Add(new StaleTranslation(each.ItemId, each.DisplayText, each.Culture, each.Owner, each.SourceText, each.ModifiedUtc, changes.Count));
        return found;
    }

    /// <summary>The translation beside its source; null when the item is no translation, or its source is gone.</summary>
    public async Task<SideBySide?> BesideSourceAsync(string itemId, CancellationToken stop = default)
    {
        var found = await (from row in db.Translations.AsNoTracking()
                           join item in db.Items on row.ItemId equals item.ItemId
                           join version in db.Versions on item.LatestVersionId equals version.VersionId
                           join source in db.Items on row.SourceItemId equals source.ItemId
                           join now in db.Versions on source.LatestVersionId equals now.VersionId
                           join then in db.Versions on row.SourceVersionId equals then.VersionId
                           where row.ItemId == itemId && source.DeletedUtc == null
                           select new { item, version, source, now, then }).AsNoTracking().SingleOrDefaultAsync(stop);
        if (found is null) return null;

        var (now1, then1) = (ContentItem.Of(found.source, found.now), ContentItem.Of(found.source, found.then));
        return new SideBySide(ContentItem.Of(found.item, found.version), now1, then1, TextChanges(then1.Content, now1.Content));
    }

    private static List<FieldChange> TextChanges(JsonObject then, JsonObject now) =>
        [.. ContentDiff.Between(then, now).Where(change => !NotText.Any(part => change.Path.StartsWith(part, StringComparison.Ordinal)))];
}
