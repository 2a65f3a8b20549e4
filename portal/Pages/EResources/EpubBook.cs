using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Metro.Content;

namespace Metro.Portal.Pages.EResources;

/// <summary>One part of a book, in reading order.</summary>
/// <param name="Title">What the book's own contents call it; its file's name where they do not.</param>
/// <param name="Path">Its file in the book.</param>
internal sealed record EpubChapter(string Title, string Path);

/// <summary>
/// A book in EPUB 2 or 3, opened to be read: its parts in order, and each part as HTML in which nothing runs. What the book
/// itself brings as styles and scripts is left out, so that it looks like the rest of the site, in every appearance, and needs
/// nothing that the Content-Security-Policy forbids. Not thread-safe.
/// </summary>
internal sealed class EpubBook : IDisposable
{
    /// <summary>No part of a book is longer than this, unpacked, in bytes: beyond it is a bomb.</summary>
    private const int LongestPart = 8 * 1024 * 1024;

    private const int MostParts = 2_000;

    private static readonly Dictionary<string, string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".png"] = "image/png", [".gif"] = "image/gif", [".webp"] = "image/webp",
    };

    private readonly ZipArchive archive;

    private EpubBook(ZipArchive archive, string title, string? language, IReadOnlyList<EpubChapter> chapters) =>
        (this.archive, Title, Language, Chapters) = (archive, title, language, chapters);

    /// <summary>Its title, as it says itself; empty when it does not.</summary>
    public string Title { get; }

    /// <summary>The language in which it is written; null when it does not say.</summary>
    public string? Language { get; }

    /// <summary>Its parts in reading order; at least one.</summary>
    public IReadOnlyList<EpubChapter> Chapters { get; }

    /// <summary>Opens a book; null for a file that is none.</summary>
    /// <param name="file">Seekable; closed with the book, or at once when it is none.</param>
    public static EpubBook? Open(Stream file)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (Read(zip) is { } book) return book;
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or NotSupportedException)
        {
            // A file that only looks like a book.
        }

        zip?.Dispose();
        file.Dispose();
        return null;
    }

    /// <summary>A part as safe HTML, its headings one level lower, for they stand below the page's.</summary>
    /// <param name="at">Which, from 0.</param>
    /// <param name="chapterAddress">Where another part is read.</param>
    /// <param name="pictureAddress">Where a picture of the book is served.</param>
    public string Html(int at, Func<int, string> chapterAddress, Func<string, string> pictureAddress)
    {
        var path = Chapters[at].Path;
        var document = new HtmlParser().ParseDocument(Text(archive, path) ?? "");
        var body = document.Body!;
        foreach (var picture in body.QuerySelectorAll("img[src]"))
            picture.SetAttribute("src", Resolve(path, picture.GetAttribute("src")!) is { } found ? pictureAddress(found) : "");
        foreach (var link in body.QuerySelectorAll("a[href]")) Lead(link, path, chapterAddress);
        for (var level = 5; level >= 1; level--)
            foreach (var heading in body.QuerySelectorAll($"h{level}").ToList()) Rename(heading, $"h{level + 1}");
        return SafeHtml.Sanitise(body.InnerHtml);
    }

    /// <summary>A picture of the book and its type; null where there is none of that path.</summary>
    public (byte[] Bytes, string ContentType)? Picture(string path) =>
        Pictures.TryGetValue(Path.GetExtension(path), out var type) && Bytes(archive, path) is { } bytes ? (bytes, type) : null;

    public void Dispose() => archive.Dispose();

    private static EpubBook? Read(ZipArchive archive)
    {
        if (Xml(archive, "META-INF/container.xml")?.Descendants().FirstOrDefault(one => one.Name.LocalName == "rootfile")?.Attribute("full-path")?.Value is not { } packagePath) return null;
        if (Xml(archive, packagePath) is not { } package) return null;

        var manifest = package.Descendants().Where(one => one.Name.LocalName == "item")
            .Select(one => (Id: one.Attribute("id")?.Value, Path: Resolve(packagePath, one.Attribute("href")?.Value ?? ""), Type: one.Attribute("media-type")?.Value, Does: one.Attribute("properties")?.Value ?? ""))
            .Where(one => one.Id is not null && one.Path is not null).DistinctBy(one => one.Id).ToDictionary(one => one.Id!, StringComparer.Ordinal);
        var contents = manifest.Values.FirstOrDefault(one => one.Does.Split(' ').Contains("nav")).Path;
        var titles = contents is null ? [] : Titles(archive, contents);
        var chapters = package.Descendants().Where(one => one.Name.LocalName == "itemref")
            .Select(one => manifest.GetValueOrDefault(one.Attribute("idref")?.Value ?? ""))
            .Where(one => one.Type == "application/xhtml+xml" && one.Path is { } path && path != contents && archive.GetEntry(path) is not null)
            .Select(one => new EpubChapter(titles.GetValueOrDefault(one.Path!) ?? Path.GetFileNameWithoutExtension(one.Path!), one.Path!))
            .Take(MostParts).ToList();
        return chapters.Count == 0 ? null : new EpubBook(archive, Said("title") ?? "", Said("language"), chapters);

        string? Said(string name) => package.Descendants().FirstOrDefault(one => one.Name.LocalName == name && one.Name.NamespaceName.Contains("purl.org/dc", StringComparison.Ordinal))?.Value.Trim();
    }

    /// <summary>What the book's contents call its files.</summary>
    private static Dictionary<string, string> Titles(ZipArchive archive, string contents)
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in new HtmlParser().ParseDocument(Text(archive, contents) ?? "").QuerySelectorAll("nav a[href]"))
            if (Resolve(contents, link.GetAttribute("href")!) is { } path && link.TextContent.Trim() is { Length: > 0 } title) titles.TryAdd(path, title);
        return titles;
    }

    private void Lead(IElement link, string from, Func<int, string> chapterAddress)
    {
        var target = link.GetAttribute("href")!;
        if (Uri.TryCreate(target, UriKind.Absolute, out _)) return;
        var path = Resolve(from, target);
        var at = Chapters.ToList().FindIndex(chapter => chapter.Path == path);
        if (at >= 0) link.SetAttribute("href", chapterAddress(at));
        else link.RemoveAttribute("href");
    }

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        while (element.FirstChild is { } child) renamed.AppendChild(child);
        element.Replace(renamed);
    }

    /// <summary>The path in the book that an address within it means; null for one that leaves it.</summary>
    private static string? Resolve(string from, string address)
    {
        var within = address.Split('#')[0];
        if (within.Length == 0) return from;
        if (!Uri.TryCreate(new Uri("epub:///" + from), within, out var uri) || uri.Scheme != "epub") return null;
        return Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/');
    }

    private static XDocument? Xml(ZipArchive archive, string path)
    {
        if (Bytes(archive, path) is not { } bytes) return null;
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static string? Text(ZipArchive archive, string path)
    {
        if (Bytes(archive, path) is not { } bytes) return null;
        using var reader = new StreamReader(new MemoryStream(bytes));
        return reader.ReadToEnd();
    }

    private static byte[]? Bytes(ZipArchive archive, string path)
    {
        if (archive.GetEntry(path) is not { } entry || entry.Length > LongestPart) return null;
        using var packed = entry.Open();
        var bytes = new byte[entry.Length];
        var read = packed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : null;
    }
}
