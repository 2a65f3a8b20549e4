using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Members;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>The schools, and what the library offers to their classes. Not thread-safe: one per request.</summary>
public sealed class Schools(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>Writes down a school, known by its NPSN.</summary>
    public Task<Outcome<School>> RegisterAsync(SchoolDetails details, Actor by, CancellationToken stop = default)
    {
        if (details.Check() is { } refusal) return Task.FromResult<Outcome<School>>(refusal);
        details = details.Tidied();

        return db.WriteAsync<Outcome<School>>(async inner =>
        {
            if (await db.Schools.SingleOrDefaultAsync(one => one.Npsn == details.Npsn, inner) is { } known) return VisitRefusals.NpsnTaken(known.Name);

            var school = new School(details);
            db.Add(school);
            await db.SaveChangesAsync(inner);
            db.Audit(by, "school.registered", new Subject("school", school.Id), calendar.Now, after: new { school.Npsn, school.Name });
            await db.SaveChangesAsync(inner);
            return school;
        }, stop);
    }

    /// <summary>Changes what a school tells about itself, such as the teacher to speak to.</summary>
    public Task<Refusal?> ChangeAsync(long schoolId, SchoolDetails details, Actor by, CancellationToken stop = default)
    {
        if (details.Check() is { } refusal) return Task.FromResult<Refusal?>(refusal);
        details = details.Tidied();

        return db.WriteAsync(async inner =>
        {
            if (await db.Schools.FindAsync([schoolId], inner) is not { } school) return VisitRefusals.UnknownSchool(schoolId);
            if (await db.Schools.SingleOrDefaultAsync(one => one.Npsn == details.Npsn && one.Id != schoolId, inner) is { } other) return VisitRefusals.NpsnTaken(other.Name);

            var before = new { school.Npsn, school.Name, school.ContactName, school.ContactEmail };
            school.Change(details);
            db.Audit(by, "school.changed", new Subject("school", schoolId), calendar.Now, before, new { school.Npsn, school.Name, school.ContactName, school.ContactEmail });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    /// <summary>The school with this NPSN, however typed; null where there is none.</summary>
    public async Task<School?> FindAsync(string? npsn, CancellationToken stop = default) =>
        Npsn.Normalise(npsn) is { } digits ? await db.Schools.AsNoTracking().SingleOrDefaultAsync(one => one.Npsn == digits, stop) : null;

    /// <summary>The school for which somebody with a card stands; null where they stand for none, or the library does not know it yet.</summary>
    public async Task<School?> OfAsync(Actor by, CancellationToken stop = default) =>
        by.MemberId is { } memberId
            ? await FindAsync(await db.Members.Where(one => one.Id == memberId && one.Status == MemberStatus.Active).Select(one => one.Npsn).FirstOrDefaultAsync(stop), stop)
            : null;

    /// <summary>Makes an offer to classes.</summary>
    public Task<Outcome<VisitOffer>> OfferAsync(VisitOfferDetails details, Actor by, CancellationToken stop = default)
    {
        if (Check(details) is { } refusal) return Task.FromResult<Outcome<VisitOffer>>(refusal);

        return db.WriteAsync<Outcome<VisitOffer>>(async inner =>
        {
            if (await WhereAsync(details, inner) is { } nowhere) return nowhere;

            var offer = new VisitOffer(Tidied(details));
            db.Add(offer);
            await db.SaveChangesAsync(inner);
            db.Audit(by, "visit_offer.made", new Subject("visit_offer", offer.Id), calendar.Now, after: new { offer.Kind, offer.Name });
            await db.SaveChangesAsync(inner);
            return offer;
        }, stop);
    }

    /// <summary>Changes an offer. Visits that were asked for keep their time.</summary>
    public Task<Refusal?> ChangeOfferAsync(long offerId, VisitOfferDetails details, Actor by, CancellationToken stop = default)
    {
        if (Check(details) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            if (await db.VisitOffers.Include(one => one.Times).SingleOrDefaultAsync(one => one.Id == offerId, inner) is not { } offer)
                return VisitRefusals.UnknownOffer(offerId);
            if (await WhereAsync(details, inner) is { } nowhere) return nowhere;

            // The times are replaced: gone first, so that a time that stays does not meet itself in the unique index.
            await db.Set<VisitTime>().Where(time => time.OfferId == offerId).ExecuteDeleteAsync(inner);
            foreach (var time in offer.Times.ToList()) db.Entry(time).State = EntityState.Detached;
            var before = Facts(offer);
            offer.Change(Tidied(details));
            db.Audit(by, "visit_offer.changed", new Subject("visit_offer", offerId), calendar.Now, before, Facts(offer));
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    /// <summary>Makes an offer no longer. Visits that were asked for stay.</summary>
    public Task<Refusal?> WithdrawOfferAsync(long offerId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (await db.VisitOffers.FindAsync([offerId], inner) is not { } offer) return VisitRefusals.UnknownOffer(offerId);

            offer.Withdraw();
            db.Audit(by, "visit_offer.withdrawn", new Subject("visit_offer", offerId), calendar.Now);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Makes a withdrawn offer once more.</summary>
    public Task<Refusal?> ResumeOfferAsync(long offerId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (await db.VisitOffers.FindAsync([offerId], inner) is not { } offer) return VisitRefusals.UnknownOffer(offerId);
            // The space may have gone out of use meanwhile.
            if (offer.SpaceId is { } spaceId && !await db.Spaces.AnyAsync(one => one.Id == spaceId && one.IsActive, inner)) return VisitRefusals.SpaceElsewhere;

            offer.Resume();
            db.Audit(by, "visit_offer.resumed", new Subject("visit_offer", offerId), calendar.Now);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private async Task<Refusal?> WhereAsync(VisitOfferDetails details, CancellationToken stop)
    {
        if (!await db.Branches.AnyAsync(branch => branch.Id == details.BranchId, stop)) return CalendarRefusals.UnknownBranch($"{details.BranchId}");
        if (details.SpaceId is not { } spaceId) return null;

        var space = await db.Spaces.SingleOrDefaultAsync(one => one.Id == spaceId && one.IsActive && one.BranchId == details.BranchId, stop);
        if (space is null) return VisitRefusals.SpaceElsewhere;
        return details.MostChildren > space.Capacity ? SpaceRefusals.TooManyHeads(space.Capacity) : null;
    }

    private static object Facts(VisitOffer offer) => new
    {
        offer.Name, offer.DurationMinutes, offer.NoticeDays, offer.LeastChildren, offer.MostChildren, offer.Guides,
        Times = string.Join(", ", offer.Times.OrderBy(time => time.Day).ThenBy(time => time.StartsAt).Select(time => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.Day} {time.StartsAt:HH\\:mm}"))),
    };

    private static Refusal? Check(VisitOfferDetails details) =>
        InputText.CheckName(details.Name, "name", VisitOffer.NameLimit)
        ?? InputText.Check(details.NameEnglish, "name_english", VisitOffer.NameLimit)
        ?? InputText.Check(details.Guides, "guides", VisitOffer.GuidesLimit)
        ?? InputText.CheckNumber(details.DurationMinutes, "duration_minutes", 15, 8 * 60)
        ?? InputText.CheckNumber(details.LeastChildren, "least_children", 1, 1000)
        ?? InputText.CheckNumber(details.MostChildren, "most_children", details.LeastChildren, 1000)
        ?? InputText.CheckNumber(details.NoticeDays, "notice_days", 0, 365)
        ?? InputText.CheckNumber(details.DaysAhead, "days_ahead", 1, 730)
        ?? InputText.CheckNumber(details.CancelDays, "cancel_days", 0, 365)
        ?? InputText.CheckNumber(details.AnswerDays, "answer_days", 1, 365)
        ?? InputText.CheckNumber(details.Times.Count, "times", 0, 100)
        ?? (details.Languages.Count is 0 or > 10 || details.Languages.Any(language => language is not { Length: >= 2 and <= 5 } || !language.All(char.IsAsciiLetter))
            ? InputRefusals.Unreadable("language")
            : null)
        ?? CheckTimes(details);

    private static Refusal? CheckTimes(VisitOfferDetails details)
    {
        foreach (var day in details.Times.GroupBy(time => time.Day))
        {
            TimeOnly? last = null;
            foreach (var time in day.Select(one => one.StartsAt).Order())
            {
                if (time.Ticks % Occupancy.Quarter.Ticks != 0) return VisitRefusals.NotOnQuarter(day.Key);
                if (last is { } earlier && time.ToTimeSpan() - earlier.ToTimeSpan() < TimeSpan.FromMinutes(details.DurationMinutes)) return VisitRefusals.TimesOverlap(day.Key);
                last = time;
            }
        }

        return null;
    }

    private static VisitOfferDetails Tidied(VisitOfferDetails details) => details with
    {
        Name = InputText.Tidy(details.Name)!,
        NameEnglish = InputText.Tidy(details.NameEnglish),
        Guides = InputText.Tidy(details.Guides),
    };
}
