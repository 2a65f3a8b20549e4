namespace Metro.Library.Marc;

/// <summary>Why a readable record does not come in.</summary>
public static class MarcRefusals
{
    /// <summary>An earlier record of the file has the same source and number, and says something else.</summary>
    public static Refusal RepeatedNumber(string sourceKey) => new("marc.repeated_number", sourceKey);
}
