using Metro.Library.Catalog;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>A title is catalogued.</summary>
internal sealed class NewTitleModel(Cataloguing cataloguing) : TitleForm
{
    public void OnGet()
    {
        Language = "ind";
        AddEmptyLines();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid) return Refuse([]);

        var added = await cataloguing.AddTitleAsync(Description, Staff, stop);
        return added.TitleId is { } id ? Tell(CataloguingText.Get("Told.Added"), $"/desk/catalog/{Key(id)}") : Refuse(added.Refusals);
    }
}
