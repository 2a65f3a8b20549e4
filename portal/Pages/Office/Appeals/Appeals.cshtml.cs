using System.Globalization;
using Metro.Library;
using Metro.Library.Attendance;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Appeals;

/// <summary>What members write who find that they were noted as absent unjustly; the oldest first.</summary>
internal sealed class AppealsModel(LibraryDbContext db, Absences absences) : DeskPage
{
    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>The strike whose answer was refused; its form keeps what was typed.</summary>
    public long? Refused { get; private set; }

    public LongList<(Strike Strike, string? Member, string About)> Waiting { get; private set; } = LongList<(Strike, string?, string)>.Empty;

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(long strike, bool lift, CancellationToken stop)
    {
        var refusal = await absences.DecideAsync(strike, lift, Answer ?? "", Staff, stop);
        if (refusal is null) return Tell(AppealsText.Get(lift ? "Told.Lifted" : "Told.Kept"), "/desk/appeals");

        Refused = strike;
        await LoadAsync(stop);
        return this.Refuse(refusal, ("input.missing", nameof(Answer)), ("input.too_long", nameof(Answer)), ("input.unreadable", nameof(Answer)));
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var part = await db.Strikes.AsNoTracking().Where(strike => strike.Appeal == AppealStatus.Pending).OrderBy(strike => strike.GivenAt).ThenBy(strike => strike.Id).PartAsync(Request, stop);
        var members = part.Rows.Select(strike => strike.MemberId).ToList();
        var names = await db.Members.AsNoTracking().Where(member => members.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name, stop);
        var about = new List<(Strike, string?, string)>();
        foreach (var strike in part.Rows) about.Add((strike, names.GetValueOrDefault(strike.MemberId), await WordsForAsync(strike.About, stop)));
        Waiting = new(about, part.Pager);
    }

    /// <summary>The session or booking from which somebody stayed away.</summary>
    private async Task<string> WordsForAsync(string about, CancellationToken stop)
    {
        if (about.Split(':') is not [var kind, var id] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return about;

        return kind switch
        {
            "registration" => (await db.Registrations.AsNoTracking().Where(one => one.Id == key).Select(one => one.Session.Program).SingleOrDefaultAsync(stop))?.LocalTitle.Explain(CultureInfo.CurrentUICulture),
            "booking" => await db.Bookings.AsNoTracking().Where(one => one.Id == key).Select(one => one.Title).SingleOrDefaultAsync(stop),
            _ => null,
        } ?? about;
    }
}
