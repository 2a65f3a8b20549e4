using System.Text;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

/// <summary>Pictures lose what their cameras know about people, and are shown no larger than they need be.</summary>
public sealed class PictureTests
{
    private const string Secret = "RUMAH-SAYA-6.1754S-106.8272E";

    public static TheoryData<string, byte[]> Telling => new()
    {
        { "a.jpg", Jpeg(6) },
        { "a.png", Pictures.RealPng(48, 32, _ => (9, 9, 9), ("eXIf", Pictures.Exif(6, Secret)), ("tEXt", Pictures.Text($"Comment\0{Secret}")), ("zzZz", Pictures.Text(Secret))) },
        { "a.webp", [.. Pictures.RealWebP[..^186], .. Pictures.Exif(1, Secret), .. new byte[186 - 26 - Secret.Length]] },
        { "a.gif", [.. Pictures.RealGif[..^1], 0x21, 0xfe, (byte)Secret.Length, .. Pictures.Text(Secret), 0, 0x3b] },
        { "a.avif", [.. Pictures.RealAvif[..400], .. Pictures.Text(Secret), .. Pictures.RealAvif[(400 + Secret.Length)..]] },
    };

    [Theory, MemberData(nameof(Telling))]
    public async Task Nobody_learns_from_a_picture_where_it_was_taken(string name, byte[] bytes)
    {
        Assert.Contains(Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        await using var office = await OpenAsync();

        var asset = Done(await office.Media.UploadAsync(Author, "", name, new MemoryStream(bytes), Stop));

        var stored = await BytesAsync(office, asset);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.Equal((stored.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stored))), (asset.Size, asset.Hash));
        var again = PictureCopy.Of(MediaFormat.Of(stored)!, stored);
        Assert.Equal(stored, again!.Value.Bytes);
        await using var card = (await office.Sizes.OpenAsync(asset, 320, asCard: true, Stop))?.Bytes;
        Assert.Equal(PictureSizes.AreMade && name != "a.avif", card is not null);
    }

    [Fact]
    public async Task A_picture_on_its_side_stays_upright_without_its_metadata()
    {
        await using var office = await OpenAsync();

        var asset = Done(await office.Media.UploadAsync(Author, "", "a.jpg", new MemoryStream(Jpeg(6)), Stop));

        Assert.Equal((32, 48), (asset.Width, asset.Height));
        var stored = await BytesAsync(office, asset);
        Assert.Equal((6, Pictures.RealJpeg.Length + 36), (PictureCopy.Of(MediaFormat.Jpeg, stored)!.Value.Orientation, stored.Length));
    }

    [Fact]
    public async Task The_scan_of_a_JPEG_stays_byte_for_byte_and_nothing_follows_its_end()
    {
        await using var office = await OpenAsync();

        var asset = Done(await office.Media.UploadAsync(Author, "", "a.jpg", new MemoryStream([.. Jpeg(1), .. Pictures.Text(Secret)]), Stop));

        Assert.Equal(Pictures.RealJpeg, await BytesAsync(office, asset));
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    [InlineData("a.gif")]
    public async Task A_picture_that_ends_in_its_middle_is_refused(string name)
    {
        var bytes = Telling.Single(each => each.Data.Item1 == name).Data.Item2;
        await using var office = await OpenAsync();

        Assert.Equal("media.broken", Refused(await office.Media.UploadAsync(Author, "", name, new MemoryStream(bytes[..60]), Stop)));
    }

    [Fact]
    public async Task A_wide_picture_has_a_narrower_copy_and_a_narrow_one_has_none()
    {
        await using var office = await OpenAsync();
        var wide = Done(await office.Media.UploadAsync(Author, "", "lebar.png", new MemoryStream(Pictures.RealPng(1000, 500, x => ((byte)x, 80, 80))), Stop));
        var narrow = Done(await office.Media.UploadAsync(Author, "", "sempit.png", new MemoryStream(Pictures.RealPng(300, 100, x => ((byte)x, 80, 80))), Stop));

        Assert.Null(await office.Sizes.OpenAsync(narrow, 320, stop: Stop));
        Assert.Null(await office.Sizes.OpenAsync(wide, 641, stop: Stop));
        Assert.Null(await office.Sizes.OpenAsync(wide, 1280, stop: Stop));
        Assert.Null(narrow.SourceSet);
        if (!PictureSizes.AreMade)
        {
            // The portal goes on with the pictures as they are.
            Assert.Null(await office.Sizes.OpenAsync(wide, 640, stop: Stop));
            Assert.Equal((null, "/media/lebar.png"), (wide.SourceSet, wide.AddressAt(640)));
            return;
        }

        Assert.Equal((640, 320), await SizeAsync(await office.Sizes.OpenAsync(wide, 640, stop: Stop)));
        Assert.Equal("/media/lebar.png?w=320 320w, /media/lebar.png?w=640 640w, /media/lebar.png?w=960 960w, /media/lebar.png 1000w", wide.SourceSet);
    }

    [Fact]
    public async Task A_copy_is_upright()
    {
        await using var office = await OpenAsync();
        var asset = Done(await office.Media.UploadAsync(Author, "", "a.jpg", new MemoryStream(Jpeg(8)), Stop));

        // 32 by 48 upright: the largest piece of a card's shape is 32 by 21.
        if (PictureSizes.AreMade) Assert.Equal((32, 21), await SizeAsync(await office.Sizes.OpenAsync(asset, 320, asCard: true, Stop)));
    }

    [Fact]
    public async Task A_card_is_cut_around_the_point_that_stays_in_view()
    {
        await using var office = await OpenAsync();
        var half = Done(await office.Media.UploadAsync(Author, "", "dua.png", new MemoryStream(Pictures.RealPng(1600, 400, x => x < 800 ? ((byte)200, (byte)0, (byte)0) : ((byte)0, (byte)0, (byte)200))), Stop));
        var red = Done(await office.Media.UploadAsync(Author, "", "merah.png", new MemoryStream(Pictures.RealPng(1600, 400, _ => (200, 0, 0))), Stop));
        half = Done(await office.Media.DescribeAsync(Author, half.Path, half.Alt, false, (0, 0.5), Stop));
        if (!PictureSizes.AreMade)
        {
            Assert.Equal("/media/dua.png", half.CardAddressAt(320));
            return;
        }

        var atTheLeft = await BytesAsync(await office.Sizes.OpenAsync(half, 320, asCard: true, Stop));
        Assert.Equal((320, 213), MediaFormat.SizeOf(MediaFormat.WebP, new MemoryStream(atTheLeft)));
        Assert.Equal(await BytesAsync(await office.Sizes.OpenAsync(red, 320, asCard: true, Stop)), atTheLeft);
        half = Done(await office.Media.DescribeAsync(Author, half.Path, half.Alt, false, (1, 0.5), Stop));
        Assert.NotEqual(atTheLeft, await BytesAsync(await office.Sizes.OpenAsync(half, 320, asCard: true, Stop)));
    }

    [Fact]
    public async Task Many_who_ask_at_once_for_a_copy_get_one_that_was_made_whole()
    {
        await using var office = await OpenAsync();
        var asset = Done(await office.Media.UploadAsync(Author, "", "a.png", new MemoryStream(Pictures.RealPng(700, 300, x => ((byte)x, 1, 2))), Stop));
        var sizes = office.Sizes;

        var copies = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await sizes.OpenAsync(asset, 640, stop: Stop) is { } copy ? await BytesAsync(copy) : []));

        Assert.Single(copies.Select(Convert.ToHexString).Distinct());
        Assert.Equal(PictureSizes.AreMade ? 1 : 0, Directory.EnumerateFiles(office.MediaFolder, "*.*", SearchOption.AllDirectories).Count(file => file.Contains("sizes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_decoded_is_tried_once_and_shown_as_it_is()
    {
        await using var office = await OpenAsync();
        var asset = Done(await office.Media.UploadAsync(Author, "", "a.png", new MemoryStream(Pictures.Png(2000, 1000)), Stop));

        Assert.Null(await office.Sizes.OpenAsync(asset, 640, stop: Stop));
        Assert.Null(await office.Sizes.OpenAsync(asset, 640, stop: Stop));
    }

    [Fact]
    public async Task The_copies_of_a_file_go_with_it()
    {
        await using var office = await OpenAsync();
        var asset = Done(await office.Media.UploadAsync(Author, "", "a.png", new MemoryStream(Pictures.RealPng(700, 300, x => ((byte)x, 1, 2))), Stop));
        await ((await office.Sizes.OpenAsync(asset, 640, stop: Stop))?.Bytes.DisposeAsync() ?? ValueTask.CompletedTask);
        Assert.Null(await office.Media.DeleteAsync(Author, asset.Path, Stop));

        office.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await office.Media.SweepAsync(Stop));

        Assert.Empty(Directory.EnumerateFiles(office.MediaFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_picture_is_refused_or_copied_and_never_breaks_the_portal()
    {
        var random = new Random(20_260_101);
        var folder = Directory.CreateTempSubdirectory("metro-pictures-");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "source"), Path.Combine(folder.FullName, "target"));
            foreach (var whole in Telling.Select(each => each.Data.Item2))
            {
                for (var i = 0; i < 500; i++)
                {
                    var damaged = whole.ToArray();
                    for (var changes = random.Next(1, 8); changes > 0; changes--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                    if (random.Next(4) == 0) damaged = damaged[..random.Next(1, damaged.Length)];

                    if (MediaFormat.Of(damaged) is { Kind: MediaKind.Picture } format && PictureCopy.Of(format, damaged) is var (kept, _))
                        Assert.Equal(kept, PictureCopy.Of(format, kept)!.Value.Bytes);
                    if (!PictureSizes.AreMade) continue;

                    // Past our own look at it, straight to the library.
                    File.WriteAllBytes(source, damaged);
                    Vips.Shrink(source, target, 32, i % 2 == 0 ? null : new PictureCrop(1.5, 0.5, 0.5), 1_000_000, Stop);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void No_second_SQLite_comes_into_the_process_with_the_picture_library()
    {
        _ = PictureSizes.AreMade;

        if (OperatingSystem.IsLinux()) Assert.DoesNotContain("libsqlite3.so", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_nobody_waits_for_any_more_ends()
    {
        if (!PictureSizes.AreMade) return;

        var folder = Directory.CreateTempSubdirectory("metro-pictures-");
        try
        {
            var source = Path.Combine(folder.FullName, "source");
            File.WriteAllBytes(source, Pictures.RealPng(400, 400, x => ((byte)x, 1, 2)));

            Assert.False(Vips.Shrink(source, Path.Combine(folder.FullName, "target"), 320, null, 1_000_000, new CancellationToken(canceled: true)));
            Assert.False(Vips.Shrink(source, Path.Combine(folder.FullName, "target"), 320, null, mostPixels: 1_000, CancellationToken.None));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Jpeg(int orientation) =>
    [
        .. Pictures.RealJpeg[..2],
        .. Pictures.JpegSegment(0xe1, [.. "Exif\0\0"u8, .. Pictures.Exif(orientation, Secret)]),
        .. Pictures.JpegSegment(0xe1, Pictures.Text($"http://ns.adobe.com/xap/1.0/\0{Secret}")),
        .. Pictures.JpegSegment(0xed, Pictures.Text($"Photoshop 3.0\0{Secret}")),
        .. Pictures.JpegSegment(0xfe, Pictures.Text(Secret)),
        .. Pictures.RealJpeg[2..],
    ];

    private static async Task<byte[]> BytesAsync(Newsroom office, MediaAsset asset)
    {
        await using var stream = office.Media.Open(asset)!;
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private static async Task<byte[]> BytesAsync(PictureCopyFile? copy)
    {
        await using var stream = Assert.IsType<PictureCopyFile>(copy).Bytes;
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private static async Task<(int, int)?> SizeAsync(PictureCopyFile? copy) => MediaFormat.SizeOf(MediaFormat.WebP, new MemoryStream(await BytesAsync(copy)));
}
