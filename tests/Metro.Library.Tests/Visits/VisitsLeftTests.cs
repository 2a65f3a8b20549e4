using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Visits;

/// <summary>What a school is told before it asks, and what asking twice makes. The clock stands at Monday 5 January 2026.</summary>
public sealed class VisitsLeftTests
{
    private static readonly SchoolYear Year = new(2025);

    [Fact]
    public async Task What_is_left_counts_requests_that_wait_and_comes_back_with_those_that_are_declined()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));
        var visit = (await ClassVisitTests.RequestAsync(library, school, offer)).Value;
        await using var desk = library.OpenDesk();
        var visits = desk.The<ClassVisits>();

        Assert.Equal((2, 0, 1, 1), Of(await visits.LeftAsync(school.Id, Year)));
        await visits.DeclineAsync(visit.Id, "Ada renovasi", TestLibrary.Librarian);
        Assert.Equal((2, 0, 0, 2), Of(await visits.LeftAsync(school.Id, Year)));
        Assert.Equal((2, 0, 0, 2), Of(await visits.LeftAsync(school.Id, new SchoolYear(2026))));

        static (int, int, int, int) Of(VisitsLeft left) => (left.Allowed, left.Used, left.Waiting, left.Left);
    }

    [Fact]
    public async Task Asking_for_the_same_visit_twice_makes_one_request()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));

        var (first, again) = ((await ClassVisitTests.RequestAsync(library, school, offer)).Value, (await ClassVisitTests.RequestAsync(library, school, offer)).Value);

        Assert.Equal(first.Id, again.Id);
        await using var db = library.NewContext();
        Assert.Equal(1, await db.Visits.CountAsync());
    }

    [Theory]
    [InlineData("2026-01-20", "2026-01-27")]
    [InlineData("2026-01-28", "2026-01-27")]
    [InlineData("0001-01-01", "2026-01-27")]
    [InlineData("9999-12-31", null)]
    public async Task The_nearest_free_slots_are_those_of_the_nearest_days(string wished, string? first)
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));
        Assert.True((await ClassVisitTests.RequestAsync(library, school, offer)).Succeeded);
        await using var desk = library.OpenDesk();

        var nearest = await desk.The<VisitSlots>().NearestFreeAsync(offer.Id, DateOnly.Parse(wished, System.Globalization.CultureInfo.InvariantCulture), 1);

        DateOnly? expected = first is null ? null : DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture);
        DateOnly? found = nearest.Count == 0 ? null : nearest[0].Date;
        Assert.Equal(expected, found);
    }
}
