using Metro.Portal.Web;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>What the pages about members say to the staff.</summary>
internal static class FilesText
{
    private static readonly AreaText Sentences = new(typeof(FilesText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
