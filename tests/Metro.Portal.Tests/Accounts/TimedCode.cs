using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Metro.Portal.Tests.Accounts;

/// <summary>What an authenticator app shows (RFC 6238).</summary>
public static class TimedCode
{
    public static string Of(byte[] secret, DateTimeOffset now)
    {
        var counter = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(now.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // The algorithm is that of the apps.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        var number = ((hash[at] & 0x7f) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The bytes of a secret as people read it (RFC 4648).</summary>
    public static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var sign in text)
        {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
