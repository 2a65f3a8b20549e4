using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Search;

namespace Metro.Library.Tests.Search;

public sealed class WordBreakerTests
{
    [Theory]
    [InlineData("Al-Qur'an & Tafsirnya", "al quran tafsirnya")]
    [InlineData("Café Größe Łódź Æsop", "cafe grosse lodz aesop")]
    [InlineData("Belajar C# dan C++ (edisi ke-2)", "belajar c# dan c++ edisi ke 2")]
    [InlineData("x+y = z", "x y z")]
    [InlineData("Śāha, Vīrendravikram", "saha virendravikram")]
    [InlineData("बिहानी टुसा", "बिहानी टुसा")]
    [InlineData("كِتَاب", "كتاب")]
    [InlineData("图书馆 2", "图 书 馆 2")]
    [InlineData("📚 !!! --", "")]
    [InlineData("e\u0301tude", "etude")]
    [InlineData("ﬁksi １２", "fiksi 12")]
    public void A_text_is_found_by_its_folded_words(string text, string words) =>
        Assert.Equal(words, string.Join(' ', WordBreaker.Words(text)));

    [Fact]
    public void No_text_makes_it_throw_and_no_word_is_endless()
    {
        var texts = from letters in Gen.Choose(0, 0xFFFF).ListOf() select string.Concat(letters.Select(letter => (char)letter));
        Prop.ForAll(texts.ToArbitrary(), text => WordBreaker.Words(text).TrueForAll(word => word.Length is > 0 and <= WordBreaker.LongestWord))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.Single(WordBreaker.Words(new string('x', 100_000)));
    }
}
