using Metro.Library.Calendar;
using Metro.Scheduler.Mailing;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>The mails that were written to the folder, because there is no server.</summary>
internal sealed class FilesModel(MailFolder folder, LibraryCalendar calendar) : MailPage(calendar)
{
    public IReadOnlyList<StoredMail> Letters { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var letters = new List<StoredMail>();
        foreach (var file in folder.Files().Take(100)) letters.Add(await StoredMail.ReadAsync(file, stop));
        Letters = letters;
    }
}

/// <summary>One mail of the folder.</summary>
internal sealed class FileModel(MailFolder folder, LibraryCalendar calendar) : MailPage(calendar)
{
    public StoredMail Letter { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken stop)
    {
        if (folder.Find(key) is not { } file) return NotFound();
        Letter = await StoredMail.ReadAsync(file, stop);
        return Page();
    }

    /// <summary>The letter as mail programs show it.</summary>
    public async Task<IActionResult> OnGetDocumentAsync(string key, CancellationToken stop) =>
        folder.Find(key) is { } file ? Document((await StoredMail.ReadAsync(file, stop)).Html) : NotFound();

    /// <summary>The file itself, for a mail program.</summary>
    public IActionResult OnGetFile(string key) =>
        folder.Find(key) is { } file ? PhysicalFile(file.FullName, "message/rfc822", file.Name) : NotFound();
}
