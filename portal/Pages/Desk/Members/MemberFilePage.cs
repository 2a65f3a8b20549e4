using System.Globalization;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A page of a member's file. Opening it leaves an audit line; whom nobody knows is not found.</summary>
internal abstract class MemberFilePage : DeskPage
{
    /// <summary>The member's key.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whose file it is.</summary>
    public Member Member { get; private set; } = null!;

    /// <inheritdoc />
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        base.OnPageHandlerExecutionAsync(context, async () =>
        {
            var accounts = HttpContext.RequestServices.GetRequiredService<MemberAccounts>();
            var viewed = await accounts.ViewAsync(Id, Staff, HttpContext.RequestAborted);
            if (viewed.Refusal is not null)
            {
                context.Result = NotFound();
                return new PageHandlerExecutedContext(PageContext, context.Filters, context.HandlerMethod, context.HandlerInstance) { Canceled = true };
            }

            Member = viewed.Value;
            return await next();
        });

    /// <summary>An address within the file.</summary>
    public string Within(string part = "") => $"/desk/members/{Key(Id)}{part}";

    /// <summary>Goes back into the file and says what was done, or why it was not.</summary>
    protected IActionResult After(Refusal? refusal, string done, string part = "") =>
        Tell(refusal?.Explain(CultureInfo.CurrentUICulture) ?? FilesText.Get(done), Within(part));
}
