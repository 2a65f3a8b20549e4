using System.Globalization;
using System.Text;
using System.Xml;

namespace Metro.Portal.Feeds;

/// <summary>Writes Atom (RFC 4287), and with it OPDS 1.2, which is Atom with more links.</summary>
internal sealed class AtomFeed : IDisposable
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Terms = "http://purl.org/dc/terms/";
    private const string OpdsNamespace = "http://opds-spec.org/2010/catalog";

    private readonly MemoryStream bytes = new();
    private readonly XmlWriter xml;

    /// <summary>Begins a feed.</summary>
    /// <param name="id">Its own address with scheme and host.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="updated">When it last changed, in UTC.</param>
    /// <param name="author">Who publishes it.</param>
    public AtomFeed(string id, string title, DateTime updated, string author)
    {
        xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false });
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xmlns", "dcterms", null, Terms);
        xml.WriteAttributeString("xmlns", "opds", null, OpdsNamespace);
        Head(id, title, updated);
        Person(author);
    }

    /// <summary>A link of the feed or of the entry that is open.</summary>
    public void Link(string relation, string address, string? type = null, string? title = null)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        if (type is not null) xml.WriteAttributeString("type", type);
        if (title is not null) xml.WriteAttributeString("title", Clean(title));
        xml.WriteEndElement();
    }

    /// <summary>Writes an entry: its head, then whatever <paramref name="rest"/> adds to it.</summary>
    public void Entry(string id, string title, DateTime updated, Action rest)
    {
        xml.WriteStartElement("entry", Atom);
        Head(id, title, updated);
        rest();
        xml.WriteEndElement();
    }

    /// <summary>An author.</summary>
    public void Person(string name)
    {
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, Clean(name));
        xml.WriteEndElement();
    }

    /// <summary>A short text about the entry.</summary>
    public void Summary(string text) => Text("summary", "text", text);

    /// <summary>The whole text of the entry, as HTML that is safe already.</summary>
    public void Html(string html) => Text("content", "html", html);

    /// <summary>A subject.</summary>
    public void Category(string term)
    {
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", Clean(term));
        xml.WriteAttributeString("label", Clean(term));
        xml.WriteEndElement();
    }

    /// <summary>When the entry was first published, in UTC.</summary>
    public void Published(DateTime instant) => xml.WriteElementString("published", Atom, Instant(instant));

    /// <summary>A term of Dublin Core: <c>language</c>, <c>publisher</c>, <c>issued</c>, <c>identifier</c>.</summary>
    public void Term(string name, string value) => xml.WriteElementString(name, Terms, Clean(value));

    /// <summary>The feed as it stands on the wire.</summary>
    public IResult Answer(string mediaType)
    {
        xml.WriteEndElement();
        xml.Flush();
        return FeedAnswer.Of(bytes.ToArray(), $"{mediaType}; charset=utf-8");
    }

    public void Dispose()
    {
        xml.Dispose();
        bytes.Dispose();
    }

    private void Head(string id, string title, DateTime updated)
    {
        xml.WriteElementString("id", Atom, id);
        xml.WriteElementString("title", Atom, Clean(title));
        xml.WriteElementString("updated", Atom, Instant(updated));
    }

    private void Text(string element, string type, string text)
    {
        xml.WriteStartElement(element, Atom);
        xml.WriteAttributeString("type", type);
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    private static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without the signs that no XML may hold; old records have them.</summary>
    private static string Clean(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Any(char.IsSurrogate)
        ? new string([.. text.Where(sign => XmlConvert.IsXmlChar(sign) || char.IsSurrogate(sign))])
        : text;
}
