using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Tests.Programs;

namespace Metro.Library.Tests.Spaces;

/// <summary>The week of a space as staff see it.</summary>
public sealed class SpaceDiaryTests
{
    [Fact]
    public async Task A_diary_joins_bookings_and_sessions_and_counts_the_rivals_of_a_request()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        foreach (var who in (string[])["PKK", "Karang Taruna"]) Assert.True((await library.BookAsync(library.Asking(room, 10, 11, who.Replace(" ", "", StringComparison.Ordinal)))).Succeeded);
        Assert.True((await library.BookAsync(library.Asking(room, 13, 14, "Sanggar"))).Succeeded);
        var program = await library.AProgramAsync();
        await using var desk = library.OpenDesk();
        Assert.True((await desk.The<ProgramPlanning>().ScheduleAsync(program.Id, new SessionPlan(library.At(8), library.At(9), SessionPlace.InSpace(room.Id), 5), TestLibrary.Librarian)).Succeeded);

        var day = library.Calendar.Today.AddDays(1);
        var uses = await desk.The<SpaceDiary>().BetweenAsync(room, day, day);

        Assert.Equal(["session", "booking", "booking", "booking"], uses.Select(use => use.Subject.Kind));
        Assert.Equal([0, 1, 1, 0], uses.Select(use => use.Rivals));
        Assert.Empty(await desk.The<SpaceDiary>().BetweenAsync(room, day.AddDays(1), day.AddDays(3)));
    }
}
