using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Demo;

/// <summary>Books that are taken home and brought back, on time and late; people who wait for them; what being late costs.</summary>
internal sealed partial class City
{
    private readonly HashSet<string> away = new(StringComparer.Ordinal);
    private List<LendableCopy> shelf = [];

    private sealed record LendableCopy(long Id, string Barcode, long TitleId, string Title, Audience Audience, TitleFormat Format, long BranchId);

    /// <summary>What every second reader asks for.</summary>
    private static readonly HashSet<string> Favourites =
    [
        "Laskar Pelangi", "Sang Pemimpi", "Bumi Manusia", "Pulang", "Hujan", "Bumi", "Bulan", "Negeri 5 Menara", "Perahu Kertas", "Ronggeng Dukuh Paruk", "Dilan",
        "Harry Potter dan Batu Bertuah", "Doraemon", "Detektif Conan", "Matilda", "Sapiens", "Na Willa", "Toto-chan", "Filosofi Kopi", "Tentang Kamu", "Si Juki",
        "Jejak Rasa Nusantara", "Kamus Bahasa Lampung-Indonesia", "The Gruffalo", "Lima Sekawan",
    ];

    /// <summary>What the situations below need, and what nobody else takes meanwhile.</summary>
    private static readonly HashSet<string> KeptBack =
    [
        "Laut Bercerita", "Gadis Kretek", "Entrok", "Cantik Itu Luka", "Canting", "Amba", "Para Priyayi", "Saman", "Robohnya Surau Kami", "Layar Terkembang",
        "Sejarah Indonesia Modern 1200-2008", "Manusia dan Kebudayaan di Indonesia", "Belenggu", "Azab dan Sengsara", "Burung-burung Manyar", "Filosofi Teras", "Critical Eleven", "Rindu", "Edensor",
        "Madilog", "Supernova", "Olenka", "Kubah", "Aki", "Ziarah", "Pippi Si Kaus Kaki Panjang", "Charlie and the Chocolate Factory",
    ];

    private async Task SeeShelvesAsync(CancellationToken stop) => shelf = await (
        from copy in Db.Copies.AsNoTracking()
        join title in Db.Titles on copy.TitleId equals title.Id
        where !copy.ForReferenceOnly && copy.Status != CopyStatus.Withdrawn
        orderby copy.Id
        select new LendableCopy(copy.Id, copy.Barcode, title.Id, title.Name, title.Audience, title.Format, copy.OwnerBranchId)).ToListAsync(stop);

    private void PlanLending()
    {
        diary.On(Ago(FoundedDaysAgo - 1), "08:00", () => SeeShelvesAsync(default));
        foreach (var daysAgo in Arrivals.Values) diary.On(Ago(daysAgo), "08:15", () => SeeShelvesAsync(default));
        foreach (var who in plan.Members.Where(one => one.ReadsOften)) PlanReading(who);
        for (var ago = 14; ago > 0; ago--) diary.On(Ago(ago), "16:30", CountReadingsAsync);

        PlanLoansNow();
        PlanLateAndLost();
        PlanHolds();
        PlanCosts();
        PlanCareOfCopies();
    }

    /// <summary>Every other week until lately: one book or two, for some days; now and then too long.</summary>
    private void PlanReading(PlannedMember who)
    {
        for (var ago = Math.Min(who.Since - 2, 110); ago > 18; ago -= chance.Next(11, 19))
        {
            var (lent, kept, time) = (ago, chance.Next(10) == 0 ? 9 : chance.Next(3, 8), $"{chance.Next(9, 15):D2}:{chance.Next(60):D2}");
            for (var copies = chance.Next(1, 3); copies > 0; copies--)
                diary.On(Ago(lent), time, () => TakeAnythingAsync(who, Ago(Math.Max(9, lent - kept))));
        }
    }

