using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// Another address for an account: the new one confirms it first, the old one is told. Where the library wrote to the old one, it
/// writes to the new one from then on. Not thread-safe: one per request.
/// </summary>
internal sealed class AddressChange(UserManager<Account> accounts, LibraryDbContext library, MemberAccounts members, AccountLinks links, AccountLetters letters)
{
    /// <summary>Writes to the new address. Where it has an account already, its owner is told that, and the page says the same.</summary>
    public async Task AskAsync(Account account, string email, CancellationToken stop)
    {
        if (await accounts.FindByEmailAsync(email) is { } other)
        {
            if (other.Id != account.Id)
                await letters.AlreadyKnownAsync(other.Id, other.Email!, other.DisplayName, other.Language, await links.ToChoosePasswordAsync(other), links.ValidUntil, stop);
            return;
        }

        await letters.ConfirmAddressAsync(account.Id, email, account.DisplayName, account.Language, await links.ToConfirmEmailAsync(account, email), links.ValidUntil, stop);
    }

    /// <summary>Gives the account its new address.</summary>
    /// <returns>False where the link is no good, or somebody else has the address by now.</returns>
    public async Task<bool> ConfirmAsync(Account account, string email, string token, CancellationToken stop)
    {
        var old = account.Email!;
        // The name to sign in with is the address; both change or neither.
        account.UserName = email;
        if (!(await accounts.ChangeEmailAsync(account, email, token)).Succeeded) return false;

        await letters.EmailChangedAsync(account.Id, old, account.DisplayName, account.Language, stop);
        if (account.MemberId is { } memberId && await library.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, stop) is { } member
            && (member.Email is null || string.Equals(member.Email, old, StringComparison.OrdinalIgnoreCase)))
        {
            var details = new MemberDetails(member.Name, member.BirthDate, email, member.Phone, member.Address, member.ContactPerson, member.Npsn);
            await members.UpdateAsync(member.Id, details, Actor.System("address-change"), stop);
        }

        return true;
    }
}
