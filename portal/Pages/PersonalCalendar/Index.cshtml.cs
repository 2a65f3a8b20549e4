using Metro.Library.Members;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.PersonalCalendar;

/// <summary>The secret address of a member's calendar: made, shown once, made anew, switched off.</summary>
internal sealed class PersonalCalendarModel(CalendarSecrets secrets) : MemberPage
{
    private const string Path = "/account/calendar";

    /// <summary>The secret that was just made; kept, encrypted, until the next page has shown it.</summary>
    [TempData]
    public string? Made { get; set; }

    /// <summary>Since when there is an address, in UTC; null while there is none.</summary>
    public DateTime? OpenSince { get; private set; }

    /// <summary>The address that was just made; null where it was shown already.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        OpenSince = await secrets.OpenSinceAsync(Member.Id, stop);
        if (Made is { } secret && OpenSince is not null) Address = PersonalCalendarFeed.AddressOf(Request, secret);
    }

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken stop)
    {
        var secret = await secrets.RenewAsync(Member.Id, By, stop);
        if (secret.Refusal is { } refusal)
        {
            OpenSince = await secrets.OpenSinceAsync(Member.Id, stop);
            return this.Refuse(refusal);
        }

        Made = secret.Value;
        return LocalRedirect(At(Path));
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken stop)
    {
        if (await secrets.EndAsync(Member.Id, By, stop) is not { } refusal) return Tell(PersonalCalendarText.Get("Ended"), Path);

        OpenSince = await secrets.OpenSinceAsync(Member.Id, stop);
        return this.Refuse(refusal);
    }
}
