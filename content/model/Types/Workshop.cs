namespace Metro.Content.Types;

/// <summary>A workshop: people learn by doing, on a day, with a number of seats.</summary>
public sealed class Workshop : ContentTypeDef
{
    /// <inheritdoc cref="Workshop"/>
    public Workshop()
    {
        IsAPage("{culture}/workshops/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        DateTime("StartsAt").Required().Indexed().Starts();
        DateTime("EndsAt").Ends();
        Text("Place").AtMost(200).Searched();
        Numeric("Capacity").Between(1, 10_000).Indexed();
        Text("ProgramCode").AtMost(40).Indexed();
        MultiText("Speakers").Searched();
        Link("Registration");
        Media("Image").RequireAlt();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
        LocalizationSetContentPicker("Sponsors", nameof(Sponsor)).Multiple();
    }
}
