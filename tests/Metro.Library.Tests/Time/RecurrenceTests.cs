using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Time;

namespace Metro.Library.Tests.Time;

public sealed class RecurrenceTests
{
    // A Tuesday.
    private static readonly DateOnly First = new(2026, 11, 24);

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=3", "24 Nov, 25 Nov, 26 Nov")]
    [InlineData("FREQ=DAILY;INTERVAL=10;COUNT=3", "24 Nov, 04 Dec, 14 Dec")]
    [InlineData("FREQ=DAILY;COUNT=3;BYDAY=SA,SU", "28 Nov, 29 Nov, 05 Dec")]
    [InlineData("FREQ=WEEKLY;COUNT=3", "24 Nov, 01 Dec, 08 Dec")]
    [InlineData("FREQ=WEEKLY;UNTIL=20261208", "24 Nov, 01 Dec, 08 Dec")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=MO,TH", "26 Nov, 07 Dec, 10 Dec, 21 Dec")]
    [InlineData("FREQ=MONTHLY;COUNT=3;BYDAY=1SA", "05 Dec, 02 Jan, 06 Feb")]
    [InlineData("FREQ=MONTHLY;COUNT=2;BYDAY=-1FR", "27 Nov, 25 Dec")]
    [InlineData("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1", "30 Nov, 31 Dec, 31 Jan")]
    [InlineData("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=31", "31 Dec, 31 Jan")]
    [InlineData("FREQ=MONTHLY;COUNT=2;BYDAY=FR;BYMONTHDAY=13", "13 Aug, 13 Oct")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;COUNT=2", "24 Nov, 24 Jan")]
    public void A_rule_names_its_dates(string rule, string dates) =>
        Assert.Equal(dates, string.Join(", ", RecurrenceRule.Parse(rule)!.DatesFrom(First).Select(Short)));

    [Fact]
    public void A_month_without_the_day_is_left_out() =>
        Assert.Equal(["31 Jan", "31 Mar", "31 May"], RecurrenceRule.Parse("FREQ=MONTHLY;COUNT=3")!.DatesFrom(new(2027, 1, 31)).Select(Short));

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=YEARLY")]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("COUNT=3")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=-5")]
    [InlineData("FREQ=DAILY;COUNT=999999999999")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20261201")]
    [InlineData("FREQ=DAILY;COUNT=3;COUNT=4")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;UNTIL=20261301")]
    [InlineData("FREQ=DAILY;UNTIL=20261201T170000Z")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1")]
    [InlineData("FREQ=MONTHLY;BYDAY=6MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=WEEKLY;WKST=SU")]
    [InlineData("FREQ=WEEKLY;BYSETPOS=1")]
    [InlineData("📚")]
    public void A_rule_outside_the_subset_is_not_read(string text) => Assert.Null(RecurrenceRule.Parse(text));

    [Fact]
    public void A_very_long_rule_is_not_read() =>
        Assert.Null(RecurrenceRule.Parse("FREQ=MONTHLY;BYMONTHDAY=" + string.Join(',', Enumerable.Repeat("1", 5_000_000))));

    [Fact]
    public void No_rule_is_endless()
    {
        Assert.Equal(RecurrenceRule.MostOccurrences, RecurrenceRule.Parse("FREQ=DAILY")!.DatesFrom(First).Count());
        Assert.Empty(RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31")!.DatesFrom(First));
        Assert.Single(RecurrenceRule.Parse("FREQ=DAILY")!.DatesFrom(DateOnly.MaxValue));
    }

    [Fact]
    public void Exceptions_are_taken_away_and_additions_put_in_their_place()
    {
        var storytelling = new Recurrence(
            First, RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=4"), excluded: [new(2026, 12, 8)], added: [new(2026, 12, 10), First]);

        Assert.Equal(["24 Nov", "01 Dec", "10 Dec", "15 Dec"], storytelling.Dates().Select(Short));
    }

    [Fact]
    public void Without_a_rule_the_first_date_is_the_one_occurrence() => Assert.Equal([First], new Recurrence(First).Dates());

    [Theory]
    [InlineData("")]
    [InlineData("RRULE:FREQ=DAILY")]
    [InlineData("DTSTART;VALUE=DATE:20261124\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY")]
    [InlineData("DTSTART;VALUE=DATE:20261124\nEXDATE;VALUE=DATE:yesterday")]
    [InlineData("DTSTART:20261124T090000")]
    [InlineData("nonsense")]
    public void A_text_that_is_no_recurrence_is_not_read(string text) => Assert.Null(Recurrence.Parse(text));

    [Fact]
    public void A_rule_read_back_is_the_rule_that_was_printed() =>
        Prop.ForAll(Arb.From(Rules), rule => RecurrenceRule.Parse(rule.ToString())!.Equals(rule)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_recurrence_read_back_is_the_recurrence_that_was_printed() =>
        Prop.ForAll(Arb.From(Recurrences), recurrence =>
            Recurrence.Parse(recurrence.ToString()) is { } read && read.Equals(recurrence) && read.Dates().SequenceEqual(recurrence.Dates()))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Dates_come_in_order_once_each_and_never_before_the_first() =>
        Prop.ForAll(Arb.From(Rules), rule =>
        {
            var dates = rule.DatesFrom(First).ToList();
            return dates.SequenceEqual(dates.Distinct().Order())
                && dates.All(date => date >= First && (rule.Until is null || date <= rule.Until))
                && dates.Count <= (rule.Count ?? RecurrenceRule.MostOccurrences);
        }).QuickCheckThrowOnFailure();

    private static Gen<DateOnly> Days => Gen.Choose(0, 900).Select(First.AddDays);

    private static Gen<RecurrenceRule> Rules =>
        from frequency in Gen.Elements(Frequency.Daily, Frequency.Weekly, Frequency.Monthly)
        from interval in Gen.Choose(1, 6)
        from end in Gen.Choose(0, 2)
        from count in Gen.Choose(1, 60)
        from until in Days
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>())
        from ordinal in Gen.Elements<int?>(null, 1, 2, 5, -1, -2)
        from monthDays in Gen.SubListOf(1, 13, 28, 31, -1, -3)
        select RecurrenceRule.Of(
            frequency, interval, end == 0 ? count : null, end == 1 ? until : null,
            days.Select(day => new RuleDay(day, frequency == Frequency.Monthly ? ordinal : null)),
            frequency == Frequency.Weekly ? [] : monthDays)!;

    private static Gen<Recurrence> Recurrences =>
        from first in Days
        from rule in Rules
        from ruled in Gen.Elements(true, true, false)
        from excluded in Days.ListOf()
        from added in Days.ListOf()
        select new Recurrence(first, ruled ? rule : null, excluded, added);

    private static string Short(DateOnly date) => date.ToString("dd MMM", System.Globalization.CultureInfo.InvariantCulture);
}
