using Metro.Library.Catalog;

namespace Metro.Library.Tests.Catalog;

public sealed class IsbnTests
{
    [Theory]
    [InlineData("979-3062-79-7", "9789793062792")]
    [InlineData("9789793062792", "9789793062792")]
    [InlineData("978-979-3062-79-2", "9789793062792")]
    [InlineData("ISBN-13: 978 979 3062 79 2", "9789793062792")]
    [InlineData("080442957X", "9780804429573")]
    [InlineData("0-8044-2957-x (pbk.) : Rp45.000", "9780804429573")]
    [InlineData("9791090636071", "9791090636071")]
    public void An_ISBN_is_known_by_its_thirteen_digits_however_it_is_written(string written, string digits)
    {
        Assert.True(Isbn.TryParse(written, out var isbn));
        Assert.Equal(digits, isbn.Digits);
    }

    [Theory]
    [InlineData("9789793062793")]
    [InlineData("0804429570")]
    [InlineData("123")]
    [InlineData("97897930627921")]
    [InlineData("9779793062792")]
    [InlineData("X804429570")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Rp45.000")]
    public void A_number_with_a_wrong_check_digit_or_length_is_not_an_ISBN(string? written) =>
        Assert.False(Isbn.TryParse(written, out _));

    [Fact]
    public void An_older_book_keeps_its_ten_digits_and_a_979_number_has_none()
    {
        Assert.True(Isbn.TryParse("9780804429573", out var old));
        Assert.Equal("080442957X", old.Isbn10());
        Assert.True(Isbn.TryParse("9791090636071", out var french));
        Assert.Null(french.Isbn10());
    }

    [Fact]
    public void An_ISSN_is_checked_and_written_with_its_hyphen()
    {
        Assert.True(Issn.TryParse("ISSN 03178471", out var issn));
        Assert.Equal("0317-8471", issn.Value);
        Assert.False(Issn.TryParse("0317-8472", out _));
        Assert.True(Issn.TryParse("2434-561x", out _));
    }
}
