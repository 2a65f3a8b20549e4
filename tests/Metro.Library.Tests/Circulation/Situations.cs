using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>A title and the barcodes of its copies.</summary>
internal sealed record Book(long TitleId, IReadOnlyList<string> Barcodes)
{
    public string Barcode => Barcodes[0];
}

/// <summary>The situations in which the rules of circulation are tried.</summary>
internal static class Situations
{
    private static int barcodes;
    private static int people;

    extension(TestLibrary library)
    {
        public DateOnly Today => library.Calendar.Today;

        /// <summary>A title with copies on the shelf of the main branch, or of another.</summary>
        public async Task<Book> ABookAsync(int copies = 1, long? branch = null, TitleFormat format = TitleFormat.Print, int? price = null)
        {
            await using var desk = library.OpenDesk();
            var cataloguing = desk.The<Cataloguing>();
            var number = Interlocked.Increment(ref barcodes);
            var title = (await cataloguing.AddTitleAsync(new TitleDescription { Name = $"Laskar pelangi {number}", Format = format }, TestLibrary.Librarian)).TitleId!.Value;
            var made = new List<string>();
            for (var i = 0; i < copies; i++) made.Add(await library.ACopyOfAsync(title, branch, price));
            return new Book(title, made);
        }

        /// <summary>One more copy of a title, on the shelf.</summary>
        public async Task<string> ACopyOfAsync(long titleId, long? branch = null, int? price = null)
        {
            await using var desk = library.OpenDesk();
            var cataloguing = desk.The<Cataloguing>();
            var barcode = $"B{Interlocked.Increment(ref barcodes):D6}";
            var copy = (await cataloguing.AddCopyAsync(titleId, new CopyDescription(barcode, branch ?? library.Main) { Price = price }, TestLibrary.Librarian)).Value;
            Assert.Null(await cataloguing.ShelveCopyAsync(copy, branch ?? library.Main, TestLibrary.Librarian));
            return barcode;
        }

        public Task<Member> AMemberAsync(MemberCategory category = MemberCategory.Adult)
        {
            var number = Interlocked.Increment(ref people);
            var application = People.AGrownUp($"Anggota {number}", $"18720101019{number + 10_000:D5}"[..16]);
            return library.JoinAsync(application with { Category = category });
        }

        public async Task<Outcome<CheckedOut>> LendAsync(Member member, string barcode, Actor? by = null, long? branch = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<CirculationDesk>().CheckOutAsync(member.CardNumber!, barcode, branch ?? library.Main, by ?? TestLibrary.Librarian);
        }

        public async Task<Outcome<CheckedIn>> ReturnAsync(string barcode, long? branch = null, DateOnly? on = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<CirculationDesk>().CheckInAsync(barcode, branch ?? library.Main, TestLibrary.Librarian, on);
        }

        public async Task<Outcome<Renewed>> RenewAsync(long loanId)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<CirculationDesk>().RenewAsync(loanId, TestLibrary.Librarian);
        }

        public async Task<Outcome<PlacedHold>> HoldAsync(Member member, Book book, long? branch = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<HoldQueue>().PlaceAsync(member.Id, book.TitleId, branch ?? library.Main, TestLibrary.Librarian);
        }

        public async Task SetTermsAsync(LoanTerms terms)
        {
            await using var desk = library.OpenDesk();
            Assert.Null(await desk.The<TermsTable>().SetAsync(terms, TestLibrary.Librarian));
        }

        public async Task<CopyStatus> StatusOfAsync(string barcode)
        {
            await using var db = library.NewContext();
            return await db.Copies.Where(copy => copy.Barcode == barcode).Select(copy => copy.Status).SingleAsync();
        }

        public async Task<Hold> HoldOfAsync(long holdId)
        {
            await using var db = library.NewContext();
            return await db.Holds.AsNoTracking().SingleAsync(hold => hold.Id == holdId);
        }

        public async Task<Loan> LoanOfAsync(long loanId)
        {
            await using var db = library.NewContext();
            return await db.Loans.AsNoTracking().SingleAsync(loan => loan.Id == loanId);
        }

        public void Pass(int days) => library.Clock.Advance(TimeSpan.FromDays(days));
    }
}
