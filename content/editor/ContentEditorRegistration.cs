using Metro.Content.Editor.Api;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Content.Editor;

/// <summary>How the portal takes the editor and the content API in.</summary>
public static class ContentEditorRegistration
{
    /// <summary>Registers what the editor's forms ask; the portal also names the people, by <see cref="IContentAuthors"/>.</summary>
    public static IServiceCollection AddContentEditor(this IServiceCollection services) => services.AddScoped<FormSources>();

    /// <summary>Maps <c>/api/content…</c>. What is published is open to all; every change asks the store who may.</summary>
    public static void MapContentApi(this IEndpointRouteBuilder portal) => ContentApi.Map(portal);
}
