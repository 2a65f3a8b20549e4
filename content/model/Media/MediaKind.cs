namespace Metro.Content;

/// <summary>What a file of the media library is, as its bytes say.</summary>
public enum MediaKind
{
    /// <summary>PNG, JPEG, WebP, GIF or AVIF.</summary>
    Picture,

    /// <summary>PDF.</summary>
    Document,

    /// <summary>EPUB.</summary>
    Book,

    /// <summary>MP3, OGG or M4A.</summary>
    Audio,

    /// <summary>MP4 or WebM.</summary>
    Video,
}
