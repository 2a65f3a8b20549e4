using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>
/// Refuses what is tried first: a password made of the person's own name or address, or one that thousands use (OWASP ASVS 5, 6.2.4
/// and 6.2.11). Shorter ones are refused by their length. Safe for several threads.
/// </summary>
internal sealed class GuessablePasswords : IPasswordValidator<Account>
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "PasswordGuessable";

    private const int ShortestPart = 4;

    private static readonly string[] Common =
    [
        "1234567890", "0987654321", "password", "kata sandi", "katasandi", "qwertyuiop", "asdfghjkl", "perpustakaan", "indonesia", "bismillah", "sayangku", "iloveyou",
        "lampung", "kotametro", "rahasia", "administrator", "letmein", "welcome", "library", "abcdefghij",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var left = password ?? "";
        foreach (var word in Common.Concat(OwnWords(user))) left = left.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        // What remains once the guessable is taken out must still be something to guess.
        return Task.FromResult(left.Count(char.IsLetter) >= ShortestPart || left.Length >= 8 || left.Length == password?.Length
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = Code, Description = PortalText.Get("Password.Guessable") }));
    }

    private static IEnumerable<string> OwnWords(Account account) =>
        $"{account.Email?.Split('@')[0]} {account.DisplayName}".Split([' ', '.', '_', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => word.Length >= ShortestPart);
}
