using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>One fault of a literal: what is wrong and where.</summary>
/// <param name="Message">What is wrong, in graphql-js's words.</param>
/// <param name="Node">The part of the literal that is at fault.</param>
/// <param name="Code">The stable code clients branch on; null for most faults.</param>
internal readonly record struct LiteralFault(string Message, SyntaxNode Node, string? Code = null);

/// <summary>
/// Whether a literal is fit for an input type (spec 3.5 to 3.12, input coercion). Variables are passed over: what they
/// hold is checked where they are given.
/// </summary>
internal static class InputLiterals
{
    /// <summary>All faults of the literal, told one by one.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">An input type.</param>
    /// <param name="report">Hears of each fault; answers whether it wants to hear of more.</param>
    /// <param name="suggests">Whether messages suggest names of the schema.</param>
    /// <param name="path">
    /// Kept up to date with the way from the literal to the part being looked at, such as <c>.authors</c> and <c>[1]</c>;
    /// null when nobody wants to know.
    /// </param>
    /// <returns>False when <paramref name="report"/> wanted no more.</returns>
    public static bool Check(
        ValueNode literal, GraphQLType type, Func<LiteralFault, bool> report, bool suggests = true, Stack<string>? path = null)
    {
        switch (literal, type)
        {
            case (VariableNode, _):
                return true;
            case (NullValueNode, NonNullType):
                return report(new($"Expected value of non-null type \"{type}\" not to be null.", literal));
            case (_, NonNullType required):
                return Check(literal, required.Nullable, report, suggests, path);
            case (NullValueNode, _):
                return true;
            case (ListValueNode items, ListType list):
                for (var i = 0; i < items.Items.Length; i++)
                {
                    path?.Push($"[{i}]");
                    if (!Check(items.Items[i], list.Item, report, suggests, path)) return false;
                    path?.Pop();
                }

                return true;
            case (_, ListType list):
                return Check(literal, list.Item, report, suggests, path);
            case (ObjectValueNode fields, InputObjectType input):
                return CheckObject(fields, input, report, suggests, path);
            case (_, InputObjectType):
                return report(new($"Expected value of type \"{type}\" to be an object, found: {Quotation.Of(literal)}.", literal));
            case (_, LeafType leaf):
                return CheckLeaf(literal, leaf, report);
            default:
                throw new ArgumentException($"{type} is not an input type.", nameof(type));
        }
    }

    public static string OneOfMessage(InputObjectType type) =>
        $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, and the value for that field must be non-null.";

    private static bool CheckObject(
        ObjectValueNode literal,
        InputObjectType type,
        Func<LiteralFault, bool> report,
        bool suggests,
        Stack<string>? path)
    {
        foreach (var field in type.Fields)
        {
            var given = LastOf(literal, field.Name);
            if (given is null)
            {
                if (field.IsRequired && !report(new(
                        $"Expected value of type \"{type}\" to include required field \"{field.Name}\", found: {Quotation.Of(literal)}.",
                        literal)))
                {
                    return false;
                }
            }
            else
            {
                path?.Push($".{field.Name}");
                if (!Check(given.Value, field.Type, report, suggests, path)) return false;
                path?.Pop();
            }
        }

        var known = 0;
        ObjectFieldNode? first = null;
        foreach (var given in literal.Fields)
        {
            if (type.Fields.Contains(given.Name))
            {
                known++;
                first ??= given;
                continue;
            }

            var suggestion = suggests
                ? Suggestions.DidYouMean(null, Suggestions.For(given.Name, type.Fields.Select(field => field.Name)))
                : "";
            var found = suggestion.Length > 0 ? $".{suggestion} Found" : ", found";
            if (!report(new(
                    $"Expected value of type \"{type}\" not to include unknown field \"{given.Name}\"{found}: {Quotation.Of(literal)}.",
                    given)))
            {
                return false;
            }
        }

        if (!type.IsOneOf) return true;
        var code = known switch
        {
            0 => ErrorCodes.OneOfNoFieldSet,
            > 1 => ErrorCodes.OneOfMoreThanOneFieldSet,
            _ => ErrorCodes.OneOfFieldIsNull,
        };
        return (known == 1 && first!.Value is not NullValueNode) || report(new(OneOfMessage(type), literal, code));
    }

    private static bool CheckLeaf(ValueNode literal, LeafType leaf, Func<LiteralFault, bool> report)
    {
        // A scalar of any shape may hold variables inside, whose values nobody knows yet.
        if (leaf is AnyType) return true;
        try
        {
            leaf.ParseLiteral(literal);
            return true;
        }
        catch (CoercionException refusal)
        {
            return report(new(refusal.Message, literal));
        }
    }

    // A repeated field is another rule's fault; the last one is what would count.
    private static ObjectFieldNode? LastOf(ObjectValueNode literal, string name)
    {
        for (var i = literal.Fields.Length - 1; i >= 0; i--)
            if (literal.Fields[i].Name == name) return literal.Fields[i];
        return null;
    }
}
