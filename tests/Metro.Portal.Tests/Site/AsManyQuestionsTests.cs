using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Tests.Desk;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Site;

/// <summary>A page asks the database as much for a little as for a lot.</summary>
public sealed class AsManyQuestionsTests : IAsyncLifetime
{
    private static readonly Actor Clerk = Actor.System("test");
    private static readonly ContentUser Editor = new("1", "Rani", ContentRoles.Editor);

    private readonly DeskPortal desk = new();
    private Offering offering = null!;
    private long book;
    private int number;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await desk.InitializeAsync();
        offering = await Offering.MakeAsync(desk.Portal.Services, FurnishedPortal.Monday);
        book = await desk.DoAsync((LibraryDbContext db) => db.Titles.OrderBy(title => title.Id).Select(title => title.Id).FirstAsync(Stop));
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task A_page_asks_no_more_questions_for_ten_times_as_much()
    {
        await GrowAsync(2);
        var little = await CountAsync();
        await GrowAsync(18);
        var much = await CountAsync();

        var grown = much.Where(page => page.Value > little[page.Key]).Select(page => $"{page.Key}: {little[page.Key]}, then {page.Value}");
        Assert.True(!grown.Any(), string.Join("\n", grown));
    }

    /// <summary>How often each page asks; of those that show what has grown.</summary>
    private async Task<IReadOnlyDictionary<string, int>> CountAsync()
    {
        // The index takes in what is new with the first search after it.
        await OpenAsync("/search?q=judul");
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in (string[])
            ["/", "/catalog?sort=Newest", "/catalog?q=judul", $"/catalog/{book}", "/programs", "/programs/calendar", "/programs.ics", "/programs.atom", "/e-resources", "/spaces", $"/spaces/{offering.Room}", "/visits",
             "/news", "/news.atom", "/opds/new", "/opds/e-resources", "/search?q=acara"])
            counts[path] = await OfAsync(() => OpenAsync(path));
        foreach (var path in (string[])["/desk/lists/never-borrowed", "/desk/lists/to-pull", "/desk/programs", "/desk/spaces", $"/desk/spaces/{offering.Room}"])
            counts[path] = await OfAsync(async () => Assert.True((await desk.Librarian.GetAsync(path, Stop)).IsSuccessStatusCode, path));
        counts["graphql"] = await OfAsync(AskAsync);
        return counts;
    }

    private async Task<int> OfAsync(Func<Task> act)
    {
        desk.Portal.Sql.Clear();
        await act();
        return desk.Portal.Sql.Questions.Count;
    }

    private async Task OpenAsync(string path)
    {
        using var answer = await desk.Portal.Visitor().GetAsync(path, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
    }

    private async Task AskAsync()
    {
        const string document = """
            {
              books(first: 20) { nodes { title contributors { name } availability { copies } } }
              programs(first: 20) { nodes { title upcomingSessions { startsAt seatsLeft } } }
              sessions(first: 20, through: "2026-01-31") { nodes { startsAt seatsLeft program { title } } }
            }
            """;
        using var answer = await desk.Portal.CreateClient().PostAsJsonAsync("/graphql", new { query = document }, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(JsonNode.Parse(said)!["errors"] is null, said);
    }

    /// <summary>More of everything: titles, copies of one book, programs with their pages, e-resources, news, spaces, bookings and class visits.</summary>
    private async Task GrowAsync(int by)
    {
        var (branch, kind) = await desk.DoAsync(async (LibraryDbContext db) => (await db.Branches.Select(one => one.Id).OrderBy(id => id).FirstAsync(Stop), await db.Set<SpaceKind>().Select(one => one.Id).OrderBy(id => id).FirstAsync(Stop)));
        for (var i = 0; i < by; i++)
        {
            var name = $"{++number}";
            var title = (await desk.DoAsync((Cataloguing all) => all.AddTitleAsync(new TitleDescription { Name = $"Judul {name}", Contributors = [new DescribedContributor($"Penulis {name}")], Subjects = ["Fiksi Indonesia"] }, Clerk, Stop))).TitleId!.Value;
            foreach (var (of, barcode) in new[] { (title, $"JDL{number:D6}"), (book, $"LSK{number:D6}") })
            {
                var copy = (await desk.DoAsync((Cataloguing all) => all.AddCopyAsync(of, new CopyDescription(barcode, branch) { AcquiredOn = new DateOnly(2020, 1, 1) }, Clerk, Stop))).Value;
                Assert.Null(await desk.DoAsync((Cataloguing all) => all.ShelveCopyAsync(copy, branch, Clerk, Stop)));
            }

            await ProgramAsync(name, branch);
            await PublishAsync("EResource", $"Sumber {name}", new JsonObject
            {
                ["Summary"] = Text("Ringkas."), ["Address"] = new JsonObject { ["Url"] = "https://contoh.example" }, ["Access"] = Text("anywhere"), ["ResourceCode"] = Text($"kode-{name}"),
            });
            await PublishAsync("NewsPost", $"Kabar {name}", new JsonObject { ["Summary"] = Text("Ringkas.") });
            Assert.True((await desk.DoAsync((SpacePlanning all) => all.CreateAsync(new SpaceDetails { KindId = kind, BranchId = branch, Name = $"Ruang {name}", Capacity = 4 }, Clerk, Stop))).Succeeded);
            Assert.True((await desk.DoAsync((Schools all) => all.OfferAsync(new VisitOfferDetails { Name = $"Tur {name}", BranchId = branch, Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 0))] }, Clerk, Stop))).Succeeded);
            if (number < 20) await BookAsync(number);
        }
    }

    private async Task ProgramAsync(string name, long branch)
    {
        var program = (await desk.DoAsync((ProgramPlanning all) => all.CreateAsync(new ProgramDetails { Title = $"Acara {name}", ContentKey = $"acara-{name}", OpenToNonMembers = true, NeedsGuardianConsent = false }, Clerk, Stop))).Value.Id;
        Assert.Null(await desk.DoAsync((ProgramPlanning all) => all.PublishAsync(program, Clerk, Stop)));
        var starts = await desk.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.InstantOf(FurnishedPortal.Monday.AddDays(2), new TimeOnly(9, 0))));
        Assert.True((await desk.DoAsync((ProgramPlanning all) => all.ScheduleAsync(program, new SessionPlan(starts, starts.AddHours(1), SessionPlace.AtBranch(branch), 12), Clerk, Stop))).Succeeded);
        await PublishAsync("Workshop", $"Acara {name}", new JsonObject
        {
            ["Summary"] = Text("Ringkas."), ["ProgramCode"] = Text($"acara-{name}"), ["StartsAt"] = new JsonObject { ["Value"] = starts.ToString("O") },
        });
    }

    private async Task BookAsync(int day)
    {
        var calendar = await desk.DoAsync((LibraryCalendar one) => Task.FromResult(one));
        var starts = calendar.InstantOf(FurnishedPortal.Monday.AddDays(1), new TimeOnly(8 + (day % 8), 0));
        var asked = new BookingRequest { SpaceId = offering.Room, StartsAt = starts, EndsAt = starts.AddHours(1), OrganiserName = "PKK", Email = $"pkk{day}@example.id", Title = "Rapat" };
        // Whether there is room left for it does not matter here.
        await desk.DoAsync((Bookings all) => all.BookAsync(asked, Clerk, Stop));
    }

    private async Task PublishAsync(string type, string title, JsonObject fields)
    {
        var draft = await desk.DoAsync((ContentStore store) => store.CreateAsync(Editor, type, new JsonObject
        {
            ["TitlePart"] = new JsonObject { ["Title"] = title }, ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = "Isi." }, [type] = fields,
        }, "id", stop: Stop));
        Assert.True(draft.Succeeded, draft.Refusal?.Code);
        var published = await desk.DoAsync((ContentStore store) => store.PublishAsync(Editor, draft.Result!.ItemId, draft.Result.VersionId, stop: Stop));
        Assert.True(published.Succeeded, string.Join(", ", published.Refusal?.Faults.Select(fault => $"{fault.Code} {fault.Path}") ?? []));
    }

    private static JsonObject Text(string text) => new() { ["Text"] = text };
}
