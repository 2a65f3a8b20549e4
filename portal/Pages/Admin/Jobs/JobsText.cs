using Metro.Portal.Web;

namespace Metro.Portal.Pages.Admin.Jobs;

/// <summary>What the page of the jobs says.</summary>
internal static class JobsText
{
    private static readonly AreaText Sentences = new(typeof(JobsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);

    /// <summary>The sentence of that name; null where there is none.</summary>
    public static string? Find(string name) => Sentences.Find(name);
}
