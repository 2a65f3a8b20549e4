using System.Security.Cryptography;
using System.Text;

namespace Metro.Content.Editor.Pages.Office.Recipes;

/// <summary>
/// A recipe between its dry run and its import: kept for an hour in a file of this machine, under a name that only its
/// uploader's requests can say.
/// </summary>
internal static class UploadedRecipes
{
    private const string Prefix = "metro-recipe-";

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Keeps the bytes, and sweeps what nobody came back for.</summary>
    /// <returns>By what the same person asks for it again.</returns>
    public static async Task<string> KeepAsync(ContentUser by, Stream bytes, DateTime nowUtc, CancellationToken stop)
    {
        foreach (var old in Directory.EnumerateFiles(Path.GetTempPath(), Prefix + "*"))
            if (File.GetLastWriteTimeUtc(old) < nowUtc - KeptFor) File.Delete(old);

        var token = ContentId.New();
        await using var file = new FileStream(NameOf(by, token), FileMode.CreateNew, FileAccess.Write);
        await bytes.CopyToAsync(file, stop);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, nowUtc);
        return token;
    }

    /// <summary>The bytes; null when they are kept no more, or were somebody else's.</summary>
    public static FileStream? Open(ContentUser by, string? token) =>
        ContentId.IsValid(token) && File.Exists(NameOf(by, token!)) ? File.OpenRead(NameOf(by, token!)) : null;

    /// <summary>Forgets the bytes.</summary>
    public static void Forget(ContentUser by, string token) => File.Delete(NameOf(by, token));

    private static string NameOf(ContentUser by, string token) =>
        Path.Combine(Path.GetTempPath(), Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{by.Id}\n{token}"))));
}
