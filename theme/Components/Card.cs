namespace Metro.Theme;

/// <summary>
/// One thing in a list, with a picture or, without one, a motif that belongs to its title. The title is the link, and the
/// whole card can be pressed. Drawn by <c>_Card</c>; put it in a <c>li</c> of <c>ul.grid</c>.
/// </summary>
/// <param name="Title">What the thing is called.</param>
/// <param name="Address">Where it is, from the site's root.</param>
public sealed record Card(string Title, string Address)
{
    /// <summary>The picture; null for a motif.</summary>
    public CardPicture? Picture { get; init; }

    /// <summary>Whether there is a picture or motif at all.</summary>
    public bool IsIllustrated { get; init; } = true;

    /// <summary>The day on which it happens, shown as a leaf of a calendar; null for none.</summary>
    public DateLeaf? Leaf { get; init; }

    /// <summary>A word above the title: the kind of thing, the topic.</summary>
    public string? Kicker { get; init; }

    /// <summary>A sentence or two about it.</summary>
    public string? Text { get; init; }

    /// <summary>Short facts: when, where, how many seats.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>A state worth a mark, such as "full"; null for none.</summary>
    public Mark? Mark { get; init; }

    /// <summary>The language of the words where it is not the page's: a text that is not translated yet.</summary>
    public string? Language { get; init; }

    /// <summary>The level of the title as a heading, 2 to 4.</summary>
    public int HeadingLevel { get; init; } = 3;
}

/// <summary>A picture on a card.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Alt">What is in it; empty for a decoration.</param>
/// <param name="Width">Its own width in pixels; null where nobody knows.</param>
/// <param name="Height">Its own height in pixels.</param>
public sealed record CardPicture(string Address, string Alt, int? Width = null, int? Height = null);

/// <summary>A day as a leaf of a wall calendar.</summary>
/// <param name="Date">The day, for machines, such as <c>2026-11-24</c>.</param>
/// <param name="Weekday">Its weekday, short.</param>
/// <param name="Day">Its number in the month.</param>
/// <param name="Month">Its month, short.</param>
public sealed record DateLeaf(string Date, string Weekday, string Day, string Month);

/// <summary>A state in a word; its tone only underlines what the word says.</summary>
/// <param name="Text">The word.</param>
/// <param name="Tone">How it looks.</param>
public sealed record Mark(string Text, Tone Tone = Tone.Plain);

/// <summary>How a state looks.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Plain,

    /// <summary>To be had: free, open, available.</summary>
    Good,

    /// <summary>To be watched: few seats, due soon.</summary>
    Caution,

    /// <summary>Not to be had: cancelled, full, closed.</summary>
    Bad,
}
