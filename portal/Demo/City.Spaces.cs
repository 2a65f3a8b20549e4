using System.Globalization;
using Metro.Library;
using Metro.Library.Elending;
using Metro.Library.Spaces;
using Metro.Library.Time;
using Metro.Library.Visits;

namespace Metro.Portal.Demo;

/// <summary>Rooms and what is in them, schools and what they can ask for; and who has booked which room.</summary>
internal sealed partial class City
{
    private readonly Dictionary<string, long> offers = [];
    private readonly Dictionary<string, long> schools = [];

    /// <summary>Rooms, what is in them, the schools, what the library offers to their classes, and its own guides.</summary>
    private async Task FurnishAsync(CancellationToken stop)
    {
        var planning = Ask<SpacePlanning>();
        var kinds = new Dictionary<string, long>();
        foreach (var kind in plan.SpaceKinds)
            kinds[kind.GetProperty("key").GetString()!] = (await Must(planning.CreateKindAsync(CityPlan.As<SpaceKindDetails>(kind), Desk, stop))).Id;
        foreach (var space in plan.Spaces)
        {
            spaces[space.Key] = (await Must(planning.CreateAsync(new SpaceDetails
            {
                KindId = kinds[space.Kind], BranchId = branches[space.Branch], Name = space.Name, NameEnglish = space.NameEnglish, ContentKey = space.Key, Capacity = space.Capacity,
                SlotMinutes = space.SlotMinutes, MostSlots = space.MostSlots, SetUpMinutes = space.SetUpMinutes, CleaningMinutes = space.CleaningMinutes,
            }, Desk, stop))).Id;
        }

        foreach (var thing in plan.Equipment)
            equipment[thing.Key] = (await Must(planning.AddEquipmentAsync(branches[thing.Branch], new LocalText(thing.Name, thing.NameEnglish), thing.Total, Desk, stop))).Id;
        foreach (var school in plan.Schools) schools[school.Npsn] = (await Must(Ask<Schools>().RegisterAsync(school, Desk, stop))).Id;
        foreach (var offer in plan.VisitOffers) offers[offer.Key] = (await Must(Ask<Schools>().OfferAsync(Details(offer), Desk, stop))).Id;
        foreach (var guide in plan.Resources)
            await Must(Ask<Licensing>().AddAsync(new LicenceDetails { ResourceKey = guide.Code, Title = new LocalText(guide.Name, guide.NameEnglish), IsOpen = true }, Desk, stop));
    }

    private VisitOfferDetails Details(PlannedOffer offer) => new()
    {
        Kind = offer.Kind, Name = offer.Name, NameEnglish = offer.NameEnglish, DurationMinutes = offer.DurationMinutes, LeastChildren = offer.LeastChildren,
        MostChildren = offer.MostChildren, Languages = offer.Languages, BranchId = branches[offer.Branch], SpaceId = offer.Space is { } space ? spaces[space] : null,
        Guides = offer.Guides, Times = [.. offer.Times.Select(TimeOf)],
    };

    /// <summary>Reads <c>tue 08:30</c>.</summary>
    private static VisitTimeDetails TimeOf(string text) => new(
        Enum.GetValues<DayOfWeek>().First(day => day.ToString().StartsWith(text[..3], StringComparison.OrdinalIgnoreCase)),
        TimeOnly.ParseExact(text[4..], "HH:mm", CultureInfo.InvariantCulture));

    private void PlanBookings()
    {
        Books("siti", "BELAJAR-1", asked: 3, from: 1, "10:00", 2, "Belajar bersama untuk ujian");
        Books("ratih", "BELAJAR-2", asked: 2, from: 1, "13:00", 2, "Kerja kelompok statistika");
        Books("farhan", "BELAJAR-1", asked: 1, from: 2, "14:00", 1, "Latihan wawancara");
        Books("eko", "BELAJAR-2", asked: 4, from: 3, "09:00", 2, "Conversation club");
        Books("putri", "BELAJAR-1", asked: 9, from: -5, "10:00", 2, "Mengerjakan skripsi", ComesAsync);
        Books("andi", "BELAJAR-2", asked: 8, from: -4, "13:00", 1, "Rapat panitia");
        Books("nurul", "BELAJAR-1", asked: 6, from: -3, "14:00", 1, "Menyusun soal", ComesAsync);
        Books("lina", "BELAJAR-2", asked: 5, from: 4, "10:00", 1, "Belajar daring", CancelsAsync);

        Books("organiser", "KREATIF", asked: 10, from: 5, "13:00", 3, "Pameran kecil sketsa kota", ApprovedAsync, [("projector", 1), ("board", 2)], heads: 25);
        Books("organiser", "KREATIF", asked: 2, from: 9, "13:00", 2, "Latihan menggambar cat air", null, [("board", 1)], heads: 18);
        Books("rumahbaca", "KREATIF", asked: 1, from: 9, "14:00", 2, "Kelas baca anak Hadimulyo", heads: 15);
        Books("farhan", "PODCAST", asked: 4, from: 6, "10:00", 1, "Merekam siniar kampus", ApprovedAsync, [("mic", 2)]);
        Books("maria", "PODCAST", asked: 1, from: 7, "14:00", 1, "Recording a reading in English");
        diary.On(Ago(6), "15:00", BookEveryWeekAsync);

        Books(null, "AULA", asked: 5, from: 14, "09:00", 4, "Seminar kesehatan ibu dan anak", null, [("projector", 1), ("sound", 1), ("chairs", 40)], heads: 90);
        Books(null, "AULA", asked: 12, from: 20, "09:00", 5, "Resepsi keluarga", DeclinedAsync, heads: 110);
    }

