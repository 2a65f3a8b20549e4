using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Metro.GraphQL.Annotations;

/// <summary>The doc-comments of assemblies, read from the XML file beside each. Thread-safe.</summary>
internal static class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string? Of(Type type) => Summary(Find(type.Assembly, $"T:{Id(type)}"), type.Assembly);

    public static string? Of(MemberInfo member) => member switch
    {
        PropertyInfo property => Summary(Find(property, 'P'), property.Module.Assembly) ?? OfRecordParameter(property),
        FieldInfo field => Summary(Find(field, 'F'), field.Module.Assembly),
        MethodInfo method => Summary(Find(method, 'M'), method.Module.Assembly),
        _ => null,
    };

    public static string? Of(ParameterInfo parameter) =>
        parameter.Member is MethodInfo method ? Param(Find(method, 'M'), parameter.Name) : null;

    // The compiler leaves it to readers to follow an inheritdoc; a name in the same assembly is followed.
    private static string? Summary(XElement? member, Assembly assembly)
    {
        for (var hops = 0; member is not null && hops < 5; hops++)
        {
            if (member.Element("summary") is { } summary) return Text(summary);
            member = (string?)member.Element("inheritdoc")?.Attribute("cref") is { } target ? Find(assembly, target) : null;
        }

        return null;
    }

    // A positional record describes its properties where it declares them.
    private static string? OfRecordParameter(PropertyInfo property) =>
        Param(Find(property.DeclaringType!.Assembly, $"T:{Id(property.DeclaringType)}"), property.Name);

    private static string? Param(XElement? member, string? name) =>
        Text(member?.Elements("param").FirstOrDefault(each => (string?)each.Attribute("name") == name));

    private static XElement? Find(MemberInfo member, char kind)
    {
        var parameters = member is MethodInfo method && method.GetParameters() is { Length: > 0 } all
            ? $"({string.Join(',', all.Select(each => ParameterId(each.ParameterType)))})"
            : "";
        return Find(member.DeclaringType!.Assembly, $"{kind}:{Id(member.DeclaringType)}.{member.Name}{parameters}");
    }

    private static XElement? Find(Assembly assembly, string id) => Files.GetOrAdd(assembly, Read).GetValueOrDefault(id);

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0) return [];
        var file = System.IO.Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file)) return [];

        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var member in XDocument.Load(file).Descendants("member"))
        {
            if ((string?)member.Attribute("name") is { } name) members.TryAdd(name, member);
        }

        return members;
    }

    private static string Id(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // How the compiler writes a parameter's type into the id of its method.
    private static string ParameterId(Type type)
    {
        if (type.IsByRef) return ParameterId(type.GetElementType()!) + "@";
        if (type.IsArray) return ParameterId(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return $"`{type.GenericParameterPosition}";
        if (!type.IsGenericType) return Id(type);
        var definition = Id(type);
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(ParameterId))}}}";
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = string.Concat(element.Nodes().Select(Text));
        var lines = text.Split('\n').Select(line => line.Trim()).ToArray();
        var joined = string.Join('\n', lines).Trim();
        return joined.Length == 0 ? null : joined;
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference => Reference(reference),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } paragraph => $"\n\n{string.Concat(paragraph.Nodes().Select(Text))}\n\n",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    private static string Reference(XElement reference)
    {
        if (reference.Value.Length > 0) return reference.Value;
        var target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name")
            ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("href") ?? "";
        var withoutParameters = target.Split('(')[0];
        return withoutParameters[(withoutParameters.LastIndexOf('.') + 1)..];
    }
}