    private async Task TakeAnythingAsync(PlannedMember who, DateOnly back)
    {
        var choice = shelf.Where(copy => !away.Contains(copy.Barcode) && !KeptBack.Contains(copy.Title) && Suits(copy, who)).ToList();
        if (choice.Count == 0) return;
        var favourites = choice.Where(copy => Favourites.Contains(copy.Title)).ToList();
        var from = favourites.Count > 0 && chance.Next(5) < 2 ? favourites : choice;
        var copy = from[chance.Next(from.Count)];
        if (await TryLendAsync(who.Key, copy, copy.BranchId)) diary.On(back, "15:10", () => BringBackAndPayAsync(who.Key, copy));
    }

    private static bool Suits(LendableCopy copy, PlannedMember who) => who switch
    {
        { Category: MemberCategory.Child } => copy.Audience is Audience.Preschool or Audience.Children && copy.Format == TitleFormat.Print,
        { Age: < 18 } => copy.Audience is Audience.Youth or Audience.General,
        _ => copy.Audience is Audience.Adult or Audience.General or Audience.Youth && copy.Format != TitleFormat.Game,
    };

    /// <summary>What is out today and not late.</summary>
    private void PlanLoansNow()
    {
        Lends("siti", "Laskar Pelangi", ago: 13);
        diary.On(Ago(6), "16:05", () => RenewAsync("siti", "Laskar Pelangi"));
        Lends("siti", "Cantik Itu Luka", ago: 2);
        Lends("guardian", "Para Priyayi", ago: 4);
        Lends("child", "Pippi Si Kaus Kaki Panjang", ago: 12);
        Lends("child", "Charlie and the Chocolate Factory", ago: 12);
        foreach (var title in (string[])["Sejarah Indonesia Modern 1200-2008", "Manusia dan Kebudayaan di Indonesia", "Layar Terkembang", "Belenggu"]) Lends("teacher", title, ago: 8);
        Lends("organiser", "Filosofi Teras", ago: 3);
        Lends("joko", "Saman", ago: 7);
        foreach (var title in (string[])["Olenka", "Kubah", "Aki", "Ziarah", "Madilog", "Supernova", "Edensor", "Rindu"]) Lends("smpn", title, ago: 10);

        var others = plan.Members.Where(one => one.ReadsOften && one.Key is not ("siti" or "guardian" or "child" or "teacher" or "joko" or "agus" or "zainal" or "putri" or "nurul" or "lina" or "farhan")).ToList();
        foreach (var (who, place) in others.Select((who, place) => (who, place)))
            diary.On(Ago(1 + (place % 6)), "10:40", () => TakeAnythingAsync(who, Today.AddDays(1)));
    }

    private void PlanLateAndLost()
    {
        Lends("agus", "Robohnya Surau Kami", ago: 8);
        Lends("wulan", "Critical Eleven", ago: 14);
        Lends("tono", "Burung-burung Manyar", ago: 21);

        Lends("zainal", "Azab dan Sengsara", ago: 24);
        diary.On(Ago(6), "09:50", async () => await Must(Ask<CirculationDesk>().ReportLostAsync(Copy("Azab dan Sengsara").Barcode, Desk)));
        Lends("hasan", "Amba", ago: 32);
        diary.On(Ago(20), "09:15", async () => await Must(Ask<CirculationDesk>().ReportLostAsync(Copy("Amba").Barcode, Desk)));
        diary.On(Ago(8), "13:20", async () =>
            await Must(Ask<CirculationDesk>().AcceptReplacementAsync(await OpenLoanAsync("hasan", "Amba"), "Diganti buku baru dengan judul yang sama.", Desk)));

        // Brought back at another branch, it travels home.
        diary.On(Ago(5), "11:00", () => LendAsync("putri", "Canting"));
        diary.On(Ago(1), "11:20", () => BringBackAsync(Copy("Canting"), branches["TMR"]));
    }

