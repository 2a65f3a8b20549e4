using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Input;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>
/// On which terms a category of members borrows a format: one row of the notice at the desk. The most specific
/// row holds: category and format, then category, then format, then the general one.
/// </summary>
public sealed class LoanTerms
{
    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>For whom; null for everybody.</summary>
    public MemberCategory? Category { get; init; }

    /// <summary>For what; null for everything.</summary>
    public TitleFormat? Format { get; init; }

    /// <summary>How many copies at a time; a row with a format limits that format, one without limits all together.</summary>
    public int MostLoans { get; init; } = 2;

    /// <summary>For how many calendar days.</summary>
    public int LoanDays { get; init; } = 7;

    /// <summary>How many renewals.</summary>
    public int MostRenewals { get; init; } = 1;

    /// <summary>How many open days late a return may be without a fine or a suspension; a later one counts them all.</summary>
    public int GraceDays { get; init; }

    /// <summary>The fine for each open day late, in rupiah; 0 for none.</summary>
    public int FinePerDay { get; init; } = 500;

    /// <summary>The most that one loan is fined for being late, in rupiah.</summary>
    public int FineCeiling { get; init; } = 25_000;

    /// <summary>For how many days each open day late keeps the member from borrowing; 0 for none. With no fine this is the policy of suspension only.</summary>
    public int SuspensionDaysPerDayLate { get; init; }

    /// <summary>How many holds at a time.</summary>
    public int MostHolds { get; init; } = 2;

    /// <summary>For how many open days a copy stays ready on the hold shelf.</summary>
    public int PickupDays { get; init; } = 3;

    /// <summary>What makes the row unique: there is one for each pair of category and format, either of which may be "any".</summary>
    internal string Scope { get; private set; } = "";

    /// <summary>The terms that hold where the table has no row: those that Indonesian city libraries publish.</summary>
    public static IReadOnlyList<LoanTerms> Defaults { get; } =
    [
        new(),
        new() { Category = MemberCategory.School, MostLoans = 20, LoanDays = 30, MostHolds = 10 },
    ];

    internal void SetScope() => Scope = $"{Category?.ToString() ?? "*"}/{Format?.ToString() ?? "*"}";

    /// <summary>Why these cannot be the library's terms; null when they can.</summary>
    public Refusal? Check() =>
        (Category is { } category && !Enum.IsDefined(category)) || (Format is { } format && !Enum.IsDefined(format))
            ? InputRefusals.Unreadable("category")
            : InputText.CheckNumber(MostLoans, "loans", 0, 1_000)
                ?? InputText.CheckNumber(LoanDays, "days", 1, 400)
                ?? InputText.CheckNumber(MostRenewals, "renewals", 0, 100)
                ?? InputText.CheckNumber(GraceDays, "days", 0, 100)
                ?? InputText.CheckNumber(FinePerDay, "amount", 0, 1_000_000)
                ?? InputText.CheckNumber(FineCeiling, "amount", 0, 100_000_000)
                ?? InputText.CheckNumber(SuspensionDaysPerDayLate, "days", 0, 100)
                ?? InputText.CheckNumber(MostHolds, "holds", 0, 1_000)
                ?? InputText.CheckNumber(PickupDays, "days", 1, 100);
}

internal sealed class LoanTermsConfiguration : IEntityTypeConfiguration<LoanTerms>
{
    public void Configure(EntityTypeBuilder<LoanTerms> builder)
    {
        builder.ToTable("loan_terms", table => table.HasCheckConstraint("ck_loan_terms_days", "loan_days >= 1 AND pickup_days >= 1"));
        builder.Property(terms => terms.Scope).HasMaxLength(60);
        builder.HasIndex(terms => terms.Scope).IsUnique();
    }
}

/// <summary>The terms of one category of members.</summary>
internal sealed class TermsOfCategory(MemberCategory category, IReadOnlyList<LoanTerms> rows)
{
    /// <summary>How many copies of all formats together.</summary>
    public int MostLoans => General.MostLoans;

    public int MostHolds => General.MostHolds;

    public int PickupDays => General.PickupDays;

