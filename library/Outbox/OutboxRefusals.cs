namespace Metro.Library.Outbox;

/// <summary>Why the outbox says no.</summary>
public static class OutboxRefusals
{
    /// <summary>No message has this key.</summary>
    public static Refusal UnknownMessage { get; } = new("outbox.unknown_message");

    /// <summary>Only what was given up can be sent once more.</summary>
    public static Refusal NotGivenUp { get; } = new("outbox.not_given_up");
}
