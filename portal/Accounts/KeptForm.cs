namespace Metro.Portal.Accounts;

/// <summary>
/// A form that somebody sent when their session was over: kept until they have signed in again, at most one for each
/// account. Nothing in it can be read without the portal's keys.
/// </summary>
public sealed class KeptForm
{
    /// <summary>Whose it is.</summary>
    public required long AccountId { get; init; }

    /// <summary>Where it was sent and what was in it, protected.</summary>
    public required byte[] Sealed { get; set; }

    /// <summary>When it is given back no more, UTC.</summary>
    public required DateTime ExpiresUtc { get; set; }
}
