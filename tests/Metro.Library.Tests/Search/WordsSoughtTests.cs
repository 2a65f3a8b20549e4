using Metro.Library.Search;

namespace Metro.Library.Tests.Search;

public sealed class WordsSoughtTests
{
    [Theory]
    [InlineData("studio", "Studio rekaman", true)]
    [InlineData("rekam studio", "Studio Rekaman", true)]
    [InlineData("perekaman", "Studio rekaman", true)]
    [InlineData("cafe", "Café buku", true)]
    [InlineData("studio tari", "Studio rekaman", false)]
    [InlineData("udio", "Studio rekaman", false)]
    [InlineData("", "Studio rekaman", false)]
    [InlineData("\"'!", "Studio rekaman", false)]
    [InlineData("studio", null, false)]
    public void A_short_text_is_found_by_all_of_its_words_as_in_the_catalogue(string sought, string? text, bool found) =>
        Assert.Equal(found, WordsSought.Of(sought).AreIn(text));
}
