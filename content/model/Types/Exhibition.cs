namespace Metro.Content.Types;

/// <summary>An exhibition: open on every open day between its first and its last.</summary>
public sealed class Exhibition : ContentTypeDef
{
    /// <inheritdoc cref="Exhibition"/>
    public Exhibition()
    {
        IsAPage("{culture}/exhibitions/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        Date("StartsOn").Required().Indexed().Starts();
        Date("EndsOn").Required().Ends();
        Text("Place").AtMost(200).Searched();
        Text("Curator").AtMost(200).Searched();
        Text("ProgramCode").AtMost(40).Indexed();
        Media("Image").RequireAlt();
        Media("Gallery").Multiple().RequireAlt();
        Text("BackgroundColour").Colour();
        Text("TextColour").Colour(readableOn: "BackgroundColour");
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
        LocalizationSetContentPicker("Sponsors", nameof(Sponsor)).Multiple();
    }
}
