namespace Metro.Content;

/// <summary>Who acts on content.</summary>
/// <param name="Id">The user's id: whom items belong to.</param>
/// <param name="Name">The user's name, as history shows it.</param>
/// <param name="Roles">The names of the user's roles, as in <see cref="ContentRoles"/>.</param>
public sealed record ContentUser(string Id, string Name, params IReadOnlyCollection<string> Roles)
{
    /// <summary>The portal itself: the schedule, an import from the command line.</summary>
    public static ContentUser Portal { get; } = new("portal", "Metro Portal", ContentRoles.Administrator);

    /// <summary>Whether the user may do that with an item of that type.</summary>
    /// <param name="act">The act.</param>
    /// <param name="type">The item's type.</param>
    /// <param name="owner">The id of the item's owner; null for an item that does not exist yet, which is the user's own.</param>
    public bool May(ContentAct act, string type, string? owner = null) =>
        ContentPermissions.Allow(ContentRoles.PermissionsOf(Roles), act, type, owner is null || owner == Id);
}
