using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>Staff write to everybody of a session: first typed in both languages, then looked at, then sent.</summary>
internal sealed class MessageModel(LibraryDbContext db, LibraryCalendar calendar, SessionNews news) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Message { get; set; }

    [BindProperty]
    public string? MessageEnglish { get; set; }

    [BindProperty]
    public NewsAudience To { get; set; }

    /// <summary>When it was looked at, in milliseconds since 1970; so that one message pressed twice is sent once.</summary>
    [BindProperty]
    public long WrittenAt { get; set; }

    public Session Session { get; private set; } = null!;

    /// <summary>How many it would go to; null until it is looked at.</summary>
    public int? Readers { get; private set; }

    public static IEnumerable<SelectListItem> Audiences => Enum.GetValues<NewsAudience>().Select(to => new SelectListItem(ProgramDeskText.Get($"Message.To.{to}"), to.ToString()));

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (SessionNews.Check(Message, MessageEnglish) is { } refusal) return Refuse(refusal);

        Readers = await news.CountAsync(Id, To, stop);
        WrittenAt = new DateTimeOffset(calendar.Now).ToUnixTimeMilliseconds();
        ModelState.Remove(nameof(WrittenAt));
        return Page();
    }

    public async Task<IActionResult> OnPostSendAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (WrittenAt is < 0 or > 253_402_300_799_999) return BadRequest();

        var told = await news.TellAsync(Id, Message ?? "", MessageEnglish ?? "", To, DateTimeOffset.FromUnixTimeMilliseconds(WrittenAt).UtcDateTime, Staff, stop);
        return told.Refusal is { } refusal ? Refuse(refusal) : Tell(ProgramDeskText.Get("Told.Messaged", told.Value), $"/desk/sessions/{Key(Id)}");
    }

    private PageResult Refuse(Refusal refusal)
    {
        var english = refusal.Arguments.OfType<Metro.Library.Input.FieldName>().Any(field => field.Key == "message_english");
        return this.Refuse(refusal, ("input.missing", english ? nameof(MessageEnglish) : nameof(Message)), ("input.too_long", english ? nameof(MessageEnglish) : nameof(Message)), ("programs.nobody_to_tell", nameof(To)));
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Sessions.AsNoTracking().Include(session => session.Program).SingleOrDefaultAsync(session => session.Id == Id, stop) is not { } found) return false;

        Session = found;
        return true;
    }
}