    /// <summary>Somebody asks for a room, from a day on whenever it can be had.</summary>
    private void Books(
        string? who, string space, int asked, int from, string time, int slots, string title, Func<Booking, Task>? then = null,
        (string Thing, int Count)[]? with = null, int heads = 2) =>
        diary.On(Ago(asked), "11:10", async () =>
        {
            for (var day = from; day < from + 12; day++)
            {
                var start = calendar.InstantOf(Today.AddDays(day), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture));
                if (start < clock.Now) continue;
                var booked = await Ask<Bookings>().BookAsync(
                    new BookingRequest
                    {
                        SpaceId = spaces[space], StartsAt = start, EndsAt = start.AddHours(slots), Title = title, Heads = heads,
                        MemberId = who is null ? null : members[who], OrganiserName = who is null ? "Yayasan Contoh Sejahtera" : null, Email = who is null ? "yayasan@tamu.example" : null,
                        Equipment = [.. (with ?? []).Select(wish => new EquipmentWish(equipment[wish.Thing], wish.Count))],
                    },
                    who is null ? Import : Actor.Member(members[who], who));
                if (!booked.Succeeded) continue;

                if (then is not null) await then(booked.Value);
                return;
            }
        });

    private Task ComesAsync(Booking booking)
    {
        diary.At(booking.StartsAt.AddMinutes(2), () => Must(Ask<Bookings>().CheckInAsync(booking.Id, Desk)));
        return Task.CompletedTask;
    }

    private Task CancelsAsync(Booking booking)
    {
        diary.On(Ago(1), "18:00", () => Must(Ask<Bookings>().CancelAsync(booking.Id, "Kelasnya pindah jadwal.", Import)));
        return Task.CompletedTask;
    }

    private Task ApprovedAsync(Booking booking)
    {
        diary.At(clock.Now.AddHours(22), () => Must(Ask<Bookings>().ApproveAsync(booking.Id, declineRivals: true, Desk)));
        return Task.CompletedTask;
    }

    private Task DeclinedAsync(Booking booking)
    {
        diary.At(clock.Now.AddHours(26), () => Must(Ask<Bookings>().DeclineAsync(booking.Id, "Aula dipakai untuk kegiatan membaca dan belajar.", Desk)));
        return Task.CompletedTask;
    }

    /// <summary>A meeting that comes again: four Wednesdays, of which those that are free are asked for and the first is approved.</summary>
    private async Task BookEveryWeekAsync()
    {
        var first = days["wednesday1"];
        var start = calendar.InstantOf(first, new TimeOnly(13, 0));
        var actor = Actor.Member(members["rumahbaca"], "rumahbaca");
        var request = new RecurringBookingRequest(
            new BookingRequest { SpaceId = spaces["SERBAGUNA"], StartsAt = start, EndsAt = start.AddHours(1), Title = "Rapat Rumah Baca", MemberId = members["rumahbaca"], Heads = 8 },
            new Recurrence(first, RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=4")));
        var answers = await Ask<Bookings>().PreviewAsync(request, actor);
        if (!answers.Succeeded || answers.Value.All(one => one.WhyNot is not null)) return;

        var booked = await Must(Ask<Bookings>().BookAsync(request with { Chosen = [.. answers.Value.Where(one => one.WhyNot is null).Select(one => one.Date)] }, actor));
        diary.On(Ago(4), "09:00", () => Must(Ask<Bookings>().ApproveAsync(booked[0].Booking!.Id, declineRivals: false, Desk)));
    }
}
