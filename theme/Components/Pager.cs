namespace Metro.Theme;

/// <summary>The ways to the pages before and after in a list. Drawn by <c>_Pager</c>, which draws nothing where there is only one page.</summary>
/// <param name="Previous">The address of the page before, or null; also the way back to the first page of a list that only goes forward.</param>
/// <param name="Next">The address of the page after, or null.</param>
public sealed record Pager(string? Previous, string? Next)
{
    /// <summary>Which part of the list this is, such as "21–40 of 312"; null where nobody counts.</summary>
    public string? Place { get; init; }

    /// <summary>Whether <see cref="Previous"/> leads to the first page, however far the reader has come.</summary>
    public bool PreviousIsFirst { get; init; }
}
