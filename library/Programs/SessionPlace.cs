namespace Metro.Library.Programs;

/// <summary>Where a session is, in kind.</summary>
public enum PlaceKind
{
    /// <summary>In one of the library's spaces, which it then occupies.</summary>
    Space,

    /// <summary>At a branch, without occupying a space.</summary>
    Branch,

    /// <summary>Somewhere else, in words.</summary>
    Elsewhere,

    /// <summary>On the internet, by its address.</summary>
    Online,
}

/// <summary>Where one session is: a space, a branch, another place in words, or an address on the internet.</summary>
public sealed record SessionPlace
{
    private SessionPlace(PlaceKind kind, long? id, string? words) => (Kind, Id, Words) = (kind, id, words);

    /// <summary>What sort of place.</summary>
    public PlaceKind Kind { get; }

    /// <summary>The key of the space or branch; null otherwise.</summary>
    public long? Id { get; }

    /// <summary>The place in words or the address on the internet; at most 300 characters; null for a space.</summary>
    public string? Words { get; }

    /// <summary>In a space, which nobody else can have at that time.</summary>
    public static SessionPlace InSpace(long spaceId) => new(PlaceKind.Space, spaceId, null);

    /// <summary>At a branch: in the park, between the shelves.</summary>
    /// <param name="branchId">The branch.</param>
    /// <param name="where">Where exactly; null where it is obvious.</param>
    public static SessionPlace AtBranch(long branchId, string? where = null) => new(PlaceKind.Branch, branchId, where);

    /// <summary>Outside the library, such as a school's hall.</summary>
    public static SessionPlace Elsewhere(string where) => new(PlaceKind.Elsewhere, null, where);

    /// <summary>On the internet.</summary>
    /// <param name="address">An absolute http or https address.</param>
    public static SessionPlace Online(string address) => new(PlaceKind.Online, null, address);
}
