using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Metro.Theme;

/// <summary>Where the theme's styles, scripts and motifs are served.</summary>
public static class ThemeAssets
{
    private const string Folder = "_content/Metro.Theme/dist/";

    /// <summary>
    /// The address of an asset, with the fingerprint under which it may be cached for ever. The same in both
    /// languages, so that it is fetched once.
    /// </summary>
    public static string ThemeAsset(this HttpContext context, string name) =>
        "/" + (context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[Folder + name] ?? Folder + name);
}