    /// <summary>The terms for a format.</summary>
    public LoanTerms For(TitleFormat format) =>
        Find(category, format) ?? Find(category, null) ?? Find(null, format) ?? General;

    /// <summary>How many copies of a format; null where the format has no limit of its own.</summary>
    public int? MostLoansOf(TitleFormat format) => (Find(category, format) ?? Find(null, format))?.MostLoans;

    private LoanTerms General => Find(category, null) ?? Find(null, null) ?? LoanTerms.Defaults[0];

    private LoanTerms? Find(MemberCategory? who, TitleFormat? what) =>
        rows.FirstOrDefault(row => row.Category == who && row.Format == what)
        ?? LoanTerms.Defaults.FirstOrDefault(row => who is not null && row.Category == who && row.Format == what);
}

/// <summary>The table of terms, editable by the staff.</summary>
public sealed class TermsTable(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>Every row, the general one first; <see cref="LoanTerms.Defaults"/> hold where it has none.</summary>
    public Task<List<LoanTerms>> AllAsync(CancellationToken stop = default) =>
        db.LoanTerms.AsNoTracking().OrderBy(terms => terms.Scope).Take(200).ToListAsync(stop);

    /// <summary>Every row that holds now, the general one first: those of the table, and the defaults that none of them replaces.</summary>
    public async Task<IReadOnlyList<LoanTerms>> InForceAsync(CancellationToken stop = default)
    {
        var rows = await AllAsync(stop);
        return
        [
            .. LoanTerms.Defaults.Where(one => rows.TrueForAll(row => row.Category != one.Category || row.Format != one.Format)).Concat(rows)
                .OrderBy(row => row.Category is null ? -1 : (int)row.Category).ThenBy(row => row.Format is null ? -1 : (int)row.Format),
        ];
    }

    /// <summary>The terms that hold for a category and a format now.</summary>
    public async Task<LoanTerms> OfAsync(MemberCategory category, TitleFormat format, CancellationToken stop = default) =>
        (await ReadAsync(db, category, stop)).For(format);

    /// <summary>The row that holds for a category and a format now, either of which may be "any": its own, or the less specific one that stands in for it.</summary>
    public async Task<LoanTerms> HoldingAsync(MemberCategory? category, TitleFormat? format, CancellationToken stop = default)
    {
        var rows = await AllAsync(stop);
        return Find(category, format) ?? Find(category, null) ?? Find(null, format) ?? Find(null, null)!;

        LoanTerms? Find(MemberCategory? who, TitleFormat? what) =>
            rows.Concat(LoanTerms.Defaults).FirstOrDefault(row => row.Category == who && row.Format == what);
    }

    /// <summary>Sets the terms of a category and a format; holds for loans and renewals from now on.</summary>
    public Task<Refusal?> SetAsync(LoanTerms terms, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (terms.Check() is { } unusable) return unusable;
        var former = await db.LoanTerms.FirstOrDefaultAsync(row => row.Category == terms.Category && row.Format == terms.Format, inner);
        if (former is not null)
        {
            db.LoanTerms.Remove(former);
            await db.SaveChangesAsync(inner);
        }

        var row = new LoanTerms
        {
            Category = terms.Category, Format = terms.Format, MostLoans = terms.MostLoans, LoanDays = terms.LoanDays, MostRenewals = terms.MostRenewals,
            GraceDays = terms.GraceDays, FinePerDay = terms.FinePerDay, FineCeiling = terms.FineCeiling,
            SuspensionDaysPerDayLate = terms.SuspensionDaysPerDayLate, MostHolds = terms.MostHolds, PickupDays = terms.PickupDays,
        };
        row.SetScope();
        db.LoanTerms.Add(row);
        await db.SaveChangesAsync(inner);
        db.Audit(by, "terms.set", new Subject("terms", row.Id), calendar.Now, former, row);
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    internal static async Task<TermsOfCategory> ReadAsync(LibraryDbContext db, MemberCategory category, CancellationToken stop) =>
        new(category, await db.LoanTerms.AsNoTracking().Where(row => row.Category == category || row.Category == null).ToListAsync(stop));
}
