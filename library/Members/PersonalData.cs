using System.Security.Cryptography;
using System.Text;

namespace Metro.Library.Members;

/// <summary>
/// Protects what must not be readable in a stolen database. A boundary: a city may keep its keys in a
/// vault of its own. Implementations are safe for several threads.
/// </summary>
public interface IPersonalDataProtector
{
    /// <summary>An unreadable form, different each time.</summary>
    /// <param name="plain">The text to protect.</param>
    /// <param name="purpose">What it is, such as <c>member.nik</c>; needed again to read it.</param>
    string Protect(string plain, string purpose);

    /// <summary>The text that was protected for the same purpose.</summary>
    /// <exception cref="CryptographicException">Changed, of another purpose, or of a key that is not known.</exception>
    string Unprotect(string cipher, string purpose);

    /// <summary>The same text always gives the same 64 characters, from which it cannot be found: to find duplicates.</summary>
    string Fingerprint(string plain, string purpose);
}

/// <summary>AES-256-GCM with the purpose as associated data; keys are told apart by a short name, so that they can be changed.</summary>
public sealed class AesGcmPersonalDataProtector : IPersonalDataProtector
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);
    private readonly string current;
    private readonly byte[] fingerprintKey;

    /// <summary>Protects with the first key and still reads what the former ones protected.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="formerKeys">32 bytes each; fingerprints stay those of the oldest, which is the last.</param>
    public AesGcmPersonalDataProtector(byte[] key, params IReadOnlyList<byte[]> formerKeys)
    {
        foreach (var one in formerKeys.Prepend(key))
        {
            if (one.Length != 32) throw new ArgumentException($"A key has 32 bytes, not {one.Length}.", nameof(key));
            keys[NameOf(one)] = Derive(one, "encryption");
        }

        current = NameOf(key);
        fingerprintKey = Derive(formerKeys.LastOrDefault() ?? key, "fingerprint");
    }

    /// <summary>With the keys that the settings name; makes the key file where there is none.</summary>
    public static AesGcmPersonalDataProtector FromSettings(MemberSettings settings)
    {
        var key = settings.PersonalDataKey.Length > 0 ? settings.PersonalDataKey : ReadOrMakeKeyFile(settings.PersonalDataKeyFile);
        return new AesGcmPersonalDataProtector(Convert.FromBase64String(key), [.. settings.FormerPersonalDataKeys.Select(Convert.FromBase64String)]);
    }

    /// <inheritdoc />
    public string Protect(string plain, string purpose)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[NonceSize + TagSize + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(keys[current], TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return $"1.{current}.{Convert.ToBase64String(box)}";
    }

    /// <inheritdoc />
    public string Unprotect(string cipher, string purpose)
    {
        var parts = cipher.Split('.');
        if (parts is not ["1", var name, var base64] || !keys.TryGetValue(name, out var key))
            throw new CryptographicException("Protected by a key that is not known here.");

        var box = Convert.FromBase64String(base64);
        if (box.Length < NonceSize + TagSize) throw new CryptographicException("Cut short.");

        var text = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), text, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(text);
    }

    /// <inheritdoc />
    public string Fingerprint(string plain, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(fingerprintKey, Encoding.UTF8.GetBytes($"{purpose}\n{plain}")));

    private static byte[] Derive(byte[] key, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes("metro-portal personal data " + use));

    private static string NameOf(byte[] key) => Convert.ToHexStringLower(Derive(key, "name").AsSpan(0, 4));

    private static string ReadOrMakeKeyFile(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim();

        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(key);
        return key;
    }
}
