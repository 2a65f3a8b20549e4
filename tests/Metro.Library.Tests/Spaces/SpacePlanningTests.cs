using Metro.Library.Input;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Spaces;

/// <summary>What staff do with spaces and equipment, and what that touches.</summary>
public sealed class SpacePlanningTests
{
    [Fact]
    public async Task A_space_leaves_use_at_once_when_nothing_is_to_come_and_otherwise_only_knowingly()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (empty, busy) = (await library.ARoomAsync(), await library.ARoomAsync());
        var booking = (await library.BookAsync(library.Asking(busy, 10, 11))).Value;
        await using var desk = library.OpenDesk();
        var planning = desk.The<SpacePlanning>();

        Assert.Null(await planning.TakeOutOfUseAsync(empty.Id, despiteUses: false, TestLibrary.Librarian));
        Assert.Equal(SpaceRefusals.StillUsed(1), await planning.TakeOutOfUseAsync(busy.Id, despiteUses: false, TestLibrary.Librarian));
        Assert.Null(await planning.TakeOutOfUseAsync(busy.Id, despiteUses: true, TestLibrary.Librarian));

        Assert.Equal(BookingStatus.Confirmed, (await library.NowAsync(booking)).Status);
        Assert.Equal([booking.Subject], (await desk.The<SpaceDiary>().ToComeAsync(busy)).Select(use => use.Subject));
        Assert.Equal(SpaceRefusals.UnknownSpace(busy.Id), (await library.BookAsync(library.Asking(busy, 13, 14))).Refusal);
    }

    [Fact]
    public async Task What_is_over_or_cancelled_is_not_to_come()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var (over, cancelled) = ((await library.BookAsync(library.Asking(room, 10, 11))).Value, (await library.BookAsync(library.Asking(room, 10, 11, inDays: 2))).Value);
        Assert.True((await library.WithBookingsAsync(bookings => bookings.CancelAsync(cancelled.Id, null, TestLibrary.Librarian))).Succeeded);
        library.Clock.Advance(TimeSpan.FromDays(1.5));
        await using var desk = library.OpenDesk();

        Assert.NotEqual(0, over.Id);
        Assert.Empty(await desk.The<SpaceDiary>().ToComeAsync(room));
        Assert.Null(await desk.The<SpacePlanning>().TakeOutOfUseAsync(room.Id, despiteUses: false, TestLibrary.Librarian));
    }

    [Fact]
    public async Task A_space_that_class_visits_need_stays_in_use_until_the_offer_goes_elsewhere()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        await using var desk = library.OpenDesk();
        var (planning, schools) = (desk.The<SpacePlanning>(), desk.The<Schools>());
        var offer = (await schools.OfferAsync(new VisitOfferDetails { Name = "Mendongeng", BranchId = library.Main, SpaceId = room.Id, MostChildren = 10 }, TestLibrary.Librarian)).Value;

        Assert.Equal(SpaceRefusals.OfferStands(offer.LocalName), await planning.TakeOutOfUseAsync(room.Id, despiteUses: true, TestLibrary.Librarian));
        Assert.Null(await schools.WithdrawOfferAsync(offer.Id, TestLibrary.Librarian));
        Assert.Null(await planning.TakeOutOfUseAsync(room.Id, despiteUses: true, TestLibrary.Librarian));

        // Nor is it offered again where there is no space for it.
        Assert.Equal(VisitRefusals.SpaceElsewhere, await schools.ResumeOfferAsync(offer.Id, TestLibrary.Librarian));
        Assert.Null(await planning.PutIntoUseAsync(room.Id, TestLibrary.Librarian));
        Assert.Null(await schools.ResumeOfferAsync(offer.Id, TestLibrary.Librarian));
        Assert.True((await desk.Db.VisitOffers.AsNoTracking().SingleAsync(one => one.Id == offer.Id)).IsActive);
    }

    [Fact]
    public async Task Equipment_is_counted_below_what_is_promised_only_knowingly()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (room, other, projectors) = (await library.ARoomAsync(), await library.ARoomAsync(), await library.EquipmentAsync("Proyektor", 3));
        foreach (var (space, from, count) in ((Space, double, int)[])[(room, 10, 1), (other, 10, 2), (room, 13, 1)])
            Assert.True((await library.BookAsync(library.Asking(space, from, from + 1) with { Equipment = [new EquipmentWish(projectors.Id, count)] })).Succeeded);
        await using var desk = library.OpenDesk();
        var planning = desk.The<SpacePlanning>();
        var name = new LocalText("Proyektor", "Projector");

        var promises = await desk.The<SpaceDiary>().PromisesOfAsync(projectors.Id);
        Assert.Equal((3, 3), (promises.MostAtOnce, promises.Uses.Count));
        Assert.Equal(SpaceRefusals.PromisedAlready(3), await planning.ChangeEquipmentAsync(projectors.Id, name, 2, despitePromises: false, TestLibrary.Librarian));
        Assert.Null(await planning.ChangeEquipmentAsync(projectors.Id, name, 2, despitePromises: true, TestLibrary.Librarian));
        // More than there are is nobody's loss.
        Assert.Null(await planning.ChangeEquipmentAsync(projectors.Id, name, 4, despitePromises: false, TestLibrary.Librarian));

        var counted = await desk.Db.Equipment.AsNoTracking().SingleAsync(one => one.Id == projectors.Id);
        Assert.Equal((4, "Projector"), (counted.Total, counted.NameEnglish));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_name_of_the_question()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        await using var desk = library.OpenDesk();
        var planning = desk.The<SpacePlanning>();
        var details = new SpaceDetails { KindId = room.KindId, BranchId = library.Main, Name = "Ruang Siger", Capacity = 4 };

        Assert.Equal(InputRefusals.NumberOutOfRange("slot_minutes", 5, 15, 1440), await planning.ChangeAsync(room.Id, details with { SlotMinutes = 5 }, TestLibrary.Librarian));
        Assert.Equal(SpaceRefusals.NotInQuarters, await planning.ChangeAsync(room.Id, details with { SetUpMinutes = 10 }, TestLibrary.Librarian));
        Assert.Equal(SpaceRefusals.UnknownKind(999), await planning.ChangeAsync(room.Id, details with { KindId = 999 }, TestLibrary.Librarian));
        Assert.Equal(SpaceRefusals.UnknownEquipment(999), await planning.ChangeEquipmentAsync(999, new LocalText("Kursi"), 1, despitePromises: false, TestLibrary.Librarian));
    }
}
