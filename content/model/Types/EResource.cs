namespace Metro.Content.Types;

/// <summary>A source that is read or used over the network: a database, an e-book shelf, a journal.</summary>
public sealed class EResource : ContentTypeDef
{
    /// <inheritdoc cref="EResource"/>
    public EResource()
    {
        IsAPage("{culture}/e-resources/{slug}");
        With<MarkdownBodyPart>();
        Text("Summary").Required().AtMost(300).Long().Searched();
        Link("Address").Required();
        Text("Provider").AtMost(200).Indexed().Searched();
        Text("Access").Required().OneOf("anywhere", "members", "library").Indexed();
        Date("ExpiresOn").Indexed().Ends();
        Text("Accessibility").AtMost(500).Long();
        Media("Image").RequireAlt();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
    }
}
