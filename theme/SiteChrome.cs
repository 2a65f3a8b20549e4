namespace Metro.Theme;

/// <summary>
/// What the layout shows around every page. The theme knows nobody, so whoever uses it fills this in, once for
/// each request.
/// </summary>
public abstract class SiteChrome
{
    /// <summary>What this page says of itself to search engines, social networks and feed readers; the page fills it in.</summary>
    public PageHead Head { get; } = new();

    /// <summary>The library's name in the reader's language.</summary>
    public abstract string SiteName { get; }

    /// <summary>The two-letter code of the page's language.</summary>
    public abstract string Language { get; }

    /// <summary>The same page in the other language, and that language's own name and code.</summary>
    public abstract LanguageLink OtherLanguage { get; }

    /// <summary>The public parts of the site, in the order of the menu.</summary>
    public abstract IReadOnlyList<SiteLink> Navigation { get; }

    /// <summary>The reader's own ways: the account or the sign-in, and the rooms of the staff.</summary>
    public abstract IReadOnlyList<SiteLink> Personal { get; }

    /// <summary>The links at the foot of every page, in groups.</summary>
    public abstract IReadOnlyList<LinkGroup> Footer { get; }

    /// <summary>Whether the library is open now; null where nobody knows.</summary>
    public abstract OpeningSign? Opening { get; }

    /// <summary>Where the search box of every page leads, from the site's root.</summary>
    public abstract string SearchAddress { get; }

    /// <summary>The scheme, host and port under which the reader sees the site, such as <c>https://perpustakaan.metrokota.go.id</c>.</summary>
    public abstract string Origin { get; }

    /// <summary>The library's postal address, on one line.</summary>
    public abstract string Address { get; }

    /// <summary>The current page with its query, from the site's root, for forms that lead back to it.</summary>
    public abstract string CurrentPath { get; }

    /// <summary>The appearance that the reader chose.</summary>
    public abstract Appearance Appearance { get; }

    /// <summary>The sign above a page that does not show today; null on all others.</summary>
    public abstract PreviewSign? Preview { get; }

    /// <summary>Reads what the layout is going to ask for. The layout calls it once, before anything else.</summary>
    public abstract Task PrepareAsync();
}

/// <summary>A way into the site.</summary>
/// <param name="Text">What the link says, in the reader's language.</param>
/// <param name="Address">Where it leads, from the site's root.</param>
/// <param name="IsCurrent">Whether the reader is there, or below it.</param>
public sealed record SiteLink(string Text, string Address, bool IsCurrent = false);

/// <summary>Links that belong together.</summary>
/// <param name="Title">What joins them.</param>
/// <param name="Links">The links, in order.</param>
public sealed record LinkGroup(string Title, IReadOnlyList<SiteLink> Links);

/// <summary>The sign at the door.</summary>
/// <param name="IsOpen">Whether people can come in now.</param>
/// <param name="Words">Since when, until when, or when next: a short sentence in the reader's language.</param>
/// <param name="Address">Where all hours stand.</param>
public sealed record OpeningSign(bool IsOpen, string Words, string Address);

/// <summary>Says that a page shows the site as it will be, and leads back to today.</summary>
/// <param name="Words">As of when, in the reader's language.</param>
/// <param name="Leave">What the button says.</param>
/// <param name="LeaveAddress">Where the button posts, with the page to come back to as <c>returnTo</c>.</param>
public sealed record PreviewSign(string Words, string Leave, string LeaveAddress);

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
