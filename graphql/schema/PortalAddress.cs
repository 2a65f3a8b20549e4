using Microsoft.AspNetCore.Http;

namespace Metro.Portal.Schema;

/// <summary>Makes absolute addresses of the portal's pages and pictures, as the caller reaches the portal.</summary>
public sealed class PortalAddress(IHttpContextAccessor requests)
{
    /// <summary>The address of a page or file.</summary>
    /// <param name="path">The path with a slash in front, without a language.</param>
    /// <param name="language">The page's language; that of the request unless told otherwise.</param>
    public Uri Of(string path, Language? language) => File((language ?? Language.OfRequest) == Language.En ? "/en" + path : path);

    /// <summary>The address of what has no language, or has it in its path.</summary>
    /// <param name="path">The path with a slash in front.</param>
    public Uri File(string path)
    {
        var request = requests.HttpContext?.Request;
        return request is null
            ? new Uri(path, UriKind.Relative)
            : new Uri($"{request.Scheme}://{request.Host}{path}");
    }
}
