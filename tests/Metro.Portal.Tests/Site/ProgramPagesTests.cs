using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Metro.Library;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

/// <summary>A furnished portal with all that, on Monday 5 January 2026.</summary>
public sealed class ProgramHouse : IAsyncLifetime
{
    private readonly Lazy<Task> studio;

    public ProgramHouse() => studio = new(MakeStudioAsync);

    public FurnishedPortal Furnished { get; } = new();

    public Offering Offering { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Furnished.InitializeAsync();
        Offering = await Offering.MakeAsync(Furnished.Portal.Services, FurnishedPortal.Monday);
    }

    /// <summary>A room that no content presents, made once.</summary>
    public Task StudioAsync() => studio.Value;

    public ValueTask DisposeAsync() => Furnished.DisposeAsync();

    private async Task MakeStudioAsync()
    {
        await using var scope = Furnished.Portal.Services.CreateAsyncScope();
        var (spaces, db) = (scope.ServiceProvider.GetRequiredService<SpacePlanning>(), scope.ServiceProvider.GetRequiredService<LibraryDbContext>());
        var room = await db.Spaces.AsNoTracking().SingleAsync(space => space.Id == Offering.Room);
        Assert.True((await spaces.CreateAsync(
            new SpaceDetails { KindId = room.KindId, BranchId = room.BranchId, Name = "Studio rekaman", NameEnglish = "Recording studio", Capacity = 4 }, Actor.System("test"))).Succeeded);
    }
}

