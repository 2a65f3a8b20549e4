using System.Globalization;
using Metro.Library.Catalog;
using Metro.Portal.Web;
using Metro.Theme;

namespace Metro.Portal.Pages.Catalog;

/// <summary>A title as lists show it: with what its copies are doing. Drawn by <c>_BookRow</c> and <c>_BookTile</c>.</summary>
/// <param name="Title">The title with its parts.</param>
/// <param name="Copies">What its copies are doing; null where it has none.</param>
internal sealed record BookLine(Title Title, Availability? Copies)
{
    /// <summary>Where the book's page is.</summary>
    public string Address => AddressOf(Title.Id);

    /// <summary>Title and subtitle.</summary>
    public string FullTitle => Title.Subtitle is { } subtitle ? $"{Title.Name}: {subtitle}" : Title.Name;

    /// <summary>The main contributor, and whether there are more; null where nobody is named.</summary>
    public string? By => Title.Contributors switch
    {
        [] => null,
        [var one] => PersonName.InReadingOrder(one.Name),
        [var one, var other] when other.Role == one.Role => CatalogText.Get("By.Two", PersonName.InReadingOrder(one.Name), PersonName.InReadingOrder(other.Name)),
        [var one, var other, ..] when other.Role == one.Role => CatalogText.Get("By.More", PersonName.InReadingOrder(one.Name)),
        [var one, ..] => PersonName.InReadingOrder(one.Name),
    };

    /// <summary>The format in the reader's words.</summary>
    public string Format => CatalogWords.Of(Title.Format, CultureInfo.CurrentUICulture);

    /// <summary>Whether it is made for people who do not read ordinary print; always said, never only drawn.</summary>
    public bool IsAccessible => Title.Format is TitleFormat.Braille or TitleFormat.AudioBook or TitleFormat.LargePrint;

    /// <summary>A cover for want of a picture.</summary>
    public Cover Cover => new(Title.Name, By) { Format = Title.Format == TitleFormat.Print ? null : Format };

    /// <summary>Whether it can be had, in a word.</summary>
    public Mark Availability => Copies switch
    {
        null or { Copies: 0 } => new Mark(CatalogText.Get("Available.None")),
        { Free: > 0 } => new Mark(CatalogText.Get("Available.Now", Copies.Free), Tone.Good),
        { ForReference: > 0 } => new Mark(CatalogText.Get("Available.Reference"), Tone.Good),
        { OnLoan: > 0 } => new Mark(CatalogText.Get("Available.OnLoan"), Tone.Caution),
        _ => new Mark(CatalogText.Get("Available.NotNow"), Tone.Caution),
    };

    /// <summary>Year, format and language, as far as they are known.</summary>
    public IEnumerable<string> Facts
    {
        get
        {
            if (Title.Year is { } year) yield return year.ToString(CultureInfo.InvariantCulture);
            yield return Format;
            if (Title.Language is { } language) yield return LanguageNames.Of(language);
        }
    }

    /// <summary>Where the page of a title is, in the reader's language.</summary>
    public static string AddressOf(long titleId) => PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/catalog/{titleId}"));
}
