using System.Globalization;
using Metro.Content;
using Metro.Content.Types;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Schema.Social;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Content;

/// <summary>
/// Makes the API's types of content from the content types themselves, so that a new one needs nothing here: an object type with
/// a field for each of its fields, and a list of each.
/// </summary>
internal static class ContentObjectTypes
{
    private const string Interface = "ContentItem";
    private const int MostItems = 50;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The types that are content by themselves; menus and taxonomies are read otherwise.</summary>
    public static IReadOnlyList<ContentTypeDef> Offered { get; } =
        [.. ContentTypes.Shipped.All.Where(type => type.IsCreatable && type.Uses<LocalizationPart>() && type is not (Menu or Taxonomy))];

    public static void Add(DescriptorContext context)
    {
        AddContentType(context);
        var @interface = new InterfaceType(Interface)
        {
            Description = "Something that editors have published, in one language.",
            ResolveType = (_, value) => ((ContentEntry)value).Item.Type,
        };
        foreach (var field in Common(context)) @interface.Fields.Add(field);
        context.TryAdd(@interface);
        foreach (var type in Offered) context.TryAdd(TypeOf(context, type));

        var query = (ObjectType)(context.TryGetType("Query", out var known) ? known : throw new InvalidOperationException("There is no query type."));
        foreach (var type in Offered) AddList(context, query, type);
        AddGeneral(context, query);
    }

    private static ObjectType TypeOf(DescriptorContext context, ContentTypeDef type)
    {
        var made = new ObjectType(type.Name)
        {
            Description = (context.DescriptionOf(type.GetType()) ?? $"{type.Label(English)}.") + " Written by editors.",
            RuntimeType = typeof(ContentEntry),
            IsInstance = value => value is ContentEntry entry && entry.Item.Type == type.Name,
        };
        made.Implement(Interface);
        foreach (var field in Common(context)) made.Fields.Add(field);
        foreach (var field in type.Fields.Where(field => field.Name is not "Summary" && field.Kind is not FieldKind.UserPicker)) made.Fields.Add(FieldOf(context, field));
        if (type.Field(Programs.Presentation.ProgramField) is not null) made.Fields.Add(ProgramField(context));
        if (type.Field("Summary") is not null) made.Fields.Add(SocialField(context));
        return made;
    }

    /// <summary>What all content has.</summary>
    private static IEnumerable<FieldDefinition> Common(DescriptorContext context) =>
    [
        Read("id", "ID!", "Its id, for `contentItem(id:)`.", entry => entry.Item.ItemId),
        Read("type", "ContentType!", "What sort of content it is.", entry => entry.Item.Type),
        Read("title", "String!", "Its title.", entry => entry.Item.DisplayText),
        Read("summary", "String", "What it is about, in a few words; null where nobody wrote it down.", entry => entry.Item.Text("Summary")),
        Read("language", "Language", "The language in which it is written; null for content without one.", entry => Language.Find(entry.Item.Culture)),
        Read("isFallback", "Boolean!", "Whether it is in another language than was asked for, because nobody translated it.", entry => entry.IsFallback),
        Read("html", "String", "Its text as safe HTML; null where it has none.", entry => entry.Item.Markdown is { } text ? MarkdownText.ToHtml(text) : null),
        Read("text", "String", "Its text without any marks; null where it has none.", entry => entry.Item.Markdown is { } text ? MarkdownText.ToText(text) : null),
        Read("publishedAt", "DateTime", "When what it shows was published.", entry => entry.Item.PublishedUtc),
        Read("modifiedAt", "DateTime!", "When what it shows was written.", entry => entry.Item.ModifiedUtc),
        new()
        {
            Name = "url",
            TypeReference = Of(context, typeof(Uri), isNullable: true),
            Description = "The address of its page in the portal; null where it has none.",
            PureResolver = resolved => resolved.Parent<ContentEntry>().Item.Path is { Length: > 0 } path
                ? resolved.Services.GetRequiredService<PortalAddress>().File("/" + path)
                : null,
        },
    ];

