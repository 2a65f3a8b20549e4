using System.Globalization;
using Metro.Library.Calendar;

namespace Metro.Library.Tests.Calendar;

/// <summary>DOMAIN.md rules 1 and 13, as the calendar answers them.</summary>
public sealed class BranchCalendarTests
{
    private static readonly TimeZoneInfo Wib = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id");
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Fact]
    public void A_due_date_on_an_open_day_stays()
    {
        var due = ACalendar().DueAfter(Monday, 7);

        Assert.Equal(Monday.AddDays(7), due.Date);
        Assert.Empty(due.ClosedDays);
        Assert.Equal("due Monday 23 November 2026", due.Explain(English));
    }

    [Fact]
    public void A_due_date_on_a_closed_day_moves_to_the_next_open_day_and_says_why()
    {
        var due = ACalendar().DueAfter(Monday, 6);

        Assert.Equal(Monday.AddDays(7), due.Date);
        Assert.Equal("due Monday 23 November 2026: Sunday is closed", due.Explain(English));
        Assert.Equal("harus kembali Senin, 23 November 2026: Minggu tutup", due.Explain(Indonesian));
    }

    [Fact]
    public void A_due_date_skips_every_closed_day_in_a_row_and_names_the_holiday()
    {
        var calendar = ACalendar(CalendarException.Closure(null, Monday.AddDays(7), Monday.AddDays(7), "Cuti bersama", "Joint leave"));

        var due = calendar.DueAfter(Monday, 6);

        Assert.Equal(Monday.AddDays(8), due.Date);
        Assert.Equal("due Tuesday 24 November 2026: Sunday is closed, Monday 23 November is closed (Joint leave)", due.Explain(English));
    }

    [Fact]
    public void A_due_date_past_the_end_of_the_membership_falls_on_the_last_open_day_before_it()
    {
        var sunday = Monday.AddDays(6);

        var due = ACalendar().DueAfter(Monday, 6, membershipEnd: sunday);

        Assert.Equal(sunday.AddDays(-1), due.Date);
        Assert.Contains("the membership ends Sunday 22 November 2026", due.Explain(English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_due_date_is_never_before_the_day_of_the_loan()
    {
        var calendar = ACalendar(CalendarException.Closure(null, Monday, Monday.AddDays(3), "Libur"));

        Assert.Equal(Monday, calendar.DueAfter(Monday, 7, membershipEnd: Monday.AddDays(2)).Date);
    }

    [Fact]
    public void Exceptions_win_over_the_weekly_pattern_in_both_directions()
    {
        var sunday = Monday.AddDays(6);
        var calendar = ACalendar(
            CalendarException.Closure(null, Monday, Monday, "Hari libur"),
            CalendarException.OtherHours(null, sunday, sunday, WeeklyHours.EveryDay(OpeningHours.Parse("09:00-12:00")), "Pekan literasi"));

        Assert.False(calendar.IsOpenOn(Monday));
        Assert.True(calendar.IsOpenOn(sunday));
    }

    [Fact]
    public void A_holiday_in_Ramadan_is_closed_and_the_rest_of_Ramadan_has_its_own_hours()
    {
        var ramadan = WeeklyHours.Parse("mon 08:00-15:00; tue 08:00-15:00; wed 08:00-15:00; thu 08:00-15:00; fri 08:00-11:00");
        var calendar = ACalendar(
            CalendarException.OtherHours(null, Monday, Monday.AddDays(29), ramadan, "Ramadan"),
            CalendarException.Closure(null, Monday.AddDays(1), Monday.AddDays(1), "Nyepi"));

        Assert.Equal("08:00-15:00", calendar.HoursOn(Monday).ToString());
        Assert.False(calendar.IsOpenOn(Monday.AddDays(1)));
        Assert.Equal("08:00-11:00", calendar.HoursOn(Monday.AddDays(4)).ToString());
        Assert.False(calendar.IsOpenOn(Monday.AddDays(5)));
    }

    [Fact]
    public void The_pickup_clock_skips_closed_days()
    {
        var saturday = Monday.AddDays(5);

        Assert.Equal(Monday.AddDays(8), ACalendar().AfterOpenDays(saturday, 2));
    }

    [Fact]
    public void Closed_days_are_not_counted_among_open_days()
    {
        Assert.Equal(6, ACalendar().OpenDaysBetween(Monday, Monday.AddDays(7)));
        Assert.Equal(0, ACalendar().OpenDaysBetween(Monday, Monday));
    }

    [Fact]
    public void Opening_hours_are_half_open()
    {
        var calendar = ACalendar();

        Assert.True(calendar.IsOpenAt(new DateTime(2026, 11, 16, 1, 0, 0, DateTimeKind.Utc)));
        Assert.False(calendar.IsOpenAt(new DateTime(2026, 11, 16, 9, 0, 0, DateTimeKind.Utc)));
        Assert.False(calendar.IsOpenAt(new DateTime(2026, 11, 20, 5, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void A_branch_without_hours_moves_no_date_and_has_no_open_day()
    {
        var calendar = new BranchCalendar(WeeklyHours.Closed, [], Wib);

        Assert.Equal(Monday.AddDays(7), calendar.DueAfter(Monday, 7).Date);
        Assert.Equal(Monday.AddDays(3), calendar.AfterOpenDays(Monday, 3));
        Assert.Null(calendar.OpenDayOnOrAfter(Monday));
    }

    [Theory]
    [InlineData("12:00-08:00")]
    [InlineData("08:00-12:00,11:00-13:00")]
    [InlineData("8-12")]
    [InlineData("08:00")]
    public void Hours_that_end_before_they_begin_overlap_or_are_no_hours_are_not_read(string text) =>
        Assert.False(OpeningHours.TryParse(text, out _));

    [Fact]
    public void A_week_is_read_as_it_was_written()
    {
        var week = WeeklyHours.Parse("fri 08:00-11:30,13:30-16:00; mon 08:00-16:00");

        Assert.Equal("mon 08:00-16:00; fri 08:00-11:30,13:30-16:00", week.ToString());
        Assert.Equal(week, WeeklyHours.Parse(week.ToString()));
        Assert.False(WeeklyHours.TryParse("mon 08:00-16:00; mon 09:00-10:00", out _));
    }

    private static BranchCalendar ACalendar(params CalendarException[] exceptions) => new(TestLibrary.MondayToSaturday, exceptions, Wib);
}

/// <summary>What the calendar answers from the database and the clock.</summary>
public sealed class LibraryCalendarTests
{
    [Fact]
    public async Task A_WIB_date_ends_at_17_00_UTC()
    {
        await using var library = await TestLibrary.OpenAsync();

        Assert.Equal(new DateTime(2026, 1, 5, 17, 0, 0, DateTimeKind.Utc), library.Calendar.EndOf(new DateOnly(2026, 1, 5)));
    }

    [Fact]
    public async Task Today_is_the_library_s_date_and_not_that_of_Greenwich()
    {
        await using var library = await TestLibrary.OpenAsync();
        library.Clock.MoveTo(new DateTimeOffset(2026, 1, 5, 17, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateOnly(2026, 1, 6), library.Calendar.Today);
    }

    [Fact]
    public async Task A_branch_has_its_own_exceptions_and_those_of_the_library()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var day = library.Calendar.Today;
        var closures = new Closures(db, library.Calendar, []);
        await closures.AnnounceAsync(CalendarException.Closure(library.Kelurahan, day, day, "Perbaikan atap"), TestLibrary.Librarian);
        await closures.AnnounceAsync(CalendarException.Closure(null, day.AddDays(1), day.AddDays(1), "Hari libur"), TestLibrary.Librarian);

        var main = await library.Calendar.OfAsync(db, library.Main);
        var kelurahan = await library.Calendar.OfAsync(db, library.Kelurahan);

        Assert.True(main.IsOpenOn(day));
        Assert.False(kelurahan.IsOpenOn(day));
        Assert.False(main.IsOpenOn(day.AddDays(1)));
        Assert.False(kelurahan.IsOpenOn(day.AddDays(1)));
    }

    [Fact]
    public async Task An_announcement_leaves_an_audit_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var day = library.Calendar.Today;

        await new Closures(db, library.Calendar, []).AnnounceAsync(CalendarException.Closure(null, day, day, "Cuti bersama"), TestLibrary.Librarian);

        var line = Assert.Single(db.AuditLines);
        Assert.Equal("calendar.announced", line.Action);
        Assert.Equal("Ibu Ratna", line.ActorName);
        Assert.Contains("Cuti bersama", line.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_announced_is_not_announced_again()
    {
        await using var library = await TestLibrary.OpenAsync();
        var day = library.Calendar.Today.AddDays(7);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using var db = library.NewContext();
            return await new Closures(db, library.Calendar, []).AnnounceAsync(CalendarException.Closure(null, day, day, "Cuti bersama"), TestLibrary.Librarian);
        }));

        await using var after = library.NewContext();
        Assert.Equal(CalendarRefusals.AlreadyAnnounced("Cuti bersama", day, day), Assert.Single(answers, answer => !answer.Succeeded).Refusal);
        Assert.Single(after.CalendarExceptions);
    }

    [Fact]
    public async Task A_closure_in_1066_or_of_an_unknown_branch_is_refused()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var closures = new Closures(db, library.Calendar, []);
        var hastings = new DateOnly(1066, 10, 14);

        var old = await closures.AnnounceAsync(CalendarException.Closure(null, hastings, hastings, "Libur"), TestLibrary.Librarian);
        var nowhere = await closures.PreviewAsync(CalendarException.Closure(99, library.Calendar.Today, library.Calendar.Today, "Libur"));

        Assert.Equal("input.date_out_of_range", old.Refusal?.Code);
        Assert.Equal("calendar.unknown_branch", nowhere.Refusal?.Code);
        Assert.Empty(db.CalendarExceptions);
    }
}
