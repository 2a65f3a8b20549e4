using System.Reflection;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>
/// The tests cover the specification, section by section: every section of its September 2025 edition that shows an
/// example (a document, an answer, a table or values within a sentence), and every section that states an algorithm of
/// execution, has a test that names it.
/// </summary>
public sealed class SectionTests
{
    private static readonly string[] Sections =
    [
        "1 Overview",
        "2 Language", "2.1.8 Names", "2.2 Descriptions", "2.4 Operations", "2.5 Selection Sets", "2.6 Fields", "2.7 Arguments",
        "2.8 Field Alias", "2.9 Fragments", "2.9.1 Type Conditions", "2.9.2 Inline Fragments", "2.10.1 Int Value",
        "2.10.2 Float Value", "2.10.4 String Value", "2.10.5 Null Value", "2.10.6 Enum Value", "2.10.7 List Value",
        "2.10.8 Input Object Values", "2.11 Variables", "2.13 Directives", "2.14 Schema Coordinates",
        "3.2 Type System Descriptions", "3.3.1 Root Operation Types", "3.5 Scalars", "3.5.1 Int", "3.5.2 Float", "3.5.3 String",
        "3.5.4 Boolean", "3.5.5 ID", "3.6 Objects", "3.6.1 Field Arguments", "3.6.2 Field Deprecation", "3.6.3 Object Extensions",
        "3.7 Interfaces", "3.7.1 Interface Extensions", "3.8 Unions", "3.9 Enums", "3.10 Input Objects",
        "3.10.1 OneOf Input Objects", "3.11 List", "3.12 Non-Null", "3.12.1 Combining List and Non-Null", "3.13 Directives",
        "3.13.1 @skip", "3.13.2 @include", "3.13.3 @deprecated", "3.13.4 @specifiedBy", "3.13.5 @oneOf",
        "4 Introspection", "4.2 Schema Introspection", "4.2.2 The __Type Type",
        "5.1.1 Executable Definitions", "5.2.1.1 Operation Type Existence", "5.2.2.1 Operation Name Uniqueness",
        "5.2.3.1 Lone Anonymous Operation", "5.2.4.1 Single Root Field", "5.3.1 Field Selections",
        "5.3.2 Field Selection Merging", "5.3.3 Leaf Field Selections", "5.4.1 Argument Names", "5.4.3 Required Arguments",
        "5.5.1.1 Fragment Name Uniqueness", "5.5.1.2 Fragment Spread Type Existence",
        "5.5.1.3 Fragments on Object, Interface or Union Types", "5.5.1.4 Fragments Must Be Used",
        "5.5.2.1 Fragment Spread Target Defined", "5.5.2.2 Fragment Spreads Must Not Form Cycles",
        "5.5.2.3.1 Object Spreads in Object Scope", "5.5.2.3.2 Abstract Spreads in Object Scope",
        "5.5.2.3.3 Object Spreads in Abstract Scope", "5.5.2.3.4 Abstract Spreads in Abstract Scope",
        "5.6.1 Values of Correct Type", "5.6.2 Input Object Field Names", "5.6.3 Input Object Field Uniqueness",
        "5.7.2 Directives Are in Valid Locations", "5.7.3 Directives Are Unique per Location", "5.8.1 Variable Uniqueness",
        "5.8.2 Variables Are Input Types", "5.8.3 All Variable Uses Defined", "5.8.4 All Variables Used",
        "5.8.5 All Variable Usages Are Allowed",
        "6.1 Executing Requests", "6.1.1 Validating Requests", "6.1.2 Coercing Variable Values", "6.2.1 Query", "6.2.2 Mutation",
        "6.2.3 Subscription", "6.2.3.1 Source Stream", "6.2.3.2 Response Stream", "6.2.3.3 Unsubscribe",
        "6.3.1 Executing the Root Selection Set", "6.3.2 Field Collection", "6.3.3 Executing Collected Fields",
        "6.3.4 Normal and Serial Execution", "6.4.1 Coercing Field Arguments", "6.4.2 Value Resolution", "6.4.3 Value Completion",
        "6.4.4 Handling Execution Errors",
        "7.1.1 Execution Result", "7.1.2 Response Stream", "7.1.3 Request Error Result", "7.1.4 Response Position", "7.1.6 Errors",
        "7.2.1 JSON Serialization", "7.2.2 Serialized Map Ordering",
    ];

    [Fact]
    public void Every_section_with_an_example_has_a_test() =>
        Assert.Equal([], Sections.Where(section => !Tested().Contains(Number(section))));

    [Fact]
    public void Every_section_that_a_test_names_is_one_of_them() =>
        Assert.Equal([], Tested().Except(Sections.Select(Number)));

    [Fact]
    public void What_names_a_section_is_a_test() =>
        Assert.All(Marked(), method => Assert.True(method.IsDefined(typeof(FactAttribute), inherit: true), method.Name));

    private static HashSet<string> Tested() =>
        [.. Marked().SelectMany(method => method.GetCustomAttributes<SpecificationAttribute>()).Select(mark => mark.Section)];

    private static IEnumerable<MethodInfo> Marked() => typeof(SectionTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(SpecificationAttribute)));

    private static string Number(string section) => section[..section.IndexOf(' ')];
}
