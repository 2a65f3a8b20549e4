using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Data.Filtering;
using Metro.GraphQL.Data.Paging;
using Metro.GraphQL.Data.Sorting;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data;

/// <summary>
/// The list is read in pages that cursors mark (GRAPHQL.md section 3). Over a database a cursor carries the order's keys
/// and the entity's, so a page costs the same wherever it lies; where a key cannot be sought, and over objects, it
/// counts. Outermost of the data annotations.
/// </summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UsePagingAttribute([CallerLineNumber] int order = 0) : PagingAttribute(order)
{
    private bool? _allowBackwardPagination;
    private bool? _includeNodesField;
    private bool? _inferConnectionNameFromField;

    /// <summary>The connection's name without the word Connection; the field's name when it is not given.</summary>
    public string? ConnectionName { get; set; }

    /// <inheritdoc cref="PagingOptions.AllowBackwardPagination"/>
    public bool AllowBackwardPagination
    {
        get => _allowBackwardPagination ?? true;
        set => _allowBackwardPagination = value;
    }

    /// <inheritdoc cref="PagingOptions.IncludeNodesField"/>
    public bool IncludeNodesField
    {
        get => _includeNodesField ?? true;
        set => _includeNodesField = value;
    }

    /// <inheritdoc cref="PagingOptions.InferConnectionNameFromField"/>
    public bool InferConnectionNameFromField
    {
        get => _inferConnectionNameFromField ?? true;
        set => _inferConnectionNameFromField = value;
    }

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(field);
        var list = ListField.Of(field, MiddlewareStage.Paging, "[UsePaging]");
        var defaults = Options(context);
        var options = defaults with
        {
            AllowBackwardPagination = _allowBackwardPagination ?? defaults.AllowBackwardPagination,
            IncludeNodesField = _includeNodesField ?? defaults.IncludeNodesField,
            InferConnectionNameFromField = _inferConnectionNameFromField ?? defaults.InferConnectionNameFromField,
        };
        list.Paging = options;
        field.Definition.Features.Set(options);

        var item = context.ItemType(field.Member!)!;
        var name = ConnectionName
            ?? NamingConventions.PascalCase(options.InferConnectionNameFromField ? field.Definition.Name : item.InnermostName);
        field.Definition.TypeReference = PagingSchema.Connection(context, name, item, options);
        Argument(field, "first", "Int", "Returns the first _n_ elements from the list.");
        Argument(field, "after", "String", "Returns the elements in the list that come after the specified cursor.");
        if (!options.AllowBackwardPagination) return;
        Argument(field, "last", "Int", "Returns the last _n_ elements from the list.");
        Argument(field, "before", "String", "Returns the elements in the list that come before the specified cursor.");
    }
}

/// <summary>The list is read in pages that are counted (GRAPHQL.md section 3). Outermost of the data annotations.</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UseOffsetPagingAttribute([CallerLineNumber] int order = 0) : PagingAttribute(order)
{
    /// <summary>The segment's name without the words CollectionSegment; the field's name when it is not given.</summary>
    public string? CollectionSegmentName { get; set; }

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(field);
        var list = ListField.Of(field, MiddlewareStage.Paging, "[UseOffsetPaging]");
        var options = Options(context);
        (list.Paging, list.IsOffsetPaged) = (options, true);
        field.Definition.Features.Set(options);

        var name = CollectionSegmentName ?? NamingConventions.PascalCase(field.Definition.Name);
        field.Definition.TypeReference = PagingSchema.Segment(context, name, context.ItemType(field.Member!)!, options);
        Argument(field, "skip", "Int", "Leaves out the first _n_ elements of the list.");
        Argument(field, "take", "Int", "Returns the next _n_ elements of the list.");
    }
}

/// <summary>What both ways of paging have in common.</summary>
/// <param name="order">The line it stands on.</param>
public abstract class PagingAttribute(int order) : ObjectFieldDescriptorAttribute(order)
{
    private int? _defaultPageSize;
    private int? _maxPageSize;
    private bool? _includeTotalCount;
    private bool? _requirePagingBoundaries;

    /// <inheritdoc cref="PagingOptions.DefaultPageSize"/>
    public int DefaultPageSize
    {
        get => _defaultPageSize ?? 0;
        set => _defaultPageSize = value;
    }

    /// <inheritdoc cref="PagingOptions.MaxPageSize"/>
    public int MaxPageSize
    {
        get => _maxPageSize ?? 0;
        set => _maxPageSize = value;
    }

    /// <inheritdoc cref="PagingOptions.IncludeTotalCount"/>
    public bool IncludeTotalCount
    {
        get => _includeTotalCount ?? false;
        set => _includeTotalCount = value;
    }

    /// <inheritdoc cref="PagingOptions.RequirePagingBoundaries"/>
    public bool RequirePagingBoundaries
    {
        get => _requirePagingBoundaries ?? false;
        set => _requirePagingBoundaries = value;
    }

