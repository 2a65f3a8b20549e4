namespace Metro.Content;

/// <summary>Paths in the media library: folders and a file name, never a way out of it.</summary>
public static class MediaPath
{
    /// <summary>The longest path.</summary>
    public const int MaxLength = 400;

    /// <summary>The path as it is compared and referred to: no slash in front, lower case.</summary>
    public static string Normalise(string path) => path.Replace('\\', '/').Trim('/', ' ').ToLowerInvariant();

    /// <summary>Whether a file may have that path: no step up, no hidden name, no device, drive or control character.</summary>
    public static bool IsValid(string path)
    {
        if (path.Length is 0 or > MaxLength || path.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '%' or '#'))
            return false;

        return path.TrimStart('/').Split('/').All(step =>
            step.Length > 0 && step[0] != '.' && step[^1] is not ('.' or ' ') && step[0] != ' ');
    }
}
