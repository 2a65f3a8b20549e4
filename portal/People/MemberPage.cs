using Metro.Library;
using Metro.Library.Members;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.People;

/// <summary>
/// A page of a member's own, or of a child's. Who has an account and no membership is led to where one becomes a member.
/// </summary>
internal abstract class MemberPage : AccountPage
{
    /// <summary>Whose page it is.</summary>
    public Member Member => Acting!.Member;

    /// <summary>In whose name what is done here is written down.</summary>
    public Actor By => Acting!.By;

    /// <summary>Whether it is the page of whoever is signed in, and not of a child of theirs.</summary>
    public bool IsSelf => Acting!.IsSelf;

    /// <inheritdoc />
    protected override IActionResult? WhyNot() => Acting is null ? LocalRedirect(Url.Content("~/account/membership")) : null;
}
