using System.Collections.Frozen;

namespace Metro.Library.Search;

/// <summary>
/// Finds the root of an Indonesian word by stripping confixes, after the order of Nazief and Adriani:
/// particles (-lah, -kah, -tah, -pun), possessives (-ku, -mu, -nya), derivational suffixes (-kan, -an, -i), then
/// up to three prefixes with the letter that a nasal swallowed put back (menulis: tulis). A small list of
/// common roots settles what rules cannot (memasak is masak, memakai is pakai); a word whose root is not in
/// the list is stripped by the rules alone. Not perfect, and it need not be: stems only decide which words
/// of the catalogue are found together, so a wrong stem that is nobody else's does no harm.
/// </summary>
internal static class IndonesianStemmer
{
    private const int ShortestRoot = 4;

    /// <summary>The root of a word in lower case; the word itself when no rule fits.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= ShortestRoot || word.AsSpan().ContainsAnyExceptInRange('a', 'z') || Roots.Contains(word)) return word;

        var ways = WithoutSuffixes(word);
        foreach (var (rest, suffix) in ways)
        {
            if (Roots.Contains(rest)) return rest;
            if (WithoutPrefixes(rest, suffix, depth: 0, previous: "") is { } root) return root;
        }

        foreach (var (rest, suffix) in ways)
        {
            // Masakan is masak-an, but without a root to show it -kan is likelier.
            if (suffix == "an" && rest.EndsWith('k')) continue;
            if (Plausible(rest, suffix) is { } likely) return likely;
        }