    private static FieldDefinition FieldOf(DescriptorContext context, FieldDef field)
    {
        var name = NamingConventions.FieldName(field.Name);
        var label = field.Label(English);
        return field.Kind switch
        {
            FieldKind.Text => Read(name, "String", field.Options.Count == 0 ? $"{label}." : $"{label}: one of {string.Join(", ", field.Options.Select(option => $"`{option}`"))}.", entry => entry.Item.Text(field.Name)),
            FieldKind.Html => Read(name, "String", $"{label}, as safe HTML.", entry => entry.Item.Field(field.Name).Text("Html") is { } html ? SafeHtml.Sanitise(html) : null),
            FieldKind.Markdown => Read(name, "String", $"{label}, as safe HTML.", entry => entry.Item.Field(field.Name).Text("Markdown") is { } text ? MarkdownText.ToHtml(text) : null),
            FieldKind.Boolean => Read(name, "Boolean!", $"{label}: yes or no.", entry => entry.Item.Field(field.Name).Flag("Value")),
            FieldKind.Numeric when field.Scale == 0 => Read(name, "Int", $"{label}, a whole number.", entry => entry.Item.Amount(field.Name) is { } number ? (int)number : null),
            FieldKind.Numeric => Read(name, "Float", $"{label}, a number.", entry => entry.Item.Amount(field.Name)),
            FieldKind.Date => Read(name, "LocalDate", $"{label}, a day by the library's clock.", entry => entry.Item.Day(field.Name)),
            FieldKind.DateTime => Read(name, "DateTime", $"{label}, an instant.", entry => entry.Item.Instant(field.Name)),
            FieldKind.Time => Read(name, "String", $"{label}, a time of day by the library's clock.", entry => entry.Item.Field(field.Name).Text("Value")),
            FieldKind.MultiText => Read(name, "[String!]!", $"{label}, in order.", entry => entry.Item.Content.List(entry.Item.Type, field.Name, "Values")),
            FieldKind.Link => Typed(context, name, typeof(ContentLink), true, $"{label}, a link.", entry => ContentLink.Of(entry.Item, field.Name)),
            FieldKind.GeoPoint => Typed(context, name, typeof(PlaceOnMap), true, $"{label}, on the map.", entry => PlaceOnMap.Of(entry.Item, field.Name)),
            FieldKind.Media when field.IsMultiple => Asked(Of(context, typeof(IReadOnlyList<Picture>), false), name, $"{label}, in order.", async resolved => await Pictures.OfAsync(resolved, field.Name)),
            FieldKind.Media => Asked(Of(context, typeof(Picture), true), name, $"{label}; null where there is none.", async resolved => (await Pictures.OfAsync(resolved, field.Name)).FirstOrDefault()),
            FieldKind.Taxonomy => Asked(Of(context, typeof(IReadOnlyList<ContentTerm>), false), name, $"{label}: the terms under which it is sorted.", resolved => Terms.OfAsync(resolved, field)),
            FieldKind.ContentPicker => Asked(Parser.ParseType($"[{Interface}!]!"), name, $"{label}: other content.", async resolved =>
                await PickedAsync(resolved, resolved.Parent<ContentEntry>().Item.Content.List(field.Type.Name, field.Name, "ContentItemIds"))),
            _ => Asked(Parser.ParseType($"[{Interface}!]!"), name, $"{label}: other content, in the same language where it is translated.", async resolved =>
                await InLanguageAsync(resolved, resolved.Parent<ContentEntry>().Item.Content.List(field.Type.Name, field.Name, "LocalizationSets"))),
        };
    }

    private static FieldDefinition ProgramField(DescriptorContext context) => Asked(
        Of(context, typeof(LibraryProgram), isNullable: true), "program", "The program of the library that it presents, with its sessions and seats; null where it presents none.",
        async resolved => resolved.Parent<ContentEntry>().Item.Text(Programs.Presentation.ProgramField) is { Length: > 0 } code
            ? await resolved.DataLoader<IDataLoader<string, LibraryProgram>>(null).LoadAsync(code, resolved.RequestAborted)
            : null);

    private static FieldDefinition SocialField(DescriptorContext context) => Asked(
        Of(context, typeof(SocialKit), isNullable: false), "socialKit", "What to post about it in social media. What is under embargo is not published, and therefore not here.",
        resolved => SocialKits.OfContentAsync(resolved.Parent<ContentEntry>(), resolved));

    private static void AddContentType(DescriptorContext context)
    {
        var kinds = new EnumType("ContentType") { Description = "A sort of content." };
        foreach (var type in Offered)
        {
            kinds.Values.Add(new()
            {
                Name = NamingConventions.EnumValueName(type.Name), RuntimeValue = type.Name, Description = context.DescriptionOf(type.GetType()) ?? $"{type.Label(English)}.",
            });
        }

        context.TryAdd(kinds);
    }

    private static void AddList(DescriptorContext context, ObjectType query, ContentTypeDef type)
    {
        var page = new ObjectType($"{type.Name}Page") { Description = $"A page of content of the type {type.Name}.", RuntimeType = typeof(ContentList) };
        foreach (var field in PageFields(type.Name)) page.Fields.Add(field);
        context.TryAdd(page);

        var name = type is NewsPost ? "news" : type is EResource ? "eResources" : NamingConventions.FieldName(type.Name) + "s";
        var list = Asked(Parser.ParseType($"{page.Name}!"), name, $"Published content of the type {type.Name}. {context.DescriptionOf(type.GetType())}", resolved => ListAsync(resolved, [type.Name]));
        AddListArguments(context, list);
        query.Fields.Add(list);
    }

