using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;

namespace Metro.Library.Tests;

/// <summary>Every refusal can be explained to every reader.</summary>
public sealed class SentencesTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id");

    public static TheoryData<string> Refusals => new(All().Select(refusal => refusal.Code));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_explains_itself_in_both_languages(string code)
    {
        var refusal = All().First(one => one.Code == code);

        var (indonesian, english) = (refusal.Explain(Indonesian), refusal.Explain(English));

        Assert.NotEqual(indonesian, english);
        Assert.DoesNotContain("{", indonesian + english, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_sentences_and_placeholders()
    {
        var assembly = typeof(Refusal).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)))
        {
            var sentences = new ResourceManager(file[..^".resources".Length], assembly);
            var neutral = Read(sentences, CultureInfo.InvariantCulture);
            var english = Read(sentences, English);

            Assert.Equal(neutral.Keys.Order(), english.Keys.Order());
            foreach (var (key, text) in neutral) Assert.True(Placeholders(text).SetEquals(Placeholders(english[key])), $"{file}: {key}");
        }
    }

    [Fact]
    public void A_reader_of_another_language_gets_Indonesian()
    {
        var refusal = All().First();

        Assert.Equal(refusal.Explain(Indonesian), refusal.Explain(CultureInfo.GetCultureInfo("id-ID")));
        Assert.Equal(refusal.Explain(Indonesian), refusal.Explain(CultureInfo.GetCultureInfo("jv")));
    }

    /// <summary>One refusal of each kind: every static member of a class named …Refusals, with arguments made up by their type.</summary>
    private static IEnumerable<Refusal> All() =>
        from type in typeof(Refusal).Assembly.GetTypes()
        where type.Name.EndsWith("Refusals", StringComparison.Ordinal)
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let refusal = member switch
        {
            MethodInfo { IsSpecialName: false } method when method.ReturnType == typeof(Refusal) =>
                (Refusal?)method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))]),
            PropertyInfo property when property.PropertyType == typeof(Refusal) => (Refusal?)property.GetValue(null),
            FieldInfo { IsPrivate: false } field when field.FieldType == typeof(Refusal) => (Refusal?)field.GetValue(null),
            _ => null,
        }
        where refusal is not null
        select refusal;

    private static object Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "x";
        if (type == typeof(DateOnly)) return new DateOnly(2026, 11, 23);
        if (type == typeof(DateTime)) return new DateTime(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
        if (type == typeof(LocalText)) return new LocalText("nama", "name");
        if (type == typeof(Refusal)) return new Refusal("input.not_a_phone", "x");
        if (type.IsArray) return Array.CreateInstance(type.GetElementType()!, 0);
        if (type.IsInterface) return Array.CreateInstance(type.GetGenericArguments().Single(), 0);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsValueType) return Activator.CreateInstance(type)!;
        var constructor = type.GetConstructors().OrderBy(one => one.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType))]);
    }

    private static Dictionary<string, string> Read(ResourceManager sentences, CultureInfo culture) =>
        sentences.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static HashSet<char> Placeholders(string text) =>
        [.. text.Select((sign, i) => (sign, i)).Where(at => at.sign == '{').Select(at => text[at.i + 1])];
}
