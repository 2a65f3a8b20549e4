using System.Collections.Frozen;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A value of an enum type (spec 3.9).</summary>
public sealed class EnumValueDefinition : SchemaMember
{
    private readonly object? runtimeValue;

    /// <summary>The C# value it stands for; its name when none was given.</summary>
    public object RuntimeValue
    {
        get => runtimeValue ?? Name;
        init => runtimeValue = value;
    }

    /// <summary>Why the value should not be used any more; null when it may be.</summary>
    public string? DeprecationReason { get; init; }

    /// <inheritdoc/>
    public override string Coordinate => $"{DeclaringType?.Name}.{Name}";

    /// <summary>The enum; null until the value is added to one.</summary>
    public EnumType? DeclaringType { get; internal set; }

    internal JsonEncodedText JsonName { get; set; }
}

/// <summary>An enum type (spec 3.9).</summary>
public sealed class EnumType : LeafType
{
    private FrozenDictionary<object, EnumValueDefinition> byRuntimeValue = FrozenDictionary<object, EnumValueDefinition>.Empty;

    /// <summary>Begins an enum without values.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="syntax">Where SDL defines it; null when code does.</param>
    public EnumType(string name, SyntaxNode? syntax = null)
        : base(name, syntax) =>
        Values = new MemberList<EnumValueDefinition>(value => value.DeclaringType = this);

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Enum;

    /// <summary>The values in order.</summary>
    public MemberList<EnumValueDefinition> Values { get; }

    /// <inheritdoc/>
    public override object ParseLiteral(ValueNode literal)
    {
        if (literal is not EnumValueNode name)
        {
            var text = Printer.Print(literal);
            throw new CoercionException(
                $"Enum \"{Name}\" cannot represent non-enum value: {text}.{Suggestion(text)}");
        }

        return Find(name.Value);
    }

    /// <inheritdoc/>
    public override object ParseValue(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Find(value.GetString()!)
        : throw new CoercionException(
            $"Enum \"{Name}\" cannot represent non-string value: {value.GetRawText()}.{Suggestion(value.GetRawText())}");

    /// <inheritdoc/>
    public override void WriteValue(object runtimeValue, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(ValueOf(runtimeValue).JsonName);
    }

    /// <inheritdoc/>
    public override ValueNode ToLiteral(object runtimeValue) =>
        new EnumValueNode { Value = ValueOf(runtimeValue).Name };

    internal override void Complete()
    {
        base.Complete();
        Values.Complete();
        foreach (var value in Values) value.JsonName = JsonEncodedText.Encode(value.Name);
        byRuntimeValue = Values
            .DistinctBy(value => value.RuntimeValue)
            .ToFrozenDictionary(value => value.RuntimeValue);
    }

    private object Find(string name) => Values.TryGet(name, out var value)
        ? value.RuntimeValue
        : throw new CoercionException($"Value \"{name}\" does not exist in \"{Name}\" enum.{Suggestion(name)}");

    private EnumValueDefinition ValueOf(object runtimeValue) => byRuntimeValue.TryGetValue(runtimeValue, out var value)
        ? value
        : throw new CoercionException($"Enum \"{Name}\" cannot represent value: {Quotation.Of(runtimeValue)}");

    private string Suggestion(string text) => Suggestions.DidYouMean(
        "the enum value", Suggestions.For(text, Values.Select(value => value.Name)));
}
