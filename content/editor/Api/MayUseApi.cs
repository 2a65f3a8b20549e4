using Microsoft.AspNetCore.Http;

namespace Metro.Content.Editor.Api;

/// <summary>What is published is open to all; to change anything or to see drafts through the API needs its own permission besides those of the item.</summary>
internal sealed class MayUseApi : IEndpointFilter
{
    public static bool Allows(HttpContext request) =>
        ContentRoles.PermissionsOf(SignedInUser.Of(request.User).Roles).Contains(ContentPermissions.AccessContentApi);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        return HttpMethods.IsGet(request.Request.Method) || HttpMethods.IsHead(request.Request.Method) || Allows(request)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Refused(request, Refusal.Forbidden));
    }
}
