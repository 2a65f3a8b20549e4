using Metro.GraphQL.Annotations;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data.Paging;

/// <summary>The types of pages (GRAPHQL.md section 3), added to a schema when a field first needs them.</summary>
internal static class PagingSchema
{
    /// <summary>The connection type of a field.</summary>
    public static TypeNode Connection(DescriptorContext context, string name, TypeNode item, PagingOptions options)
    {
        AddPageInfo(context);
        if (IsNew(context, name + "Edge", "node", item, out var edge))
        {
            edge.Description = "An edge in a connection.";
            edge.Fields.Add(Field("cursor", Required("String"), "A cursor for use in pagination.", static (Edge at) => at.Cursor()));
            edge.Fields.Add(Field("node", item, "The item at the end of the edge.", static (Edge at) => at.Node));
            context.TryAdd(edge);
        }

        var typeName = name + "Connection";
        if (IsNew(context, typeName, "nodes", List(item), out var connection))
        {
            connection.Description = "A connection to a list of items.";
            connection.Fields.Add(Field("pageInfo", Required("PageInfo"), "Information to aid in pagination.", static (IConnection at) => at));
            connection.Fields.Add(Field("edges", List(Required(edge.Name)), "A list of edges.", static (IConnection at) => at.Edges));
            if (options.IncludeNodesField)
                connection.Fields.Add(Field("nodes", List(item), "A flattened list of the nodes.", static (IConnection at) => at.Nodes));
            if (options.IncludeTotalCount)
            {
                connection.Fields.Add(Field(
                    "totalCount", Required("Int"), "Identifies the total count of items in the connection.", static (IConnection at) => at.TotalCount));
            }

            context.TryAdd(connection);
        }

        return Named(typeName);
    }

    /// <summary>The collection segment type of a field.</summary>
    public static TypeNode Segment(DescriptorContext context, string name, TypeNode item, PagingOptions options)
    {
        var info = new ObjectType("CollectionSegmentInfo") { Description = "Information about the offset pagination." };
        info.Fields.Add(Field(
            "hasNextPage", Required("Boolean"),
            "Indicates whether more items exist following the set defined by the clients arguments.", static (ICollectionSegment at) => at.HasNextPage));
        info.Fields.Add(Field(
            "hasPreviousPage", Required("Boolean"),
            "Indicates whether more items exist prior the set defined by the clients arguments.", static (ICollectionSegment at) => at.HasPreviousPage));
        context.TryAdd(info);

        var typeName = name + "CollectionSegment";
        if (IsNew(context, typeName, "items", List(item), out var segment))
        {
            segment.Description = "A segment of a collection.";
            segment.Fields.Add(Field("items", List(item), "A flattened list of the items.", static (ICollectionSegment at) => at.Items));
            segment.Fields.Add(Field("pageInfo", Required(info.Name), "Information to aid in pagination.", static (ICollectionSegment at) => at));
            if (options.IncludeTotalCount)
            {
                segment.Fields.Add(Field(
                    "totalCount", Required("Int"), "Identifies the total count of items in the collection.", static (ICollectionSegment at) => at.TotalCount));
            }

            context.TryAdd(segment);
        }

        return Named(typeName);
    }

    private static void AddPageInfo(DescriptorContext context)
    {
        var info = new ObjectType("PageInfo") { Description = "Information about pagination in a connection." };
        info.Fields.Add(Field(
            "hasNextPage", Required("Boolean"),
            "Indicates whether more edges exist following the set defined by the clients arguments.", static (IConnection at) => at.HasNextPage));
        info.Fields.Add(Field(
            "hasPreviousPage", Required("Boolean"),
            "Indicates whether more edges exist prior the set defined by the clients arguments.", static (IConnection at) => at.HasPreviousPage));
        info.Fields.Add(Field("startCursor", Named("String"), "When paginating backwards, the cursor to continue.", static (IConnection at) => at.StartCursor));
        info.Fields.Add(Field("endCursor", Named("String"), "When paginating forwards, the cursor to continue.", static (IConnection at) => at.EndCursor));
        context.TryAdd(info);
    }

    // Fields of one name on several types share their connection, if it is one of the same items.
    private static bool IsNew(DescriptorContext context, string name, string itemField, TypeNode item, out ObjectType type)
    {
        if (!context.TryGetType(name, out var known))
        {
            type = new ObjectType(name);
            return true;
        }

        type = known as ObjectType ?? throw Conflict(name);
        if (type.Fields.TryGet(itemField, out var field) && Printer.Print(field.TypeReference) != Printer.Print(item)) throw Conflict(name);
        return false;
    }

    private static InvalidOperationException Conflict(string name) =>
        new($"Two lists of different items want to be {name}; name one of them with ConnectionName or CollectionSegmentName.");

    private static FieldDefinition Field<TParent>(string name, TypeNode type, string description, Func<TParent, object?> read) => new()
    {
        Name = name,
        TypeReference = type,
        Description = description,
        PureResolver = context => read(context.Parent<TParent>()),
    };

    private static NamedTypeNode Named(string name) => new() { Name = name };

    private static NonNullTypeNode Required(string name) => new() { Nullable = Named(name) };

    private static ListTypeNode List(TypeNode item) => new() { Item = item };
}
