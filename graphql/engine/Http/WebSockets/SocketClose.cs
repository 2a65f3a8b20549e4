namespace Metro.GraphQL.Http.WebSockets;

/// <summary>Why a connection ends: the close codes of <c>graphql-transport-ws</c> with the words it gives them.</summary>
internal sealed record SocketClose(int Code, string Reason)
{
    public static SocketClose Normal { get; } = new(1000, "Normal Closure");

    public static SocketClose GoingAway { get; } = new(1001, "The server is stopping");

    public static SocketClose InvalidMessage { get; } = new(4400, "Invalid message");

    public static SocketClose MessageTooLarge { get; } = new(4400, "Message too large");

    public static SocketClose Unauthorized { get; } = new(4401, "Unauthorized");

    public static SocketClose Forbidden { get; } = new(4403, "Forbidden");

    public static SocketClose SubprotocolNotAcceptable { get; } = new(4406, "Subprotocol not acceptable");

    public static SocketClose InitialisationTimeout { get; } = new(4408, "Connection initialisation timeout");

    public static SocketClose TooManyInitialisationRequests { get; } = new(4429, "Too many initialisation requests");

    public static SocketClose InternalError { get; } = new(4500, "Internal server error");

    // RFC 6455, 5.5.1: a reason has at most 123 bytes, and ids can be longer.
    public static SocketClose SubscriberExists(string id) =>
        new(4409, id.Length <= 32 ? $"Subscriber for {id} already exists" : "Subscriber already exists");
}
