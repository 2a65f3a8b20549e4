using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Audit;

/// <summary>Who did what, to what, when, and what it was before and after; for administrators, because it is about the staff.</summary>
[Authorize(Roles = Role.Administrator)]
internal sealed class AuditPageModel(LibraryDbContext db, LibraryCalendar calendar, UserManager<Account> accounts) : DeskPage
{
    /// <summary>The kinds of things that the trail is about.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "booking", "branch", "calendar", "copy", "equipment", "fine", "hold", "licence", "limits", "loan", "member", "message", "program", "registration",
        "school", "session", "space", "space_kind", "strike", "terms", "title", "visit", "visit_offer",
    ];

    /// <summary>The key of the staff account, or <c>member</c> or <c>system</c> for all of those.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>The number of the thing, where one is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public LongList<AuditLine> Lines { get; private set; } = LongList<AuditLine>.Empty;

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public IEnumerable<SelectListItem> KindChoices =>
        Kinds.Select(kind => new SelectListItem(AuditText.Get($"Kind.{kind}"), kind, kind == Kind)).OrderBy(item => item.Text, StringComparer.CurrentCulture).Prepend(new SelectListItem(AuditText.Get("Any"), ""));

    public async Task OnGetAsync(CancellationToken stop)
    {
        var kind = Kinds.Contains(Kind) ? Kind : null;
        var question = new AuditQuestion
        {
            ActorKind = By switch { "member" => ActorKind.Member, "system" => ActorKind.System, { Length: > 0 } => ActorKind.Staff, _ => null },
            ActorId = By is "member" or "system" or null or "" ? null : By,
            Kind = Number is null ? kind : null,
            Subject = Number is { } number && kind is not null ? new Subject(kind, number) : null,
            From = From,
            To = To,
        };
        Lines = await db.AuditLines.AsNoTracking().Answering(question, calendar).PartAsync(Request, stop);

        var staff = (await accounts.GetUsersInRoleAsync(Role.Librarian)).Concat(await accounts.GetUsersInRoleAsync(Role.Administrator)).DistinctBy(account => account.Id);
        People =
        [
            new(AuditText.Get("Anybody"), ""),
            .. staff.OrderBy(account => account.DisplayName, StringComparer.CurrentCulture).Take(500)
                .Select(account => (account.DisplayName, Key: account.Id.ToString(CultureInfo.InvariantCulture))).Select(account => new SelectListItem(account.DisplayName, account.Key, account.Key == By)),
            new(AuditText.Get("Members"), "member", By == "member"),
            new(AuditText.Get("Portal"), "system", By == "system"),
        ];
    }
}
