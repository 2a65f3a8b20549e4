namespace Metro.Library;

public sealed partial class LibrarySettings
{
    /// <summary>For how many days a strike counts; 90 by default.</summary>
    public int StrikeDays { get; set; } = 90;

    /// <summary>With how many strikes at once a member may not take seats or rooms; 3 by default.</summary>
    public int MostStrikes { get; set; } = 3;
}
