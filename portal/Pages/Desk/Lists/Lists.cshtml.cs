using Metro.Portal.People;

namespace Metro.Portal.Pages.Desk.Lists;

/// <summary>The lists from which librarians work, at a glance.</summary>
internal sealed class ListsModel(WorkLists lists) : DeskPage
{
    /// <summary>How many applications wait.</summary>
    public int Applications { get; private set; }

    /// <summary>How many rows each list has.</summary>
    public IReadOnlyDictionary<string, string> Counts { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync(CancellationToken stop) => (Applications, Counts) = (await lists.ApplicationsAsync(stop), await lists.CountsAsync(Here.Id, stop));
}
