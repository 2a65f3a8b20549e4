using Microsoft.AspNetCore.Http;

namespace Metro.Content.Editor.Api;

/// <summary>
/// A browser sends the session's cookie along with whatever another site makes it post. What such a site cannot make
/// it send, without asking us first, is JSON or a header of its own: one of the two must be there.
/// </summary>
internal sealed class JsonOrHeader : IEndpointFilter
{
    private const string Header = "X-Requested-With";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return !HttpMethods.IsPost(request.Method) || request.HasJsonContentType() || request.Headers.ContainsKey(Header)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Problem(context.HttpContext, StatusCodes.Status415UnsupportedMediaType, "content.api.media_type", Header));
    }
}
