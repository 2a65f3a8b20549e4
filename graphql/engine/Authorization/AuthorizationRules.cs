using System.Collections.Immutable;
using System.Reflection;
using System.Security.Claims;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Authorization;

/// <summary>Who may see a field or type. A feature of both; immutable and thread-safe.</summary>
public sealed class AuthorizationRules
{
    private AuthorizationRules(ImmutableArray<AuthorizeAttribute> demands, bool allowsAnonymous) =>
        (Demands, AllowsAnonymous) = (demands, allowsAnonymous);

    /// <summary>What must all be satisfied.</summary>
    public ImmutableArray<AuthorizeAttribute> Demands { get; }

    /// <summary>Whether everybody may see the field, whatever its type says.</summary>
    public bool AllowsAnonymous { get; }

    /// <summary>
    /// Whether a property or the class behind its type is not for everybody. Such a property must not be a filter or a
    /// sort key: what cannot be read could be found out by asking.
    /// </summary>
    /// <param name="property">The property.</param>
    public static bool IsProtected(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        if (Of(property, null) is { } own) return !own.AllowsAnonymous;
        return Of([Execution.Coercion.InputConversion.ItemType(property.PropertyType) ?? property.PropertyType]) is not null;
    }

    /// <summary>What classes say about every field that returns their type; null when nothing.</summary>
    internal static AuthorizationRules? Of(IEnumerable<Type> types)
    {
        AuthorizeAttribute[] demands = [.. types.SelectMany(type => type.GetCustomAttributes<AuthorizeAttribute>())];
        return demands.Length == 0 ? null : new([.. demands], false);
    }

    /// <summary>Whether a class that adds to a type describes it as a whole: what it demands is demanded for the type.</summary>
    internal static bool SpeaksForType(Type extension) =>
        extension.GetCustomAttribute<Annotations.ObjectTypeAttribute>(inherit: false) is { RuntimeType: not null };

    /// <summary>What a member says, and the class that adds it to a type; null when neither says anything.</summary>
    internal static AuthorizationRules? Of(MemberInfo member, Type? extension)
    {
        if (member.IsDefined(typeof(AllowAnonymousAttribute))) return new([], true);
        var around = extension is null || SpeaksForType(extension) ? [] : extension.GetCustomAttributes<AuthorizeAttribute>();
        AuthorizeAttribute[] demands = [.. around, .. member.GetCustomAttributes<AuthorizeAttribute>()];
        return demands.Length == 0 ? null : new([.. demands], false);
    }

    /// <summary>Puts the checks around the resolvers of all fields that need them.</summary>
    internal static void Protect(SchemaBuilder builder)
    {
        var protectedTypes = builder.Types
            .Where(type => type.Features.Get<AuthorizationRules>() is not null)
            .ToDictionary(type => type.Name, type => type.Features.Get<AuthorizationRules>()!, StringComparer.Ordinal);
        foreach (var type in builder.Types.OfType<ObjectType>().Where(type => !type.IsComplete))
        {
            foreach (var field in type.Fields)
            {
                var own = field.Features.Get<AuthorizationRules>();
                if (own is { AllowsAnonymous: true }) continue;
                var demands = (own?.Demands ?? []).AddRange(
                    protectedTypes.GetValueOrDefault(field.TypeReference.InnermostName)?.Demands ?? []);
                var behind = builder.TryGetType(field.TypeReference.InnermostName, out var returned) && returned.IsAbstract
                    ? Behind(builder, returned)
                    : [];
                if (demands.IsEmpty && behind.Count == 0) continue;
                new Guard(demands, behind).Protect(field);
            }
        }
    }

    // The protected object types that a value of an abstract type may have.
    private static Dictionary<Type, ImmutableArray<AuthorizeAttribute>> Behind(SchemaBuilder builder, NamedType type) => builder.Types
        .OfType<ObjectType>()
        .Where(each => each.RuntimeType is not null && each.Features.Get<AuthorizationRules>() is not null)
        .Where(each => type is UnionType union
            ? union.MemberReferences.Any(member => member.Name == each.Name)
            : each.InterfaceReferences.Any(implemented => implemented.Name == type.Name))
        .ToDictionary(each => each.RuntimeType!, each => each.Features.Get<AuthorizationRules>()!.Demands);

