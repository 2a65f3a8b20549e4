using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Audit;

/// <summary>The audit trail in words.</summary>
internal static class AuditText
{
    private static readonly AreaText Sentences = new(typeof(AuditText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);

    /// <summary>The sentence of that name; null where there is none, as for what is no longer done.</summary>
    public static string? Find(string name) => Sentences.Find(name);
}
