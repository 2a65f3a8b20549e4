namespace Metro.Content;

/// <summary>What is done with an item, for the purpose of permission.</summary>
public enum ContentAct
{
    /// <summary>See its published version.</summary>
    View,

    /// <summary>See it before it is published.</summary>
    Preview,

    /// <summary>Create it, save drafts, restore a version.</summary>
    Edit,

    /// <summary>Publish, unpublish, schedule.</summary>
    Publish,

    /// <summary>Delete and undelete.</summary>
    Delete,

    /// <summary>Make a copy.</summary>
    Clone,
}

/// <summary>
/// The permissions of Orchard Core by their names: of all content (<c>EditContent</c>), of one's own
/// (<c>EditOwnContent</c>), of one type (<c>Edit_Workshop</c>, <c>EditOwn_Workshop</c>). Pure: the same
/// question has the same answer.
/// </summary>
public static class ContentPermissions
{
    /// <summary>See the list of content in the editor.</summary>
    public const string ListContent = "ListContent";

    /// <summary>Give an item another owner.</summary>
    public const string EditContentOwner = "EditContentOwner";

    /// <summary>Use the REST endpoints.</summary>
    public const string AccessContentApi = "AccessContentApi";

    /// <summary>Use GraphQL.</summary>
    public const string ExecuteGraphQL = "ExecuteGraphQL";

    /// <summary>Upload to the media library, and describe what is there.</summary>
    public const string ManageMedia = "ManageMediaContent";

    /// <summary>Import and export recipes.</summary>
    public const string ManageRecipes = "ManageRecipes";

    /// <summary>Name the webhooks and redirects.</summary>
    public const string ManageSettings = "ManageSettings";

    /// <summary>Read who did what to all content.</summary>
    public const string ViewAuditTrail = "ViewAuditTrail";

    /// <summary>Whether these permissions allow the act on an item of that type.</summary>
    /// <param name="granted">The names of the permissions that the person has.</param>
    /// <param name="act">The act.</param>
    /// <param name="type">The item's type.</param>
    /// <param name="isOwn">Whether the item belongs to the person.</param>
    public static bool Allow(IReadOnlySet<string> granted, ContentAct act, string type, bool isOwn) =>
        AndWhatImplies(act).Any(each =>
            granted.Contains($"{each}Content") || granted.Contains($"{each}_{type}")
            || (isOwn && (granted.Contains($"{each}OwnContent") || granted.Contains($"{each}Own_{type}"))));

    /// <summary>The name of the permission for the act on all content, or on one's own.</summary>
    public static string NameOf(ContentAct act, bool own = false) => act == ContentAct.Clone
        ? own ? "CloneOwnContent" : "CloneContent"
        : $"{act}{(own ? "Own" : "")}Content";

    /// <summary>The name of the permission for the act on one type.</summary>
    public static string NameOf(ContentAct act, string type, bool own = false) => $"{act}{(own ? "Own" : "")}_{type}";

    /// <summary>Who may publish may edit; who may edit may preview and view.</summary>
    private static ContentAct[] AndWhatImplies(ContentAct act) => act switch
    {
        ContentAct.View => [ContentAct.View, ContentAct.Preview, ContentAct.Edit, ContentAct.Publish],
        ContentAct.Preview => [ContentAct.Preview, ContentAct.Edit, ContentAct.Publish],
        ContentAct.Edit => [ContentAct.Edit, ContentAct.Publish],
        _ => [act],
    };
}

/// <summary>The roles of the editor and what each may do.</summary>
public static class ContentRoles
{
    /// <summary>Everything.</summary>
    public const string Administrator = "Administrator";

    /// <summary>Edits and publishes everybody's content.</summary>
    public const string Editor = "Editor";

    /// <summary>Writes, copies and deletes own content; an editor publishes it.</summary>
    public const string Author = "Author";

    /// <summary>Writes own content; an editor publishes it.</summary>
    public const string Contributor = "Contributor";

    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private static readonly Dictionary<string, IReadOnlySet<string>> ByRole = new()
    {
        [Administrator] = new HashSet<string>
        {
            "ViewContent", "PreviewContent", "EditContent", "PublishContent", "DeleteContent", "CloneContent",
            ContentPermissions.ListContent, ContentPermissions.EditContentOwner, ContentPermissions.AccessContentApi,
            ContentPermissions.ExecuteGraphQL, ContentPermissions.ManageMedia, ContentPermissions.ManageRecipes, ContentPermissions.ManageSettings,
            ContentPermissions.ViewAuditTrail,
        },
        [Editor] = new HashSet<string>
        {
            "ViewContent", "PreviewContent", "EditContent", "PublishContent", "DeleteContent", "CloneContent",
            ContentPermissions.ListContent, ContentPermissions.EditContentOwner, ContentPermissions.AccessContentApi,
            ContentPermissions.ExecuteGraphQL, ContentPermissions.ManageMedia, ContentPermissions.ViewAuditTrail,
        },
        [Author] = new HashSet<string>
        {
            "ViewContent", "PreviewOwnContent", "EditOwnContent", "DeleteOwnContent", "CloneOwnContent",
            ContentPermissions.ListContent, ContentPermissions.AccessContentApi, ContentPermissions.ExecuteGraphQL, ContentPermissions.ManageMedia,
        },
        [Contributor] = new HashSet<string>
        {
            "ViewContent", "PreviewOwnContent", "EditOwnContent", ContentPermissions.ListContent,
        },
    };

    /// <summary>All roles of the editor.</summary>
    public static IReadOnlyList<string> All { get; } = [Administrator, Editor, Author, Contributor];

    /// <summary>The permissions of somebody with these roles; a role that is not of the editor gives none.</summary>
    public static IReadOnlySet<string> PermissionsOf(params IEnumerable<string> roles) => roles
        .Select(role => ByRole.GetValueOrDefault(role, None))
        .Aggregate(None, (all, some) => all.Count == 0 ? some : new HashSet<string>(all.Concat(some)));
}
