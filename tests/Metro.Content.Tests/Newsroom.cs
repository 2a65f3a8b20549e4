using System.Text.Json.Nodes;
using Metro.Testing;

namespace Metro.Content.Tests;

/// <summary>An editorial office on a fresh database: its people, its clock, and shorthand for what they do.</summary>
public sealed class Newsroom : IAsyncDisposable
{
    public static readonly ContentUser Administrator = new("u-admin", "Sri", ContentRoles.Administrator);
    public static readonly ContentUser Editor = new("u-editor", "Rina", ContentRoles.Editor);
    public static readonly ContentUser OtherEditor = new("u-editor2", "Budi", ContentRoles.Editor);
    public static readonly ContentUser Author = new("u-author", "Dewi", ContentRoles.Author);
    public static readonly ContentUser Contributor = new("u-contributor", "Joko", ContentRoles.Contributor);
    public static readonly ContentUser Nobody = new("u-nobody", "Tamu");

    private readonly TestDatabase<ContentDbContext> database;
    private readonly List<ContentDbContext> contexts = [];
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("metro-media-");

    private Newsroom(TestDatabase<ContentDbContext> database) => this.database = database;

    public FakeClock Clock { get; } = new();

    public ContentSettings Settings { get; } = new();

    public DateTime Now => Clock.UtcNow;

    public ContentStore Store => field ??= NewStore();

    public ContentReader Reader => new(NewContext(), ContentTypes.Shipped, Settings);

    public ContentHistory History => new(NewContext());

    public Schedules Schedules => new(NewContext(), Store);

    public Translations Translations => new(NewContext(), Settings);

    public Webhooks Webhooks => new(NewContext(), Clock, Post);

    /// <summary>How webhooks are called; a test that has a receiver in this process may let it be reached.</summary>
    public WebhookPost Post { get; set; } = new(new WebhookSettings());

    public LinkReport Links => new(NewContext(), ContentTypes.Shipped, Settings);

    public Redirects Redirects => new(NewContext(), Clock);

    public EditLocks Locks => new(NewContext(), Settings, Clock);

    public Autosaves Autosaves => new(NewContext(), Settings, Clock);

    public MediaLibrary Media => new(NewContext(), new MediaSettings(files.FullName) { MaxMegabytes = SmallLimits }, Clock);

    public PictureSizes Sizes => new(new MediaSettings(files.FullName));

    public RecipeImport Import => new(NewContext() is var db ? db : null!, new ContentStore(db, ContentTypes.Shipped, Settings, Clock), new MediaLibrary(db, new MediaSettings(files.FullName), Clock), Clock);

    public RecipeExport Export => new(NewContext() is var db ? db : null!, ContentTypes.Shipped, new MediaLibrary(db, new MediaSettings(files.FullName), Clock));

    private static readonly Dictionary<MediaKind, int> SmallLimits = Enum.GetValues<MediaKind>().ToDictionary(kind => kind, _ => 1);

    public string MediaFolder => files.FullName;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Newsroom> OpenAsync() => new(await TestDatabase.CreateAsync<ContentDbContext>());

    public ContentDbContext NewContext()
    {
        var context = database.NewContext();
        contexts.Add(context);
        return context;
    }

    /// <summary>A store with a connection of its own, as another request has.</summary>
    public ContentStore NewStore(params ContentHandler[] handlers) => new(NewContext(), ContentTypes.Shipped, Settings, Clock, handlers);

    public static JsonObject APage(string title, string body = "Isi halaman.") => new()
    {
        ["TitlePart"] = new JsonObject { ["Title"] = title },
        ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = body },
    };

    public static JsonObject AWorkshop(string title, DateTime? starts = null, params string[] topics)
    {
        var workshop = APage(title, "Mari belajar bersama.");
        workshop["Workshop"] = new JsonObject
        {
            ["Summary"] = new JsonObject { ["Text"] = "Belajar membatik dari awal." },
            ["StartsAt"] = new JsonObject { ["Value"] = (starts ?? new DateTime(2026, 2, 1, 2, 0, 0, DateTimeKind.Utc)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") },
        };
        if (topics.Length > 0) workshop["Workshop"]!["Topics"] = new JsonObject { ["TermContentItemIds"] = new JsonArray([.. topics.Select(topic => (JsonNode)topic)]) };
        return workshop;
    }

    public async Task<ContentItem> Draft(string type, JsonObject content, ContentUser? by = null, string? culture = null) =>
        Done(await Store.CreateAsync(by ?? Editor, type, content, culture, stop: Stop));

    public async Task<ContentItem> Published(string type, JsonObject content, string? culture = null)
    {
        var draft = await Draft(type, content, Editor, culture);
        return Done(await Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop));
    }

    public async Task<ContentItem> Publish(ContentItem item, JsonObject? content = null) =>
        Done(await Store.PublishAsync(Editor, item.ItemId, item.VersionId, content, stop: Stop));

    public async Task<ContentItem> Save(ContentItem item, JsonObject content, ContentUser? by = null) =>
        Done(await Store.SaveAsync(by ?? Editor, item.ItemId, item.VersionId, content, stop: Stop));

    public static T Done<T>(Outcome<T> outcome) where T : class
    {
        Assert.True(outcome.Succeeded, outcome.Refusal is { } refusal
            ? $"{refusal.Code} {string.Join(' ', refusal.Faults.Select(fault => $"{fault.Code}@{fault.Path}"))}"
            : "");
        return outcome.Result;
    }

    public static string Refused<T>(Outcome<T> outcome) where T : class
    {
        Assert.False(outcome.Succeeded);
        return outcome.Refusal.Code;
    }

    public static JsonObject Changed(ContentItem item, Action<JsonObject> change)
    {
        var content = item.Content.DeepClone().AsObject();
        change(content);
        return content;
    }

    public static JsonObject Retitled(ContentItem item, string title) => Changed(item, content => content["TitlePart"]!["Title"] = title);

    public async ValueTask DisposeAsync()
    {
        Post.Dispose();
        foreach (var context in contexts) await context.DisposeAsync();
        await database.DisposeAsync();
        files.Delete(recursive: true);
    }
}
