using Metro.Library.Calendar;
using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Elending;

/// <summary>What a library has bought: how many at once, how many in all, and until when. Where a limit is null there is none.</summary>
public sealed record LicenceDetails
{
    /// <summary>Which e-resource, by a key that others give and the library does not read; at most 100 characters.</summary>
    public required string ResourceKey { get; init; }

    /// <summary>What the resource is called, for letters; at most 200 characters.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Whether everybody may read it without a loan: public domain, Creative Commons, the library's own.</summary>
    public bool IsOpen { get; init; }

    /// <summary>How many people may have it at once.</summary>
    public int? MostAtOnce { get; init; }

    /// <summary>How many loans the licence allows in all.</summary>
    public int? MostLoans { get; init; }

    /// <summary>The last day of the licence, by the library's clock.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>How many days a loan lasts, unless the licence ends before.</summary>
    public int LoanDays { get; init; } = 14;

    internal Refusal? Check() =>
        InputText.Check(ResourceKey, "code", Licence.KeyLimit, required: true)
        ?? InputText.CheckName(Title.Indonesian, "title", Licence.TitleLimit)
        ?? InputText.Check(Title.English, "title", Licence.TitleLimit)
        ?? InputText.CheckNumber(MostAtOnce ?? 1, "limit", 1, 1_000_000)
        ?? InputText.CheckNumber(MostLoans ?? 1, "limit", 1, 1_000_000)
        ?? InputText.CheckNumber(LoanDays, "days", 1, 366);
}

/// <summary>
/// The right to lend an e-resource. What is out and what has been lent is counted in its row, offers included, so that the
/// database itself refuses one too many (DOMAIN.md rule 12). A resource may have several.
/// </summary>
public sealed class Licence
{
    private Licence()
    {
    }