    private void PlanHolds()
    {
        // Everybody wants it: all copies are out and a queue waits.
        diary.On(Ago(3), "09:20", async () =>
        {
            string[] readers = ["lina", "farhan", "wayan", "maria"];
            foreach (var (copy, reader) in shelf.Where(one => one.Title == "Laut Bercerita").Zip(readers)) await TryLendAsync(reader, copy, copy.BranchId);
        });
        Waits("siti", "Laut Bercerita", ago: 2, "10:00");
        Waits("ratih", "Laut Bercerita", ago: 2, "12:30");
        Waits("eko", "Laut Bercerita", ago: 1, "09:10", until: Today.AddDays(14));
        Waits("child", "Doraemon", ago: 1, "17:30");

        // Reserved from the shelf, fetched, and now ready for her.
        Waits("siti", "Gadis Kretek", ago: 2, "20:15");
        diary.On(Ago(1), "08:25", () => FetchAsync("siti", "Gadis Kretek"));

        // Ready and never collected: it goes to the next in line, here to the shelf.
        Waits("sri", "Entrok", ago: 15, "19:00");
        diary.On(Ago(14), "08:25", () => FetchAsync("sri", "Entrok"));
    }

    private void PlanCosts()
    {
        LateBy("bayu", "Bukan Pasar Malam", lent: 24, back: 13, async fine => await Must(Ask<FinesLedger>().PayAsync(fine.Id, fine.Outstanding, PaymentMethod.Cash, "demo-1", Desk)));
        LateBy("nadia", "Kemarau", lent: 33, back: 22, _ => Task.CompletedTask);
        LateBy("sri", "Harimau! Harimau!", lent: 40, back: 29, async fine => await Must(Ask<FinesLedger>().WaiveAsync(fine.Id, fine.Outstanding, "Jalan terputus banjir.", Desk)));
        diary.On(Ago(45), "09:40", () => LendAsync("andi", "Orang-orang Proyek"));
        diary.On(Ago(41), "09:40", async () =>
        {
            var loan = await OpenLoanAsync("andi", "Orang-orang Proyek");
            await BringBackAsync(Copy("Orang-orang Proyek"), branches["MTR"]);
            var fine = await Must(Ask<FinesLedger>().AssessDamageAsync(loan, 20_000, "Sampul basah dan halaman berkerut.", Desk));
            await Must(Ask<FinesLedger>().PayAsync(fine.Id, 10_000, PaymentMethod.Qris, "demo-2", Desk));
        });
    }

    /// <summary>Some copies are new, some worn or given; one is being mended and one cannot be found.</summary>
    private void PlanCareOfCopies()
    {
        foreach (var daysAgo in Arrivals.Values)
        {
            diary.On(Ago(daysAgo), "08:20", async () =>
            {
                var arrived = await Db.Copies.AsNoTracking().Where(copy => copy.AcquiredOn == null).OrderBy(copy => copy.Id).ToListAsync();
                foreach (var copy in arrived)
                    await DescribeAsync(copy, CopyCondition.New, copy.Id % 4 == 0 ? CopySource.Donation : CopySource.Purchase, Ago(daysAgo));
            });
        }

        diary.On(Ago(200), "08:30", async () =>
        {
            var old = await Db.Copies.AsNoTracking().Where(copy => copy.Id % 13 == 0).OrderBy(copy => copy.Id).ToListAsync();
            foreach (var copy in old) await DescribeAsync(copy, copy.Id % 2 == 0 ? CopyCondition.Worn : CopyCondition.Damaged, copy.Source, copy.AcquiredOn);
        });
        diary.On(Ago(5), "08:30", async () => await Must(Ask<Cataloguing>().SendToRepairAsync(Copy("Kalah dan Menang").Id, Desk)));
        diary.On(Ago(15), "08:35", async () => await Must(Ask<Cataloguing>().ReportMissingAsync(Copy("Grotta Azzurra").Id, Desk)));
    }

    private Task DescribeAsync(Copy copy, CopyCondition condition, CopySource source, DateOnly? acquired) => Must(Ask<Cataloguing>().DescribeCopyAsync(
        copy.Id, copy.Version,
        new CopyDescription(copy.Barcode, copy.OwnerBranchId)
        {
            ShelfMark = copy.ShelfMark, Condition = condition, Source = source, Price = copy.Price, AcquiredOn = acquired, ForReferenceOnly = copy.ForReferenceOnly, Note = copy.Note,
        }, Desk));

