namespace Metro.Content.Types;

/// <summary>Who supports the library's programs, thanked with a logo.</summary>
public sealed class Sponsor : ContentTypeDef
{
    /// <inheritdoc cref="Sponsor"/>
    public Sponsor()
    {
        With<TitlePart>(required: true);
        With<LocalizationPart>();
        With<ArchiveLaterPart>();
        Text("Tier").Required().OneOf("main", "partner", "friend").Indexed();
        Link("Address");
        Media("Logo").Required().RequireAlt();
        Text("Thanks").AtMost(300).Long();
        Numeric("Position").Between(0, 100_000).Indexed();
    }
}
