using Metro.Content.Editor.Api;
using Microsoft.AspNetCore.Routing;

namespace Metro.Content.Editor;

/// <summary>How the portal takes the editor and the content API in.</summary>
public static class ContentEditorRegistration
{
    /// <summary>Maps <c>/api/content…</c>. What is published is open to all; every change asks the store who may.</summary>
    public static void MapContentApi(this IEndpointRouteBuilder portal) => ContentApi.Map(portal);
}
