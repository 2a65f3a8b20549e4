using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data.Querying;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.GraphQL.Data.Projections;

/// <summary>
/// What of a class a selection needs: only that is read from the database. Found out once for each selection of a
/// document; immutable and thread-safe.
/// </summary>
internal sealed class Projection
{
    private static readonly MethodInfo AttachMethod = typeof(WorkedOut).GetMethod(nameof(WorkedOut.Attach))!;

    private readonly OrderedDictionary<string, PropertyInfo> _scalars = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (PropertyInfo Property, Projection Of)> _objects = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, NestedList> _lists = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, LambdaExpression> _workedOut = new(StringComparer.Ordinal);
    private bool _needsAllScalars;

    // What was found out last; there is one model as a rule.
    private Found<bool>? _apart;

    private Projection(Type type) => Type = type;

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>Whether objects are read as they are: nobody can say beforehand which class they will be.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether lists are nested in it, at any depth.</summary>
    public bool HasLists => _lists.Count > 0 || _objects.Values.Any(each => each.Of.HasLists);

    /// <summary>Whether lists are read in the same query as the objects.</summary>
    /// <param name="isApart">Whether its own lists are read by queries of their own.</param>
    public bool ReadsLists(bool isApart) => isApart ? _objects.Values.Any(each => each.Of.HasLists) : HasLists;

    /// <summary>
    /// Whether the lists of these objects can be read by queries of their own, one for each list, by the objects' keys.
    /// That costs less than EF's split queries, which ask the whole question again and buffer what they read.
    /// </summary>
    public bool CanReadListsApart(IEntityType? entity)
    {
        if (_lists.Count == 0 || entity is null) return false;
        if (ReferenceEquals(_apart?.Entity, entity)) return _apart.Value;

        var canBe = entity.FindPrimaryKey() is { Properties: [{ PropertyInfo: not null } key] }
            && (key.ClrType.IsPrimitive || key.ClrType == typeof(string) || key.ClrType == typeof(Guid))
            && _lists.Values.All(list => list.CanBeApart(entity));
        _apart = new(entity, canBe);
        return canBe;
    }

    /// <summary>Reads the lists of objects by queries of their own, and puts them into the objects.</summary>
    public async ValueTask ReadListsAsync(
        EntitySource source, IEntityType entity, IReadOnlyList<IRow> owners, IResolverContext context)
    {
        if (owners.Count == 0) return;
        var all = source.Over(entity);
        foreach (var list in _lists.Values) await list.ReadAsync(all, entity, owners, context);
    }

    /// <summary>What these selections on one class need.</summary>
    /// <param name="type">The class.</param>
    /// <param name="selections">What is selected on it; null when it is selected on an interface or union.</param>
    public static Projection Of(Type type, IReadOnlyList<SelectionSet>? selections)
    {
        var projection = new Projection(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<IsProjectedAttribute>() is { IsProjected: true }) projection._scalars.TryAdd(property.Name, property);
        }

        projection.IsWhole = selections is null || type.IsAbstract || type.IsValueType || type == typeof(string);
        foreach (var set in selections ?? [])
        {
            if (set.Type.RuntimeType is not { } runtime || runtime != type) projection.IsWhole = true;
            foreach (var selection in set.Selections) projection.Add(selection);
        }

