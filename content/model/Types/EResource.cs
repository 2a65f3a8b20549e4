namespace Metro.Content.Types;

/// <summary>
/// A source that is read or used over the network: a database, an e-book shelf, a journal, or a book whose file (EPUB or PDF) the
/// library has itself. Its <c>ResourceCode</c>, the same in every language, is the key by which the library's licences name it.
/// </summary>
public sealed class EResource : ContentTypeDef
{
    /// <inheritdoc cref="EResource"/>
    public EResource()
    {
        IsAPage("{culture}/e-resources/{slug}");
        With<MarkdownBodyPart>();
        Text("Summary").Required().AtMost(300).Long().Searched();
        Link("Address").Required();
        Media("File");
        Text("ResourceCode").AtMost(40).Indexed();
        Text("Provider").AtMost(200).Indexed().Searched();
        Text("Format").OneOf("epub", "pdf", "e-books", "journals", "manuscripts", "search").Indexed();
        Text("Access").Required().OneOf("anywhere", "members", "library").Indexed();
        Date("ExpiresOn").Indexed().Ends();
        Text("Accessibility").AtMost(500).Long();
        Media("Image").RequireAlt();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
    }
}
