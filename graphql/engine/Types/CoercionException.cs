namespace Metro.GraphQL.Types;

/// <summary>
/// A value that is none of its type. The message is fit for the client; it quotes the value that was refused and
/// nothing else.
/// </summary>
public sealed class CoercionException : Exception
{
    /// <summary>Refuses a value.</summary>
    /// <param name="message">Which type refuses which value, in graphql-js's words.</param>
    public CoercionException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses a value because of another fault.</summary>
    /// <param name="message">Which type refuses which value, in graphql-js's words.</param>
    /// <param name="innerException">The other fault, for the log.</param>
    public CoercionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
