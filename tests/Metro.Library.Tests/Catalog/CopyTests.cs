using Metro.Library.Catalog;

namespace Metro.Library.Tests.Catalog;

public sealed class CopyTests
{
    private static readonly DateTime Now = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_new_copy_is_in_process_until_it_is_shelved()
    {
        var copy = Copy.Create(1, new("b-001 ", 1), Now).Value;

        Assert.Equal(CopyStatus.InProcess, copy.Status);
        Assert.Equal("B-001", copy.Barcode);
        Assert.Equal("catalog.not_here", copy.Lend(Now)?.Code);

        Assert.Null(copy.Shelve(2, Now));
        Assert.True(copy.IsFree);
        Assert.Equal((1, 2), (copy.OwnerBranchId, copy.CurrentBranchId));
    }

    [Fact]
    public void A_copy_on_loan_is_not_lent_again_nor_mended_nor_withdrawn()
    {
        var copy = OnTheShelf();
        Assert.Null(copy.Lend(Now));

        Assert.Equal("catalog.not_here", copy.Lend(Now)?.Code);
        Assert.Equal("catalog.on_loan", copy.SendToRepair(Now)?.Code);
        Assert.Equal("catalog.on_loan", copy.ReportMissing(Now)?.Code);
        Assert.Equal("catalog.on_loan", copy.Withdraw(Now)?.Code);
        Assert.Equal(CopyStatus.OnLoan, copy.Status);
        Assert.False(copy.IsFree);
    }

    [Fact]
    public void A_copy_in_transit_knows_where_it_goes_and_arrives_once()
    {
        var copy = OnTheShelf();

        Assert.Null(copy.SendTo(3, Now));
        Assert.Equal((CopyStatus.InTransit, 1L, 3L), (copy.Status, copy.CurrentBranchId, copy.DestinationBranchId));

        Assert.Null(copy.KeepForHold(3, Now));
        Assert.Equal((CopyStatus.OnHoldShelf, 3L, (long?)null), (copy.Status, copy.CurrentBranchId, copy.DestinationBranchId));
    }

    [Fact]
    public void A_copy_for_reference_is_never_lent()
    {
        var copy = Copy.Create(1, new("R1", 1) { ForReferenceOnly = true }, Now).Value;
        Assert.Null(copy.Shelve(1, Now));

        Assert.Equal("catalog.for_reference_only", copy.Lend(Now)?.Code);
        Assert.Equal("catalog.for_reference_only", copy.KeepForHold(1, Now)?.Code);
        Assert.False(copy.IsFree);
    }

    [Fact]
    public void A_withdrawn_copy_stays_withdrawn()
    {
        var copy = OnTheShelf();
        Assert.Null(copy.Withdraw(Now));

        Refusal?[] answers = [copy.Shelve(1, Now), copy.KeepForHold(1, Now), copy.SendTo(2, Now), copy.ReportLost(Now), copy.SendToRepair(Now)];

        Assert.All(answers, answer => Assert.Equal("catalog.copy_withdrawn", answer?.Code));
        Assert.Equal("catalog.not_here", copy.Lend(Now)?.Code);
    }

    [Fact]
    public void A_lost_copy_that_is_found_stands_on_the_shelf_again()
    {
        var copy = OnTheShelf();
        Assert.Null(copy.Lend(Now));
        Assert.Null(copy.ReportLost(Now));
        Assert.Null(copy.Shelve(1, Now));
        Assert.True(copy.IsFree);
    }

    public static TheoryData<string, CopyDescription> Bad => new()
    {
        { "input.missing", new("", 1) },
        { "catalog.not_a_barcode", new("12 34", 1) },
        { "catalog.not_a_barcode", new("ABC🎈", 1) },
        { "input.too_long", new(new string('1', 41), 1) },
        { "input.number_out_of_range", new("1", 1) { Price = -1 } },
        { "input.date_out_of_range", new("1", 1) { AcquiredOn = new DateOnly(1066, 10, 14) } },
        { "input.too_long", new("1", 1) { Note = new string('x', 10 << 20) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_copy_is_refused_with_a_reason(string code, CopyDescription description) =>
        Assert.Equal(code, Copy.Create(1, description, Now).Refusal?.Code);

    private static Copy OnTheShelf()
    {
        var copy = Copy.Create(1, new("B1", 1), Now).Value;
        Assert.Null(copy.Shelve(1, Now));
        return copy;
    }
}