        return projection;
    }

    /// <summary>The part of a query's form that does not change from request to request.</summary>
    public void Describe(QueryShape shape, IReadOnlyList<ListRequest> requests, bool isApart)
    {
        var next = 0;
        Describe(shape, requests, isApart, ref next);
    }

    /// <summary>What the nested lists are asked for, in the order in which the expression meets them.</summary>
    public void ReadRequests(VariableValues variables, List<ListRequest> requests, bool isApart)
    {
        foreach (var (_, nested) in _objects.Values) nested.ReadRequests(variables, requests, isApart: false);
        if (isApart) return;
        foreach (var list in _lists.Values)
        {
            foreach (var variant in list.Variants)
            {
                requests.Add(variant.Read(variables));
                variant.Items.ReadRequests(variables, requests, isApart: false);
            }
        }
    }

    /// <summary>The expression that makes an object with what is needed.</summary>
    public Expression Build(
        Expression source, IEntityType? entity, ValueSlots slots, Dialect dialect, IReadOnlyList<ListRequest> requests, bool isApart)
    {
        var next = 0;
        return Build(source, entity, slots, dialect, requests, isApart, ref next, isRow: true);
    }

    private void Describe(QueryShape shape, IReadOnlyList<ListRequest> requests, bool isApart, ref int next)
    {
        shape.Mark('{').Mark(IsWhole ? '*' : _needsAllScalars ? '+' : '-');
        foreach (var name in _scalars.Keys) shape.Mark(name).Mark(',');
        foreach (var name in _workedOut.Keys) shape.Mark('=').Mark(name).Mark(',');
        foreach (var (name, (_, nested)) in _objects)
        {
            shape.Mark(name).Mark(':');
            nested.Describe(shape, requests, isApart: false, ref next);
        }

        if (isApart) shape.Mark('#');
        foreach (var (name, list) in isApart ? [] : _lists)
        {
            shape.Mark(name);
            foreach (var variant in list.Variants)
            {
                shape.Mark('"').Mark(variant.Arguments).Mark('"').Mark(variant.NeedsTotal ? 't' : '-');
                requests[next++].DescribeNested(shape);
                variant.Items.Describe(shape, requests, isApart: false, ref next);
            }
        }

        shape.Mark('}');
    }

    private void Add(Selection selection)
    {
        if (selection.Field.Name is "__typename") return;
        switch (selection.Field.Features.Get<MemberInfo>())
        {
            case PropertyInfo property when property.DeclaringType!.IsAssignableFrom(Type):
                if (property.GetCustomAttribute<IsProjectedAttribute>() is { IsProjected: false }) return;
                Add(selection, property);
                break;
            case MethodInfo when selection.Field.Features.Get<WorkedOut>() is { } workedOut && workedOut.Value.Parameters[0].Type.IsAssignableFrom(Type):
                _workedOut.TryAdd(workedOut.Name, workedOut.Value);
                break;
            case MethodInfo method:
                Require(method);
                break;
            default:
                _needsAllScalars = true;
                break;
        }
    }

    private void Add(Selection selection, PropertyInfo property)
    {
        if (!selection.IsComposite)
        {
            _scalars.TryAdd(property.Name, property);
            return;
        }

        var field = selection.Field.Features.Get<ListField>();
        var itemType = field?.ItemType ?? InputConversion.ItemType(property.PropertyType);
        var sets = field?.SelectedItems(selection) ?? SelectionsOf(selection);
        if (itemType is null)
        {
            // The same object under several names needs what all of them ask for.
            var nested = Of(property.PropertyType, sets);
            if (_objects.TryGetValue(property.Name, out var known)) known.Of.Merge(nested);
            else _objects.Add(property.Name, (property, nested));
            return;
        }

        if (!_lists.TryGetValue(property.Name, out var list)) _lists.Add(property.Name, list = new(property, itemType));
        list.Add(new(ProjectedLists.ArgumentsOf(selection), field, selection, Of(itemType, sets)));
    }

    /// <summary>What is selected below a field that answers with one object type; null when it is abstract.</summary>
    public static IReadOnlyList<SelectionSet>? SelectionsOf(Selection selection) =>
        selection.Type.Named is ObjectType type ? [selection.SelectionsOn(type)] : selection.IsComposite ? null : [];

    // What a method reads of its parent, nobody knows unless it says.
    private void Require(MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<ParentAttribute>() is not { } parent) continue;
            if (parent.Requires is null)
            {
                _needsAllScalars = true;
                continue;
            }

            foreach (var name in parent.Requires.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var property = Type.GetProperty(name)
                    ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} requires {name}, which {Type} does not have.");
                _scalars.TryAdd(property.Name, property);
            }
        }

        if (!method.IsStatic && method.DeclaringType!.IsAssignableFrom(Type)) _needsAllScalars = true;
    }

    private void Merge(Projection other)
    {
        IsWhole |= other.IsWhole;
        _needsAllScalars |= other._needsAllScalars;
        foreach (var (name, property) in other._scalars) _scalars.TryAdd(name, property);
        foreach (var (name, value) in other._workedOut) _workedOut.TryAdd(name, value);
        foreach (var (name, nested) in other._objects)
        {
            if (_objects.TryGetValue(name, out var known)) known.Of.Merge(nested.Of);
            else _objects.Add(name, nested);
        }

        foreach (var (name, list) in other._lists)
        {
            if (!_lists.TryGetValue(name, out var known)) _lists.Add(name, list);
            else foreach (var variant in list.Variants) known.Add(variant);
        }
    }

    private Expression Build(
        Expression source, ITypeBase? entity, ValueSlots slots, Dialect dialect, IReadOnlyList<ListRequest> requests, bool isApart, ref int next,
        bool isRow = false)
    {
        var isJson = entity is IEntityType owned && owned.IsMappedToJson();
        if (IsWhole || isJson || (entity as IEntityType)?.GetDirectlyDerivedTypes().Any() is true || entity is IComplexType)
        {
            // Nested lists are not read then, but what they were asked for stands in the list of requests.
            for (var left = CountRequests(isApart); left > 0; left--) requests[next++].PassOver(slots);
            return source;
        }

        var values = new OrderedDictionary<string, (MemberInfo? Target, Expression Value)>(StringComparer.Ordinal);
        var needsAllScalars = _needsAllScalars;
        foreach (var property in _scalars.Values) needsAllScalars |= !TryBind(values, source, entity, property);
        if (needsAllScalars) BindAll(values, source, entity);

        foreach (var (property, nested) in _objects.Values)
        {
            var navigation = (entity as IEntityType)?.FindNavigation(property.Name);
            ITypeBase? target = navigation?.TargetEntityType ?? (ITypeBase?)entity?.FindComplexProperty(property.Name)?.ComplexType;
            var read = Expression.Property(source, property);
            var made = nested.Build(read, target, slots, dialect, requests, isApart: false, ref next);
            var isAlwaysThere = navigation is { ForeignKey.IsRequired: true, IsOnDependent: true } || made == read;
            values[property.Name] = (TargetOf(property, entity), isAlwaysThere ? made : Expression.Condition(
                Expression.Equal(read, Expression.Constant(null, read.Type)), Expression.Constant(null, made.Type), made));
        }

        foreach (var list in isApart ? [] : _lists.Values.AsEnumerable())
        {
            var target = entity is IEntityType at
                ? ItemsOf(at, list.Property)
                : null;
            var made = list.Build(Expression.Property(source, list.Property), target, slots, dialect, requests, ref next);
            values[list.Property.Name] = (TargetOf(list.Property, entity), made);
        }

        var item = Make(values);
        return _workedOut.Count == 0 || isRow
            ? item
            : Expression.Call(AttachMethod.MakeGenericMethod(Type), item, Expression.Constant(_workedOut.Keys.ToArray()), BuildWorkedOut(source)!);
    }

    /// <summary>The expression of what the database works out for a row; null when there is nothing.</summary>
    public Expression? BuildWorkedOut(Expression source) => _workedOut.Count == 0 ? null : Expression.NewArrayInit(
        typeof(object), _workedOut.Values.Select(value => Expression.Convert(Substitution.Inline(value, source), typeof(object))));

    /// <summary>Keeps what was worked out for rows, until their fields ask for it.</summary>
    public void Keep<T>(List<Row<T>> rows, IResolverContext context)
    {
        if (_workedOut.Count == 0 || rows.Count == 0) return;
        RowValues.Of(context).Add(rows, [.. _workedOut.Keys]);
    }

    private int CountRequests(bool isApart) =>
        _objects.Values.Sum(each => each.Of.CountRequests(isApart: false))
        + (isApart ? 0 : _lists.Values.Sum(list => list.Variants.Sum(variant => 1 + variant.Items.CountRequests(isApart: false))));

    private static IEntityType? ItemsOf(IEntityType entity, PropertyInfo list) =>
        entity.FindNavigation(list.Name)?.TargetEntityType ?? entity.FindSkipNavigation(list.Name)?.TargetEntityType;

    // Values go through the constructor where there is no other way, else into properties and the fields behind them.
    private Expression Make(OrderedDictionary<string, (MemberInfo? Target, Expression Value)> values)
    {
        var constructors = Type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        var constructor = constructors.MinBy(each => each.GetParameters().Length)
            ?? throw new InvalidOperationException($"{Type} has no constructor.");
        var arguments = new List<Expression>();
        foreach (var parameter in constructor.GetParameters())
        {
            var name = values.Keys.FirstOrDefault(key => string.Equals(key, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (name is not null && parameter.ParameterType.IsAssignableFrom(values[name].Value.Type))
            {
                arguments.Add(values[name].Value.Type == parameter.ParameterType ? values[name].Value : Expression.Convert(values[name].Value, parameter.ParameterType));
                values.Remove(name);
            }
            else
            {
                arguments.Add(Expression.Default(parameter.ParameterType));
            }
        }

        var made = Expression.New(constructor, arguments);
        return Expression.MemberInit(made, values.Where(each => each.Value.Target is not null).Select(each => Expression.Bind(each.Value.Target!, each.Value.Value)));
    }

    private static bool TryBind(
        OrderedDictionary<string, (MemberInfo? Target, Expression Value)> values, Expression source, ITypeBase? entity, PropertyInfo property)
    {
        if (entity is not null && entity.FindProperty(property.Name) is null && entity.FindComplexProperty(property.Name) is null) return false;
        values[property.Name] = (TargetOf(property, entity), Expression.Property(source, property));
        return true;
    }

    // A value that is worked out from others needs those others.
    private static void BindAll(OrderedDictionary<string, (MemberInfo? Target, Expression Value)> values, Expression source, ITypeBase? entity)
    {
        var properties = entity is null
            ? source.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.CanWrite && !IsList(each.PropertyType))
            : entity.GetProperties().Select(each => each.PropertyInfo)
                .Concat(entity.GetComplexProperties().Select(each => each.PropertyInfo))
                .OfType<PropertyInfo>();
        foreach (var property in properties)
            values.TryAdd(property.Name, (TargetOf(property, entity), Expression.Property(source, property)));
    }

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    // Where a value is put: a property that can be set by whomever, else the field behind it.
    private static MemberInfo? TargetOf(PropertyInfo property, ITypeBase? entity)
    {
        var declared = property.DeclaringType!.GetProperty(
            property.Name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)!;
        if (declared.CanWrite) return declared;
        return (MemberInfo?)entity?.FindMember(property.Name)?.FieldInfo
            ?? property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);
    }

    private sealed class NestedList(PropertyInfo property, Type itemType)
    {
        private static readonly MethodInfo AddMethod = typeof(ProjectedLists).GetMethod(nameof(ProjectedLists.Add))!;

        private readonly List<Variant> _variants = [];
        private Found<(ListReader Reader, Action<object, object> Put, IEntityType Items)>? _found;

        public PropertyInfo Property => property;

        public IReadOnlyList<Variant> Variants => _variants;

        public void Add(Variant variant)
        {
            var known = _variants.Find(each => string.Equals(each.Arguments, variant.Arguments, StringComparison.Ordinal));
            if (known is null) _variants.Add(variant);
            else known.Merge(variant);
        }

        public bool CanBeApart(IEntityType entity) => ItemsOf(entity, property) is { } items && !items.IsMappedToJson()
            && property.PropertyType.IsAssignableFrom(typeof(ProjectedList<>).MakeGenericType(itemType))
            && TargetOf(property, entity) is not null
            && !_variants.Exists(variant => variant.NeedsTotal);

        public async ValueTask ReadAsync(
            EntitySource source, IEntityType entity, IReadOnlyList<IRow> owners, IResolverContext context)
        {
            if (!ReferenceEquals(_found?.Entity, entity))
            {
                var made = (ListReader)Activator.CreateInstance(typeof(ListReader<,>).MakeGenericType(entity.ClrType, itemType), property)!;
                _found = new(entity, (made, Setter(TargetOf(property, entity)!), ItemsOf(entity, property)!));
            }

            var (reader, put, items) = _found.Value;
            var lists = reader.Begin(owners.Count);
            foreach (var variant in _variants)
                await reader.ReadAsync(lists, source, entity, items, owners, variant.Arguments, variant.Read(context.Variables), variant.Items, context);

            for (var i = 0; i < owners.Count; i++) put(owners[i].Item, lists[i]!);
        }

        // The field behind a read-only view can be set by reflection only.
        private static Action<object, object> Setter(MemberInfo target)
        {
            if (target is FieldInfo { IsInitOnly: true } field) return field.SetValue;
            var (owner, list) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
            var member = Expression.MakeMemberAccess(Expression.Convert(owner, target.DeclaringType!), target);
            return Expression.Lambda<Action<object, object>>(Expression.Assign(member, Expression.Convert(list, member.Type)), owner, list).Compile();
        }

        public Expression Build(
            Expression source, IEntityType? target, ValueSlots slots, Dialect dialect, IReadOnlyList<ListRequest> requests, ref int next)
        {
            Expression list = Expression.Constant(null, typeof(ProjectedList<>).MakeGenericType(itemType));
            foreach (var variant in _variants)
            {
                var request = requests[next++];
                var (items, total) = request.BuildNested(source, itemType, target, slots, dialect, variant.NeedsTotal);
                var item = Expression.Parameter(itemType, "item");
                var made = variant.Items.Build(item, target, slots, dialect, requests, isApart: false, ref next);
                if (made != item)
                    items = Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [itemType, itemType], items, Expression.Lambda(made, item));
                items = Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [itemType], items);
                list = Expression.Call(AddMethod.MakeGenericMethod(itemType), list, Expression.Constant(variant.Arguments), items, total);
            }

            if (property.PropertyType.IsAssignableFrom(list.Type)) return list;
            return property.PropertyType.IsArray
                ? Expression.Call(typeof(Enumerable), nameof(Enumerable.ToArray), [itemType], list)
                : Expression.New(
                    property.PropertyType.GetConstructor([typeof(IEnumerable<>).MakeGenericType(itemType)])
                        ?? throw new InvalidOperationException($"A projection cannot fill {property.DeclaringType}.{property.Name}; make it a list."),
                    list);
        }
    }

    /// <summary>Something that is so for one entity of a model.</summary>
    private sealed record Found<T>(IEntityType Entity, T Value);

    /// <summary>One way in which a nested list is selected.</summary>
    private sealed class Variant(string arguments, ListField? field, Selection selection, Projection items)
    {
        public string Arguments => arguments;

        public Projection Items => items;

        public bool NeedsTotal { get; private set; } = field?.NeedsTotal(selection) is true;

        public ListRequest Read(VariableValues variables)
        {
            if (field is null) return ListRequest.Everything;
            var values = selection.Arguments.Values(variables);
            return field.Read(name => selection.Arguments.IndexOf(name) is >= 0 and var at && !ReferenceEquals(values[at], VariableValues.Absent) ? values[at] : null);
        }

        public void Merge(Variant other)
        {
            NeedsTotal |= other.NeedsTotal;
            items.Merge(other.Items);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder(Type.Name);
        return text.Append('(').AppendJoin(", ", _scalars.Keys.Concat(_objects.Keys).Concat(_lists.Keys)).Append(')').ToString();
    }
}
