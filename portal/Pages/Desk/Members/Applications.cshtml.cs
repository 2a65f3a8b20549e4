using Metro.Library.Members;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>Applications that came in online and wait for an answer, the oldest first.</summary>
internal sealed class ApplicationsModel(Library.Members.Registrations registrations) : DeskPage
{
    private const int Rows = 50;

    /// <summary>The key of the last application seen.</summary>
    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>Who waits.</summary>
    public IReadOnlyList<Member> Waiting { get; private set; } = [];

    /// <summary>The ways to the first ones and on.</summary>
    public Pager Pager => new(After == 0 ? null : PortalChrome.InLanguage("/desk/applications"), Waiting.Count == Rows ? PortalChrome.InLanguage($"/desk/applications?after={Key(Waiting[^1].Id)}") : null)
    {
        PreviousIsFirst = true,
    };

    public async Task OnGetAsync(CancellationToken stop) => Waiting = await registrations.AwaitingReviewAsync(After, Rows, stop);
}
