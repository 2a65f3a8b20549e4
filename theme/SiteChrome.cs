namespace Metro.Theme;

/// <summary>
/// What the layout shows around every page. The theme knows nobody, so whoever uses it fills this in, once for
/// each request.
/// </summary>
public abstract class SiteChrome
{
    /// <summary>The library's name in the reader's language.</summary>
    public abstract string SiteName { get; }

    /// <summary>The two-letter code of the page's language.</summary>
    public abstract string Language { get; }

    /// <summary>The same page in the other language, and that language's own name and code.</summary>
    public abstract LanguageLink OtherLanguage { get; }

    /// <summary>The ways into the site, in the order of the menu.</summary>
    public abstract IReadOnlyList<SiteLink> Navigation { get; }

    /// <summary>The library's postal address, on one line.</summary>
    public abstract string Address { get; }

    /// <summary>The address of the current page, to come back to after a choice of appearance.</summary>
    public abstract string CurrentPath { get; }

    /// <summary>The appearance that the reader chose.</summary>
    public abstract Appearance Appearance { get; }
}

/// <summary>A way into the site.</summary>
/// <param name="Text">What the link says, in the reader's language.</param>
/// <param name="Address">Where it leads, from the site's root.</param>
/// <param name="IsCurrent">Whether the reader is there.</param>
public sealed record SiteLink(string Text, string Address, bool IsCurrent);

/// <summary>The same page in another language.</summary>
/// <param name="Language">The two-letter code, for <c>hreflang</c> and <c>lang</c>.</param>
/// <param name="Name">The language's name in that language.</param>
/// <param name="Address">Where the page is.</param>
public sealed record LanguageLink(string Language, string Name, string Address);

/// <summary>How the site looks to a reader.</summary>
public enum Appearance
{
    /// <summary>As the reader's device asks.</summary>
    System,

    /// <summary>Paper-white ground.</summary>
    Light,

    /// <summary>Dark ground, of its own palette.</summary>
    Dark,

    /// <summary>Black ground, the strongest contrast.</summary>
    Contrast,
}
