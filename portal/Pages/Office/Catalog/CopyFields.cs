using Metro.Library.Catalog;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>What is asked about a copy.</summary>
internal sealed class TypedCopy
{
    public string? Barcode { get; set; }

    public long Branch { get; set; }

    public string? ShelfMark { get; set; }

    public CopyCondition Condition { get; set; } = CopyCondition.Good;

    public CopySource Source { get; set; }

    public int? Price { get; set; }

    public DateOnly? AcquiredOn { get; set; }

    public bool ForReferenceOnly { get; set; }

    public string? Note { get; set; }

    public CopyDescription Described => new(Barcode ?? "", Branch)
    {
        ShelfMark = ShelfMark, Condition = Condition, Source = Source, Price = Price, AcquiredOn = AcquiredOn, ForReferenceOnly = ForReferenceOnly, Note = Note,
    };

    public static TypedCopy Of(Copy copy) => new()
    {
        Barcode = copy.Barcode, Branch = copy.OwnerBranchId, ShelfMark = copy.ShelfMark, Condition = copy.Condition, Source = copy.Source,
        Price = copy.Price, AcquiredOn = copy.AcquiredOn, ForReferenceOnly = copy.ForReferenceOnly, Note = copy.Note,
    };

    /// <summary>To which question a refusal belongs that does not say so itself.</summary>
    public static (string Code, string Field)[] About { get; } =
        [("catalog.not_a_barcode", "Copy.Barcode"), ("catalog.barcode_taken", "Copy.Barcode"), ("catalog.no_such_branch", "Copy.Branch")];
}

/// <summary>The questions about a copy, and what can be answered.</summary>
internal sealed record CopyQuestions(TypedCopy Copy, IReadOnlyList<SelectListItem> Branches)
{
    public static IEnumerable<SelectListItem> Conditions => Enum.GetValues<CopyCondition>().Select(value => new SelectListItem(CataloguingText.Get($"Condition.{value}"), value.ToString()));

    public static IEnumerable<SelectListItem> Sources => Enum.GetValues<CopySource>().Select(value => new SelectListItem(CataloguingText.Get($"Source.{value}"), value.ToString()));
}
