using System.Globalization;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>What stands in the letter with which the library answers a school (<i>surat balasan</i>); a page prints it.</summary>
public sealed record VisitReplyLetter
{
    /// <summary>The number of the letter within its year, and the year: <c>012/2026</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The date of the letter.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The library's name.</summary>
    public required LocalText Library { get; init; }

    /// <summary>The library's address.</summary>
    public required string LibraryAddress { get; init; }

    /// <summary>The school's name.</summary>
    public required string School { get; init; }

    /// <summary>The school's NPSN.</summary>
    public required string Npsn { get; init; }

    /// <summary>The school's address; null where it did not say.</summary>
    public string? SchoolAddress { get; init; }

    /// <summary>The teacher.</summary>
    public required string ContactName { get; init; }

    /// <summary>Whether the library said yes.</summary>
    public required bool IsApproved { get; init; }

    /// <summary>Why it said no; null when it said yes.</summary>
    public string? Reason { get; init; }

    /// <summary>What the class comes for.</summary>
    public required LocalText Offer { get; init; }

    /// <summary>Where.</summary>
    public required LocalText Place { get; init; }

    /// <summary>The day of the visit, by the library's clock.</summary>
    public required DateOnly VisitOn { get; init; }

    /// <summary>When it starts, by the library's clock.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>When it ends, by the library's clock.</summary>
    public required TimeOnly Until { get; init; }

    /// <summary>Which class.</summary>
    public string? ClassName { get; init; }

    /// <summary>How many children come.</summary>
    public required int Children { get; init; }

    /// <summary>How many adults come with them.</summary>
    public required int Adults { get; init; }

    /// <summary>How many adults must come: one to ten children.</summary>
    public required int AdultsNeeded { get; init; }

    /// <summary>The last day on which a cancellation gives the school its visit back.</summary>
    public required DateOnly CancelBy { get; init; }

    /// <summary>Always true: the letter says that photographs of pupils need their guardians' own consent (DOMAIN.md rule 10).</summary>
    public bool PhotographsNeedGuardians { get; } = true;
}

/// <summary>Writes reply letters. Not thread-safe: one per request.</summary>
public sealed class VisitReplyLetters(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>The letter that answered a request; refused while there is none.</summary>
    public async Task<Outcome<VisitReplyLetter>> OfAsync(long visitId, CancellationToken stop = default)
    {
        var visit = await db.Visits.AsNoTracking().Include(one => one.School).Include(one => one.Offer).SingleOrDefaultAsync(one => one.Id == visitId, stop);
        if (visit is null) return VisitRefusals.UnknownVisit(visitId);
        if (visit is not { LetterNumber: { } number, LetterDate: { } date }) return VisitRefusals.NotAnswered;

        var branch = await db.Branches.AsNoTracking().SingleAsync(one => one.Id == visit.Offer.BranchId, stop);
        var space = await db.Spaces.AsNoTracking().SingleOrDefaultAsync(one => one.Id == visit.Offer.SpaceId, stop);
        var (from, until) = (TimeZoneInfo.ConvertTimeFromUtc(visit.StartsAt, calendar.Zone), TimeZoneInfo.ConvertTimeFromUtc(visit.EndsAt, calendar.Zone));
        return new VisitReplyLetter
        {
            Number = string.Create(CultureInfo.InvariantCulture, $"{number:000}/{date.Year}"),
            Date = date,
            Library = new LocalText(settings.Name, settings.NameEnglish),
            LibraryAddress = settings.Address,
            School = visit.School.Name,
            Npsn = visit.School.Npsn,
            SchoolAddress = visit.School.Address,
            ContactName = visit.School.ContactName,
            IsApproved = visit.Status != VisitStatus.Declined,
            Reason = visit.Status == VisitStatus.Declined ? visit.Reason : null,
            Offer = visit.Offer.LocalName,
            Place = visit.Offer.Kind == VisitKind.MobileLibrary ? new LocalText(visit.School.Name) : space?.LocalName ?? branch.LocalName,
            VisitOn = DateOnly.FromDateTime(from),
            From = TimeOnly.FromDateTime(from),
            Until = TimeOnly.FromDateTime(until),
            ClassName = visit.ClassName,
            Children = visit.Children,
            Adults = visit.Adults,
            AdultsNeeded = (visit.Children + 9) / 10,
            CancelBy = DateOnly.FromDateTime(from).AddDays(-visit.Offer.CancelDays),
        };
    }
}
