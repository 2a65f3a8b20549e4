namespace Metro.Content.Types;

/// <summary>A piece of news.</summary>
public sealed class NewsPost : ContentTypeDef
{
    /// <inheritdoc cref="NewsPost"/>
    public NewsPost()
    {
        IsAPage("{culture}/news/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        Media("Image").RequireAlt();
        Boolean("Pinned").Indexed();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
        LocalizationSetContentPicker("Related").Multiple();
    }
}
