using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// The name of one part of a schema, for tools and messages (spec 2.14): <c>Book</c>, <c>Book.title</c>,
/// <c>Query.books(first:)</c>, <c>@deprecated</c>, <c>@deprecated(reason:)</c>.
/// </summary>
/// <param name="IsDirective">Whether it names a directive.</param>
/// <param name="Name">The type's or directive's name.</param>
/// <param name="Member">The field, input field or enum value; null when none is named.</param>
/// <param name="Argument">The argument; null when none is named.</param>
public sealed record SchemaCoordinate(bool IsDirective, string Name, string? Member, string? Argument)
{
    /// <summary>Reads a coordinate. White space, commas and comments are not allowed within one.</summary>
    /// <exception cref="SyntaxException">The text is no coordinate.</exception>
    public static SchemaCoordinate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var position = 0;
        var isDirective = Accept('@');
        var name = ReadName();
        var member = !isDirective && Accept('.') ? ReadName() : null;
        string? argument = null;
        if ((isDirective || member is not null) && Accept('('))
        {
            argument = ReadName();
            Require(':');
            Require(')');
        }

        if (position < text.Length) throw Unexpected();
        return new SchemaCoordinate(isDirective, name, member, argument);

        bool Accept(char wanted)
        {
            if (position == text.Length || text[position] != wanted) return false;
            position++;
            return true;
        }

        void Require(char wanted)
        {
            if (!Accept(wanted)) throw Unexpected();
        }

        string ReadName()
        {
            var start = position;
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_')) position++;
            if (position > start && !char.IsAsciiDigit(text[start])) return text[start..position];
            position = start;
            throw Unexpected();
        }

        SyntaxException Unexpected() => new(
            new Source(text, "Schema coordinate"),
            position,
            position < text.Length ? $"Unexpected \"{text[position]}\" in a schema coordinate." : "Unexpected <EOF>.");
    }

    /// <summary>What the coordinate names; null when the schema has nothing of this name.</summary>
    /// <returns>
    /// A <see cref="NamedType"/>, <see cref="FieldDefinition"/>, <see cref="InputFieldDefinition"/>,
    /// <see cref="EnumValueDefinition"/>, <see cref="ArgumentDefinition"/> or <see cref="DirectiveDefinition"/>.
    /// </returns>
    public object? FindIn(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (IsDirective)
        {
            if (!schema.TryGetDirective(Name, out var directive)) return null;
            return Argument is null ? directive : Find(directive.Arguments, Argument);
        }

        if (!schema.TryGetType(Name, out var type)) return null;
        if (Member is null) return type;
        if (Argument is not null)
            return Find((type as ComplexType)?.Fields, Member) is { } field ? Find(field.Arguments, Argument) : null;

        return type switch
        {
            ComplexType complex => Find(complex.Fields, Member),
            InputObjectType input => Find(input.Fields, Member),
            EnumType @enum => Find(@enum.Values, Member),
            _ => null,
        };
    }

    /// <summary>The coordinate as it is written.</summary>
    public override string ToString() =>
        (IsDirective ? "@" : "") + Name + (Member is null ? "" : $".{Member}") + (Argument is null ? "" : $"({Argument}:)");

    private static T? Find<T>(MemberList<T>? members, string name)
        where T : SchemaMember => members is not null && members.TryGet(name, out var member) ? member : null;
}
