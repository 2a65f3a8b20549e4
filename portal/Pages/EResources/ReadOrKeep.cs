using Metro.Content;
using Metro.Content.Editor;

namespace Metro.Portal.Pages.EResources;

/// <summary>What can be done with a resource whose file the library has: read it here, or keep it.</summary>
internal sealed class ReadOrKeep(ShownContent shown, bool isFree)
{
    /// <summary>Where it is read; null where it has no address of its own.</summary>
    public string? ReadAddress => shown.Item.Path is { Length: > 0 } path ? $"/{path}/read" : null;

    /// <summary>Its files; none where they are not handed out by their addresses: what is for members is kept where it is read.</summary>
    public IReadOnlyList<MediaAsset> Files => isFree ? shown.Files : [];

    /// <summary>A file's form and size, such as <c>EPUB, 27 kB</c>.</summary>
    public static string Form(MediaAsset file) =>
        $"{(file.Kind == MediaKind.Book ? "EPUB" : "PDF")}, {(file.Size + 999) / 1000:N0} kB";
}
