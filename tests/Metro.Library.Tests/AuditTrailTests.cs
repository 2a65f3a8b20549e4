using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

/// <summary>Questions to the audit trail, and what of the house leaves lines in it. The clock stands at Monday 5 January 2026.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task A_kind_is_not_mistaken_for_another_that_begins_like_it_and_days_are_the_librarys()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var midnight = library.Calendar.StartOf(library.Calendar.Today);
        foreach (var (subject, at) in ((Subject, DateTime)[])[(new("space", 5), midnight), (new("space_kind", 5), midnight), (new("space", 6), midnight.AddTicks(-10))])
            db.Audit(TestLibrary.Librarian, "space.changed", subject, at);
        await db.SaveChangesAsync();

        Assert.Equal(["space:6", "space:5"], await AskAsync(new AuditQuestion { Kind = "space" }));
        Assert.Equal(["space:5"], await AskAsync(new AuditQuestion { Kind = "space", From = library.Calendar.Today, To = library.Calendar.Today }));
        Assert.Equal(["space:6"], await AskAsync(new AuditQuestion { To = library.Calendar.Today.AddDays(-1), ActorId = TestLibrary.Librarian.Id }));
        Assert.Empty(await AskAsync(new AuditQuestion { ActorKind = ActorKind.Member }));

        Task<List<string>> AskAsync(AuditQuestion question) => db.AuditLines.AsNoTracking().Answering(question, library.Calendar).Select(line => line.Subject).ToListAsync();
    }

    [Fact]
    public async Task Weekly_hours_change_with_a_line_that_has_before_and_after()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<BranchHours>().ChangeAsync(library.Main, WeeklyHours.Parse("mon 08:00-12:00"), TestLibrary.Librarian));
        Assert.Null(await desk.The<BranchHours>().ChangeAsync(library.Main, WeeklyHours.Parse("mon 08:00-12:00"), TestLibrary.Librarian));
        Assert.Equal("calendar.unknown_branch", (await desk.The<BranchHours>().ChangeAsync(999, WeeklyHours.Closed, TestLibrary.Librarian))?.Code);

        var line = await desk.Db.AuditLines.SingleAsync(one => one.Action == "branch.hours_changed");
        Assert.Contains("sat 08:00-12:00", line.Before, StringComparison.Ordinal);
        Assert.Contains("mon 08:00-12:00", line.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_that_nobody_set_are_those_of_the_less_specific_row()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var desk = library.OpenDesk();
        var table = desk.The<TermsTable>();

        Assert.Equal(30, (await table.HoldingAsync(MemberCategory.School, null)).LoanDays);
        await table.SetAsync(new LoanTerms { Category = MemberCategory.Child, LoanDays = 10 }, TestLibrary.Librarian);

        Assert.Equal(10, (await table.HoldingAsync(MemberCategory.Child, TitleFormat.Film)).LoanDays);
        Assert.Equal(7, (await table.HoldingAsync(MemberCategory.Adult, TitleFormat.Film)).LoanDays);
    }
}
