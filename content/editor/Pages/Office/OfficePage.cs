using System.Globalization;
using Metro.Content.Editor.Pages.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Metro.Content.Editor.Pages.Office;

/// <summary>A page about the content as a whole: for people with the permission that it names.</summary>
internal abstract class OfficePage(ContentTypes types, ContentSettings settings) : EditorPage
{
    /// <summary>What a person needs besides the list of content; null for nothing more.</summary>
    protected virtual string? Permission => null;

    public IEnumerable<ContentTypeDef> Types => types.All.OrderBy(type => type.Label(Reader), StringComparer.CurrentCulture);

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && Permission is { } permission && !Has(permission)) context.Result = Forbid();
    }

    /// <summary>The library's zone.</summary>
    protected TimeZoneInfo Zone => settings.Zone;

    public string LabelOf(string? type) => type is null ? "" : types.Find(type)?.Label(Reader) ?? type;

    public string InZone(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, Zone).ToString("ddd, d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>Tells of a done act, or why it was refused, on the page that follows.</summary>
    protected IActionResult Answer(Refusal? refusal, string done, string next)
    {
        if (refusal == Refusal.NotFound) return NotFound();
        if (refusal == Refusal.Forbidden) return Forbid();

        if (refusal is null) Notice = done;
        else Trouble = SentenceOf(refusal);
        return Go(next);
    }

    /// <summary>An address of the editor with those of the values that say something.</summary>
    protected string AtWith(string path, params (string Name, string? Value)[] query) => At(QueryHelpers.AddQueryString(path, query
        .Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    /// <summary>A place in a list that goes by time: its instant and its id.</summary>
    protected static string PlaceOf(DateTime instant, string id) => string.Create(CultureInfo.InvariantCulture, $"{instant.Ticks}.{id}");

    /// <summary>The place as <see cref="PlaceOf(DateTime, string)"/> wrote it; null when it is none.</summary>
    protected static (DateTime Instant, string Id)? PlaceOf(string? after) =>
        after?.Split('.', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= DateTime.MaxValue.Ticks && ContentId.IsValid(id)
            ? (new DateTime(number, DateTimeKind.Utc), id)
            : null;
}
