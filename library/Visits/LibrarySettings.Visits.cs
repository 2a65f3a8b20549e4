namespace Metro.Library;

public sealed partial class LibrarySettings
{
    /// <summary>How many class visits a school may have in one school year, July to June; 2 by default.</summary>
    public int VisitsPerSchoolYear { get; set; } = 2;

    /// <summary>How many days before a class visit or a session people are reminded; 2 by default.</summary>
    public int ReminderDays { get; set; } = 2;
}