    private static void AddGeneral(DescriptorContext context, ObjectType query)
    {
        var page = new ObjectType("ContentPage") { Description = "A page of content of any type.", RuntimeType = typeof(ContentList) };
        foreach (var field in PageFields(Interface)) page.Fields.Add(field);
        context.TryAdd(page);

        var contents = Asked(Parser.ParseType("ContentPage!"), "contents", "Published content of several types, in one order.", resolved =>
            ListAsync(resolved, [.. resolved.ArgumentValue<string[]>("types").Take(8)]));
        contents.Arguments.Add(new() { Name = "types", TypeReference = Parser.ParseType("[ContentType!]!"), RuntimeType = typeof(string[]), Description = "Of which types; up to eight." });
        AddListArguments(context, contents);
        query.Fields.Add(contents);

        var one = Asked(Parser.ParseType(Interface), "contentItem", "One published content item; null when there is none.", async resolved =>
            await resolved.Services.GetRequiredService<ContentReader>().FindAsync(resolved.ArgumentValue<string>("id"), resolved.RequestAborted) is { } item && IsOffered(item) ? new ContentEntry(item, false) : null);
        one.Arguments.Add(new() { Name = "id", TypeReference = Parser.ParseType("ID!"), RuntimeType = typeof(string), Description = "Its id." });
        query.Fields.Add(one);

        var path = Asked(Parser.ParseType(Interface), "contentByPath", "What is published at an address of the portal; null when nothing is.", async resolved =>
            await resolved.Services.GetRequiredService<ContentReader>().ByPathAsync(resolved.ArgumentValue<string>("path"), resolved.RequestAborted) is { Item: { } item } && IsOffered(item) ? new ContentEntry(item, false) : null);
        path.Arguments.Add(new() { Name = "path", TypeReference = Parser.ParseType("String!"), RuntimeType = typeof(string), Description = "The path, such as `en/news/open-again`, with or without slashes at its ends." });
        query.Fields.Add(path);
    }

    private static bool IsOffered(ContentItem item) => Offered.Any(type => type.Name == item.Type);

    private static IEnumerable<FieldDefinition> PageFields(string item) =>
    [
        new() { Name = "items", TypeReference = Parser.ParseType($"[{item}!]!"), Description = "The items in order.", PureResolver = resolved => resolved.Parent<ContentList>().Entries },
        new() { Name = "hasNextPage", TypeReference = Parser.ParseType("Boolean!"), Description = "Whether more follow.", PureResolver = resolved => resolved.Parent<ContentList>().HasNextPage },
        new() { Name = "endCursor", TypeReference = Parser.ParseType("String"), Description = "What to ask for the next page with; null on an empty page.", PureResolver = resolved => resolved.Parent<ContentList>().EndCursor },
    ];

    private static void AddListArguments(DescriptorContext context, FieldDefinition list)
    {
        list.Arguments.Add(Argument("language", context.InputType(typeof(Language), isNullable: true), typeof(Language?), "The reader's language; that of the request unless told otherwise. What is not translated comes in the other language, marked as such."));
        list.Arguments.Add(Argument("order", context.InputType(typeof(ContentOrder)), typeof(ContentOrder), "The order.", new EnumValueNode { Value = "NEWEST" }));
        list.Arguments.Add(Argument("startsFrom", context.InputType(typeof(DateTime), isNullable: true), typeof(DateTime?), "Only what begins then or later."));
        list.Arguments.Add(Argument("startsBefore", context.InputType(typeof(DateTime), isNullable: true), typeof(DateTime?), "Only what begins before."));
        list.Arguments.Add(Argument("notOver", context.InputType(typeof(bool)), typeof(bool), "Whether what is over is left out.", new BooleanValueNode { Value = false }));
        list.Arguments.Add(Argument("terms", Parser.ParseType("[ID!]"), typeof(string[]), "The ids of terms, all of which the content is sorted under; up to ten."));
        list.Arguments.Add(Argument("first", context.InputType(typeof(int)), typeof(int), $"How many, up to {MostItems}.", new IntValueNode { Value = "20" }));
        list.Arguments.Add(Argument("after", context.InputType(typeof(string), isNullable: true), typeof(string), "The `endCursor` of the page before."));
        list.Apply(new CacheHint { MaxAge = 60 }.ToDirective());
        Slice(list);
    }

