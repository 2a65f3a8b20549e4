using Metro.Library;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Accounts.SignUp;

/// <summary>What happens next, after signing up: the letter, the review, the card.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
internal sealed class SignUpSentModel(LibrarySettings library) : PageModel
{
    /// <summary>Whether it was asked for with a card.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Card { get; set; }

    /// <inheritdoc cref="SignUpModel.SentTo"/>
    [TempData]
    public string? SentTo { get; set; }

    public bool IsReviewed => library.Members.ReviewApplications;
}
