namespace Metro.GraphQL.Execution.Coercion;

/// <summary>
/// A feature of an argument or input field: turns what its GraphQL type read into what the C# type wants, before the
/// usual conversion. Thread-safe.
/// </summary>
/// <param name="Read">Takes the coerced value, which is not null, and the C# type that is wanted, if one is.</param>
public sealed record InputReader(Func<object, Type?, object> Read);
