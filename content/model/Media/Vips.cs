using System.Runtime.InteropServices;

namespace Metro.Content;

/// <summary>
/// The few functions of libvips that make a picture smaller, where the machine has the library (Debian: libvips42). Only
/// pointers and integers are passed for optional arguments, so that each call is the same for a function with a fixed list.
/// Safe for several threads.
/// </summary>
internal static class Vips
{
    private const string Library = "libvips.so.42";
    private const string Objects = "libgobject-2.0.so.0";

    private static readonly Lazy<bool> Ready = new(Start);

    /// <summary>Whether pictures can be made smaller on this machine.</summary>
    public static bool IsThere => Ready.Value;

    /// <summary>
    /// Writes a picture as WebP, upright, without metadata, at most that wide and never enlarged. Blocking.
    /// </summary>
    /// <param name="source">The file; what it is is seen from its bytes.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="width">The most pixels across.</param>
    /// <param name="crop">The part of the picture's shape that is kept; null for all of it.</param>
    /// <param name="mostPixels">What has more pixels is left alone, whatever its header promised elsewhere.</param>
    /// <param name="stop">Stops the work.</param>
    /// <returns>Whether it was done; what is broken is not.</returns>
    public static bool Shrink(string source, string target, int width, PictureCrop? crop, long mostPixels, CancellationToken stop)
    {
        nint header = 0, small = 0, cut = 0;
        try
        {
            if (vips_image_new_from_file(source, "access", 1, 0) is var opened && opened == 0) return false;
            header = opened;
            if ((long)vips_image_get_width(header) * vips_image_get_height(header) > mostPixels) return false;

            // A crop needs the whole height, so the picture is scaled to where the narrower side still fills it.
            var across = crop is null ? width : CoveringWidth(header, width, (int)Math.Ceiling(width / crop.Ratio));
            if (vips_thumbnail(source, out small, across, "height", 10_000_000, "size", 2, "fail-on", 2, "export-profile", "srgb", 0) != 0) return false;

            var image = small;
            if (crop is not null)
            {
                // A picture smaller than the card gives the largest piece of its shape.
                var (w, h) = (vips_image_get_width(small), vips_image_get_height(small));
                var (cutWidth, cutHeight) = (width, (int)Math.Round(width / crop.Ratio));
                var share = Math.Min(1, Math.Min((double)w / cutWidth, (double)h / cutHeight));
                (cutWidth, cutHeight) = (Math.Max(1, (int)(cutWidth * share)), Math.Max(1, (int)(cutHeight * share)));
                var left = Math.Clamp((int)((crop.X * w) - (cutWidth / 2.0)), 0, w - cutWidth);
                var top = Math.Clamp((int)((crop.Y * h) - (cutHeight / 2.0)), 0, h - cutHeight);
                if (vips_extract_area(small, out cut, left, top, cutWidth, cutHeight, 0) != 0) return false;
                image = cut;
            }

            var ended = image;
            using var ending = stop.Register(() => vips_image_set_kill(ended, 1));
            return vips_webpsave(image, target, "Q", 80, "strip", 1, 0) == 0 && !stop.IsCancellationRequested;
        }
        finally
        {
            foreach (var one in (nint[])[cut, small, header]) if (one != 0) g_object_unref(one);
            vips_error_clear();
        }
    }

    /// <summary>The width to which a picture is scaled so that it covers a box; one on its side has its sides swapped.</summary>
    private static int CoveringWidth(nint header, int width, int height)
    {
        var (w, h) = ((double)vips_image_get_width(header), (double)vips_image_get_height(header));
        if (vips_image_get_orientation_swap(header) != 0) (w, h) = (h, w);
        return Math.Max(width, (int)Math.Ceiling(w * height / h));
    }

    private static bool Start()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Library, out _) || !NativeLibrary.TryLoad(Objects, out _)) return false;

        try
        {
            // What is wrong with a picture is the answer of the call; it is not also written to the portal's log.
            if (setenv("VIPS_WARNING", "0", 1) != 0) return false;

            // Its further formats are modules, looked for below this folder. None may come: one of them brings the system's
            // SQLite along for all to see, and our own, bound as it is used, would then be half the one and half the other.
            if (setenv("VIPSHOME", "/nonexistent", 1) != 0 || vips_init("metro-portal") != 0) return false;

            // Formats that run code or are read by little-tested code stay shut (libvips 8.13 and later), and with them the
            // decoders of AVIF where they are built in, whose faults are found to this day.
            vips_block_untrusted_set(1);
            vips_operation_block_set("VipsForeignLoadHeif", 1);
            vips_concurrency_set(1);
            vips_cache_set_max(0);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", CharSet = CharSet.Ansi), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setenv([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_init([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_block_untrusted_set(int state);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_operation_block_set([MarshalAs(UnmanagedType.LPUTF8Str)] string operation, int state);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_concurrency_set(int threads);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_cache_set_max(int operations);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint vips_image_new_from_file(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string access, nint sequential, nint end);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_image_get_width(nint image);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_image_get_height(nint image);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_image_get_orientation_swap(nint image);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_thumbnail(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string file, out nint made, int width,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string height, nint most, [MarshalAs(UnmanagedType.LPUTF8Str)] string size, nint onlyDown,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string failOn, nint errors,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string profile, [MarshalAs(UnmanagedType.LPUTF8Str)] string profileName, nint end);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_extract_area(nint image, out nint made, int left, int top, int width, int height, nint end);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int vips_webpsave(
        nint image, [MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string quality, nint hundredths,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string strip, nint yes, nint end);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_image_set_kill(nint image, int kill);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void vips_error_clear();

    [DllImport(Objects), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void g_object_unref(nint made);
}

/// <summary>A shape into which a picture is cut, around the point that stays in view.</summary>
/// <param name="Ratio">Its width divided by its height.</param>
/// <param name="X">The point, 0 to 1 from the left.</param>
/// <param name="Y">The point, 0 to 1 from the top.</param>
internal sealed record PictureCrop(double Ratio, double X, double Y);
