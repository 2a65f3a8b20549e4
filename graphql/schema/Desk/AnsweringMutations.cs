using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>Visits, bookings and programs, as the desk answers them.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class AnsweringMutations
{
    /// <summary>Says yes to a class visit, writes the reply letter, and takes one visit from the school's quota.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="beyondQuotaBecause">Why it may pass where the quota is used up; the audit trail keeps it.</param>
    public static Task<FieldResult<Visit, RefusalError>> ApproveVisitAsync(
        [ID<Visit>] long visit, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop, string? beyondQuotaBecause = null) =>
        VisitAsync(by => visits.ApproveAsync(visit, by, beyondQuotaBecause, stop), db, acting, stop);

    /// <summary>Says no to a class visit, with a reason.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Visit, RefusalError>> DeclineVisitAsync(
        [ID<Visit>] long visit, string reason, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.DeclineAsync(visit, reason, by, stop), db, acting, stop);

    /// <summary>Takes note that the class came.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="children">How many children were counted.</param>
    public static Task<FieldResult<Visit, RefusalError>> RecordVisitAsync(
        [ID<Visit>] long visit, int children, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.ArriveAsync(visit, children, by, stop), db, acting, stop);

    /// <summary>Takes note that the class stayed away.</summary>
    /// <param name="visit">The visit.</param>
    public static Task<FieldResult<Visit, RefusalError>> RecordVisitNoShowAsync(
        [ID<Visit>] long visit, ClassVisits visits, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        VisitAsync(by => visits.StayAwayAsync(visit, by, stop), db, acting, stop);

    /// <summary>Writes down a school, so that it can ask for visits.</summary>
    /// <param name="school">What is known of it.</param>
    public static async Task<FieldResult<School, RefusalError>> RegisterSchoolAsync(NewSchool school, Schools schools, Acting acting, CancellationToken stop) =>
        (await schools.RegisterAsync(school.ToDetails(), await acting.AsStaffAsync(stop), stop)).Then(one => one);

    /// <summary>Writes down anew what is known of a school.</summary>
    /// <param name="school">The school.</param>
    /// <param name="details">What is known of it from now on, all of it.</param>
    public static async Task<FieldResult<School, RefusalError>> ChangeSchoolAsync(
        [ID<School>] long school, NewSchool details, Schools schools, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await schools.ChangeAsync(school, details.ToDetails(), await acting.AsStaffAsync(stop), stop)).OrAsync(() => db.Schools.AsNoTracking().SingleAsync(one => one.Id == school, stop));

    /// <summary>Says yes to a request for a space, after looking at everything again.</summary>
    /// <param name="booking">The request.</param>
    /// <param name="declineRivals">Whether one knows that requests for an overlapping time are declined by this.</param>
    public static Task<FieldResult<Booking, RefusalError>> ApproveBookingAsync(
        [ID<Booking>] long booking, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop, bool declineRivals = false) =>
        BookingAsync(by => bookings.ApproveAsync(booking, declineRivals, by, stop), db, acting, stop);

    /// <summary>Says no to a request for a space, with a reason.</summary>
    /// <param name="booking">The request.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Booking, RefusalError>> DeclineBookingAsync(
        [ID<Booking>] long booking, string reason, Bookings bookings, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        BookingAsync(by => bookings.DeclineAsync(booking, reason, by, stop), db, acting, stop);

    /// <summary>Lets somebody in by their ticket.</summary>
    /// <param name="ticket">The code, however typed.</param>
    public static async Task<FieldResult<Registration, RefusalError>> CheckInTicketAsync(
        string ticket, CheckIns door, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await door.CheckInAsync(ticket, await acting.AsStaffAsync(stop), stop)).ThenAsync(one => RegistrationMutations.OfTicketAsync(db, one.TicketCode, stop));

    /// <summary>Registers a visitor who is not a member, where the program is open to them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The visitor's name.</param>
    /// <param name="email">The visitor's e-mail address.</param>
    /// <param name="birthDate">The date of birth, where the program asks; it is not kept.</param>
    /// <param name="party">Who comes along, and with what needs.</param>
    public static async Task<FieldResult<Registration, RefusalError>> RegisterVisitorAsync(
        [ID<Session>] long session, string name, string email, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop,
        DateOnly? birthDate = null, RegistrationParty? party = null) =>
        await (await registrations.RegisterAsync(
                session, (party ?? new()).ToRequest(null) with { Name = name, Email = email, BirthDate = birthDate }, await acting.AsStaffAsync(stop), stop))
            .ThenAsync(one => RegistrationMutations.OfTicketAsync(db, one.TicketCode, stop));

    /// <summary>Answers a request to arrange something, and tells the person.</summary>
    /// <param name="need">The request.</param>
    /// <param name="answer">The answer.</param>
    public static async Task<FieldResult<AccommodationRequest, RefusalError>> AnswerNeedAsync(
        [ID<AccommodationRequest>] long need, AccommodationAnswer answer, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await registrations.AnswerNeedAsync(need, answer, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.Set<AccommodationRequest>().AsNoTracking().SingleAsync(one => one.Id == need, stop));

    /// <summary>Decides an appeal against a strike, and tells the member.</summary>
    /// <param name="strike">The strike.</param>
    /// <param name="lift">Whether the strike is lifted.</param>
    /// <param name="answer">What the member is told.</param>
    public static async Task<FieldResult<Strike, RefusalError>> DecideAppealAsync(
        [ID<Strike>] long strike, bool lift, string answer, Absences absences, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await absences.DecideAsync(strike, lift, answer, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => db.Strikes.AsNoTracking().SingleAsync(one => one.Id == strike, stop));

    /// <summary>Cancels a session; everybody who registered is told.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">Why, for the people who had registered.</param>
    public static async Task<FieldResult<Session, RefusalError>> CancelSessionAsync(
        [ID<Session>] long session, string? reason, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.CancelAsync(session, reason, await acting.AsStaffAsync(stop), stop)).OrAsync(() => SessionAsync(db, session, stop));

    /// <summary>Changes how many seats a session has; free ones go down the queue at once.</summary>
    /// <param name="session">The session.</param>
    /// <param name="capacity">How many seats.</param>
    public static async Task<FieldResult<Session, RefusalError>> ChangeCapacityAsync(
        [ID<Session>] long session, int capacity, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.ChangeCapacityAsync(session, capacity, await acting.AsStaffAsync(stop), stop)).OrAsync(() => SessionAsync(db, session, stop));

    /// <summary>Writes to the people of a session, each in their language. The same message of the same moment goes to each of them once, however often it is sent.</summary>
    /// <param name="session">The session.</param>
    /// <param name="message">The message in Indonesian; at most 2,000 characters.</param>
    /// <param name="messageEnglish">The message in English.</param>
    /// <param name="writtenAt">When it was written, within the last day; with it a message that is sent twice is known to be one.</param>
    /// <param name="to">Whom it goes to.</param>
    [UseMutationConvention(PayloadFieldName = "told")]
    public static async Task<FieldResult<int, RefusalError>> TellRegistrantsAsync(
        [ID<Session>] long session, string message, string messageEnglish, DateTime writtenAt, SessionNews news, Acting acting, CancellationToken stop,
        NewsAudience to = NewsAudience.WithSeats) =>
        (await news.TellAsync(session, message, messageEnglish, to, writtenAt.ToUniversalTime(), await acting.AsStaffAsync(stop), stop)).Then(people => people);

    private static Task<Session> SessionAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Sessions.AsNoTracking().SingleAsync(one => one.Id == id, stop);

    private static async Task<FieldResult<Visit, RefusalError>> VisitAsync(
        Func<Actor, Task<Outcome<Visit>>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).ThenAsync(visit => VisitMutations.OfIdAsync(db, visit.Id, stop));

    private static async Task<FieldResult<Booking, RefusalError>> BookingAsync(
        Func<Actor, Task<Outcome<Booking>>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).ThenAsync(booking => BookingMutations.OfIdAsync(db, booking.Id, stop));
}

/// <summary>A school that wants to visit.</summary>
/// <param name="Npsn">The eight digits of its national number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level.</param>
/// <param name="ContactName">The teacher to speak to.</param>
/// <param name="ContactEmail">The teacher's e-mail address, to which answers go.</param>
/// <param name="ContactPhone">The teacher's telephone number.</param>
/// <param name="Address">Where it is.</param>
public sealed record NewSchool(
    string Npsn, string Name, SchoolLevel Level, string ContactName, string ContactEmail, string? ContactPhone = null, string? Address = null)
{
    internal SchoolDetails ToDetails() => new()
    {
        Npsn = Npsn, Name = Name, Level = Level, ContactName = ContactName, ContactEmail = ContactEmail, ContactPhone = ContactPhone, Address = Address,
    };
}
