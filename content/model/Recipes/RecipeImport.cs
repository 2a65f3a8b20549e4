using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>
/// Takes an Orchard Core recipe in: all of it or nothing. Items come by the same path as an editor's, so
/// they are versioned, validated and audited. Importing the same again changes nothing.
/// </summary>
public sealed class RecipeImport(ContentDbContext db, ContentStore store, MediaLibrary media, TimeProvider clock)
{
    private static readonly HashSet<string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        // Passwords, other recipes by name, and command lines.
        "Users", "recipes", "command",
    };

    private const int MaxFaults = 100;

    /// <summary>Imports a package, or says what it would do, or refuses it with every fault and its place.</summary>
    public async Task<Outcome<RecipeReport>> ImportAsync(ContentUser by, RecipePackage package, RecipeOptions? options = null, CancellationToken stop = default)
    {
        if (!ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageRecipes)) return Refusal.Forbidden;
        if (package.Recipe.Get("steps") is not JsonArray) return Refusal.Invalid([new Fault("recipe.no_steps", "$.steps")]);

        var run = await RunAsync(by, package, options ?? new RecipeOptions(), stop);
        try
        {
            await run.StageMediaAsync(stop);
            if (run.Faults.Count > 0) return Refusal.Invalid(run.Faults);
            if (!run.Options.DryRun) run.KeepMedia();

            RecipeReport? report = null;
            var outcome = await store.ActAsync<RecipeReport>(async (writes, inner) =>
            {
                run.Begin();
                await run.DefinitionsAsync(inner);
                await run.MediaAsync(inner);
                await run.ContentAsync(writes, inner);
                await run.ParkAsync(inner);
                if (run.Faults.Count > 0) return Refusal.Invalid([.. run.Faults.Take(MaxFaults)]);

                report = run.Report();
                if (!report.ChangesNothing) db.Audit.Add(AuditRow.Of(by, writes.Now, "Imported", "Recipe", ContentId.Of(report.Recipe, "$"), report.Recipe));
                return run.Options.DryRun ? DryRunIsOver : report;
            }, stop);
            return outcome.Refusal == DryRunIsOver ? report! : outcome;
        }
        finally
        {
            run.Dispose();
        }
    }

    /// <summary>Undoes a dry run the way that every refusal is undone.</summary>
    private static readonly Refusal DryRunIsOver = new("recipe.dry_run");

    private async Task<Run> RunAsync(ContentUser by, RecipePackage package, RecipeOptions options, CancellationToken stop)
    {
        var name = package.Recipe.GetText("name") ?? "";
        var remembered = await db.Definitions.AsNoTracking().Where(row => row.Kind == Run.InstantKind && row.Name == name).Select(row => row.Doc).SingleOrDefaultAsync(stop);
        return new Run(db, store, media, by, package, options, name, ContentJson.Instant(remembered), clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>One import under way.</summary>
    private sealed class Run : IDisposable
    {
        public const string InstantKind = "Instant";

        private readonly ContentDbContext db;
        private readonly ContentStore store;
        private readonly MediaLibrary media;
        private readonly ContentUser by;
        private readonly RecipePackage package;
        private readonly string name;
        private readonly DateTime now;
        private readonly bool remembersInstant;
        private readonly RecipeExpressions expressions;
        private readonly List<Step> steps = [];
        private readonly List<(Step Step, string Path, StagedFile File, MediaDescription Description)> staged = [];
        private readonly List<Fault> evaluationFaults = [];

        public Run(ContentDbContext db, ContentStore store, MediaLibrary media, ContentUser by, RecipePackage package, RecipeOptions options, string name, DateTime? instant, DateTime today)
        {
            (this.db, this.store, this.media, this.by, this.package, this.name, Options) = (db, store, media, by, package, name, options);
            (now, remembersInstant) = (instant ?? today, instant is not null);
            var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AdminUserId"] = by.Id, ["AdminUsername"] = by.Name };
            foreach (var (key, value) in options.Parameters) parameters[key] = value;
            expressions = new RecipeExpressions(name, package.Recipe.Get("variables") as JsonObject, parameters, package.Open, now);
            Evaluate();
        }

        public RecipeOptions Options { get; }

        public List<Fault> Faults { get; private set; } = [];

        /// <summary>A transaction may be tried again: each try counts from nothing.</summary>
        public void Begin()
        {
            Faults = [.. evaluationFaults];
            foreach (var step in steps) step.Begin();
        }

        public RecipeReport Report() => new(name, Options.DryRun, [.. steps.Select(step => step.Report())]);

        public void Dispose()
        {
            foreach (var each in staged) each.File.Dispose();
        }

        private void Evaluate()
        {
            var written = (JsonArray)package.Recipe.Get("steps")!;
            for (var i = 0; i < written.Count; i++)
            {
                var place = $"$.steps[{i}]";
                if (written[i] is not JsonObject given || given.GetText("name") is not { } stepName)
                {
                    evaluationFaults.Add(new Fault("recipe.step_shape", place));
                    continue;
                }

                var faults = new List<Fault>();
                var value = (JsonObject)expressions.Evaluated(given, place, faults)!;
                var step = new Step(i, stepName, value, place) { Fate = FateOf(stepName) };
                foreach (var fault in faults)
                {
                    // What is only kept need not be understood.
                    if (step.Fate != StepFate.Imported || (Options.KeepMissingFiles && fault.Code == "recipe.file_missing")) step.Lasting.Add(fault);
                    else evaluationFaults.Add(fault);
                }

                if (step.Fate == StepFate.Unsupported) step.Lasting.Add(new Fault("recipe.step_unsupported", place, stepName));
                steps.Add(step);
            }

            Faults = [.. evaluationFaults];
        }

        private static StepFate FateOf(string name) => name.ToUpperInvariant() switch
        {
            "CONTENT" or "CONTENTDEFINITION" or "REPLACECONTENTDEFINITION" or "DELETECONTENTDEFINITION" or "MEDIA" => StepFate.Imported,
            _ => Unsupported.Contains(name) ? StepFate.Unsupported : StepFate.Parked,
        };

        private IEnumerable<Step> Named(string stepName) => steps.Where(step => step.Name.Equals(stepName, StringComparison.OrdinalIgnoreCase));

        // Media

        public async Task StageMediaAsync(CancellationToken stop)
        {
            foreach (var step in Named("media"))
            {
                if (step.Value.Get("Files") is not JsonArray files) continue;
                for (var i = 0; i < files.Count; i++) await StageAsync(step, files[i] as JsonObject, $"{step.Place}.Files[{i}]", stop);
            }
        }

        public void KeepMedia()
        {
            foreach (var each in staged) media.Keep(each.File);
        }

        public async Task MediaAsync(CancellationToken stop)
        {
            foreach (var (step, path, file, description) in staged)
            {
                var isNew = !await db.Media.AnyAsync(row => row.PathNorm == MediaPath.Normalise(path), stop);
                step.Count(isNew, await media.PutAsync(path, file, description, by, stop));
            }
        }

        private async Task StageAsync(Step step, JsonObject? file, string place, CancellationToken stop)
        {
            if (file?.GetText("TargetPath") is not { Length: > 0 } path)
            {
                evaluationFaults.Add(new Fault("recipe.shape", place));
                Faults = [.. evaluationFaults];
                return;
            }

            if (file.GetText("SourceUrl") is { } url)
            {
                step.Lasting.Add(new Fault("recipe.source_url", $"{place}.SourceUrl", url));
                return;
            }

            using var stream = Source(file);
            if (stream is null)
            {
                var missing = new Fault("recipe.file_missing", place, file.GetText("SourcePath") ?? path);
                if (Options.KeepMissingFiles) step.Lasting.Add(missing);
                else evaluationFaults.Add(missing);
                Faults = [.. evaluationFaults];
                return;
            }

            try
            {
                var outcome = await media.StageAsync(path, stream, stop);
                if (outcome.Succeeded) staged.Add((step, path, outcome.Result, Described(file)));
                else step.Lasting.Add(new Fault(outcome.Refusal.Code, place, outcome.Refusal.Values));
            }
            catch (InvalidDataException)
            {
                evaluationFaults.Add(new Fault("recipe.zip", place));
                Faults = [.. evaluationFaults];
            }
        }

        private Stream? Source(JsonObject file)
        {
            if (file.GetText("Base64") is { } encoded)
            {
                var bytes = new byte[encoded.Length];
                return Convert.TryFromBase64String(encoded, bytes, out var length) ? new MemoryStream(bytes, 0, length) : null;
            }

            return file.GetText("SourcePath") is { } path ? package.Open(path) : null;
        }

        private static MediaDescription Described(JsonObject file) => new(
            (file.Get("Alt") as JsonObject)?.Where(each => ContentJson.TextOf(each.Value) is not null).ToDictionary(each => each.Key, each => ContentJson.TextOf(each.Value)!),
            file.GetFlag("Decorative"),
            file.Get("FocalPoint") is JsonObject focus && focus.Number("X") is { } x && focus.Number("Y") is { } y ? (x, y) : null);

        // Definitions

        public async Task DefinitionsAsync(CancellationToken stop)
        {
            foreach (var step in steps)
            {
                var act = step.Name.ToUpperInvariant();
                if (act == "DELETECONTENTDEFINITION")
                {
                    foreach (var (kind, list) in ((string, string)[])[("Type", "ContentTypes"), ("Part", "ContentParts")])
                        foreach (var gone in (step.Value.Get(list) as JsonArray ?? []).Select(ContentJson.TextOf).OfType<string>().ToList())
                            step.Count(false, await db.Definitions.Where(row => row.Kind == kind && row.Name == gone).ExecuteDeleteAsync(stop) > 0);
                }
                else if (act is "CONTENTDEFINITION" or "REPLACECONTENTDEFINITION")
                {
                    await RecordsAsync(step, "Type", "ContentTypes", act[0] == 'R', stop);
                    await RecordsAsync(step, "Part", "ContentParts", act[0] == 'R', stop);
                }
            }
        }

        private async Task RecordsAsync(Step step, string kind, string list, bool replaces, CancellationToken stop)
        {
            var records = step.Value.Get(list) as JsonArray ?? [];
            for (var i = 0; i < records.Count; i++)
            {
                var place = $"{step.Place}.{list}[{i}]";
                if (records[i] is not JsonObject record || record.GetText("Name") is not { Length: > 0 and <= 256 } recordName)
                {
                    Faults.Add(new Fault("recipe.shape", place));
                    continue;
                }

                var parts = record.Get("ContentTypePartDefinitionRecords") as JsonArray ?? [];
                for (var p = 0; p < parts.Count; p++)
                    if ((parts[p] as JsonObject)?.GetText("PartName") is null) Faults.Add(new Fault("recipe.part_name", $"{place}.ContentTypePartDefinitionRecords[{p}]"));

                if (store.Types.Find(recordName) is not null)
                {
                    if (kind == "Type") step.Notes.Add(new Fault("recipe.known_by_code", place, recordName) { Severity = FaultSeverity.Warning });
                    continue;
                }

                await RecordAsync(step, kind, recordName, record, replaces, stop);
            }
        }

        private async Task RecordAsync(Step step, string kind, string recordName, JsonObject record, bool replaces, CancellationToken stop)
        {
            var row = await db.Definitions.SingleOrDefaultAsync(each => each.Kind == kind && each.Name == recordName, stop);
            if (row is null)
            {
                var position = await db.Definitions.CountAsync(stop);
                db.Definitions.Add(new DefinitionRow { Kind = kind, Name = recordName, Doc = ContentJson.Write(record), Position = position });
                await db.SaveChangesAsync(stop);
                step.Count(true, true);
                return;
            }

            var doc = ContentJson.Write(replaces ? record : RecipeJson.Merged(ContentJson.Read(row.Doc), record, recordsByName: true));
            step.Count(false, doc != row.Doc);
            row.Doc = doc;
            await db.SaveChangesAsync(stop);
        }

        // Content

        public async Task ContentAsync(ContentWrites writes, CancellationToken stop)
        {
            var total = Named("content").Sum(step => (step.Value.Get("data") as JsonArray)?.Count ?? 0);
            var done = 0;
            foreach (var step in Named("content"))
            {
                var data = step.Value.Get("data") as JsonArray ?? [];
                for (var i = 0; i < data.Count && Faults.Count < MaxFaults; i++)
                {
                    var place = $"{step.Place}.{DataName(step)}[{i}]";
                    if (data[i] is JsonObject item) await ItemAsync(writes, step, item, place, stop);
                    else Faults.Add(new Fault("recipe.shape", place));

                    await db.SaveChangesAsync(stop);
                    db.ChangeTracker.Clear();
                    Options.Progress?.Report((++done, total));
                }
            }
        }

        private static string DataName(Step step) => step.Value.First(property => property.Key.Equals("data", StringComparison.OrdinalIgnoreCase)).Key;

        private async Task ItemAsync(ContentWrites writes, Step step, JsonObject given, string place, CancellationToken stop)
        {
            var record = RecipeItem.Of(given);
            if (!ContentId.IsValid(record.ItemId)) Faults.Add(new Fault("recipe.item_id", $"{place}.ContentItemId"));
            else if (record.Type is not { Length: > 0 and <= 64 }) Faults.Add(new Fault("recipe.item_type", $"{place}.ContentType"));
            else if (record.Owner is { Length: > 450 } || record.Author is { Length: > 256 } || !ContentJson.IsStorable(given)) Faults.Add(new Fault("recipe.shape", place));
            else if (ContentValidation.Draft(record.Content, store.Settings) is { Count: > 0 } shape) Add(shape, place);
            else if (await writes.ItemAsync(record.ItemId!, stop) is { } item) await AgainAsync(writes, step, item, record, place, stop);
            else await AnewAsync(writes, step, record, place, stop);
        }

        private async Task AnewAsync(ContentWrites writes, Step step, RecipeItem record, string place, CancellationToken stop)
        {
            if (record is { LocSet: not null, Culture: not null } && await db.Items.AnyAsync(other => other.LocSet == record.LocSet && other.Culture == record.Culture, stop))
            {
                Faults.Add(new Fault("recipe.item_twice", place, record.Culture));
                return;
            }

            // A page that says no language is in the portal's first one.
            var saysNone = record.Culture is null && store.Types.Find(record.Type!) is { IsLocalised: true };
            var versionId = ContentId.IsValid(record.VersionId) && !await db.Versions.AnyAsync(version => version.VersionId == record.VersionId, stop) ? record.VersionId : null;
            var item = await writes.CreateAsync(new NewItem(record.ItemId!, record.Type!, record.Content, by)
            {
                VersionId = versionId, LocSet = saysNone ? ContentId.Of(record.ItemId!, "LocalizationSet") : record.LocSet, Culture = saysNone ? store.Settings.DefaultCulture : record.Culture, Owner = record.Owner, Author = record.Author,
                DisplayText = record.DisplayText, CreatedUtc = record.CreatedUtc, ModifiedUtc = record.ModifiedUtc,
            }, stop);
            if (record.IsPublished && await writes.PublishAsync(item, record.Content, Author(record, null), stop) is { } refusal)
            {
                Add(refusal.Faults, place);
                return;
            }

            await writes.ScheduleAsync(item, stop);
            step.Count(true, true);
            await AuditAsync(writes, item, null, stop);
        }

        private async Task AgainAsync(ContentWrites writes, Step step, ItemRow item, RecipeItem record, string place, CancellationToken stop)
        {
            if (item.Type != record.Type)
            {
                Faults.Add(new Fault("recipe.item_changed_type", place, item.ItemId, item.Type));
                return;
            }

            // A version that is known and the same was imported before, and whatever followed it is newer.
            var known = record.VersionId is null ? null : await db.Versions.SingleOrDefaultAsync(version => version.VersionId == record.VersionId && version.ItemId == item.ItemId, stop);
            var content = known is null ? record.Content : RecipeJson.Merged(ContentJson.Read(known.Doc), record.Content);
            await writes.PrepareAsync(item, content, by, stop);
            var hash = ContentJson.Hash(ContentJson.Write(content));
            var current = await db.Versions.Where(version => version.VersionId == (record.IsPublished ? item.PublishedVersionId : item.LatestVersionId)).Select(version => version.DocHash).SingleOrDefaultAsync(stop);
            if (item.DeletedUtc is null && (hash == known?.DocHash || hash == current))
            {
                step.Count(false, false);
                return;
            }

            if (item.DeletedUtc is not null && await writes.UndeleteAsync(item, stop) is not null)
            {
                Faults.Add(new Fault("recipe.item_twice", place, item.Culture ?? ""));
                return;
            }

            var before = item.LatestVersionId;
            var author = Author(record, known is null && ContentId.IsValid(record.VersionId) && !await db.Versions.AnyAsync(version => version.VersionId == record.VersionId, stop) ? record.VersionId : null);
            if (!record.IsPublished) await writes.SaveAsync(item, content, author, stop);
            else if (await (record.IsLatest ? writes.PublishAsync(item, content, author, stop) : writes.PublishBelowDraftAsync(item, content, author, stop)) is { } refusal)
            {
                Add(refusal.Faults, place);
                return;
            }

            step.Count(false, true);
            await AuditAsync(writes, item, before, stop);
        }

        private async Task AuditAsync(ContentWrites writes, ItemRow item, string? before, CancellationToken stop) =>
            writes.Audit(item, (await writes.VersionAsync(item.LatestVersionId, stop)).DisplayText, "Imported", by, before, item.LatestVersionId, name.Length > 0 ? name : null);

        private Authorship Author(RecipeItem record, string? versionId) => new(by)
        {
            VersionId = versionId, Author = record.Author, DisplayText = record.DisplayText, ModifiedUtc = record.ModifiedUtc, PublishedUtc = record.PublishedUtc, IsImport = true,
        };

        private void Add(IReadOnlyList<Fault> faults, string place) =>
            Faults.AddRange(faults.Where(fault => fault.Severity == FaultSeverity.Error).Select(fault => fault with { Path = place + fault.Path.TrimStart('$') }));

        // What is only kept

        public async Task ParkAsync(CancellationToken stop)
        {
            foreach (var step in steps.Where(step => step.Fate == StepFate.Parked))
            {
                var doc = ContentJson.Write(step.Value);
                var hash = ContentJson.Hash(doc);
                var isKept = await db.ParkedSteps.AnyAsync(row => row.Hash == hash, stop);
                if (!isKept)
                {
                    var position = await db.ParkedSteps.CountAsync(stop);
                    db.ParkedSteps.Add(new ParkedStepRow { Hash = hash, Name = step.Name, Doc = doc, Position = position });
                    await db.SaveChangesAsync(stop);
                }

                step.Count(!isKept, !isKept);
            }

            if (expressions.AskedForNow && !remembersInstant)
                db.Definitions.Add(new DefinitionRow { Kind = InstantKind, Name = name, Doc = now.ToString("O", CultureInfo.InvariantCulture), Position = await db.Definitions.CountAsync(stop) });
        }
    }

    /// <summary>A step under way.</summary>
    private sealed class Step(int index, string name, JsonObject value, string place)
    {
        private int added, changed, unchanged;

        public string Name => name;

        public JsonObject Value => value;

        public string Place => place;

        public required StepFate Fate { get; init; }

        /// <summary>Notes of reading, which hold for every try of the transaction.</summary>
        public List<Fault> Lasting { get; } = [];

        public List<Fault> Notes { get; } = [];

        public void Begin()
        {
            (added, changed, unchanged) = (0, 0, 0);
            Notes.Clear();
        }

        public void Count(bool isNew, bool differs)
        {
            if (isNew && differs) added++;
            else if (differs) changed++;
            else unchanged++;
        }

        public StepReport Report() => new(index, name, Fate, added, changed, unchanged, [.. Lasting, .. Notes]);
    }
}
