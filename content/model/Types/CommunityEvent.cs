namespace Metro.Content.Types;

/// <summary>An event that a community holds in the library's space.</summary>
public sealed class CommunityEvent : ContentTypeDef
{
    /// <inheritdoc cref="CommunityEvent"/>
    public CommunityEvent()
    {
        IsAPage("{culture}/community-events/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        DateTime("StartsAt").Required().Indexed().Starts();
        DateTime("EndsAt").Ends();
        Text("Place").AtMost(200).Searched();
        Text("Organiser").Required().AtMost(200).Indexed().Searched();
        Link("OrganiserLink");
        Text("ProgramCode").AtMost(40).Indexed();
        Media("Image").RequireAlt();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
    }
}
