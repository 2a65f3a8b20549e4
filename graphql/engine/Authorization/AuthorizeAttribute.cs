namespace Metro.GraphQL.Authorization;

/// <summary>When an authorize directive is checked.</summary>
public enum ApplyPolicy
{
    /// <summary>Before the resolver: it does not run for those who may not see.</summary>
    BeforeResolver,

    /// <summary>After the resolver, with its result as the resource of the policy.</summary>
    AfterResolver,

    /// <summary>Before the operation: one denied field denies the whole request.</summary>
    Validation,
}

/// <summary>
/// Who may see a field, or any field that returns a type. Without policy and roles: whoever has signed in. Several
/// attributes must all be satisfied; of several roles one is enough. On a class with root fields or with
/// <c>[ExtendObjectType]</c> it guards the fields of that class; on one with <c>[ObjectType&lt;T&gt;]</c>, the whole type.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AuthorizeAttribute : Attribute
{
    /// <summary>Whoever has signed in, or satisfies what the properties say.</summary>
    public AuthorizeAttribute()
    {
    }

    /// <summary>Whoever satisfies a policy.</summary>
    /// <param name="policy">The policy's name, as registered with ASP.NET Core authorization.</param>
    /// <param name="apply">When it is checked.</param>
    public AuthorizeAttribute(string policy, ApplyPolicy apply = ApplyPolicy.BeforeResolver) => (Policy, Apply) = (policy, apply);

    /// <summary>Whoever has signed in.</summary>
    /// <param name="apply">When it is checked.</param>
    public AuthorizeAttribute(ApplyPolicy apply) => Apply = apply;

    /// <summary>The policy's name; null for none.</summary>
    public string? Policy { get; set; }

    /// <summary>The roles of which one is needed; null for none.</summary>
    public string[]? Roles { get; set; }

    /// <summary>When it is checked.</summary>
    public ApplyPolicy Apply { get; set; }
}

/// <summary>Everybody may see this field, whatever its type says.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class AllowAnonymousAttribute : Attribute;
