namespace Metro.GraphQL.Annotations;

/// <summary>How a schema is made of C# classes. Set up before the first request, not changed afterwards.</summary>
public sealed class SchemaOptions
{
    /// <summary>Whether interfaces lose the leading <c>I</c> of their names. False unless told otherwise.</summary>
    public bool StripLeadingIFromInterface { get; set; }

    /// <summary>Whether descriptions come from doc-comments where no attribute gives one. True unless told otherwise.</summary>
    public bool UseXmlDocumentation { get; set; } = true;

    /// <summary>How many nodes <c>nodes(ids:)</c> fetches at once. 50 unless told otherwise.</summary>
    public int MaxNodes { get; set; } = 50;
}
