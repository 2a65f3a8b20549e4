using System.Text.Json.Nodes;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public async Task A_scheduled_draft_is_public_after_its_time_and_bears_the_appointed_time()
    {
        await using var office = await OpenAsync();
        var due = office.Now.AddHours(3);
        var draft = await office.Draft("Page", Scheduled(APage("Libur"), publish: due));

        Assert.Equal(new ScheduleRun(0, 0, 0), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
        Assert.Null(await office.Reader.FindAsync(draft.ItemId, Stop));

        office.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(new ScheduleRun(1, 0, 0), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
        var published = (await office.Reader.FindAsync(draft.ItemId, Stop))!;
        Assert.Equal((due, null), (published.PublishedUtc, published.Content.Text("PublishLaterPart", "ScheduledPublishUtc")));
    }

    [Fact]
    public async Task What_the_schedule_publishes_and_withdraws_is_met_on_every_way_to_it()
    {
        await using var office = await OpenAsync();
        var old = await office.Published("Page", APage("Alamat semula"));
        Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", [], Stop));
        var content = Changed(old, each => each["AutoroutePart"]!["Path"] = "alamat-baru");
        content["AliasPart"] = new JsonObject { ["Alias"] = "pindah" };
        content["TitlePart"]!["Title"] = "Ketupat";
        await office.Save(old, Scheduled(content, publish: office.Now, archive: office.Now.AddDays(1)));
        await office.Schedules.RunDueAsync(office.Now, stop: Stop);

        async Task<object[]> Ways() =>
        [
            (await office.Reader.ByPathAsync("alamat-baru", Stop))?.Item?.ItemId == old.ItemId,
            (await office.Reader.ByPathAsync("alamat-semula", Stop))?.RedirectTo == "/alamat-baru",
            (await office.Reader.ByAliasAsync("pindah", "id", Stop))?.Item.ItemId == old.ItemId,
            (await office.Reader.FindAsync(old.ItemId, Stop))?.DisplayText == "Ketupat",
            (await office.Reader.ListAsync(new ContentQuery("id", "Page"), Stop)).Items.Any(each => each.Item.DisplayText == "Ketupat"),
            (await office.Reader.ListAsync(new ContentQuery("en", "Page"), Stop)).Items.Any(each => each is { IsFallback: true, Item.DisplayText: "Ketupat" }),
            (await office.Reader.SearchAsync("ketupat", "id", stop: Stop)).Any(hit => hit.ItemId == old.ItemId),
            (await office.Reader.SiteMapAsync(stop: Stop)).Any(line => line.Path == "alamat-baru"),
            (await office.Reader.LanguagesAsync(old.LocalizationSet!, Stop)).ContainsKey("id"),
        ];
        Assert.All(await Ways(), way => Assert.Equal(true, way));

        office.Clock.Advance(TimeSpan.FromDays(1));
        await office.Schedules.RunDueAsync(office.Now, stop: Stop);

        Assert.All(await Ways(), way => Assert.Equal(false, way));
        Assert.Equal(["content.published", "content.unpublished"], (await office.Webhooks.ClaimDueAsync(10, Stop)).Select(call => (string?)JsonNode.Parse(call.Body)!["event"]));
        Assert.Equal(["Unpublished", "Published"], (await office.History.AuditAsync(old.ItemId, stop: Stop)).Where(line => line.UserId == ContentUser.Portal.Id).Select(line => line.Act));
    }

    [Fact]
    public async Task Running_the_schedule_again_does_nothing()
    {
        await using var office = await OpenAsync();
        await office.Draft("Page", Scheduled(APage("Libur"), publish: office.Now));

        await office.Schedules.RunDueAsync(office.Now, stop: Stop);

        Assert.Equal(new ScheduleRun(0, 0, 0), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
    }

    [Fact]
    public async Task Two_runs_at_once_publish_once()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", Scheduled(APage("Libur"), publish: office.Now));

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            new Schedules(office.NewContext(), office.NewStore()).RunDueAsync(office.Now, stop: Stop))));

        Assert.Equal(1, runs.Sum(run => run.Published));
        Assert.Single(await office.History.AuditAsync(draft.ItemId, stop: Stop), line => line.Act == "Published");
    }

    [Fact]
    public async Task A_run_is_bounded_and_the_next_goes_on()
    {
        await using var office = await OpenAsync();
        for (var i = 0; i < 3; i++) await office.Draft("Page", Scheduled(APage($"Libur {i}"), publish: office.Now));

        Assert.Equal(2, (await office.Schedules.RunDueAsync(office.Now, limit: 2, stop: Stop)).Published);
        Assert.Equal(1, (await office.Schedules.RunDueAsync(office.Now, limit: 2, stop: Stop)).Published);
    }

    [Fact]
    public async Task A_published_item_is_withdrawn_at_its_time()
    {
        await using var office = await OpenAsync();
        var item = await office.Published("Page", Scheduled(APage("Libur"), archive: office.Now.AddDays(1)));

        office.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(new ScheduleRun(0, 1, 0), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
        Assert.Null(await office.Reader.FindAsync(item.ItemId, Stop));
    }

    [Fact]
    public async Task A_newer_draft_takes_the_appointment_over()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", Scheduled(APage("Libur"), publish: office.Now.AddHours(1)));
        await office.Save(draft, Scheduled(Retitled(draft, "Libur nasional"), publish: office.Now.AddHours(2)));

        Assert.Equal(0, (await office.Schedules.RunDueAsync(office.Now.AddHours(1), stop: Stop)).Published);
        Assert.Equal(1, (await office.Schedules.RunDueAsync(office.Now.AddHours(2), stop: Stop)).Published);
        Assert.Equal("Libur nasional", (await office.Reader.FindAsync(draft.ItemId, Stop))!.DisplayText);
    }

    [Fact]
    public async Task An_appointment_that_is_refused_waits_for_an_editor_and_holds_back_no_other()
    {
        await using var office = await OpenAsync();
        await office.Draft("Workshop", Scheduled(APage("Tanpa tanggal"), publish: office.Now));
        await office.Draft("Page", Scheduled(APage("Libur"), publish: office.Now));

        Assert.Equal(new ScheduleRun(1, 0, 1), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
        Assert.Equal(new ScheduleRun(0, 0, 0), await office.Schedules.RunDueAsync(office.Now, stop: Stop));
        Assert.Equal("content.invalid", Assert.Single(await office.Schedules.ToComeAsync(stop: Stop)).RefusalCode);
    }

    [Fact]
    public async Task The_site_as_on_a_date_shows_what_will_be_published_and_not_what_will_be_withdrawn()
    {
        await using var office = await OpenAsync();
        var stays = await office.Published("Page", APage("Tetap"));
        await office.Published("Page", Scheduled(APage("Berakhir"), archive: office.Now.AddDays(1)));
        await office.Draft("Page", Scheduled(APage("Menyusul"), publish: office.Now.AddDays(1)));
        await office.Draft("Page", Scheduled(APage("Sebentar"), publish: office.Now.AddDays(1), archive: office.Now.AddDays(2)));
        await office.Save(stays, Scheduled(Retitled(stays, "Tetap, baru"), publish: office.Now.AddDays(3)));
        async Task<string[]> On(int days) =>
            [.. (await office.Reader.AsOn(office.Now.AddDays(days)).ListAsync(new ContentQuery("id", "Page") { Order = ContentOrder.Title }, Stop)).Items.Select(each => each.Item.DisplayText)];

        Assert.Equal(["Berakhir", "Tetap"], await On(0));
        Assert.Equal(["Menyusul", "Sebentar", "Tetap"], await On(1));
        Assert.Equal(["Menyusul", "Tetap"], await On(2));
        Assert.Equal(["Menyusul", "Tetap, baru"], await On(3));
        Assert.Equal("Menyusul", (await office.Reader.AsOn(office.Now.AddDays(1)).ByPathAsync("menyusul", Stop))!.Item!.DisplayText);
        Assert.Null(await office.Reader.ByPathAsync("menyusul", Stop));
    }

    [Fact]
    public async Task Only_who_may_publish_may_schedule_or_change_what_is_scheduled()
    {
        await using var office = await OpenAsync();
        var draft = await office.Draft("Page", APage("Libur"), Author);

        Assert.Equal("content.scheduled", Refused(await office.Store.SaveAsync(Author, draft.ItemId, draft.VersionId, Scheduled(APage("Libur"), publish: office.Now), stop: Stop)));

        var scheduled = await office.Save(draft, Scheduled(APage("Libur"), publish: office.Now.AddHours(1)));
        Assert.Equal("content.scheduled", Refused(await office.Store.SaveAsync(Author, draft.ItemId, scheduled.VersionId, Retitled(scheduled, "Yang tidak dibaca editor"), stop: Stop)));
    }

    private static JsonObject Scheduled(JsonObject content, DateTime? publish = null, DateTime? archive = null)
    {
        if (publish is { } from) content["PublishLaterPart"] = new JsonObject { ["ScheduledPublishUtc"] = from.ToString("O") };
        if (archive is { } until) content["ArchiveLaterPart"] = new JsonObject { ["ScheduledArchiveUtc"] = until.ToString("O") };
        return content;
    }
}
