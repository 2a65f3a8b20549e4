using FsCheck;
using FsCheck.Fluent;
using Interval = Metro.Library.Time.Interval;

namespace Metro.Library.Tests.Time;

public sealed class IntervalTests
{
    private static readonly DateTime Nine = new(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);

    private static Interval Hours(double from, double to) => new(Nine.AddHours(from), Nine.AddHours(to));

    [Fact]
    public void What_ends_at_ten_and_what_starts_at_ten_do_not_collide()
    {
        Assert.False(Hours(0, 1).Overlaps(Hours(1, 2)));
        Assert.True(Hours(0, 1.01).Overlaps(Hours(1, 2)));
    }

    [Fact]
    public void An_interval_holds_its_start_and_not_its_end()
    {
        Assert.True(Hours(0, 1).Contains(Nine));
        Assert.False(Hours(0, 1).Contains(Nine.AddHours(1)));
    }

    [Fact]
    public void An_interval_that_ends_before_it_starts_does_not_exist()
    {
        Assert.Null(Interval.Between(Nine, Nine));
        Assert.Null(Interval.Between(Nine, Nine.AddHours(-1)));
        Assert.Throws<ArgumentException>(() => new Interval(Nine, Nine));
    }

    [Fact]
    public void Local_time_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => new Interval(DateTime.SpecifyKind(Nine, DateTimeKind.Local), Nine.AddHours(1)));

    [Fact]
    public void Two_projectors_lent_one_after_the_other_are_one_projector()
    {
        (Interval, int)[] uses = [(Hours(0, 1), 1), (Hours(1, 2), 1)];

        Assert.Equal(1, Hours(0, 2).MaximumOf(uses));
        Assert.Equal(2, Hours(0, 2).MaximumOf([.. uses, (Hours(0.5, 1.5), 1)]));
    }

    [Fact]
    public void What_is_busy_only_after_the_interval_does_not_count() =>
        Assert.Equal(1, Hours(0, 1).MaximumOf([(Hours(0.5, 3), 1), (Hours(1, 2), 5), (Hours(2, 3), 7)]));

    [Fact]
    public void What_remains_is_the_gaps_between_what_is_taken() =>
        Assert.Equal([Hours(1, 2), Hours(4, 8)], Hours(0, 8).Without([Hours(2, 3), Hours(2.5, 4), Hours(-1, 1)]));

    [Fact]
    public void The_most_in_use_is_what_counting_minute_by_minute_finds()
    {
        var interval = from start in Gen.Choose(0, 40) from length in Gen.Choose(1, 20) select (start, length);
        var uses = from when in interval from count in Gen.Choose(1, 4) select (when.start, when.length, count);
        Prop.ForAll(Arb.From(uses.ListOf()), Arb.From(interval), (all, asked) =>
        {
            var counted = Enumerable.Range(asked.start, asked.length)
                .Max(minute => all.Where(u => u.start <= minute && minute < u.start + u.length).Sum(u => u.count));
            var swept = Minutes(asked.start, asked.length).MaximumOf(all.Select(u => (Minutes(u.start, u.length), u.count)));
            return counted == swept;
        }).QuickCheckThrowOnFailure();

        static Interval Minutes(int start, int length) => new(Nine.AddMinutes(start), Nine.AddMinutes(start + length));
    }

    [Fact]
    public void Two_intervals_overlap_exactly_when_they_share_a_cell_of_their_grain()
    {
        var interval = from start in Gen.Choose(0, 40)
                       from length in Gen.Choose(1, 10)
                       select new Interval(Nine.AddMinutes(15 * start), Nine.AddMinutes(15 * (start + length)));
        Prop.ForAll(Arb.From(interval), Arb.From(interval), (one, other) =>
            one.Overlaps(other) == one.Cells(TimeSpan.FromMinutes(15)).Intersect(other.Cells(TimeSpan.FromMinutes(15))).Any())
            .QuickCheckThrowOnFailure();
    }
}
