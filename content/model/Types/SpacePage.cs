namespace Metro.Content.Types;

/// <summary>A space that people can use or book, as the public is told of it.</summary>
public sealed class SpacePage : ContentTypeDef
{
    /// <inheritdoc cref="SpacePage"/>
    public SpacePage()
    {
        IsAPage("{culture}/spaces/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        Text("SpaceCode").AtMost(40).Indexed();
        Numeric("Capacity").Between(1, 10_000).Indexed();
        MultiText("Equipment").Searched();
        Text("Accessibility").AtMost(500).Long().Searched();
        Text("Rules").AtMost(2_000).Long();
        GeoPoint("Location");
        Media("Image").RequireAlt();
        Media("Gallery").Multiple().RequireAlt();
    }
}
