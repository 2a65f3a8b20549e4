using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>One session: its people and their needs, its seats, and its time. What is done here, its people are told.</summary>
internal sealed class SessionModel(
    LibraryDbContext db, LibraryCalendar calendar, ProgramPlanning planning, SessionRegistrations registrations, SessionRoster roster, Dates dates) : SessionForm(db, calendar)
{
    private readonly LibraryDbContext db = db;
    private readonly LibraryCalendar calendar = calendar;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public int Capacity { get; set; }

    [BindProperty]
    public string? MoveReason { get; set; }

    [BindProperty]
    public string? CancelReason { get; set; }

    [BindProperty]
    public string? Card { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    [BindProperty]
    public int Companions { get; set; }

    public Session Session { get; private set; } = null!;

    /// <summary>Where it is, in words.</summary>
    public string PlaceWords { get; private set; } = "";

    public IReadOnlyList<RosterRow> Rows { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public bool IsOpen => Session.Status == SessionStatus.Scheduled && calendar.Now < Session.EndsAt;

    public bool IsAhead => Session.Status == SessionStatus.Scheduled && calendar.Now < Session.StartsAt;

    public int Came => Rows.Where(row => row.Registration.Status == RegistrationStatus.Attended).Sum(row => row.Registration.Seats);

    public static IEnumerable<SelectListItem> Answers => ((AccommodationAnswer[])[AccommodationAnswer.Arranged, AccommodationAnswer.NotPossible])
        .Select(answer => new SelectListItem(ProgramDeskText.Get($"Answer.{answer}"), answer.ToString()));

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        ShowPlace(Session);
        (Date, From) = (dates.DateOf(Session.StartsAt), TimeOnly.FromDateTime(dates.Local(Session.StartsAt)));
        (Minutes, Capacity) = ((int)(Session.EndsAt - Session.StartsAt).TotalMinutes, Session.Capacity);
        return Page();
    }

    /// <summary>The list as a table for spreadsheets.</summary>
    public async Task<IActionResult> OnGetListAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        string[] headings = [.. ((string[])["Name", "Email", "Phone", "Seats", "Group", "Age", "Status", "Needs", "Photographs", "Note", "Ticket"]).Select(name => ProgramDeskText.Get($"List.{name}"))];
        var name = $"{ProgramDeskText.Get("List.File")}-{dates.Machine(dates.DateOf(Session.StartsAt))}-{Key(Id)}.csv";
        return CsvFile.Of(name,
        [
            headings,
            .. Rows.Select(row => (object?[])
            [
                row.Name, row.Email, row.Phone, row.Registration.Seats, row.Registration.GroupName, row.Registration.Age, ProgramDeskText.Get($"Registration.{row.Registration.Status}"),
                string.Join("; ", row.Registration.Needs.Select(need => ProgramDeskText.Get($"Need.{need.Kind}") + (need.Note is null ? "" : $": {need.Note}"))),
                ProgramDeskText.Get(row.GuardianAllowsPhotographs ? "Yes" : "No"), row.Registration.Note, TicketCode.Display(row.Registration.TicketCode),
            ]),
        ]);
    }

    public async Task<IActionResult> OnPostAnswerAsync(long need, AccommodationAnswer answer, CancellationToken stop) =>
        await AfterAsync(await registrations.AnswerNeedAsync(need, answer, Staff, stop), "Told.Answered", stop);

    public async Task<IActionResult> OnPostGiveUpAsync(string ticket, CancellationToken stop) =>
        await AfterAsync((await registrations.CancelAsync(ticket, Staff, stop)).Refusal, "Told.GivenUp", stop);

    public async Task<IActionResult> OnPostAcceptAsync(string ticket, CancellationToken stop) =>
        await AfterAsync((await registrations.AcceptOfferAsync(ticket, Staff, stop)).Refusal, "Told.Accepted", stop);

    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        long? memberId = null;
        if (Card?.Trim() is { Length: > 0 } card)
        {
            memberId = await db.Members.AsNoTracking().Where(member => member.CardNumber == card || member.Barcode == card).Select(member => (long?)member.Id).FirstOrDefaultAsync(stop);
            if (memberId is null) this.Fault(nameof(Card), ProgramDeskText.Get("Card.Unknown"));
        }

        if (ModelState[nameof(BirthDate)]?.Errors.Count is > 0 || ModelState[nameof(Companions)]?.Errors.Count is > 0 || ModelState[nameof(Card)]?.Errors.Count is > 0) return this.Refused();

        var registered = await registrations.RegisterAsync(Id, new RegistrationRequest { MemberId = memberId, Name = Name, Email = Email, BirthDate = BirthDate, Companions = Companions }, Staff, stop);
        return await AfterAsync(
            registered.Refusal, registered is { Succeeded: true, Value.Status: RegistrationStatus.Waiting } ? "Told.Waits" : "Told.Registered", stop,
            ("programs.already_registered", memberId is null ? nameof(Email) : nameof(Card)), ("programs.too_many_companions", nameof(Companions)),
            ("programs.too_young", nameof(BirthDate)), ("programs.too_old", nameof(BirthDate)));
    }

    public async Task<IActionResult> OnPostCapacityAsync(CancellationToken stop) =>
        await AfterAsync(await planning.ChangeCapacityAsync(Id, Capacity, Staff, stop), "Told.Capacity", stop,
            ("programs.capacity_below_taken", nameof(Capacity)), ("spaces.too_many_heads", nameof(Capacity)), ("input.number_out_of_range", nameof(Capacity)));

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        var (when, place) = (WhenAsked(), PlaceAsked());
        if (when is not var (starts, ends) || place is null) return this.Refused();

        return await AfterAsync(await planning.MoveAsync(Id, starts, ends, place, MoveReason, Staff, stop), "Told.Moved", stop,
            [.. AboutTime, ("input.too_long", nameof(MoveReason)), ("input.unreadable", nameof(MoveReason))]);
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken stop) =>
        await AfterAsync(await planning.CancelAsync(Id, CancelReason, Staff, stop), "Told.Cancelled", stop, ("input.too_long", nameof(CancelReason)), ("input.unreadable", nameof(CancelReason)));

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string told, CancellationToken stop, params (string Code, string Field)[] about)
    {
        if (refusal is null) return Tell(ProgramDeskText.Get(told), $"/desk/sessions/{Key(Id)}");
        return await LoadAsync(stop) ? this.Refuse(refusal, about) : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Sessions.AsNoTracking().Include(session => session.Program).SingleOrDefaultAsync(session => session.Id == Id, stop) is not { } found) return false;

        Session = found;
        PlaceWords = await WordsForAsync(found, stop);
        Rows = await roster.OfAsync(Id, Staff, stop);
        History = await db.AuditLines.AsNoTracking().About(found.Subject).Where(line => line.Action != "session.registrants_viewed").Take(50).ToListAsync(stop);
        await LoadPlacesAsync(stop);
        return true;
    }
}