    // What [ListSize] says of lists that are written as methods.
    private static void Slice(FieldDefinition list) => list.Apply(Parser.ParseDocument(new Source(
        $"type T {{ f: Int @listSize(assumedSize: {MostItems}, slicingArguments: [\"first\"], slicingArgumentDefaultValue: 20, sizedFields: [\"items\"], requireOneSlicingArgument: false) }}", "list size"), ParserOptions.Trusted)
        .Definitions.OfType<ObjectTypeDefinitionNode>().Single().Fields[0].Directives[0]);

    private static async ValueTask<object?> ListAsync(IResolverContext resolved, IReadOnlyList<string> types)
    {
        var size = resolved.ArgumentValue<int>("first");
        if (size is < 0 or > MostItems) throw new GraphQLException(ErrorBuilder.New().SetMessage($"At most {MostItems} can be asked for at once.").SetCode("HC0051").Build());
        var after = resolved.ArgumentValue<string?>("after");
        var cursor = ContentCursor.TryParse(after);
        if (after is not null && cursor is null) throw BadCursor();
        if (types.Count == 0 || size == 0) return new ContentList([], false, null);

        var services = resolved.Services;
        var query = new ContentQuery((resolved.ArgumentValue<Language?>("language") ?? Language.OfRequest).Code, types)
        {
            Order = resolved.ArgumentValue<ContentOrder>("order"),
            StartsFrom = resolved.ArgumentValue<DateTime?>("startsFrom")?.ToUniversalTime(),
            StartsBefore = resolved.ArgumentValue<DateTime?>("startsBefore")?.ToUniversalTime(),
            EndsAfter = resolved.ArgumentValue<bool>("notOver") ? services.GetRequiredService<LibraryCalendar>().Now : null,
            Terms = resolved.ArgumentValue<string[]?>("terms")?.Take(10).ToArray() ?? [],
            PageSize = size,
            After = cursor,
        };
        ContentPage page;
        try
        {
            page = await services.GetRequiredService<ContentReader>().ListAsync(query, resolved.RequestAborted);
        }
        catch (ArgumentException) when (cursor is not null)
        {
            throw BadCursor();
        }

        return new ContentList([.. page.Items.Select(ContentEntry.Of)], page.HasMore, page.Items.Count == 0 ? null : page.Items[^1].Cursor?.ToString());
    }

    private static GraphQLException BadCursor() => new(ErrorBuilder.New().SetMessage("The cursor is of another list, or of none.").SetCode("HC0078").Build());

    private static async ValueTask<object?> PickedAsync(IResolverContext resolved, IReadOnlyList<string> ids)
    {
        var found = await resolved.DataLoader<IDataLoader<string, ContentItem>>(null).LoadAsync([.. ids], resolved.RequestAborted);
        return found.OfType<ContentItem>().Where(IsOffered).Select(item => new ContentEntry(item, false)).ToList();
    }

    private static async ValueTask<object?> InLanguageAsync(IResolverContext resolved, IReadOnlyList<string> sets)
    {
        var (entries, reader) = (new List<ContentEntry>(), resolved.Services.GetRequiredService<ContentReader>());
        foreach (var set in sets.Take(10))
            if (await reader.InLanguageAsync(set, resolved.Parent<ContentEntry>().Item.Culture ?? "id", resolved.RequestAborted) is { } offered && IsOffered(offered.Item)) entries.Add(ContentEntry.Of(offered));
        return entries;
    }

    private static TypeNode Of(DescriptorContext context, Type type, bool isNullable) => context.OutputType(type, isNullable);

    private static ArgumentDefinition Argument(string name, TypeNode type, Type runtime, string description, ValueNode? fallback = null) =>
        new() { Name = name, TypeReference = type, RuntimeType = runtime, Description = description, DefaultValue = fallback };

    private static FieldDefinition Read(string name, string type, string description, Func<ContentEntry, object?> read) =>
        new() { Name = name, TypeReference = Parser.ParseType(type), Description = description, PureResolver = resolved => read(resolved.Parent<ContentEntry>()) };

    private static FieldDefinition Typed(DescriptorContext context, string name, Type type, bool isNullable, string description, Func<ContentEntry, object?> read) =>
        new() { Name = name, TypeReference = Of(context, type, isNullable), Description = description, PureResolver = resolved => read(resolved.Parent<ContentEntry>()) };

    // A field of its own scope: fields of a query run at the same time, and a database context belongs to one of them.
    private static FieldDefinition Asked(TypeNode type, string name, string description, FieldResolver resolver) => new()
    {
        Name = name,
        TypeReference = type,
        Description = description,
        Resolver = async resolved =>
        {
            var middleware = (IMiddlewareContext)resolved;
            var outer = middleware.Services;
            await using var scope = outer.CreateAsyncScope();
            middleware.Services = scope.ServiceProvider;
            try
            {
                return await resolver(resolved);
            }
            finally
            {
                middleware.Services = outer;
            }
        },
    };
}
