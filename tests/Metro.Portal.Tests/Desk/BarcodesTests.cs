using Metro.Portal.Web;

namespace Metro.Portal.Tests.Desk;

public sealed class BarcodesTests
{
    [Fact]
    public void Letters_go_sign_by_sign_with_their_check_sign() =>
        // "Wikipedia" is worked through in the article about Code 128; its check sign is 88.
        Assert.Equal([104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106], Barcodes.SignsOf("Wikipedia"));

    [Fact]
    public void The_digits_of_a_card_go_two_to_a_sign() =>
        Assert.Equal([105, 21, 87, 20, 0, 0, 4, 24], Barcodes.SignsOf("21872000000424").Take(8));

    [Fact]
    public void Digits_after_letters_change_the_set_once() =>
        Assert.Equal([104, 45, 52, 50, 99, 0, 0, 1], Barcodes.SignsOf("MTR000001").Take(8));

    [Theory]
    [InlineData(""), InlineData("é")]
    public void What_a_scanner_cannot_read_is_not_drawn(string text) => Assert.Throws<ArgumentException>(() => Barcodes.SignsOf(text));
}
