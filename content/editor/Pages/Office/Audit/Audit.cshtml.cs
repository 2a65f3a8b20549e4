using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Audit;

/// <summary>Who did what to which content and when; to be looked through, and taken along as a table.</summary>
internal sealed class AuditModel(ContentTypes types, ContentSettings settings, ContentHistory history) : OfficePage(types, settings)
{
    private const int PageSize = 50;
    private const int LongestTable = 100_000;

    /// <summary>The acts that leave a line, as <see cref="AuditLine.Act"/> writes them.</summary>
    public static readonly IReadOnlyList<string> Acts =
    [
        "Created", "Saved", "Published", "Unpublished", "Removed", "Undeleted", "Restored", "Cloned", "OwnerChanged", "TranslationConfirmed", "Imported",
        "Paused", "Resumed", "SecretRenewed", "Resent",
    ];

    /// <summary>What is no content item and leaves lines all the same.</summary>
    public static readonly IReadOnlyList<string> OtherKinds = ["Media", "Webhook", "Redirect", "Recipe"];

    protected override string? Permission => ContentPermissions.ViewAuditTrail;

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public string? NextPage { get; private set; }

    public string Table => AtWith("/audit", [("handler", "Csv"), .. Asked]);

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Title { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    /// <summary>The first day, by the library's clock.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day, by the library's clock.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public string KindOf(AuditLine line) => OtherKinds.Contains(line.Type) ? OfficeText.Get($"kind.{line.Type}") : LabelOf(line.Type);

    /// <summary>The name of an act; as it is written when it is none that is known.</summary>
    public static string ActOf(AuditLine line) => Acts.Contains(line.Act) ? OfficeText.Get($"act.{line.Act}") : line.Act;

    /// <summary>What changed between the versions before and after; null where there were not two.</summary>
    public string? ChangesOf(AuditLine line) => line is { BeforeVersionId: { } before, AfterVersionId: { } after } && before != after
        ? AtWith($"/{line.ItemId}/history", ("from", before), ("to", after))
        : null;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var found = await history.AuditAsync(Query() with { PageSize = PageSize + 1, After = Place() }, stop);
        Lines = [.. found.Take(PageSize)];
        if (found.Count > PageSize) NextPage = AtWith("/audit", [.. Asked, ("after", PlaceOf(Lines[^1].AtUtc, Lines[^1].Id))]);
    }

    /// <summary>All lines of the filter as a table, written as it is read; of the newest hundred thousand.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken stop)
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        // The mark by which spreadsheets know UTF-8.
        await Response.WriteAsync("\ufeff" + AuditCsv.Of("Time", "UTC", "Who", "User id", "Act", "Type", "Title", "Item id", "Before", "After", "Comment"), Encoding.UTF8, stop);
        AuditLine? last = null;
        for (var written = 0; written < LongestTable;)
        {
            var lines = await history.AuditAsync(Query() with { PageSize = 500, After = last }, stop);
            foreach (var line in lines) await Response.WriteAsync(AuditCsv.LineOf(line, Zone), Encoding.UTF8, stop);
            if (lines.Count < 500) break;

            (last, written) = (lines[^1], written + lines.Count);
        }

        return new EmptyResult();
    }

    private (string Name, string? Value)[] Asked =>
    [
        ("who", Who), ("act", Act), ("kind", Kind), ("title", Title), ("item", Item),
        ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("until", Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    private AuditQuery Query() => new()
    {
        Who = Who, Title = Title, Act = Sought(Act), Type = Sought(Kind), ItemId = Sought(Item),
        FromUtc = From is { } from ? StartOf(from) : null,
        UntilUtc = Until is { } until && until < DateOnly.MaxValue ? StartOf(until.AddDays(1)) : null,
    };

    private AuditLine? Place() => PlaceOf(After) is var (instant, id) ? new AuditLine(id, "", "", "", "", "", "", instant, null, null, null) : null;

    private DateTime StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Zone);

    private static string? Sought(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