        return word;
    }

    /// <summary>Every way to take suffixes off, the fewest first; the word itself leads. With each, the derivational suffix that went.</summary>
    private static List<(string Left, string Suffix)> WithoutSuffixes(string word)
    {
        var bare = new List<string>(4) { word };
        if (Cut(word, "lah", "kah", "tah", "pun") is { } unstressed) bare.Add(unstressed);
        if (Cut(bare[^1], "nya", "ku", "mu") is { } unowned) bare.Add(unowned);

        var ways = new List<(string, string)>(8);
        foreach (var one in bare) ways.Add((one, ""));
        foreach (var one in bare)
        {
            foreach (var suffix in (ReadOnlySpan<string>)["an", "kan", "i"])
                if (Cut(one, suffix) is { } rest) ways.Add((rest, suffix));
        }

        return ways;
    }

    private static string? Cut(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return null;
    }

    /// <summary>A root of the list that up to three prefixes hide; null when there is none.</summary>
    private static string? WithoutPrefixes(string word, string suffix, int depth, string previous)
    {
        if (depth == 3) return null;
        foreach (var (prefix, rest) in PrefixesOf(word))
        {
            if (prefix == previous || Forbidden(prefix, suffix, depth)) continue;
            if (Roots.Contains(rest)) return rest;
            if (WithoutPrefixes(rest, suffix, depth + 1, prefix) is { } deeper) return deeper;
        }

        return null;
    }

    /// <summary>What rules alone make of a word whose root is not in the list; null when they make nothing of it.</summary>
    private static string? Plausible(string word, string suffix)
    {
        var rest = word;
        for (var depth = 0; depth < 2; depth++)
        {
            string? next = null;
            foreach (var (prefix, candidate) in PrefixesOf(rest))
            {
                if (Forbidden(prefix, suffix, depth) || !LooksLikeRoot(candidate)) continue;
                next = candidate;
                break;
            }

            if (next is null) break;
            rest = next;
        }

        // A suffix without a prefix is too often a part of the word (kanan, rapi, hutan): only -nya and particles go by rule alone.
        return rest != word ? rest : suffix.Length == 0 ? null : LooksLikeRoot(word) && word.Length > 5 && suffix != "i" ? word : null;
    }

    /// <summary>Two syllables and a sensible beginning.</summary>
    private static bool LooksLikeRoot(string word)
    {
        if (word.Length < ShortestRoot) return false;
        var vowels = 0;
        foreach (var letter in word) vowels += IsVowel(letter) ? 1 : 0;
        if (vowels < 2) return false;
        return IsVowel(word[0]) || IsVowel(word[1]) || Clusters.Contains(word[..2]);
    }

    /// <summary>The confixes that Indonesian does not have (Nazief and Adriani, table of illegal combinations). Only the outermost prefix counts.</summary>
    private static bool Forbidden(string prefix, string suffix, int depth) => depth == 0 && (prefix, suffix) switch
    {
        ("ber", "i") or ("di", "an") or ("ke", "i") or ("ke", "kan") or ("me", "an") or ("ter", "an") or ("se", "i") or ("se", "kan") => true,
        _ => false,
    };

    /// <summary>Every prefix that a word may begin with, and what is left; the likeliest restoration of a swallowed letter first.</summary>
    private static List<(string Prefix, string Left)> PrefixesOf(string word)
    {
        var found = new List<(string, string)>(4);
        if (word.Length < 5) return found;
        if (word.StartsWith("di", StringComparison.Ordinal)) found.Add(("di", word[2..]));
        if (word.StartsWith("ke", StringComparison.Ordinal)) found.Add(("ke", word[2..]));
        if (word.StartsWith("se", StringComparison.Ordinal)) found.Add(("se", word[2..]));
        if (word.StartsWith("me", StringComparison.Ordinal)) Nasal("me", word[2..], found);
        if (word.StartsWith("pe", StringComparison.Ordinal)) Nasal("pe", word[2..], found);
        if (word.StartsWith("memper", StringComparison.Ordinal)) found.Insert(0, ("me", word[3..]));
        Rolling("ber", "be", word, found);
        Rolling("ter", "te", word, found);
        Rolling("per", "pe", word, found);
        // Belajar and pelajar have an l where others have an r.
        if (word.StartsWith("belajar", StringComparison.Ordinal) || word.StartsWith("pelajar", StringComparison.Ordinal)) found.Insert(0, ("ber", word[3..]));
        return found;
    }

    /// <summary>me- and pe- become mem-, men-, meny-, meng-, menge-; p, t, s and k give way to the nasal.</summary>
    private static void Nasal(string prefix, string rest, List<(string, string)> found)
    {
        if (rest.Length < 3) return;
        if (rest.StartsWith("nge", StringComparison.Ordinal) && rest.Length is > 5 and <= 7) found.Add((prefix, rest[3..]));
        if (rest.StartsWith("ng", StringComparison.Ordinal))
        {
            if (IsVowel(rest[2]))
            {
                found.Add((prefix, rest[2..]));
                found.Add((prefix, "k" + rest[2..]));
            }
            else if (rest[2] is 'g' or 'h' or 'k' or 'q')
            {
                found.Add((prefix, rest[2..]));
            }
        }
        else if (rest.StartsWith("ny", StringComparison.Ordinal))
        {
            found.Add((prefix, "s" + rest[2..]));
            found.Add((prefix, rest));
        }
        else if (rest[0] == 'n')
        {
            if (IsVowel(rest[1]))
            {
                found.Add((prefix, "t" + rest[1..]));
                found.Add((prefix, rest));
            }
            else if (rest[1] is 'c' or 'd' or 'j' or 's' or 't' or 'z')
            {
                found.Add((prefix, rest[1..]));
            }
        }
        else if (rest[0] == 'm')
        {
            if (IsVowel(rest[1]))
            {
                found.Add((prefix, "p" + rest[1..]));
                found.Add((prefix, rest));
            }
            else if (rest[1] is 'b' or 'f' or 'p' or 'v')
            {
                found.Add((prefix, rest[1..]));
            }
        }
        else if (rest[0] is 'l' or 'r' or 'w' or 'y')
        {
            found.Add((prefix, rest));
        }
        else if (prefix == "pe" && !IsVowel(rest[0]))
        {
            found.Add((prefix, rest));
        }
    }

    /// <summary>ber-, ter-, per- lose their r before another r (berenang: renang) and before some roots (bekerja: kerja).</summary>
    private static void Rolling(string prefix, string shortened, string word, List<(string, string)> found)
    {
        if (word.StartsWith(prefix, StringComparison.Ordinal))
        {
            found.Add((prefix, word[3..]));
            found.Add((prefix, word[2..]));
        }
        else if (word.StartsWith(shortened, StringComparison.Ordinal) && word.Length > 5 && !IsVowel(word[2])
            && word.AsSpan(3).StartsWith("er"))
        {
            found.Add((prefix, word[2..]));
        }
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    private static readonly FrozenSet<string> Clusters =
        "bl br dr fl fr gl gr kh kl kr ng ny pl pr sk sl sp st sw sy tr ts".Split(' ').ToFrozenSet();

    /// <summary>Roots that readers of a library meet often, above all those that the rules alone would get wrong.</summary>
    private static readonly FrozenSet<string> Roots = """
        abad acara adat adil agama ahli air ajaib ajar akal akan akar akhir akhlak aktif alam alami alat alih aliran amal aman ambil amuk anak
        analisis aneh angin angka angkat antar anut anyam apa api arah arti asah asal asing asli asuh atas atur awal awan ayah ayam
        baca badan bagi bagus bahagia bahan bahas bahasa baik baju baku balik bambu bangga bangsa bangun bantu baru batas batik batu bawa bawah
        bayang bayar bayi bebas beda bekal bela belah beli benar benda bentang bentuk berani berat beri berita bersih besar besi biasa bicara bijak
        bimbing bina binatang bintang bisa bisnis buah buat buka bukti buku bulan bumi bunga bunuh buruk burung
        cabang cahaya calon campur cantik capai cara cari catat cegah cepat cerah cerai cerdas cerita cermin cetak cinta cipta cita coba cucu cukup
        daerah daftar dagang daging damai dampak dapat dapur darah darat dasar data datang daun daya debat dekat delapan dengan dengar derita desa didik
        dinding diri doa dongeng dorong dosa duduk duka dukung dunia
        edar ekonomi empat emas enak energi erat
        fakta faktor fiksi fisik fungsi
        gadis gagal gagas gajah galeri gambar ganti garis gaul gawai gaya gelap gembira gemar gempa gerak gigi giat goreng guna gunung guru
        habis hadap hadiah hadir hafal hakim hal halal halaman hamil hancur hantu hapus harap harga hari harta hasil hati hayat hemat hewan hias hibur
        hidang hidup hijau hikmah hilang hitung hormat hubung hujan hukum huruf hutan
        ibadah ibu ikan ikat ikhlas iklan iklim ikut ilmu iman impi indah industri informasi ingat ingin inti ipa isi islam istri izin
        jadi jaga jahit jalan jamur janji jantung jarak jaring jasa jatuh jawab jawa jelajah jelas jembatan jenis jiwa jual juang jujur jumlah jumpa jurnal juta
        kaca kaji kaki kalah kali kamar kambing kamus kantor kapal karang karir karya kasih kata kaum kawan kawin kaya kebun kecil kejar keluar keluarga
        kelola kembali kembang kemas kenal kenang keras kerja kering kertas kesan khusus kira kirim kisah kita kitab komik kontrol kopi korban kota kuasa
        kuat kucing kuda kue kuliah kuliner kumpul kunci kuning kurang kursi
        laba laku lahir lain laksana lampung lambang langit langkah lanjut lari laskar latih laut lawan layan layar lebah lebih legenda lelah lengkap lestari letak
        lihat limbah lindung lingkung lingkungan lintas lipat logika lomba luar luas lucu luka lukis lulus lupa
        mahasiswa mahir main maju makam makan makna malam malaikat malas mampu manfaat mandi mandiri manis manusia masa masak masalah masjid masuk masyarakat mata mati
        mawas medis mekar memang mengerti menteri merah merdeka mesin mewarna milik mimpi mati minta minum minyak mitos modal model modern moral motivasi muda mudah
        mula mulia muncul murid musik muslim musuh musim mutu
        nabi nafas nama nanti nasihat nasional nasib negara negeri nelayan nikah nikmat nilai novel nusantara nyala nyata nyanyi nyaman
        obat olah olahraga omong orang organisasi otak otot
        pagi paham pahlawan pajak pakai paket paksa pandai pandang panas panen panjang pantai pantun papan parah pariwisata pasang pasar pasti patuh payung
        pecah pegang pelangi pelihara peluang penting perang perempuan peri periksa perintah perkara pernah pertama pesan pesisir peta piara pikir
        pilih pimpin pindah pinjam pintar pisah pohon pola politik potong praktik praktis presiden produksi proses puasa puisi pukul pulang pulau puluh punya
        pupuk pusaka pusat pustaka putih putri putus
        racik radio ragam rahasia raih raja rajin rakyat ramai ramal rambut ramu rancang rantau rapi rasa rasul rawat raya rebut rekam rela renang rencana
        rendah resep resmi retak riang rias ribu rindu ringan ringkas risalah riset robot roda roh rokok roman ruang rugi rumah rumus rupiah rusak
        sabar sabun sahabat saham saing sakit saksi salah salam sama sambut sampah samudra sampai samping sang sangka santai santun sapa sapi sapu sarana sarang sastra satu
        sawah sawit sayang sayap sayur sebab sebar sebut sedia segar sehat sejarah sekolah selam selamat selesai seluruh semangat sembuh sembah semesta sempurna
        sendiri seni senang senja senjata sepeda sepi sesuai setia sewa siang siap siar sifat sihir sikap siksa silat simpan sinar singkat sisa siswa sistem soal sosial sopan strategi studi
        suami suara suasana suci suka suku sukses sulam suling sumber sungai sunyi surat surga suruh susah susu susul susun
        tabung tahan tahu tahun tajam takut talak tama tamak tamat taman tambah tambang tampil tanah tanam tanda tangan tanggung tangis tani tantang tanya tari tarik taruh tata tawa
        tebak tebal tegak tekan teknik teknologi teladan telepon teliti teman tembak tempat tempuh temu tenaga tenang tenggelam tengah tentang tentara tenun teori
        tepat terampil terang terap terbang terbit terima ternak terus tetap tiada tiba tidur tiga tikus tinggal tinggi tindak tingkat tokoh tolong topeng tradisi
        tua tuan tuhan tugas tuju tujuh tukar tukang tulis tumbuh tumpah tunai tunjuk tuntun tuntut turun tutup tutur
        ubah ucap udara ujar uji ukir ukur ulang ular umat umum umur undang undang unggas unggul unik universitas untung upacara upaya urus usaha usia utama utang utara
        wajah wajib waktu wangi wanita warga waris warna warta warung wayang wilayah wirausaha wisata wujud
        yakin yatim zaman zakat
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
