using Metro.Library;
using Metro.Library.Members;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>What was done to a member's record, by whom and when.</summary>
internal sealed class TrailModel(MemberNotes notes) : MemberFilePage
{
    /// <summary>The key of the last line seen.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>The lines, the latest first.</summary>
    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Lines = await notes.TrailAsync(Id, Before, stop);
}
