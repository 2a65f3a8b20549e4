using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>
/// Who may sign in. What a person borrows or books belongs to their library member, not to the account; staff
/// have an account and need no membership.
/// </summary>
public sealed class Account : IdentityUser<long>
{
    internal const int NameLimit = 100;

    /// <summary>The name shown to others, at most 100 characters.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The two-letter code of the language in which the person is written to.</summary>
    public string Language { get; set; } = "id";

    /// <summary>The library member behind the account, where there is one.</summary>
    public long? MemberId { get; set; }

    /// <summary>When the account was made, UTC.</summary>
    public DateTime CreatedUtc { get; set; }
}
