using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>A set of permissions that an account can hold.</summary>
public sealed class Role : IdentityRole<long>
{
    /// <summary>Everything, accounts and settings included.</summary>
    public const string Administrator = "Administrator";

    /// <summary>Writes and publishes all content.</summary>
    public const string Editor = "Editor";

    /// <summary>Writes, copies and deletes own content; an editor publishes it.</summary>
    public const string Author = "Author";

    /// <summary>Writes own content; an editor publishes it.</summary>
    public const string Contributor = "Contributor";

    /// <summary>Serves the desk: loans, members, programs, visits, spaces.</summary>
    public const string Librarian = "Librarian";

    /// <summary>Every role there is, the most powerful first.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Editor, Author, Contributor, Librarian];
}
