namespace Metro.Content.Types;

/// <summary>A question that people often ask, and its answer; the title is the question.</summary>
public sealed class Faq : ContentTypeDef
{
    /// <inheritdoc cref="Faq"/>
    public Faq()
    {
        With<TitlePart>(required: true);
        With<LocalizationPart>();
        With<MarkdownBodyPart>(required: true);
        Numeric("Position").Between(0, 100_000).Indexed();
        Taxonomy("Topics", "topic").Multiple();
    }
}
