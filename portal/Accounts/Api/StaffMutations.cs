#pragma warning disable CS1573 // What the engine hands over is no argument of the API; only those are described.
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Cost;
using Metro.Library;
using Metro.Library.Input;
using Metro.Portal.Pages.Admin.Accounts;
using Metro.Portal.Schema;
using Metro.Portal.Schema.Callers;

namespace Metro.Portal.Accounts.Api;

/// <summary>What somebody who works with the portal may do.</summary>
internal enum StaffRole
{
    /// <summary>Everything, accounts and settings included.</summary>
    Administrator,

    /// <summary>Writes and publishes all content.</summary>
    Editor,

    /// <summary>Writes, copies and deletes own content; an editor publishes it.</summary>
    Author,

    /// <summary>Writes own content; an editor publishes it.</summary>
    Contributor,

    /// <summary>Serves the desk: loans, members, programs, visits, spaces.</summary>
    Librarian,
}

/// <summary>The accounts of the portal, as administrators see them.</summary>
[QueryType]
[Authorize(Permissions.SeeToAccounts)]
internal static class StaffQueries
{
    /// <summary>Accounts by name, thirty at a time. For administrators.</summary>
    /// <param name="search">The beginning or a part of the name or address; all unless told otherwise.</param>
    /// <param name="role">Only those who hold this role.</param>
    /// <param name="page">Which thirty, counted from 1.</param>
    [ListSize(AssumedSize = StaffAccounts.PageSize, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<ListedAccount>?> GetAccountsAsync(StaffAccounts accounts, CancellationToken stop, string search = "", StaffRole? role = null, int page = 1) =>
        (await accounts.FindAsync(new AccountQuery(search, role?.ToString(), page), stop)).Accounts;
}

/// <summary>What the API tells of an account.</summary>
[ObjectType<ListedAccount>]
[Authorize(Permissions.SeeToAccounts)]
internal static class StaffAccountFields
{
    internal static void Describe(ObjectTypeDescriptor<ListedAccount> account)
    {
        account.Name("Account").BindFieldsExplicitly().Description("With what somebody signs in.");
        account.Field(one => one.Name).Description("The name that others see.");
        account.Field(one => one.Email).Description("The address with which they sign in.");
        account.Field(one => one.HasSecondStep).Description("Whether they sign in with a second step.");
        account.Field(one => one.IsClosed).Description("Whether it is shut out.");
        account.Field(one => one.IsOpened).Description("Whether they have chosen a password: an invitation has been answered.");
        account.Field(one => one.CreatedUtc).Name("createdAt").Description("When it was made.");
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<ListedAccount>]
    public static long Id([Parent] ListedAccount account) => account.Id;

    /// <summary>What they may do beside what every account may.</summary>
    public static IReadOnlyList<StaffRole> Roles([Parent] ListedAccount account) => [.. account.Roles.Select(Enum.Parse<StaffRole>)];
}

/// <summary>
/// What administrators do about accounts. Another administrator is made at the office's page alone, and a second step is taken away
/// there: whoever gets hold of a token must not be able to outlive it.
/// </summary>
[MutationType]
[Authorize(Permissions.SeeToAccounts)]
internal static class StaffMutations
{
    /// <summary>Makes an account for somebody who is to work with the portal, and writes to them how to open it.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="email">Their address.</param>
    /// <param name="roles">What they may do; at least one. Administrators are made in the browser alone.</param>
    /// <param name="language">The language of the letter.</param>
    public static async Task<FieldResult<ListedAccount, RefusalError>> InviteColleagueAsync(
        string name, string email, IReadOnlyList<StaffRole> roles, StaffAccounts accounts, Acting acting, CancellationToken stop, Language language = Language.Id)
    {
        if ((InputText.CheckName(name, "name", Account.NameLimit) ?? InputText.CheckEmail(email.Trim())) is { } unusable)
            return new RefusalError(unusable.Code, unusable.Explain(System.Globalization.CultureInfo.CurrentUICulture));
        if (roles.Contains(StaffRole.Administrator)) return NotByProgram;

        var (id, refusal) = await accounts.InviteAsync(email.Trim(), name.Trim(), language == Language.En ? "en" : "id", [.. roles.Select(role => role.ToString())], await acting.AsStaffAsync(stop), stop);
        return refusal is { } no ? Error(no) : (await accounts.FindAsync(id!.Value, stop))!;
    }

    /// <summary>Writes once more to somebody who has not opened their account yet.</summary>
    /// <param name="account">The account.</param>
    public static Task<FieldResult<ListedAccount, RefusalError>> InviteAgainAsync([ID<ListedAccount>] long account, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        ActAsync(account, _ => accounts.InviteAgainAsync(account, stop), accounts, acting, stop);

    /// <summary>Gives and takes roles; the account's sessions end, so that they are what it may do from now on.</summary>
    /// <param name="account">The account.</param>
    /// <param name="roles">All that they hold from now on. Administrators are made in the browser alone.</param>
    public static async Task<FieldResult<ListedAccount, RefusalError>> SetRolesAsync(
        [ID<ListedAccount>] long account, IReadOnlyList<StaffRole> roles, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        roles.Contains(StaffRole.Administrator) && await accounts.FindAsync(account, stop) is { } held && !held.Roles.Contains(Role.Administrator)
            ? NotByProgram
            : await ActAsync(account, by => accounts.SetRolesAsync(account, [.. roles.Select(role => role.ToString())], by, stop), accounts, acting, stop);

    /// <summary>Shuts an account out until somebody opens it again. Nobody closes their own.</summary>
    /// <param name="account">The account.</param>
    public static Task<FieldResult<ListedAccount, RefusalError>> CloseAccountAsync([ID<ListedAccount>] long account, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        ActAsync(account, by => accounts.CloseAsync(account, by, stop), accounts, acting, stop);

    /// <summary>Opens an account again, also one that wrong passwords have closed for a while.</summary>
    /// <param name="account">The account.</param>
    public static Task<FieldResult<ListedAccount, RefusalError>> OpenAccountAsync([ID<ListedAccount>] long account, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        ActAsync(account, by => accounts.OpenAsync(account, by, stop), accounts, acting, stop);

    /// <summary>Ends an account's sessions on all devices.</summary>
    /// <param name="account">The account.</param>
    public static Task<FieldResult<ListedAccount, RefusalError>> SignAccountOutAsync([ID<ListedAccount>] long account, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        ActAsync(account, by => accounts.SignOutAsync(account, by, stop), accounts, acting, stop);

    private static async Task<FieldResult<ListedAccount, RefusalError>> ActAsync(
        long id, Func<Actor, Task<AccountRefusal?>> act, StaffAccounts accounts, Acting acting, CancellationToken stop) =>
        await act(await acting.AsStaffAsync(stop)) is { } refusal ? Error(refusal) : (await accounts.FindAsync(id, stop))!;

    private static RefusalError NotByProgram => new("accounts.administrator_in_browser", AccountsText.Get("Refusal.AdministratorInBrowser"));

    private static RefusalError Error(AccountRefusal refusal) => new(
        refusal switch
        {
            AccountRefusal.Unknown => "accounts.unknown",
            AccountRefusal.LastAdministrator => "accounts.last_administrator",
            AccountRefusal.Oneself => "accounts.oneself",
            AccountRefusal.AddressKnown => "accounts.address_known",
            AccountRefusal.NoRole => "accounts.no_role",
            AccountRefusal.AlreadyOpened => "accounts.already_opened",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
        },
        AccountsText.Get($"Refusal.{refusal}"));
}
