using Metro.Portal.People;

namespace Metro.Portal.Pages.Desk.Lists;

/// <summary>The lists from which librarians work, at a glance.</summary>
internal sealed class ListsModel(WorkLists lists) : DeskPage
{
    /// <summary>How many applications wait.</summary>
    public int Applications { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Applications = await lists.ApplicationsAsync(stop);
}
