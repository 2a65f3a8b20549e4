using Metro.Library.Calendar;
using Metro.Scheduler.Letters;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Admin.Mail;

/// <summary>Every kind of letter, with facts that are made up.</summary>
internal sealed class TemplatesModel(LetterPreviews previews, LibraryCalendar calendar) : MailPage(calendar)
{
    public IEnumerable<IGrouping<string, string>> Areas => previews.Kinds.GroupBy(kind => kind.Split('.')[0]);

    public string SubjectOf(string kind) => previews.Of(kind, System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)!.Subject;
}

/// <summary>One kind of letter in both languages.</summary>
internal sealed class TemplateModel(LetterPreviews previews, LibraryCalendar calendar) : MailPage(calendar)
{
    public string Kind { get; private set; } = "";

    public IReadOnlyList<(string Culture, Scheduler.Mailing.Mail Mail)> Letters { get; private set; } = [];

    public IActionResult OnGet(string kind)
    {
        if (previews.Of(kind, "id") is null) return NotFound();
        (Kind, Letters) = (kind, [.. ((string[])["id", "en"]).Select(culture => (culture, previews.Of(kind, culture)!))]);
        return Page();
    }

    /// <summary>The letter as mail programs show it.</summary>
    public IActionResult OnGetDocument(string kind, string culture, int several = 1) =>
        culture is "id" or "en" && previews.Of(kind, culture, Math.Clamp(several, 1, 5)) is { } mail ? Document(mail.Html) : NotFound();
}
