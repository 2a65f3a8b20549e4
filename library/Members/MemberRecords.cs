namespace Metro.Library.Members;

/// <summary>
/// An area that keeps something about members takes part in clearance, download, erasure and merging
/// (DOMAIN.md rules 10 and 11). A boundary: membership knows none of the areas.
/// </summary>
public interface IMemberRecords
{
    /// <summary>The property under which the area's part stands in a download, such as <c>loans</c>.</summary>
    string Name { get; }

    /// <summary>What keeps the member from leaving with a clean slate: copies out, fines owed; none when nothing does.</summary>
    Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop);

    /// <summary>Everything that the area keeps about the member, to be written as JSON.</summary>
    Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop);

    /// <summary>Unlinks or deletes it, within the caller's transaction; nothing is open when this is called.</summary>
    Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop);

    /// <summary>Moves it to another member's record, within the caller's transaction.</summary>
    Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop);
}
