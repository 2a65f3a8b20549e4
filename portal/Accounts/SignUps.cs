using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>What somebody tells who wants an account and a membership.</summary>
/// <param name="Name">The name by which the account is called.</param>
/// <param name="Application">Their own application, whose address by e-mail the account gets.</param>
/// <param name="Child">The application of their child; null for none.</param>
internal sealed record WantedAccount(string Name, MembershipApplication Application, MembershipApplication? Child = null);

/// <summary>
/// Getting an account. Whoever asks learns nothing about others: the page says the same whatever happens, and what happened
/// is told to the owner of the address. There is no password before the address is proved, so nobody can
/// prepare an account for somebody else. Not thread-safe: one per request.
/// </summary>
internal sealed class SignUps(
    UserManager<Account> accounts, Registrations registrations, MemberAccounts members, AccountLinks links, AccountLetters letters, TimeProvider clock)
{
    /// <summary>Takes the applications in and sends a letter. Sending the same once more does nothing but, after a while, write again.</summary>
    /// <param name="wanted">What they told, checked by <see cref="Registrations.Check"/>.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Refusal?> SignUpAsync(WantedAccount wanted, CancellationToken stop)
    {
        if ((registrations.Check(wanted.Application) ?? (wanted.Child is { } child ? registrations.Check(child) : null)) is { } refusal) return refusal;

        var (account, isNew) = await OpenAsync(wanted.Application.Details.Email!.Trim(), wanted.Name.Trim(), wanted.Application.Language);
        // An account that nobody has opened yet and that has no application: the portal was stopped in between.
        if (isNew || (account is { PasswordHash: null, MemberId: null, EmailConfirmed: false } && (await accounts.GetRolesAsync(account)).Count == 0))
        {
            var applied = wanted.Child is { } ward ? await registrations.ApplyWithChildAsync(wanted.Application, ward, stop) : await registrations.ApplyAsync(wanted.Application, stop);
            if (applied.Refusal is { } why) return why;
            account.MemberId = applied.Value;
            await accounts.UpdateAsync(account);
        }

        await WriteAsync(account, stop);
        return null;
    }

    /// <summary>Gives a member an account who has a card already: the letter goes to the address that the library knows, and to no other.</summary>
    public async Task ForCardAsync(string? cardNumber, DateOnly birthDate, CancellationToken stop)
    {
        if (await members.FindForAccountAsync(cardNumber, birthDate, stop) is not { Email: { } email } member) return;

        var memberId = member.Id;
        if (await accounts.Users.FirstOrDefaultAsync(one => one.MemberId == memberId, stop) is { } theirs)
        {
            await WriteAsync(theirs, stop);
            return;
        }

        var (account, isNew) = await OpenAsync(email, member.Name, member.Language);
        if (isNew)
        {
            account.MemberId = memberId;
            await accounts.UpdateAsync(account);
        }

        await WriteAsync(account, stop);
    }

    /// <summary>Links an account with a card: only where the library knows the member by the address that the account has proved.</summary>
    /// <returns>False otherwise; what of it is not so, is not said.</returns>
    public async Task<bool> LinkCardAsync(Account account, string? cardNumber, DateOnly birthDate, CancellationToken stop)
    {
        if (!account.EmailConfirmed || account.MemberId is not null || await members.FindForAccountAsync(cardNumber, birthDate, stop) is not { } member) return false;
        if (!string.Equals(member.Email, account.Email, StringComparison.OrdinalIgnoreCase) || await accounts.Users.AnyAsync(one => one.MemberId == member.Id, stop)) return false;

        account.MemberId = member.Id;
        return (await accounts.UpdateAsync(account)).Succeeded;
    }

    /// <summary>Takes in the application of somebody who has an account and no membership.</summary>
    public async Task<Refusal?> JoinAsync(Account account, MembershipApplication application, CancellationToken stop)
    {
        var applied = await registrations.ApplyAsync(application, stop);
        if (applied.Refusal is { } refusal) return refusal;

        account.MemberId = applied.Value;
        await accounts.UpdateAsync(account);
        return null;
    }

    /// <summary>Sends the link to a new password to the owner of an address, where there is one.</summary>
    public async Task RecoverAsync(string email, CancellationToken stop)
    {
        if (await accounts.FindByEmailAsync(email.Trim()) is not { } account || IsClosed(account)) return;
        if (account.PasswordHash is null && !account.EmailConfirmed) await WriteAsync(account, stop);
        else await letters.RecoverAsync(account.Id, account.Email!, account.DisplayName, account.Language, await links.ToChoosePasswordAsync(account), links.ValidUntil, stop);
    }

    /// <summary>Whether the staff have closed an account; five wrong passwords close it for a quarter of an hour only.</summary>
    public bool IsClosed(Account account) => account.LockoutEnd > clock.GetUtcNow() + TimeSpan.FromDays(1);

    private Task WriteAsync(Account account, CancellationToken stop) => IsClosed(account) ? Task.CompletedTask : LetterAsync(account, stop);

    private async Task LetterAsync(Account account, CancellationToken stop)
    {
        var (link, until) = (await links.ToChoosePasswordAsync(account), links.ValidUntil);
        if (account.EmailConfirmed || account.PasswordHash is not null) await letters.AlreadyKnownAsync(account.Id, account.Email!, account.DisplayName, account.Language, link, until, stop);
        else await letters.WelcomeAsync(account.Id, account.Email!, account.DisplayName, account.Language, link, until, stop);
    }

    /// <summary>The account of an address; made where there is none. Of two who ask at once, one makes it.</summary>
    private async Task<(Account Account, bool IsNew)> OpenAsync(string email, string name, string language)
    {
        if (await accounts.FindByEmailAsync(email) is { } known) return (known, false);

        var account = new Account { UserName = email, Email = email, DisplayName = name.Length > Account.NameLimit ? name[..Account.NameLimit] : name, Language = language, CreatedUtc = clock.GetUtcNow().UtcDateTime };
        try
        {
            if ((await accounts.CreateAsync(account)).Succeeded) return (account, true);
        }
        catch (DbUpdateException)
        {
            // The other one was faster by less than the check beforehand sees.
        }

        return await accounts.FindByEmailAsync(email) is { } theirs
            ? (theirs, false)
            : throw new InvalidOperationException("An account could neither be made nor found.");
    }
}
