using System.Globalization;
using Metro.Content;
using Metro.Library;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Content;

/// <summary>
/// What editors have published, at the address that they gave it; the last place where an address is looked up. An
/// address that moved leads on for good.
/// </summary>
[AllowAnonymous]
internal sealed class ItemModel(ContentReader reader, MediaLibrary media, ContentTypes types, LibrarySettings library) : PageModel
{
    public ContentItem Item { get; private set; } = null!;

    public ContentTypeDef? Type { get; private set; }

    public IReadOnlyList<ShownPicture> Pictures { get; private set; } = [];

    public string? Summary => Item.Text("Summary");

    public string Body => MarkdownText.ToHtml(Item.Markdown);

    /// <summary>What the type says of the item beyond text and pictures, in the editors' order.</summary>
    public IEnumerable<(string Label, string Value, string? Link)> Facts => (Type?.Fields ?? [])
        .Where(each => each.Name is not ("Summary" or "ProgramCode" or "SpaceCode"))
        .Select(each => (Label: each.Label(CultureInfo.CurrentUICulture), Value: ValueOf(each), Link: LinkOf(each)))
        .Where(fact => fact.Value.Length > 0);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        // The language is part of a content address, and was taken off it on the way in.
        var path = (Request.PathBase + Request.Path).Value ?? "";
        if (await reader.ByPathAsync(path, stop) is not { } found) return NotFound();
        if (found.RedirectTo is { } target) return target.StartsWith('/') ? LocalRedirectPermanent(target) : RedirectPermanent(target);
        if (found.Item is not { } item) return NotFound();

        (Item, Type) = (item, types.Find(item.Type));
        foreach (var field in Type?.Fields.Where(field => field.Kind == FieldKind.Media) ?? [])
            Pictures = [.. Pictures, .. await media.PicturesAsync(item, field.Name, stop)];
        return Page();
    }

    private string ValueOf(FieldDef field) => field.Kind switch
    {
        FieldKind.Text => Item.Text(field.Name) is { Length: > 0 } text ? field.OptionLabel(text, CultureInfo.CurrentUICulture) : "",
        FieldKind.MultiText => string.Join(", ", Item.Content.List(Item.Type, field.Name, "Values")),
        FieldKind.Numeric => Item.Amount(field.Name)?.ToString("N0", CultureInfo.CurrentCulture) ?? "",
        FieldKind.Date => Item.Day(field.Name)?.ToString("D", CultureInfo.CurrentCulture) ?? "",
        FieldKind.DateTime => Item.Instant(field.Name) is { } instant ? InZone(instant) : "",
        FieldKind.Link => LinkOf(field) is { } link ? Item.Field(field.Name).Text("Text") is { Length: > 0 } named ? named : link : "",
        _ => "",
    };

    private string? LinkOf(FieldDef field) =>
        field.Kind == FieldKind.Link && Item.Field(field.Name).Text("Url") is { Length: > 0 } url && SafeHtml.IsSafeLink(url) ? url : null;

    private string InZone(DateTime instant)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(library.Zone));
        return local.ToString("dddd, d MMMM yyyy, HH.mm", CultureInfo.CurrentCulture);
    }
}
