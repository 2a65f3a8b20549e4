using Metro.Library.Circulation;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>What lies in a copy on the hold shelf: for whom and until when. One, or those of the whole shelf.</summary>
internal sealed class SlipModel(AtTheDesk atTheDesk) : DeskPage
{
    /// <summary>The slips.</summary>
    public IReadOnlyList<HoldSlip> Slips { get; private set; } = [];

    /// <summary>The hold; null for all of the shelf here.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Hold { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Hold is null) Slips = await atTheDesk.SlipsAsync(Here.Id, stop);
        else if (await atTheDesk.SlipOfAsync(Hold.Value, stop) is { } slip) Slips = [slip];
        else return NotFound();
        return Page();
    }

    /// <summary>A name as it may stand where others see it: the first in full, of the others the first letter.</summary>
    public static string ShortName(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? name : string.Join(' ', words.Skip(1).Select(word => $"{word[0]}.").Prepend(words[0]));
    }
}
