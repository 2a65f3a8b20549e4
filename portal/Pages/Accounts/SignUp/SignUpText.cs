using Metro.Portal.Web;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>What the pages say on which somebody gets an account.</summary>
internal static class SignUpText
{
    private static readonly AreaText Sentences = new(typeof(SignUpText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
