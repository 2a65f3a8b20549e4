using System.Globalization;

namespace Metro.Portal.Web;

/// <summary>
/// The address says the language: <c>/en/…</c> is English, everything else Indonesian. The prefix moves into the
/// path base, so that every link a page makes stays in its reader's language by itself.
/// </summary>
internal sealed class LanguageFromPath(RequestDelegate next)
{
    public const string EnglishPrefix = "/en";

    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id-ID");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isEnglish = request.Path.StartsWithSegments(EnglishPrefix, StringComparison.Ordinal, out var rest);
        if (isEnglish)
        {
            request.PathBase = request.PathBase.Add(EnglishPrefix);
            request.Path = rest.HasValue ? rest : "/";
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = isEnglish ? English : Indonesian;
        await next(context);
    }
}