    private protected PagingOptions Options(DescriptorContext context)
    {
        var defaults = context.Settings.TryGetValue(typeof(PagingOptions), out var given) ? (PagingOptions)given : new();
        var options = defaults with
        {
            MaxPageSize = _maxPageSize ?? defaults.MaxPageSize,
            IncludeTotalCount = _includeTotalCount ?? defaults.IncludeTotalCount,
            RequirePagingBoundaries = _requirePagingBoundaries ?? defaults.RequirePagingBoundaries,
        };
        return options with { DefaultPageSize = Math.Min(_defaultPageSize ?? defaults.DefaultPageSize, options.MaxPageSize) };
    }

    private protected static void Argument(ObjectFieldDescriptor field, string name, string type, string description) =>
        field.Definition.Arguments.Add(new() { Name = name, TypeReference = new NamedTypeNode { Name = type }, Description = description });
}

/// <summary>
/// Only what is selected is read (GRAPHQL.md section 6): the selection becomes the query's columns, nested lists become
/// one statement each. A resolver below that reads more of its parent says so with <c>[Parent(requires)]</c>; when it
/// does not, all columns of its parent are read.
/// </summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UseProjectionAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        ListField.Of(field, MiddlewareStage.Projection, "[UseProjection]").IsProjected = true;
    }
}

/// <summary>Of the list only the first item is answered with; null when there is none.</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UseFirstOrDefaultAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field) =>
        OneItem.Configure(context, field, SingleItem.First, "[UseFirstOrDefault]");
}

/// <summary>Of the list the only item is answered with; null when there is none, an error (HC0022) when there are more.</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
public sealed class UseSingleOrDefaultAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field) =>
        OneItem.Configure(context, field, SingleItem.Only, "[UseSingleOrDefault]");
}

file static class OneItem
{
    public static void Configure(DescriptorContext context, ObjectFieldDescriptor field, SingleItem single, string annotation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(field);
        ListField.Of(field, MiddlewareStage.SingleItem, annotation).Single = single;
        var item = context.ItemType(field.Member!)!;
        field.Definition.TypeReference = item is NonNullTypeNode required ? required.Nullable : item;
    }
}

/// <summary>Clients choose the items by <c>where</c> (GRAPHQL.md section 4).</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
/// <remarks>
/// Text is compared as the database compares it: on SQLite and PostgreSQL case matters in every operation, and over
/// objects too.
/// </remarks>
public sealed class UseFilteringAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(field);
        var list = ListField.Of(field, MiddlewareStage.Filtering, "[UseFiltering]");
        list.Filter = FilterSchema.Of(context).For(list.ItemType);
        if (context.Settings.TryGetValue(typeof(FilteringOptions), out var options)) list.FilteringOptions = (FilteringOptions)options;
        field.Definition.Arguments.Add(new CostDefaults(context).OfArgument(new ArgumentDefinition
        {
            Name = "where",
            TypeReference = new NamedTypeNode { Name = list.Filter.InputName },
        }));
    }
}

/// <summary>Clients choose the order of the items by <c>order</c> (GRAPHQL.md section 5).</summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
/// <remarks>Null is the least of all values on SQLite and over objects, and the greatest on PostgreSQL.</remarks>
public sealed class UseSortingAttribute([CallerLineNumber] int order = 0) : ObjectFieldDescriptorAttribute(order)
{
    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(field);
        var list = ListField.Of(field, MiddlewareStage.Sorting, "[UseSorting]");
        list.Sort = SortSchema.Of(context).For(list.ItemType);
        field.Definition.Arguments.Add(new CostDefaults(context).OfArgument(new ArgumentDefinition
        {
            Name = "order",
            TypeReference = new ListTypeNode
            {
                Item = new NonNullTypeNode { Nullable = new NamedTypeNode { Name = list.Sort.InputName } },
            },
        }));
    }
}

/// <summary>Data annotations in the set-up of the server.</summary>
public static class DataServerExtensions
{
    extension(GraphQLServerBuilder builder)
    {
        /// <summary>How lists are paged unless their annotation says otherwise.</summary>
        /// <param name="change">Makes the options from the usual ones.</param>
        public GraphQLServerBuilder ModifyPagingOptions(Func<PagingOptions, PagingOptions> change)
        {
            ArgumentNullException.ThrowIfNull(change);
            return builder.Set(change(builder.Get<PagingOptions>() ?? new()));
        }

        /// <summary>How much a <c>where</c> may ask. Without it <see cref="UseFilteringAttribute"/> works with the usual options.</summary>
        /// <param name="options">The options; null for the usual ones.</param>
        public GraphQLServerBuilder AddFiltering(FilteringOptions? options = null) => builder.Set(options ?? new());

        /// <summary>Lists can be ordered. <see cref="UseSortingAttribute"/> needs nothing else.</summary>
        public GraphQLServerBuilder AddSorting() => builder;

        /// <summary>Selections are read as columns. <see cref="UseProjectionAttribute"/> needs nothing else.</summary>
        public GraphQLServerBuilder AddProjections() => builder;

        private GraphQLServerBuilder Set<T>(T setting)
            where T : class
        {
            builder.Setup.Settings[typeof(T)] = setting;
            return builder;
        }

        private T? Get<T>()
            where T : class => builder.Setup.Settings.GetValueOrDefault(typeof(T)) as T;
    }
}
