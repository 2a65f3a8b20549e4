using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Spaces;

/// <summary>The rooms in these tests and who wants them. The clock stands at Monday 5 January 2026, 09:00; the branch opens at 08:00.</summary>
internal static class Rooms
{
    public static readonly Actor Visitor = Actor.System("visitor");

    public static SpaceKindDetails ForEverybody { get; } = new() { Name = "Ruang diskusi", NameEnglish = "Study room", Audience = SpaceAudience.Everybody };

    extension(TestLibrary library)
    {
        public async Task<Space> ARoomAsync(Func<SpaceKindDetails, SpaceKindDetails>? kind = null, Func<SpaceDetails, SpaceDetails>? room = null, long? kindId = null)
        {
            await using var desk = library.OpenDesk();
            var planning = desk.The<SpacePlanning>();
            var id = kindId ?? (await planning.CreateKindAsync((kind ?? (same => same))(ForEverybody), TestLibrary.Librarian)).Value.Id;
            return (await planning.CreateAsync((room ?? (same => same))(new SpaceDetails { KindId = id, BranchId = library.Main, Name = "Ruang Tapis", Capacity = 12 }), TestLibrary.Librarian)).Value;
        }

        public async Task<Equipment> EquipmentAsync(string name, int total)
        {
            await using var desk = library.OpenDesk();
            return (await desk.The<SpacePlanning>().AddEquipmentAsync(library.Main, new LocalText(name), total, TestLibrary.Librarian)).Value;
        }

        /// <summary>An instant, in UTC: some days from today, at an hour by the library's clock.</summary>
        public DateTime At(double hour, int inDays = 1) =>
            library.Calendar.InstantOf(library.Calendar.Today.AddDays(inDays), TimeOnly.FromTimeSpan(TimeSpan.FromHours(hour)));

        public BookingRequest Asking(Space space, double from, double until, string who = "PKK", int inDays = 1) => new()
        {
            SpaceId = space.Id, StartsAt = library.At(from, inDays), EndsAt = library.At(until, inDays),
            OrganiserName = who, Email = $"{who.ToLowerInvariant()}@example.id", Title = "Rapat",
        };

        public async Task<Outcome<Booking>> BookAsync(BookingRequest asked, Actor? by = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<Bookings>().BookAsync(asked, by ?? Visitor);
        }

        public async Task<T> WithBookingsAsync<T>(Func<Bookings, Task<T>> act)
        {
            await using var desk = library.OpenDesk();
            return await act(desk.The<Bookings>());
        }

        public async Task<Booking> NowAsync(Booking booking)
        {
            await using var db = library.NewContext();
            return await db.Bookings.SingleAsync(one => one.Id == booking.Id);
        }

        /// <summary>What must hold whatever happened: nobody's hold overlaps another's, and the occupied quarters are exactly those of the holds.</summary>
        public async Task AssertNoDoubleBookingAsync()
        {
            await using var db = library.NewContext();
            var held = (await db.Bookings.AsNoTracking().ToListAsync()).Where(one => one.HoldsSpace).ToList();
            foreach (var one in held)
                Assert.DoesNotContain(held, other => other.Id != one.Id && other.SpaceId == one.SpaceId && other.Held.Overlaps(one.Held));
            var expected = held.SelectMany(one => one.Held.Cells(Occupancy.Quarter).Select(cell => (one.SpaceId, cell, one.Subject.ToString()))).Order();
            var actual = (await db.Set<OccupiedQuarter>().AsNoTracking().ToListAsync())
                .Where(one => one.Holder.StartsWith("booking:", StringComparison.Ordinal)).Select(one => (one.SpaceId, one.StartsAt, one.Holder)).Order();
            Assert.Equal(expected, actual);
        }
    }
}
