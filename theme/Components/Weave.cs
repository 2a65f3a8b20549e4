namespace Metro.Theme;

/// <summary>
/// Chooses cloth and motif for something without a picture. The same title always gets the same, in every place and after
/// every start, so that people recognise it.
/// </summary>
public static class Weave
{
    /// <summary>How many motifs there are.</summary>
    public const int Motifs = 8;

    /// <summary>How many cloths there are.</summary>
    public const int Cloths = 8;

    /// <summary>How many ways there are to lay a motif on a cover.</summary>
    public const int Lays = 3;

    /// <summary>The style classes for a title.</summary>
    public static string ClassesFor(string title)
    {
        var (motif, cloth, lay) = PatternOf(title);
        return $"weave motif-{motif} cloth-{cloth} lay-{lay}";
    }

    /// <summary>Which motif lies how on which cloth.</summary>
    internal static (int Motif, int Cloth, int Lay) PatternOf(string title)
    {
        var number = NumberOf(title);
        return ((int)(number % Motifs), (int)(number / Motifs % Cloths), (int)(number / Motifs / Cloths % Lays));
    }

    /// <summary>FNV-1a: unlike a string's own hash code it is the same in every process.</summary>
    private static uint NumberOf(string title)
    {
        var hash = 2166136261u;
        foreach (var sign in title) hash = (hash ^ sign) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
