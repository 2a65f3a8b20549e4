using System.Globalization;
using Metro.Library;
using Metro.Library.Spaces;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>What is asked about a space, be it new or known.</summary>
internal abstract class SpaceForm(LibraryDbContext db) : DeskPage
{
    private const int MostKinds = 100;

    /// <summary>By which rules it is booked.</summary>
    [BindProperty]
    public long Kind { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? NameEnglish { get; set; }

    /// <summary>The code under which editors present it.</summary>
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public int Capacity { get; set; } = 10;

    [BindProperty]
    public int SlotMinutes { get; set; } = 60;

    [BindProperty]
    public int MostSlots { get; set; } = 4;

    [BindProperty]
    public int SetUpMinutes { get; set; }

    [BindProperty]
    public int CleaningMinutes { get; set; }

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    /// <summary>To which question a refusal belongs that does not say so itself.</summary>
    protected static (string Code, string Field)[] About { get; } = [("spaces.unknown_kind", nameof(Kind)), ("spaces.not_in_quarters", nameof(SlotMinutes))];

    /// <summary>What was typed, for a space of a branch.</summary>
    protected SpaceDetails DetailsAt(long branchId) => new()
    {
        KindId = Kind,
        BranchId = branchId,
        Name = Name ?? "",
        NameEnglish = NameEnglish,
        ContentKey = Code,
        Capacity = Capacity,
        SlotMinutes = SlotMinutes,
        MostSlots = MostSlots,
        SetUpMinutes = SetUpMinutes,
        CleaningMinutes = CleaningMinutes,
    };

    protected void Show(Space space)
    {
        (Kind, Name, NameEnglish, Code, Capacity) = (space.KindId, space.Name, space.NameEnglish, space.ContentKey, space.Capacity);
        (SlotMinutes, MostSlots, SetUpMinutes, CleaningMinutes) = (space.SlotMinutes, space.MostSlots, space.SetUpMinutes, space.CleaningMinutes);
    }

    protected async Task LoadKindsAsync(CancellationToken stop) =>
        Kinds = [.. (await db.SpaceKinds.AsNoTracking().OrderBy(kind => kind.Name).ThenBy(kind => kind.Id).Take(MostKinds).ToListAsync(stop))
            .Select(kind => new SelectListItem(kind.LocalName.Explain(CultureInfo.CurrentUICulture), Key(kind.Id)))];
}
