using Xunit.v3;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>
/// The section of the GraphQL specification (September 2025) whose example or algorithm a test runs. Also a trait, so that
/// the tests of one section can be run by its number.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SpecificationAttribute(string section) : Attribute, ITraitAttribute
{
    /// <summary>The section's number, such as <c>6.2.3</c>.</summary>
    public string Section { get; } = section;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Specification", Section)];
}
