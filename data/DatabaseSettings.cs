namespace Metro.Data;

/// <summary>Where the data is.</summary>
/// <param name="Provider">Which database holds it.</param>
/// <param name="ConnectionString">How to reach it, in the form that the provider's driver documents.</param>
public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString);
