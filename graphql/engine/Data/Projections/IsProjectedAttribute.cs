namespace Metro.GraphQL.Data;

/// <summary>Whether a projection reads a property whatever is selected (true), or never (false).</summary>
/// <param name="isProjected">Whether it is read.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IsProjectedAttribute(bool isProjected = true) : Attribute
{
    /// <summary>Whether the property is read.</summary>
    public bool IsProjected { get; } = isProjected;
}
