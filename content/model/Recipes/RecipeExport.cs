using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>What an export has.</summary>
public sealed record RecipeExportOptions
{
    /// <summary>Whether drafts are written too, or only what is published.</summary>
    public bool WithDrafts { get; init; } = true;

    /// <summary>
    /// Only items of these types, their definitions and the files that they show; null for everything, parked steps
    /// included.
    /// </summary>
    public IReadOnlyList<string>? Types { get; init; }
}

/// <summary>
/// Everything as an Orchard Core recipe: definitions, the steps that were parked, media, and each item's
/// published version and newer draft. The same content gives the same bytes; it is written as it is read, so
/// that its size does not matter.
/// </summary>
public sealed class RecipeExport(ContentDbContext db, ContentTypes types, MediaLibrary media)
{
    private const int PageSize = 200;

    private static readonly DateTimeOffset AnyTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the recipe alone; its media step names files that the reader must bring.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="options">What it has; everything when null.</param>
    /// <param name="stop">Stops the export.</param>
    public async Task WriteJsonAsync(Stream stream, RecipeExportOptions? options = null, CancellationToken stop = default)
    {
        options ??= new RecipeExportOptions();
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ContentJson.MaxDepth + 8,
        });
        json.WriteStartObject();
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("name", "MetroPortal"), ("displayName", "Metro Portal"), ("description", ""), ("author", ""), ("website", ""), ("version", "1.0.0")])
            json.WriteString(name, text);
        json.WriteBoolean("issetuprecipe", false);
        json.WriteStartArray("categories");
        json.WriteEndArray();
        json.WriteStartArray("tags");
        json.WriteEndArray();
        json.WriteStartArray("steps");
        await DefinitionsAsync(json, options.Types, stop);
        await foreach (var step in db.ParkedSteps.AsNoTracking().Where(_ => options.Types == null).OrderBy(row => row.Position).ThenBy(row => row.Hash).Select(row => row.Doc).AsAsyncEnumerable().WithCancellation(stop))
            ContentJson.Read(step).WriteTo(json, ContentJson.Compact);
        await MediaAsync(json, options, stop);
        await ContentAsync(json, options, stop);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(stop);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes a deployment package: Recipe.json and the media at their own paths.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="options">What it has; everything when null.</param>
    /// <param name="stop">Stops the export.</param>
    public async Task WriteZipAsync(Stream stream, RecipeExportOptions? options = null, CancellationToken stop = default)
    {
        options ??= new RecipeExportOptions();
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop);
        await using (var recipe = Entry(zip, "Recipe.json", CompressionLevel.Optimal).Open()) await WriteJsonAsync(recipe, options, stop);
        await foreach (var row in Media(options, stop))
        {
            // Pictures and films are packed already.
            await using var bytes = media.Open(MediaAsset.Of(row)) ?? throw new FileNotFoundException($"The bytes of {row.Path} are not in storage.", row.Hash);
            await using var entry = Entry(zip, row.Path, CompressionLevel.NoCompression).Open();
            await bytes.CopyToAsync(entry, stop);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = AnyTime;
        return entry;
    }

    private async Task DefinitionsAsync(Utf8JsonWriter json, IReadOnlyList<string>? only, CancellationToken stop)
    {
        bool IsSought(string name) => only is null || only.Contains(name);
        var known = types.All.Where(type => IsSought(type.Name)).ToList();
        var taxonomies = await db.Aliases.AsNoTracking().Where(row => row.Scope == Scope.Latest).Join(db.Items.Where(item => item.Type == "Taxonomy"),
            row => row.ItemId, item => item.ItemId, (row, item) => new { row.Alias, item.ItemId }).ToListAsync(stop);
        var taxonomyOf = taxonomies.GroupBy(each => each.Alias).ToDictionary(group => group.Key, group => group.Min(each => each.ItemId));
        var kept = await db.Definitions.AsNoTracking().Where(row => row.Kind == "Type" || row.Kind == "Part").OrderBy(row => row.Position).ThenBy(row => row.Kind).ThenBy(row => row.Name).ToListAsync(stop);
        var step = new JsonObject
        {
            ["name"] = "ContentDefinition",
            ["ContentTypes"] = new JsonArray([.. known.Select(OrchardDefinition.TypeRecord), .. kept.Where(row => row.Kind == "Type" && IsSought(row.Name)).Select(row => ContentJson.Read(row.Doc))]),
            ["ContentParts"] = new JsonArray(
            [
                .. known.Select(type => OrchardDefinition.PartRecord(type, alias => taxonomyOf.GetValueOrDefault(alias))).OfType<JsonNode>(),
                .. kept.Where(row => row.Kind == "Part" && (only is null || IsSought(row.Name))).Select(row => ContentJson.Read(row.Doc)),
            ]),
        };
        step.WriteTo(json, ContentJson.Compact);
    }

    private async Task MediaAsync(Utf8JsonWriter json, RecipeExportOptions options, CancellationToken stop)
    {
        if (!await Chosen(options).AnyAsync(stop)) return;

        json.WriteStartObject();
        json.WriteString("name", "media");
        json.WriteStartArray("Files");
        await foreach (var row in Media(options, stop))
        {
            var file = new JsonObject { ["SourcePath"] = row.Path, ["TargetPath"] = row.Path };
            if (row.Alt != "{}") file["Alt"] = ContentJson.Read(row.Alt);
            if (row.IsDecorative) file["Decorative"] = true;
            if (row is { FocalX: { } x, FocalY: { } y }) file["FocalPoint"] = new JsonObject { ["X"] = x, ["Y"] = y };
            file.WriteTo(json, ContentJson.Compact);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task ContentAsync(Utf8JsonWriter json, RecipeExportOptions options, CancellationToken stop)
    {
        var withDrafts = options.WithDrafts;
        var chosen = db.Items.AsNoTracking().Where(item => item.DeletedUtc == null);
        if (options.Types is { } only) chosen = chosen.Where(item => only.Contains(item.Type));
        json.WriteStartObject();
        json.WriteString("name", "content");
        json.WriteStartArray("data");
        for (var after = ""; ;)
        {
            var items = await chosen.Where(item => string.Compare(item.ItemId, after) > 0)
                .OrderBy(item => item.ItemId).Take(PageSize).ToListAsync(stop);
            if (items.Count == 0) break;

            after = items[^1].ItemId;
            var sought = items.SelectMany(item => new[] { item.PublishedVersionId, withDrafts ? item.LatestVersionId : null }).OfType<string>().Distinct().ToArray();
            var versions = await db.Versions.AsNoTracking().Where(version => sought.Contains(version.VersionId)).ToDictionaryAsync(version => version.VersionId, stop);
            foreach (var item in items)
            {
                if (item.PublishedVersionId is { } published) ContentItem.Of(item, versions[published]).ToJson().WriteTo(json, ContentJson.Compact);
                if (withDrafts && item.LatestVersionId != item.PublishedVersionId) ContentItem.Of(item, versions[item.LatestVersionId]).ToJson().WriteTo(json, ContentJson.Compact);
            }

            await json.FlushAsync(stop);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The files that the export has: all, or those that items of the chosen types show.</summary>
    private IQueryable<MediaRow> Chosen(RecipeExportOptions options) => options.Types is not { } only
        ? db.Media.AsNoTracking()
        : db.Media.AsNoTracking().Where(asset => db.References.Any(link => link.Kind == ReferenceKind.Media && link.Target == asset.PathNorm
            && (link.Scope == Scope.Published || options.WithDrafts) && db.Items.Any(item => item.ItemId == link.ItemId && only.Contains(item.Type))));

    private async IAsyncEnumerable<MediaRow> Media(RecipeExportOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        for (var after = ""; ;)
        {
            var page = await Chosen(options).Where(row => string.Compare(row.PathNorm, after) > 0).OrderBy(row => row.PathNorm).Take(PageSize).ToListAsync(stop);
            if (page.Count == 0) yield break;

            foreach (var row in page) yield return row;
            after = page[^1].PathNorm;
        }
    }
}