    /// <summary>The checks of one field.</summary>
    private sealed class Guard(
        ImmutableArray<AuthorizeAttribute> demands, Dictionary<Type, ImmutableArray<AuthorizeAttribute>> behind)
    {
        private readonly AuthorizeAttribute[] _before = [.. demands.Where(each => each.Apply is ApplyPolicy.BeforeResolver)];
        private readonly AuthorizeAttribute[] _after = [.. demands.Where(each => each.Apply is ApplyPolicy.AfterResolver)];

        public void Protect(FieldDefinition field)
        {
            if (_before.Length == 0 && _after.Length == 0 && behind.Count == 0) return;
            var (pure, resolver) = Execution.Planning.Resolvers.Of(field);
            resolver ??= context => new(pure!(context));
            field.PureResolver = null;
            field.Resolver = context => AnswerAsync(context, resolver);
            if (field.Subscriber is { } subscriber) field.Subscriber = context => SubscribeAsync(context, subscriber);
        }

        private async ValueTask<object?> AnswerAsync(IResolverContext context, FieldResolver resolver)
        {
            foreach (var demand in _before) await DemandAsync(context, demand, context);
            var result = await resolver(context);
            foreach (var demand in _after) await DemandAsync(context, demand, result);
            if (behind.Count > 0 && result is not null) await CheckTypesAsync(context, result);
            return result;
        }

        private async ValueTask<object?> SubscribeAsync(IResolverContext context, FieldResolver subscriber)
        {
            foreach (var demand in _before) await DemandAsync(context, demand, context);
            return await subscriber(context);
        }

        private async ValueTask CheckTypesAsync(IResolverContext context, object result)
        {
            var values = result is System.Collections.IEnumerable many and not string ? many.Cast<object?>() : [result];
            foreach (var value in values)
            {
                for (var type = value?.GetType(); type is not null; type = type.BaseType)
                {
                    if (!behind.TryGetValue(type, out var demanded)) continue;
                    foreach (var demand in demanded) await DemandAsync(context, demand, value);
                    break;
                }
            }
        }

        private static async ValueTask DemandAsync(IResolverContext context, AuthorizeAttribute demand, object? resource)
        {
            if (await RefusalAsync(demand, context.User, resource, context.Services) is { } refusal) throw new GraphQLException(refusal);
        }
    }

    /// <summary>Why a caller may not pass; null when they may.</summary>
    internal static async ValueTask<IError?> RefusalAsync(
        AuthorizeAttribute demand, ClaimsPrincipal user, object? resource, IServiceProvider services)
    {
        var isSignedIn = user.Identity is { IsAuthenticated: true };
        var refusal = isSignedIn ? NotAuthorized : NotAuthenticated;
        if (demand.Roles is { Length: > 0 } roles && !Array.Exists(roles, user.IsInRole)) return refusal;

        var authorization = services.GetService<IAuthorizationService>();
        var policies = services.GetService<IAuthorizationPolicyProvider>();
        if (authorization is null || policies is null)
        {
            if (demand.Policy is not null) return PolicyNotFound(demand.Policy);
            return demand.Roles is { Length: > 0 } || isSignedIn ? null : refusal;
        }

        AuthorizationPolicy? policy;
        if (demand.Policy is { } name)
        {
            policy = await policies.GetPolicyAsync(name);
            if (policy is null) return PolicyNotFound(name);
        }
        else if (demand.Roles is { Length: > 0 })
        {
            return null;
        }
        else
        {
            policy = await policies.GetDefaultPolicyAsync();
            if (policy is null) return NoDefaultPolicy;
        }

        return (await authorization.AuthorizeAsync(user, resource, policy)).Succeeded ? null : refusal;
    }

    private static IError NotAuthorized { get; } = Refused(ErrorCodes.NotAuthorized);

    private static IError NotAuthenticated { get; } = Refused(ErrorCodes.NotAuthenticated);

    private static IError NoDefaultPolicy { get; } = ErrorBuilder.New()
        .SetMessage("The default authorization policy does not exist.")
        .SetCode(ErrorCodes.NoDefaultPolicy)
        .Build();

    private static IError PolicyNotFound(string name) => ErrorBuilder.New()
        .SetMessage($"The `{name}` authorization policy does not exist.")
        .SetCode(ErrorCodes.PolicyNotFound)
        .Build();

    private static IError Refused(string code) => ErrorBuilder.New()
        .SetMessage("The current user is not authorized to access this resource.")
        .SetCode(code)
        .Build();
}
