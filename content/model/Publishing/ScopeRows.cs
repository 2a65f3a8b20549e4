using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>The rows by which one version is found: pure, from the document and its type.</summary>
internal sealed class ScopeRows(ItemRow item, VersionRow version, Scope scope, ContentTypeDef? type, ContentSettings settings)
{
    private const int MaxSearched = 100_000;

    private readonly JsonObject content = ContentJson.Read(version.Doc);

    /// <summary>The rows of lists, one for each language in which the item is offered.</summary>
    /// <param name="fallbacks">The languages that lack a translation and are offered this item instead.</param>
    public IEnumerable<object> Listed(IReadOnlyList<string> fallbacks)
    {
        var (starts, ends) = Span();
        var sort = scope == Scope.Published ? item.FirstPublishedUtc ?? version.ModifiedUtc : version.ModifiedUtc;
        var terms = DocumentWalk.Terms(content);
        var fields = type is null ? [] : type.Fields.Where(field => field.IsIndexed).ToArray();
        foreach (var culture in fallbacks.Prepend(item.Culture ?? ""))
        {
            var isFallback = culture != (item.Culture ?? "");
            yield return new IndexRow
            {
                Scope = scope, ItemId = item.ItemId, Culture = culture, IsFallback = isFallback, VersionId = version.VersionId, Type = item.Type,
                LocSet = item.LocSet, DisplayText = version.DisplayText, Owner = item.Owner, Path = content.Text("AutoroutePart", "Path"),
                SortUtc = sort, StartsUtc = starts, EndsUtc = ends, ModifiedUtc = version.ModifiedUtc,
                ArchiveUtc = content.Instant("ArchiveLaterPart", "ScheduledArchiveUtc"),
            };
            foreach (var term in terms)
                yield return new TermRow
                {
                    Scope = scope, TermId = term, ItemId = item.ItemId, Culture = culture, Type = item.Type, IsFallback = isFallback,
                    SortUtc = sort, StartsUtc = starts, EndsUtc = ends,
                };
            foreach (var row in fields.SelectMany(field => Values(field, culture))) yield return row;
        }
    }

    /// <summary>The rows of addresses, names and references, which belong to the item alone.</summary>
    public IEnumerable<object> Own()
    {
        foreach (var (path, contained) in Paths().DistinctBy(each => each.Path))
            yield return new RouteRow { Scope = scope, PathNorm = path, Holder = Holder, ItemId = item.ItemId, ContainedItemId = contained };
        if (content.Text("AliasPart", "Alias") is { Length: > 0 and <= 256 } alias)
            yield return new AliasRow { Scope = scope, Alias = alias.ToLowerInvariant(), Holder = Holder, ItemId = item.ItemId };
        foreach (var (kind, target, path) in DocumentWalk.References(content).Distinct())
            yield return new ReferenceRow { Scope = scope, ItemId = item.ItemId, Kind = kind, Target = target, JsonPath = path };
        if (scope == Scope.Published) yield return Searched();
    }

    private string Holder => scope == Scope.Published ? "" : item.ItemId;

    private IEnumerable<(string Path, string? Contained)> Paths()
    {
        if (content.Text("AutoroutePart", "Path") is not { Length: > 0 } path || content.Flag("AutoroutePart", "Disabled")) yield break;
        if (path.Length > ContentPath.MaxLength) yield break;

        var own = ContentPath.Normalise(path);
        yield return (own, null);
        if (content.Flag("AutoroutePart", "SetHomepage"))
            yield return (item.Culture is null || item.Culture == settings.DefaultCulture ? "" : item.Culture, null);
        if (!content.Flag("AutoroutePart", "RouteContainedItems")) yield break;

        foreach (var (_, inside) in DocumentWalk.Contained(content))
            if (inside.Text("AutoroutePart", "Path") is { Length: > 0 } below && ContentId.IsValid(inside.Text("ContentItemId"))
                && (inside.Flag("AutoroutePart", "Absolute") ? ContentPath.Normalise(below) : $"{own}/{ContentPath.Normalise(below)}") is { Length: <= ContentPath.MaxLength } whole)
                yield return (whole, inside.Text("ContentItemId"));
    }

    private (DateTime Starts, DateTime Ends) Span()
    {
        var starts = Bound(field => field.IsStart, dayAfter: false);
        var ends = Bound(field => field.IsEnd, dayAfter: true);
        return (starts ?? IndexRow.Undated, ends ?? starts ?? IndexRow.Undated);
    }

    private DateTime? Bound(Func<FieldDef, bool> which, bool dayAfter)
    {
        if (type?.Fields.FirstOrDefault(which) is not { } field || content.Instant(type.Name, field.Name, "Value") is not { } value) return null;
        if (field.Kind != FieldKind.Date) return value;

        var day = DateOnly.FromDateTime(value);
        return day == DateOnly.MaxValue ? IndexRow.Undated : settings.StartOfDay(dayAfter ? day.AddDays(1) : day);
    }

    private IEnumerable<FieldRow> Values(FieldDef field, string culture)
    {
        var value = content.Object(item.Type, field.Name);
        FieldRow Row(string? text = null, double? number = null, DateTime? instant = null) => new()
        {
            Scope = scope, ItemId = item.ItemId, Type = item.Type, Field = field.Name, Culture = culture,
            Text = ContentWrites.Cut(text, 256), Number = number, Instant = instant,
        };
        return field.Kind switch
        {
            FieldKind.Text => value.Text("Text") is { Length: > 0 } text ? [Row(text)] : [],
            FieldKind.Link => value.Text("Url") is { Length: > 0 } url ? [Row(url)] : [],
            FieldKind.Boolean => [Row(number: value.Flag("Value") ? 1 : 0)],
            FieldKind.Numeric => value.Number("Value") is { } number ? [Row(number: number)] : [],
            FieldKind.DateTime => value.Instant("Value") is { } instant ? [Row(instant: instant)] : [],
            FieldKind.Date => value.Instant("Value") is { } day ? [Row(instant: settings.StartOfDay(DateOnly.FromDateTime(day)))] : [],
            FieldKind.Time => value.Text("Value") is { } time ? [Row(time)] : [],
            FieldKind.MultiText => value.List("Values").Select(each => Row(each)),
            FieldKind.ContentPicker => value.List("ContentItemIds").Select(each => Row(each)),
            FieldKind.LocalizationSetContentPicker => value.List("LocalizationSets").Select(each => Row(each)),
            FieldKind.UserPicker => value.List("UserIds").Select(each => Row(each)),
            _ => [],
        };
    }

    private SearchRow Searched()
    {
        var words = ContentChecks.Bodies(content).Select(body => SafeHtml.TextOf(body.Html)).ToList();
        foreach (var field in type?.Fields.Where(field => field.IsSearched) ?? [])
            words.AddRange(content.Text(field.Type.Name, field.Name, "Text") is { } text ? [text] : content.List(field.Type.Name, field.Name, "Values"));

        // PostgreSQL refuses a tsvector beyond a megabyte; no reader looks for the hundred-thousandth letter.
        var body = string.Join(' ', words);
        if (body.Length > MaxSearched) body = body[..(char.IsHighSurrogate(body[MaxSearched - 1]) ? MaxSearched - 1 : MaxSearched)];
        return new SearchRow
        {
            ItemId = item.ItemId, Type = item.Type, Culture = item.Culture ?? "", Title = version.DisplayText, Body = body,
            Stems = SearchWords.Stems($"{version.DisplayText} {body}", item.Culture),
        };
    }
}
