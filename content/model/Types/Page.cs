namespace Metro.Content.Types;

/// <summary>An ordinary page: about, how to become a member, contact.</summary>
public sealed class Page : ContentTypeDef
{
    /// <inheritdoc cref="Page"/>
    public Page()
    {
        IsAPage("{culture}/{slug}");
        With<AliasPart>();
        With<MarkdownBodyPart>(required: true);
        Text("Summary").AtMost(300).Long().Searched();
        Media("Image").RequireAlt();
        Taxonomy("Topics", "topic").Multiple();
    }
}
