using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Catalog;

/// <summary>
/// A note that a title changed, written in the transaction of the change. The search index of every node
/// follows these notes, so that what was committed is found.
/// </summary>
internal sealed class CatalogChange
{
    private CatalogChange()
    {
    }

    public CatalogChange(Title title) => Title = title;

    public CatalogChange(long titleId) => TitleId = titleId;

    public long Id { get; private set; }

    public long TitleId { get; private set; }

    public Title? Title { get; private set; }
}

internal static class CatalogChanges
{
    /// <summary>Adds a note for every title that is about to be saved, itself, its parts or its copies.</summary>
    public static void Note(LibraryDbContext db)
    {
        db.ChangeTracker.DetectChanges();
        HashSet<Title>? titles = null;
        HashSet<long>? keys = null;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            switch (entry.Entity)
            {
                case Title title:
                    (titles ??= []).Add(title);
                    break;
                case Contributor or SubjectHeading or TitleIdentifier when entry.Property("TitleId").CurrentValue is long and > 0 and var titleId:
                    (keys ??= []).Add(titleId);
                    break;
                case Copy { Title: { } title }:
                    (titles ??= []).Add(title);
                    break;
                case Copy copy:
                    (keys ??= []).Add(copy.TitleId);
                    break;
            }
        }

        if (titles is null && keys is null) return;

        foreach (var title in titles ?? [])
        {
            keys?.Remove(title.Id);
            db.Add(new CatalogChange(title));
        }

        foreach (var key in keys ?? []) db.Add(new CatalogChange(key));
    }
}
