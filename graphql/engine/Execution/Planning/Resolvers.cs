using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Planning;

/// <summary>What answers a field; where the schema does not say, the parent's member of the field's name.</summary>
internal static class Resolvers
{
    private static readonly ConcurrentDictionary<(Type, string), Func<object, object?>?> Members = new();

    public static (Func<IResolverContext, object?>? Pure, FieldResolver? Resolver) Of(FieldDefinition field)
    {
        if (field.PureResolver is { } pure) return (pure, null);
        if (field.Resolver is { } resolver) return (null, resolver);

        var name = field.Name;
        return (null, context => FromParent(context, name));
    }

    private static ValueTask<object?> FromParent(IResolverContext context, string name)
    {
        var value = context.Parent<object?>() switch
        {
            null => null,
            IReadOnlyDictionary<string, object?> entries => entries.GetValueOrDefault(name),
            { } parent => Members.GetOrAdd((parent.GetType(), name), Find)?.Invoke(parent),
        };
        return value switch
        {
            Func<IResolverContext, object?> resolver => Await(resolver(context)),
            Func<object?> resolver => Await(resolver()),
            _ => Await(value),
        };
    }

    /// <summary>The value behind a task; any other value as it is.</summary>
    private static ValueTask<object?> Await(object? value)
    {
        return value switch
        {
            Task<object?> task => new(task),
            ValueTask<object?> task => task,
            Task task => AwaitAny(task),
            _ => new(value),
        };

        static async ValueTask<object?> AwaitAny(Task task)
        {
            await task;
            return task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
        }
    }

    private static Func<object, object?>? Find((Type Type, string Name) wanted)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        var parent = Expression.Parameter(typeof(object));
        var typed = Expression.Convert(parent, wanted.Type);
        Expression? read = null;
        if (wanted.Type.GetProperty(wanted.Name, Flags) is { CanRead: true } property)
            read = Expression.Property(typed, property);
        else if (wanted.Type.GetMethod(wanted.Name, Flags, []) is { } method && method.ReturnType != typeof(void))
            read = Expression.Call(typed, method);
        return read is null
            ? null
            : Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), parent).Compile();
    }
}