    internal Licence(LicenceDetails details, DateTime? endsAt, DateTime now)
    {
        (ResourceKey, Title, TitleEnglish) = (InputText.Tidy(details.ResourceKey)!, InputText.Tidy(details.Title.Indonesian)!, InputText.Tidy(details.Title.English));
        (IsOpen, MostAtOnce, MostLoans) = (details.IsOpen, details.MostAtOnce, details.MostLoans);
        (EndsAt, LoanDays, CreatedAt) = (endsAt, details.LoanDays, now);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <inheritdoc cref="LicenceDetails.ResourceKey"/>
    public string ResourceKey { get; private set; } = "";

    /// <summary>What the resource is called, in Indonesian.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What the resource is called, in English; null where nobody translated it.</summary>
    public string? TitleEnglish { get; private set; }

    /// <inheritdoc cref="LicenceDetails.IsOpen"/>
    public bool IsOpen { get; private set; }

    /// <inheritdoc cref="LicenceDetails.MostAtOnce"/>
    public int? MostAtOnce { get; private set; }

    /// <inheritdoc cref="LicenceDetails.MostLoans"/>
    public int? MostLoans { get; private set; }

    /// <summary>When it ends, in UTC; null for never.</summary>
    public DateTime? EndsAt { get; private set; }

    /// <inheritdoc cref="LicenceDetails.LoanDays"/>
    public int LoanDays { get; private set; }

    /// <summary>How many have it now, or are offered it.</summary>
    public int OutNow { get; private set; }

    /// <summary>How many loans were made in all, those that are offered included.</summary>
    public int LoansMade { get; private set; }

    /// <summary>When it was bought, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>What the resource is called, in the reader's language.</summary>
    public LocalText LocalTitle => new(Title, TitleEnglish);

    internal Subject Subject => new("licence", Id);

    /// <summary>Whether it has not ended.</summary>
    public bool IsInForce(DateTime now) => EndsAt is null || now < EndsAt;

    /// <summary>Whether it will lend again, now or when something comes back.</summary>
    public bool LendsAgain(DateTime now) => !IsOpen && IsInForce(now) && (MostLoans is null || LoansMade < MostLoans);

    /// <summary>Whether it lends now.</summary>
    public bool HasRoom(DateTime now) => LendsAgain(now) && (MostAtOnce is null || OutNow < MostAtOnce);

    internal void Take() => (OutNow, LoansMade) = (OutNow + 1, LoansMade + 1);

    internal void GiveBack() => OutNow--;

    /// <summary>An offer came to nothing, so no loan was made.</summary>
    internal void TakeBackOffer() => (OutNow, LoansMade) = (OutNow - 1, LoansMade - 1);

    internal void EndAt(DateTime instant) => EndsAt = instant;

    internal const int KeyLimit = 100;
    internal const int TitleLimit = 200;
}

internal sealed class LicenceConfiguration : IEntityTypeConfiguration<Licence>
{
    public void Configure(EntityTypeBuilder<Licence> builder)
    {
        builder.ToTable("licences", table =>
        {
            table.HasCheckConstraint("ck_licences_at_once", "out_now >= 0 AND (most_at_once IS NULL OR out_now <= most_at_once)");
            table.HasCheckConstraint("ck_licences_in_all", "loans_made >= out_now AND (most_loans IS NULL OR loans_made <= most_loans)");
            table.HasCheckConstraint("ck_licences_days", "loan_days > 0");
        });
        builder.Ignore(licence => licence.LocalTitle);
        builder.Ignore(licence => licence.Subject);
        builder.Property(licence => licence.ResourceKey).HasMaxLength(Licence.KeyLimit);
        builder.Property(licence => licence.Title).HasMaxLength(Licence.TitleLimit);
        builder.Property(licence => licence.TitleEnglish).HasMaxLength(Licence.TitleLimit);
        builder.HasIndex(licence => new { licence.ResourceKey, licence.Id });
    }
}

/// <summary>What staff do with licences. Not thread-safe: one per request.</summary>
public sealed class Licensing(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>Adds a licence; those who wait for the resource are offered it at once.</summary>
    public Task<Outcome<Licence>> AddAsync(LicenceDetails details, Actor by, CancellationToken stop = default)
    {
        if (details.Check() is { } refusal) return Task.FromResult<Outcome<Licence>>(refusal);
        if (details.EndsOn is { } last && InputText.CheckDate(last, "date", calendar.Today, calendar.Today.AddYears(100)) is { } never)
            return Task.FromResult<Outcome<Licence>>(never);

        return db.WriteInTurnAsync<Outcome<Licence>>(Turn.Elending, DigitalQueue.TurnOf(details.ResourceKey), async inner =>
        {
            var licence = new Licence(details, details.EndsOn is { } date ? calendar.EndOf(date) : null, calendar.Now);
            db.Add(licence);
            await db.SaveChangesAsync(inner);
            db.Audit(by, "licence.added", licence.Subject, calendar.Now, after: new { licence.ResourceKey, licence.IsOpen, licence.MostAtOnce, licence.MostLoans, licence.EndsAt });
            await db.SettleAsync(licence.ResourceKey, calendar, settings, inner);
            await db.SaveChangesAsync(inner);
            return licence;
        }, stop);
    }

    /// <summary>
    /// Ends a licence earlier than it was bought for, or one without an end: its loans end with it and their readers are told
    /// (DOMAIN.md rule 12).
    /// </summary>
    /// <param name="licenceId">The licence.</param>
    /// <param name="lastDay">Its last day, by the library's clock; yesterday for at once.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Refusal?> EndAsync(long licenceId, DateOnly lastDay, Actor by, CancellationToken stop = default)
    {
        var key = await db.Licences.Where(one => one.Id == licenceId).Select(one => one.ResourceKey).SingleOrDefaultAsync(stop);
        if (key is null) return ElendingRefusals.UnknownLicence(licenceId);

        return await db.WriteInTurnAsync(Turn.Elending, DigitalQueue.TurnOf(key), async inner =>
        {
            var licence = await db.Licences.SingleAsync(one => one.Id == licenceId, inner);
            var now = calendar.Now;
            if (InputText.CheckDate(lastDay, "date", calendar.Today.AddDays(-1), calendar.Today.AddYears(100)) is { } never) return never;
            var end = lastDay < calendar.Today ? now : calendar.EndOf(lastDay);
            if (licence.EndsAt <= end) return ElendingRefusals.NotEarlier;

            db.Audit(by, "licence.ended", licence.Subject, now, new { licence.EndsAt }, new { EndsAt = end });
            licence.EndAt(end);
            foreach (var loan in await db.DigitalLoans.Include(one => one.Licence).Where(one => one.LicenceId == licenceId && one.EndedAt == null && one.DueAt > end).ToListAsync(inner))
            {
                loan.EndBy(end);
                await db.TellAsync(loan, DigitalMessages.Shortened, now, inner);
            }

            await db.SettleAsync(key, calendar, settings, inner);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }
}