    private async Task CountReadingsAsync()
    {
        for (var left = chance.Next(3, 9); left > 0; left--)
        {
            var copy = shelf[chance.Next(shelf.Count)];
            if (!away.Contains(copy.Barcode)) await Must(Ask<OnSiteCounter>().CountAsync(copy.Barcode, copy.BranchId));
        }
    }

    private void Lends(string who, string title, int ago) => diary.On(Ago(ago), "10:05", () => LendAsync(who, title));

    private void Waits(string who, string title, int ago, string time, DateOnly? until = null) => diary.On(Ago(ago), time, async () =>
    {
        var actor = Actor.Member(members[who], who);
        var placed = await Must(Ask<HoldQueue>().PlaceAsync(members[who], Copy(title).TitleId, branches["MTR"], actor));
        if (until is not null) await Must(Ask<HoldQueue>().SuspendAsync(placed.HoldId, until, actor));
    });

    /// <summary>Staff take what was claimed from its shelf to that of the holds.</summary>
    private async Task FetchAsync(string who, string title)
    {
        var (member, titleId) = (members[who], Copy(title).TitleId);
        var barcode = await (
            from hold in Db.Holds.AsNoTracking()
            join copy in Db.Copies on hold.CopyId equals copy.Id
            where hold.MemberId == member && hold.TitleId == titleId
            select copy.Barcode).FirstAsync();
        await Must(Ask<CirculationDesk>().CheckInAsync(barcode, branches["MTR"], Desk));
    }

    private void LateBy(string who, string title, int lent, int back, Func<Fine, Task> settle)
    {
        Lends(who, title, lent);
        diary.On(Ago(back), "13:40", async () =>
        {
            await BringBackAsync(Copy(title), branches["MTR"]);
            foreach (var fine in await Ask<FinesLedger>().OwedByAsync(members[who])) await settle(fine);
        });
    }

    private async Task LendAsync(string who, string title)
    {
        var copy = Copy(title);
        await Must(Ask<CirculationDesk>().CheckOutAsync(cards[who], copy.Barcode, branches["MTR"], Desk));
        away.Add(copy.Barcode);
    }

    private async Task<bool> TryLendAsync(string who, LendableCopy copy, long branch)
    {
        var lent = await Ask<CirculationDesk>().CheckOutAsync(cards[who], copy.Barcode, branch, Desk);
        if (lent.Succeeded) away.Add(copy.Barcode);
        return lent.Succeeded;
    }

    private async Task BringBackAsync(LendableCopy copy, long branch)
    {
        await Must(Ask<CirculationDesk>().CheckInAsync(copy.Barcode, branch, Desk));
        away.Remove(copy.Barcode);
    }

    /// <summary>Most pay at once what being late costs.</summary>
    private async Task BringBackAndPayAsync(string who, LendableCopy copy)
    {
        var back = await Must(Ask<CirculationDesk>().CheckInAsync(copy.Barcode, copy.BranchId, Desk));
        away.Remove(copy.Barcode);
        if (back.Lateness.Amount == 0 || chance.Next(4) == 0) return;
        foreach (var fine in await Ask<FinesLedger>().OwedByAsync(members[who]))
            await Must(Ask<FinesLedger>().PayAsync(fine.Id, fine.Outstanding, PaymentMethod.Cash, $"demo-fine-{fine.Id}", Desk));
    }

    /// <summary>Renewing can be refused on a day around which the library is closed; then the loan just stays as it is.</summary>
    private async Task RenewAsync(string who, string title) =>
        _ = await Ask<CirculationDesk>().RenewAsync(await OpenLoanAsync(who, title), Actor.Member(members[who], who));

    private async Task<long> OpenLoanAsync(string who, string title)
    {
        var (member, titleId) = (members[who], Copy(title).TitleId);
        return await Db.Loans.AsNoTracking().Open().Of(member).Where(loan => loan.TitleId == titleId).Select(loan => loan.Id).FirstAsync();
    }

    /// <summary>The first copy of a title in the main library.</summary>
    private LendableCopy Copy(string title) => shelf.First(copy => copy.Title == title && copy.BranchId == branches["MTR"]);
}
