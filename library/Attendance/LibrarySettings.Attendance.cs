namespace Metro.Library;

public sealed partial class LibrarySettings
{
    /// <summary>For how many days a strike counts; 90 by default.</summary>
    public int StrikeDays { get; set; } = 90;

    /// <summary>With how many strikes at once a member may not take seats or rooms; 3 by default.</summary>
    public int MostStrikes { get; set; } = 3;

    /// <summary>
    /// How many days after a session or booking the library forgets who was there without being a member; 90 by default. What remains is that
    /// somebody was.
    /// </summary>
    public int KeepVisitorsDays { get; set; } = 90;
}
