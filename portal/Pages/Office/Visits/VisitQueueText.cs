using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>What the pages say on which staff answer schools.</summary>
internal static class VisitQueueText
{
    private static readonly AreaText Sentences = new(typeof(VisitQueueText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
