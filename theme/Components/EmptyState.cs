namespace Metro.Theme;

/// <summary>What stands where a list has nothing to show: why, and what to do next. Drawn by <c>_EmptyState</c>.</summary>
/// <param name="Title">What is not there.</param>
/// <param name="Text">Why, or what helps.</param>
/// <param name="Next">Ways on, the best first.</param>
public sealed record EmptyState(string Title, string? Text = null, params IReadOnlyList<SiteLink> Next)
{
    /// <summary>The level of its heading, 2 to 4.</summary>
    public int HeadingLevel { get; init; } = 2;
}
