namespace Metro.Theme;

/// <summary>
/// A book's cover where there is no picture of it: its title on cloth, with one of our motifs. Drawn by <c>_Cover</c>. It is
/// decoration: the same words stand beside it, so readers who do not see it miss nothing.
/// </summary>
/// <param name="Title">The book's title.</param>
/// <param name="By">Its author; null where nobody is named.</param>
public sealed record Cover(string Title, string? By = null)
{
    /// <summary>What kind of book it is where that matters on sight: braille, audio, large print; null otherwise.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it is the main thing on its page.</summary>
    public bool IsLarge { get; init; }
}
