using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Tests.Circulation;
using Metro.Library.Tests.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Elending;

/// <summary>The e-book in these tests and who wants it.</summary>
internal static class EBooks
{
    private const string Book = "4laskarpelangi";

    extension(TestLibrary library)
    {
        public async Task<Licence> ALicenceAsync(int? atOnce = null, int? inAll = null, DateOnly? endsOn = null)
        {
            await using var desk = library.OpenDesk();
            return (await desk.The<Licensing>().AddAsync(
                new LicenceDetails { ResourceKey = Book, Title = new LocalText("Laskar pelangi"), MostAtOnce = atOnce, MostLoans = inAll, EndsOn = endsOn }, TestLibrary.Librarian)).Value;
        }

        public async Task<List<Member>> PeopleAsync(int count)
        {
            var people = new List<Member>();
            while (people.Count < count) people.Add(await library.AMemberAsync());
            return people;
        }

        public async Task<Outcome<DigitalLoan>> BorrowAsync(Member member)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<DigitalLending>().BorrowAsync(member.Id, Book, Actor.Member(member.Id, member.Name));
        }

        public async Task<Refusal?> ReturnAsync(DigitalLoan loan)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<DigitalLending>().ReturnAsync(loan.Id, TestLibrary.Librarian);
        }

        public async Task<Outcome<DigitalHold>> HoldAsync(Member member)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<DigitalLending>().HoldAsync(member.Id, Book, Actor.Member(member.Id, member.Name));
        }

        public async Task<int> SettleAsync()
        {
            await using var desk = library.OpenDesk();
            return await desk.The<DigitalLending>().SettleAsync();
        }

        public async Task<DigitalLoan> NowAsync(DigitalLoan loan)
        {
            await using var db = library.NewContext();
            return await db.DigitalLoans.SingleAsync(one => one.Id == loan.Id);
        }

        public async Task<DigitalHold> NowAsync(DigitalHold hold)
        {
            await using var db = library.NewContext();
            return await db.DigitalHolds.SingleAsync(one => one.Id == hold.Id);
        }

        public async Task<Licence> LicenceAsync()
        {
            await using var db = library.NewContext();
            return await db.Licences.OrderBy(one => one.Id).FirstAsync();
        }

        /// <summary>What each licence counts is what there is, within what it allows, and no loan outlives it.</summary>
        public async Task AssertLicencesAddUpAsync()
        {
            await using var db = library.NewContext();
            foreach (var licence in await db.Licences.AsNoTracking().ToListAsync())
            {
                var loans = await db.DigitalLoans.AsNoTracking().Where(one => one.LicenceId == licence.Id).ToListAsync();
                var offers = await db.DigitalHolds.AsNoTracking().CountAsync(one => one.LicenceId == licence.Id && one.Status == DigitalHoldStatus.Offered);
                Assert.Equal((loans.Count(one => one.EndedAt is null) + offers, loans.Count + offers), (licence.OutNow, licence.LoansMade));
                Assert.InRange(licence.OutNow, 0, licence.MostAtOnce ?? int.MaxValue);
                Assert.InRange(licence.LoansMade, 0, licence.MostLoans ?? int.MaxValue);
                Assert.All(loans, loan => Assert.True(licence.EndsAt is null || loan.DueAt <= licence.EndsAt));
            }

            var active = await db.DigitalLoans.AsNoTracking().Where(one => one.EndedAt == null).Select(one => one.MemberId).ToListAsync();
            Assert.Equal(active.Count, active.Distinct().Count());
        }
    }
}
