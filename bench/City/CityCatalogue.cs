using Metro.Bench.Catalog;
using Metro.Library.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.City;

/// <summary>The city's titles: the generated catalogue, written as a MARC import writes it.</summary>
internal static class CityCatalogue
{
    private const int TitlesAtOnce = 50_000;

    public static async Task WriteTitlesAsync(string path, CitySize size)
    {
        await using var db = GeneratedCatalogue.Connect(path);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=OFF; PRAGMA cache_size=-262144");
        var catalogue = new GeneratedCatalogue(size.Titles);
        for (var made = 0; made < size.Titles; made += TitlesAtOnce)
        {
            var batch = Enumerable.Range(made, Math.Min(TitlesAtOnce, size.Titles - made))
                .Select(number => (Title.Create(catalogue.Next(number), GeneratedCatalogue.Catalogued).Title!, "", Array.Empty<byte>())).ToList();
            await db.WriteAsync(stop => TitleRows.InsertAsync(db, batch, stop));
        }

        // Every index followed these notes long ago, and the clean-up has been.
        await db.Database.ExecuteSqlRawAsync("DELETE FROM catalog_changes WHERE id <= (SELECT max(id) FROM catalog_changes) - 1000");
        await db.Database.CloseConnectionAsync();
        SqliteConnection.ClearAllPools();
    }
}

/// <summary>Which title each copy belongs to, and where it stands; the copies of a title have neighbouring keys.</summary>
internal sealed class CityShelves
{
    private const int Branches = GeneratedCatalogue.Branches;

    private static readonly DateTime Shelved = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    private readonly CitySize size;

    public CityShelves(CitySize size) => this.size = size;

    /// <summary>Titles have two and three copies in turn, so that a key is found by arithmetic.</summary>
    public int FirstCopyOf(int title) => (int)(((title - 1L) * 5 / 2) + 1);

    public int CopiesOf(int title) => Math.Min(FirstCopyOf(title + 1), size.Copies + 1) - FirstCopyOf(title);

    public int TitleOf(int copy)
    {
        var title = (int)((copy - 1L) * 2 / 5) + 1;
        return FirstCopyOf(title + 1) <= copy ? title + 1 : title;
    }

    /// <summary>Copies that are out: spread evenly, at most one to a title.</summary>
    public int LentCopy(int number) => (int)((long)number * size.Copies / size.CurrentLoans) + 1;

    public static long BranchOf(int copy) => copy % 3 == 0 ? 1 + (copy / 3 % Branches) : 1;

    public void Write(CityFile file, DateOnly today)
    {
        var lent = new System.Collections.BitArray(size.Copies + 1);
        for (var i = 0; i < size.CurrentLoans; i++) lent[LentCopy(i)] = true;
        var row = new object?[12];
        file.Write("copies", "id, title_id, barcode, owner_branch_id, current_branch_id, status, condition, source, acquired_on, for_reference_only, status_since, version", Rows());

        IEnumerable<object?[]> Rows()
        {
            for (var copy = 1; copy <= size.Copies; copy++)
            {
                var branch = BranchOf(copy);
                (row[0], row[1], row[2], row[3], row[4]) = (copy, TitleOf(copy), $"C{copy:D8}", branch, branch);
                row[5] = lent[copy] ? "OnLoan" : (copy % 251) switch { 0 => "InRepair", 1 => "Missing", 2 => "Withdrawn", _ => "Available" };
                (row[6], row[7], row[8]) = (copy % 7 == 0 ? "Worn" : "Good", copy % 11 == 0 ? "Donation" : "Purchase", today.AddDays(-copy % 4_000));
                (row[9], row[10], row[11]) = (copy % 40 == 7 && !lent[copy] ? 1 : 0, Shelved, 1);
                yield return row;
            }
        }
    }
}
