using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Search;

namespace Metro.Library.Tests.Search;

public sealed class StemmerTests
{
    [Theory]
    [InlineData("pinjam", "meminjam meminjamkan dipinjam dipinjamkan peminjaman peminjam pinjaman pinjamlah meminjaminya terpinjam")]
    [InlineData("baca", "membaca dibaca bacaan pembaca pembacaan bacalah membacakan terbaca")]
    [InlineData("tulis", "menulis ditulis tulisan penulis penulisan tertulis menuliskan")]
    [InlineData("ajar", "belajar pelajar pelajaran mengajar pengajar pembelajaran ajaran mengajarkan diajarkan")]
    [InlineData("didik", "mendidik pendidikan pendidik dididik berpendidikan")]
    [InlineData("kirim", "mengirim mengirimkan dikirim kiriman pengiriman")]
    [InlineData("ambil", "mengambil diambil pengambilan ambilkan")]
    [InlineData("masak", "memasak dimasak masakan memasakkan")]
    [InlineData("pakai", "memakai dipakai pakaian pemakaian pemakai")]
    [InlineData("sejarah", "sejarahnya bersejarah kesejarahan")]
    [InlineData("perempuan", "perempuannya keperempuanan")]
    [InlineData("tani", "petani pertanian bertani")]
    [InlineData("pustaka", "perpustakaan kepustakaan pustakanya")]
    [InlineData("sapu", "menyapu disapu menyapukan")]
    [InlineData("nyanyi", "menyanyi bernyanyi nyanyian penyanyi menyanyikan")]
    [InlineData("kerja", "bekerja pekerja pekerjaan mengerjakan dikerjakan")]
    [InlineData("renang", "berenang perenang")]
    [InlineData("juang", "perjuangan memperjuangkan berjuang pejuang")]
    [InlineData("merdeka", "kemerdekaan memerdekakan")]
    [InlineData("adil", "keadilan mengadili pengadilan")]
    [InlineData("ibu", "ibunya ibuku keibuan")]
    [InlineData("buku", "bukunya bukuku bukulah")]
    public void Every_form_of_an_Indonesian_word_has_its_root(string root, string forms)
    {
        foreach (var form in forms.Split(' ')) Assert.Equal((form, root), (form, WordStem.Of(form)));
        Assert.Equal(root, WordStem.Of(root));
    }

    [Theory]
    [InlineData("library", "libraries")]
    [InlineData("story", "stories")]
    [InlineData("learn", "learning learned")]
    [InlineData("run", "running")]
    [InlineData("book", "books")]
    [InlineData("class", "classes")]
    public void English_plurals_and_verbs_are_found_together(string stem, string forms)
    {
        foreach (var form in forms.Split(' ')) Assert.Equal(stem, WordStem.Of(form));
    }

    [Theory]
    [InlineData("buku")]
    [InlineData("ibu")]
    [InlineData("kamu")]
    [InlineData("hutan")]
    [InlineData("rapi")]
    [InlineData("dia")]
    [InlineData("2026")]
    [InlineData("बिहानी")]
    public void A_word_that_only_looks_as_if_it_had_an_affix_stays(string word) => Assert.Equal(word, WordStem.Of(word));

    [Fact]
    public void A_stem_is_its_own_stem_and_no_word_makes_stemming_throw()
    {
        var words = from parts in Gen.Elements("mem", "men", "meng", "meny", "pe", "per", "ber", "ter", "di", "ke", "se", "a", "i", "u", "kan", "an", "nya", "lah", "s", "k", "t", "ng", "x").NonEmptyListOf()
                    select string.Concat(parts.Take(8));
        Prop.ForAll(words.ToArbitrary(), word => WordStem.Of(WordStem.Of(word)) == WordStem.Of(word)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
