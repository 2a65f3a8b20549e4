namespace Metro.Library;

public sealed partial class LibrarySettings
{
    /// <summary>How many e-books a member may have on loan at once; 5 by default.</summary>
    public int MostDigitalLoans { get; set; } = 5;

    /// <summary>For how many hours an e-book is kept for the next in its queue; 72 by default.</summary>
    public int DigitalOfferHours { get; set; } = 72;
}
