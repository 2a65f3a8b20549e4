namespace Metro.Library;

/// <summary>
/// What a library decides for itself, read from the configuration section <c>Library</c>. Every setting
/// has a default that suits the city library of Metro. Each area keeps its own settings in its folder's
/// part of this class.
/// </summary>
public sealed partial class LibrarySettings
{
    /// <summary>The library's name in Indonesian.</summary>
    public string Name { get; set; } = "Perpustakaan Kota Metro";

    /// <summary>The library's name for readers of English.</summary>
    public string NameEnglish { get; set; } = "Metro City Library";

    /// <summary>The postal address of the main building, on one line.</summary>
    public string Address { get; set; } = "Kota Metro, Lampung, Indonesia";

    /// <summary>The IANA name of the time zone in which the library's dates are; WIB by default.</summary>
    public string Zone { get; set; } = "Asia/Jakarta";

    /// <summary>The languages in which the library writes, first the one used when a person chose none.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The language for people who chose none: the first of <see cref="Languages"/>, or Indonesian.</summary>
    public string DefaultLanguage => Languages.FirstOrDefault() ?? "id";
}
