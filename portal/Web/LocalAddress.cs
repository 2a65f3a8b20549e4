namespace Metro.Portal.Web;

/// <summary>An address on this site to which a form may send its reader.</summary>
internal static class LocalAddress
{
    /// <summary>The given address where it is one on this site, and the other one otherwise.</summary>
    public static string Or(string? given, string otherwise) =>
        given is ['/', ..] && given is not ['/', '/' or '\\', ..] && !given.Any(char.IsControl) ? given : otherwise;
}