public sealed partial class ProgramPagesTests(ProgramHouse house) : IClassFixture<ProgramHouse>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/search?q=dongeng+so", "/programs/", "Dongeng sore")]
    [InlineData("/en/search?q=STUDIO", "/en/spaces/", "Recording studio")]
    [InlineData("/search?part=spaces&q=rekaman", "/spaces/", "Studio rekaman")]
    public async Task A_search_finds_programs_and_rooms_about_which_nobody_has_written(string path, string leadsTo, string name)
    {
        await house.StudioAsync();

        var html = await ReadAsync(path);

        Assert.Matches($"<a href=\"{Regex.Escape(leadsTo)}\\d+\">{name}</a>", html);
        Assert.DoesNotContain("Rahasia besar", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_joins_what_editors_write_with_the_seats_that_are_left_and_shows_no_draft()
    {
        var html = await ReadAsync("/programs");

        Assert.Contains($"href=\"/programs/{house.Offering.Workshop}\"", html, StringComparison.Ordinal);
        Assert.Contains("Membatik motif Lampung untuk pemula", html, StringComparison.Ordinal);
        Assert.Contains("12 kursi tersedia", html, StringComparison.Ordinal);
        Assert.Contains("Dongeng sore", html, StringComparison.Ordinal);
        Assert.Contains("Penuh", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Rahasia besar", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/programs?access=SignLanguage", true, false)]
    [InlineData("/programs?access=Braille", false, false)]
    [InlineData("/programs?kind=ReadingProgram", false, true)]
    [InlineData("/reading-programs", false, true)]
    [InlineData("/exhibitions", false, false)]
    [InlineData("/programs?from=2026-01-13&to=2026-01-13", true, false)]
    [InlineData("/programs?from=2026-01-14&to=2026-01-14", false, true)]
    [InlineData("/programs?from=1066-10-14&kind=%27&access=99&page=-7&topic=%F0%9F%93%9A", true, true)]
    public async Task Programs_are_filtered_by_kind_date_and_access_and_nonsense_filters_nothing(string path, bool workshop, bool storytelling)
    {
        var html = await ReadAsync(path);

        Assert.Equal(workshop, html.Contains($"href=\"/programs/{house.Offering.Workshop}\"", StringComparison.Ordinal));
        Assert.Equal(storytelling, html.Contains($"href=\"/programs/{house.Offering.Storytelling}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_choice_that_leaves_nothing_says_how_to_go_on()
    {
        var html = await ReadAsync("/en/programs?access=Braille");

        Assert.Contains("No program matches that choice", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/programs\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/programs/calendar\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_has_its_sessions_its_conditions_what_editors_write_and_an_event_for_machines()
    {
        var html = await ReadAsync($"/en/programs/{house.Offering.Workshop}");

        Assert.Contains("Tuesday 13 January 2026, 10:00–12:00", html.Replace(",", "", StringComparison.Ordinal).Replace("2026 10", "2026, 10", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Tapis Room, Metro City Library", html, StringComparison.Ordinal);
        Assert.Contains("12 seats free", html, StringComparison.Ordinal);
        Assert.Contains("Sign language interpreter", html, StringComparison.Ordinal);
        var happening = JsonNode.Parse(JsonLd().Matches(html).Select(match => match.Groups["json"].Value).Single(json => json.Contains("EducationEvent", StringComparison.Ordinal)))!;
        Assert.Equal(("2026-01-13T10:00:00+07:00", "https://schema.org/EventScheduled", 12), ((string)happening["startDate"]!, (string)happening["eventStatus"]!, (int)happening["remainingAttendeeCapacity"]!));
    }

    [Fact]
    public async Task A_draft_an_unknown_program_and_an_unknown_space_get_a_page_that_helps()
    {
        foreach (var path in (string[])[$"/programs/{house.Offering.Draft}", "/programs/999999", "/programs/0", "/programs/99999999999999999999", "/spaces/999", "/visits/999", $"/programs/{house.Offering.Draft}.ics", "/programs/sessions/00000000-0000-0000-0000-000000000000.ics"])
        {
            using var answer = await house.Furnished.Portal.Visitor().GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_month_is_a_table_with_an_agenda_and_leads_to_its_neighbours()
    {
        var html = await ReadAsync("/programs/calendar?month=2026-01");

        Assert.Contains("<table class=\"month\">", html, StringComparison.Ordinal);
        Assert.Equal(31, DayCell().Count(html));
        Assert.Contains("id=\"d-2026-01-13\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/programs/calendar?month=2026-02\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Rahasia besar", html, StringComparison.Ordinal);
        Assert.Contains("Januari 2026", await ReadAsync("/programs/calendar?month=1066-10"), StringComparison.Ordinal);
        Assert.Contains("Tidak ada kegiatan", await ReadAsync("/programs/calendar?month=2027-06"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_session_keeps_its_UID_in_every_calendar_file_and_counts_its_SEQUENCE_up()
    {
        await using var scope = house.Furnished.Portal.Services.CreateAsyncScope();
        var (planning, clerk) = (scope.ServiceProvider.GetRequiredService<ProgramPlanning>(), Actor.System("test"));
        var program = (await planning.CreateAsync(new ProgramDetails { Title = "Klub buku" }, clerk, Stop)).Value.Id;
        await planning.PublishAsync(program, clerk, Stop);
        var start = new DateTime(2026, 3, 2, 3, 0, 0, DateTimeKind.Utc);
        var session = (await planning.ScheduleAsync(program, new SessionPlan(start, start.AddHours(1), SessionPlace.Elsewhere("Taman Merdeka"), 5), clerk, Stop)).Value;
        Assert.Null(await planning.MoveAsync(session.Id, start.AddDays(1), start.AddDays(1).AddHours(1), null, null, clerk, Stop));

        foreach (var path in (string[])["/programs.ics", $"/programs/{program}.ics", $"/programs/sessions/{session.Uid}.ics"])
        {
            using var answer = await house.Furnished.Portal.Visitor().GetAsync(path, Stop);
            var file = await answer.Content.ReadAsStringAsync(Stop);
            Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains($"UID:{session.Uid}\r\nSEQUENCE:1\r\n", file, StringComparison.Ordinal);
            Assert.Contains("DTSTART:20260303T030000Z\r\n", file, StringComparison.Ordinal);
            Assert.All(file.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.DoesNotContain("Rahasia", file, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_feed_lists_what_is_to_come_in_both_languages_without_drafts()
    {
        var feed = XDocument.Parse(await ReadAsync("/en/programs.atom"));
        XNamespace atom = "http://www.w3.org/2005/Atom";

        var titles = feed.Root!.Elements(atom + "entry").Select(entry => (string)entry.Element(atom + "title")!).ToList();
        Assert.Contains("Batik with Lampung motifs for beginners", titles);
        Assert.DoesNotContain("Rahasia besar", titles);
    }

    [Fact]
    public async Task What_editors_write_about_a_program_or_a_space_is_read_on_its_page()
    {
        await using var scope = house.Furnished.Portal.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<Metro.Content.ContentReader>();
        var program = (await reader.ListAsync(new("en", "Workshop") { Where = [new("ProgramCode", Metro.Content.FieldComparison.Equal, "batik-lampung")] }, Stop)).Items[0].Item;
        var space = (await reader.ListAsync(new("id", "SpacePage") { Where = [new("SpaceCode", Metro.Content.FieldComparison.Equal, "KREATIF")] }, Stop)).Items[0].Item;

        Assert.Equal($"/en/programs/{house.Offering.Workshop}", await RedirectOfAsync("/" + program.Path));
        Assert.Equal($"/spaces/{house.Offering.Room}", await RedirectOfAsync("/" + space.Path));
    }

    [Fact]
    public async Task A_space_has_a_week_of_slots_as_a_table_in_which_what_is_taken_is_not_free()
    {
        var list = await ReadAsync("/spaces");
        var week = await ReadAsync($"/en/spaces/{house.Offering.Room}?date=2026-01-13");

        Assert.Contains($"href=\"/spaces/{house.Offering.Room}\"", list, StringComparison.Ordinal);
        Assert.Contains("<table class=\"timetable\">", week, StringComparison.Ordinal);
        // Ten to twelve on Tuesday is the workshop's; the column of the chosen day is the one that a phone shows.
        Assert.Equal(2, Taken().Count(week));
        Assert.Contains($"href=\"/en/spaces/{house.Offering.Room}?date=2026-01-19\"", week, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"date\"", week, StringComparison.Ordinal);
        await ReadAsync($"/spaces/{house.Offering.Room}?date=1066-10-14");
    }

    [Fact]
    public async Task Class_visits_say_how_they_work_and_which_slots_are_free()
    {
        var list = await ReadAsync("/en/visits");
        var offer = await ReadAsync($"/en/visits/{house.Offering.Tour}");

        Assert.Contains("Library tour", list, StringComparison.Ordinal);
        Assert.Contains("One adult for every ten children", list, StringComparison.Ordinal);
        Assert.Contains("Next free slot: Tue, 20 Jan", list, StringComparison.Ordinal);
        Assert.Equal(4, FreeSlot().Count(offer));
        Assert.Contains($"href=\"/en/visits/{house.Offering.Tour}?from=2026-02-16\"", offer, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var answer = await house.Furnished.Portal.Visitor().GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task<string?> RedirectOfAsync(string path)
    {
        using var answer = await house.Furnished.Portal.Visitor().GetAsync(path, Stop);
        return answer.Headers.Location?.OriginalString;
    }

    [GeneratedRegex("<script type=\"application/ld\\+json\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonLd();

    [GeneratedRegex("class=\"month__day\"")]
    private static partial Regex DayCell();

    [GeneratedRegex("slot slot--taken is-chosen")]
    private static partial Regex Taken();

    [GeneratedRegex("mark--good")]
    private static partial Regex FreeSlot();
}
