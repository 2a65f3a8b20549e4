using System.Globalization;
using System.Security.Claims;
using Metro.Data;
using Metro.Portal.Accounts;
using Metro.Portal.Accounts.Tokens;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Accounts.Tokens;

/// <summary>A person's tokens for the API: made, shown once, looked over, revoked.</summary>
internal sealed class TokensModel(AccountsDbContext db, TimeProvider clock) : AccountPage
{
    /// <summary>For how many days a token can be good.</summary>
    public static readonly IReadOnlyList<int> Terms = [30, 90, 365];

    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public IReadOnlyList<string> Scopes { get; set; } = [];

    [BindProperty]
    public int Days { get; set; } = 90;

    /// <summary>The name and the secret of the token that was just made; kept, encrypted, until the next page has shown it.</summary>
    [TempData]
    public string? MadeName { get; set; }

    /// <inheritdoc cref="MadeName"/>
    [TempData]
    public string? MadeSecret { get; set; }

    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    /// <summary>What is wrong with the form, by field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; private set; } = new Dictionary<string, string>();

    /// <summary>The scopes that the person can give: what one may not do oneself, no token of one's own may.</summary>
    public IEnumerable<string> OfferedScopes => ApiScopes.All.Where(scope => ApiScopes.IsFor(scope, User));

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    private long AccountId => long.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var (name, scopes) = (Name.Trim(), Scopes.Intersect(OfferedScopes).ToList());
        var faults = new Dictionary<string, string>();
        if (name.Length is 0 or > ApiToken.NameLimit) faults["Name"] = TokenText.Get("Fault.Name", ApiToken.NameLimit);
        if (scopes.Count == 0) faults["Scopes"] = TokenText.Get("Fault.Scopes");
        if (faults.Count == 0)
        {
            var (token, secret) = ApiToken.Create(AccountId, name, scopes, Now, Terms.Contains(Days) ? Days : Terms[0]);
            if (await KeepAsync(token, stop))
            {
                (MadeName, MadeSecret) = (name, secret);
                return Redirect(Url.Content("~/account/tokens"));
            }

            faults["Name"] = TokenText.Get("Fault.Many", ApiToken.MostOfAccount);
        }

        Faults = faults;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long token, CancellationToken stop)
    {
        var accountId = AccountId;
        await db.WriteAsync(async inner =>
        {
            if (await db.ApiTokens.SingleOrDefaultAsync(one => one.Id == token && one.AccountId == accountId, inner) is not { } revoked) return;
            db.Remove(revoked);
            await db.SaveChangesAsync(inner);
        }, stop);
        return Tell(TokenText.Get("Revoked"), "/account/tokens");
    }

    private Task<bool> KeepAsync(ApiToken token, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        if (await db.ApiTokens.CountAsync(one => one.AccountId == token.AccountId, inner) >= ApiToken.MostOfAccount) return false;
        db.Add(token);
        await db.SaveChangesAsync(inner);
        return true;
    }, stop);

    private async Task LoadAsync(CancellationToken stop)
    {
        var accountId = AccountId;
        Tokens = await db.ApiTokens.AsNoTracking().Where(token => token.AccountId == accountId).OrderByDescending(token => token.Id)
            .Take(ApiToken.MostOfAccount).ToListAsync(stop);
    }
}
