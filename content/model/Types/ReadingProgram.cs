namespace Metro.Content.Types;

/// <summary>A reading program: storytelling, a reading circle, a challenge over some weeks.</summary>
public sealed class ReadingProgram : ContentTypeDef
{
    /// <inheritdoc cref="ReadingProgram"/>
    public ReadingProgram()
    {
        IsAPage("{culture}/reading-programs/{slug}");
        With<MarkdownBodyPart>(required: true);
        Text("Summary").Required().AtMost(300).Long().Searched();
        DateTime("StartsAt").Required().Indexed().Starts();
        DateTime("EndsAt").Ends();
        Text("Place").AtMost(200).Searched();
        Numeric("AgeFrom").Between(0, 120).Indexed();
        Numeric("AgeTo").Between(0, 120);
        MultiText("Books").Searched();
        Text("ProgramCode").AtMost(40).Indexed();
        Media("Image").RequireAlt();
        Taxonomy("Audience", "audience").Multiple();
        Taxonomy("Topics", "topic").Multiple();
    }
}
