using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>Asking for class visits, for whoever stands for a school.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class VisitMutations
{
    /// <summary>Asks for a class visit. It is answered within the offer's days, or lapses, and the school is told.</summary>
    /// <param name="wish">What is wanted, and when.</param>
    /// <param name="school">The national number of the school; needed at the desk only, one's own otherwise.</param>
    [Error<RefusalError>]
    [Error<ClassVisitSlotTaken>]
    public static async Task<FieldResult<Visit>> RequestVisitAsync(
        VisitWish wish, ClassVisits visits, VisitSlots slots, Schools schools, LibraryDbContext db, Acting acting, CancellationToken stop, string? school = null)
    {
        var by = await acting.AsAnyoneAsync(stop);
        if (by.Refusal is { } no) return new FieldResult<Visit>(new RefusalError(no));
        var found = by.Value.Kind == ActorKind.Staff ? await schools.FindAsync(school, stop) : await schools.OfAsync(by.Value, stop);
        if (found is null) return new FieldResult<Visit>(new RefusalError(VisitRefusals.UnknownSchool(0)));
        var outcome = await visits.RequestAsync(wish.ToRequest(found.Id), by.Value, stop);
        return outcome.Refusal switch
        {
            null => await OfIdAsync(db, outcome.Value.Id, stop),
            { Code: "visits.slot_taken" } taken => new FieldResult<Visit>(new ClassVisitSlotTaken(taken, await slots.NearestFreeAsync(wish.Offer, wish.Date, 5, stop))),
            var refusal => new FieldResult<Visit>(new RefusalError(refusal)),
        };
    }

    /// <summary>Moves a class visit to another free time of its offer.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="date">The day, by the library's clock.</param>
    /// <param name="time">The time, by the library's clock: one of the offer's.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    [Error<RefusalError>]
    [Error<ClassVisitSlotTaken>]
    public static async Task<FieldResult<Visit>> ChangeVisitAsync(
        [ID<Visit>] long visit, DateOnly date, TimeOnly time, ClassVisits visits, VisitSlots slots, LibraryDbContext db, Acting acting, CancellationToken stop, string? reason = null)
    {
        var outcome = await ChangedAsync(visit, by => visits.MoveAsync(visit, date, time, reason, by, stop), db, acting, stop);
        return outcome.Refusal switch
        {
            null => await OfIdAsync(db, outcome.Value.Id, stop),
            { Code: "visits.slot_taken" } taken => new FieldResult<Visit>(new ClassVisitSlotTaken(
                taken, await slots.NearestFreeAsync(await db.Visits.Where(one => one.Id == visit).Select(one => one.OfferId).SingleAsync(stop), date, 5, stop))),
            var refusal => new FieldResult<Visit>(new RefusalError(refusal)),
        };
    }

    /// <summary>Cancels a class visit. The quota comes back when the school cancels in time, and always when the library does.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    public static async Task<FieldResult<Visit, RefusalError>> CancelVisitAsync(
        [ID<Visit>] long visit, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop, string? reason = null) =>
        await (await ChangedAsync(visit, by => visits.CancelAsync(visit, reason, by.Kind == ActorKind.Staff ? CancelledBy.Library : CancelledBy.School, by, stop), db, acting, stop))
            .ThenAsync(one => OfIdAsync(db, one.Id, stop));

    internal static Task<Visit> OfIdAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Visits.AsNoTracking().SingleAsync(one => one.Id == id, stop);

    // The library's verbs do not ask whose visit it is: somebody else's is one that does not exist.
    private static async Task<Outcome<Visit>> ChangedAsync(
        long id, Func<Actor, Task<Outcome<Visit>>> change, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        if (by.Refusal is { } no) return no;
        if (by.Value.Kind != ActorKind.Staff)
        {
            var npsn = await NpsnOfAsync(by.Value, db, stop);
            if (npsn is null || !await db.Visits.AnyAsync(visit => visit.Id == id && visit.School.Npsn == npsn, stop)) return VisitRefusals.UnknownVisit(id);
        }

        return await change(by.Value);
    }

    private static Task<string?> NpsnOfAsync(Actor by, LibraryDbContext db, CancellationToken stop) =>
        db.Members.Where(member => member.Id == by.MemberId && member.Status == MemberStatus.Active).Select(member => member.Npsn).FirstOrDefaultAsync(stop);
}

/// <summary>Another school has the slot, or the guides or the space are busy; and what could be had instead.</summary>
[ObjectType]
public sealed class ClassVisitSlotTaken : IMutationError
{
    internal ClassVisitSlotTaken(Refusal refusal, IReadOnlyList<VisitSlot> nearestFree) => (Message, Code, NearestFree) = (refusal.In(null), refusal.Code, nearestFree);

    /// <inheritdoc cref="IMutationError.Message"/>
    public string Message { get; }

    /// <inheritdoc cref="IMutationError.Code"/>
    public string Code { get; }

    /// <summary>Free slots of the same offer, the nearest day first.</summary>
    [ListSize(AssumedSize = 5, RequireOneSlicingArgument = false)]
    public IReadOnlyList<VisitSlot> NearestFree { get; }
}

/// <summary>What a school wants.</summary>
/// <param name="Offer">What the class comes for.</param>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="Time">The time, by the library's clock: one of the offer's.</param>
/// <param name="Children">How many children come.</param>
/// <param name="Adults">How many adults come with them: one to ten children.</param>
public sealed record VisitWish([property: ID<VisitOffer>] long Offer, DateOnly Date, TimeOnly Time, int Children, int Adults)
{
    /// <summary>Which class, such as `5B`. Never the names of pupils.</summary>
    public string? ClassName { get; init; }

    /// <summary>The language in which it is to be given; one of the offer's.</summary>
    [DefaultValue(Schema.Language.Id)]
    public Language Language { get; init; } = Language.Id;

    /// <summary>What the class needs: wheelchairs, signs, rest. In counts and things, not names.</summary>
    public string? Needs { get; init; }

    /// <summary>What the teacher writes; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    internal VisitRequest ToRequest(long schoolId) => new()
    {
        SchoolId = schoolId,
        OfferId = Offer,
        Date = Date,
        Time = Time,
        Children = Children,
        Adults = Adults,
        ClassName = ClassName,
        Language = Language.Code,
        Needs = Needs,
        Note = Note,
    };
}
