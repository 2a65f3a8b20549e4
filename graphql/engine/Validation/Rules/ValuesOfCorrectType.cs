using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.6.1, 5.6.2 and 5.6.4: literals are fit for the type of their place.</summary>
internal sealed class ValuesOfCorrectType : ValidationRule
{
    public override string Section => "sec-Values-of-Correct-Type";

    public override void InputValue(ValueNode value, GraphQLType? type)
    {
        if (type is null) return;
        InputLiterals.Check(
            value,
            type,
            fault =>
            {
                Context.Report(Name, Section, fault.Code, fault.Message, [new("type", type.ToString())], [fault.Node.Span]);
                return !Context.IsFull;
            },
            Context.Options.SuggestsNames);
    }
}
