namespace Metro.Content.Editor;

/// <summary>Somebody who may own content, as the portal's accounts know them.</summary>
/// <param name="Id">The account's id: what <see cref="ContentItem.Owner"/> and a UserPicker field hold.</param>
/// <param name="Name">The name that others are shown.</param>
/// <param name="Email">The address by which two of the same name are told apart; shown to editors only.</param>
public sealed record ContentAuthor(string Id, string Name, string Email);

/// <summary>The people who write content. Accounts are the portal's, not the editor's: the portal answers.</summary>
public interface IContentAuthors
{
    /// <summary>Those with a role of the editor whose name or address contains the words, by name.</summary>
    /// <param name="words">Any part of the name or address, in any case; everybody when empty.</param>
    /// <param name="limit">How many, at most 100.</param>
    /// <param name="stop">Stops the query.</param>
    Task<IReadOnlyList<ContentAuthor>> SearchAsync(string? words, int limit = 20, CancellationToken stop = default);

    /// <summary>The accounts of these ids, at most 200, whatever their roles are today; who has no account any more is missing.</summary>
    Task<IReadOnlyDictionary<string, ContentAuthor>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken stop = default);
}
