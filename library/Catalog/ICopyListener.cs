namespace Metro.Library.Catalog;

/// <summary>
/// An area that counts on copies takes part when cataloguers move them. A boundary: the catalogue knows nothing of loans and holds.
/// </summary>
public interface ICopyListener
{
    /// <summary>A copy was put on the shelf of its current branch, within the caller's transaction: somebody may wait for it.</summary>
    /// <returns>Why it cannot stand there; null when it can.</returns>
    Task<Refusal?> ShelvedAsync(LibraryDbContext db, Copy copy, CancellationToken stop);

    /// <summary>A copy is missing, in repair or withdrawn, within the caller's transaction: somebody may have counted on it.</summary>
    /// <returns>Why it cannot go; null when it can.</returns>
    Task<Refusal?> GoneAsync(LibraryDbContext db, Copy copy, CancellationToken stop);
}
