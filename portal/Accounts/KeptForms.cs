using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Metro.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>What was sent, as it is presented again.</summary>
/// <param name="Target">Where it was sent, from the site's root.</param>
/// <param name="Fields">Its fields in order, antiforgery tokens left out.</param>
/// <param name="HadFiles">Whether files came along; those are not kept.</param>
internal sealed record SentForm(string Target, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles);

/// <summary>
/// Nobody loses what they typed because their session ended meanwhile: any form of the site that is sent without a
/// session is kept for an hour, protected, and presented again to the same account after sign-in, to be sent on with
/// one click. It needs no script and nothing of the page that has the form.
/// </summary>
/// <remarks>
/// Kept is only what a browser navigated from a page of this site (its Origin says so, and no other site can), that
/// bears the mark of an account that was signed in there before, and that has no password in it: so strangers can
/// neither fill the table, which has one row for each account, nor put words into somebody's mouth.
/// </remarks>
internal sealed class KeptForms(AccountsDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Where a kept form is presented again.</summary>
    public const string Address = "/account/kept-form";

    private const string Mark = "metro-last";
    private const long MostBytes = 2 * 1_048_576;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly IDataProtector seal = protection.CreateProtector("Metro.Portal.KeptForms");

    /// <summary>Marks the browser with the account that signs in, and takes the mark away with the session.</summary>
    public static void Follow(CookieAuthenticationEvents events)
    {
        var usual = events.OnRedirectToLogin;
        events.OnSigningIn = signingIn =>
        {
            Of(signingIn.HttpContext).MarkBrowser(signingIn.HttpContext, signingIn.Principal);
            return Task.CompletedTask;
        };
        events.OnSigningOut = signingOut =>
        {
            signingOut.Response.Cookies.Delete(Mark);
            return Task.CompletedTask;
        };
        events.OnRedirectToLogin = async challenge =>
        {
            if (!await Of(challenge.HttpContext).KeepAsync(challenge.Request, challenge.HttpContext.RequestAborted))
            {
                await usual(challenge);
                return;
            }

            var back = Uri.EscapeDataString(challenge.Request.PathBase + Address);
            challenge.Response.Redirect($"{challenge.Request.PathBase}{challenge.Options.LoginPath}?{challenge.Options.ReturnUrlParameter}={back}");
        };
    }

    /// <summary>The form that waits for that account; null when none does.</summary>
    public async Task<SentForm?> FindAsync(long accountId, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.KeptForms.AsNoTracking().SingleOrDefaultAsync(form => form.AccountId == accountId && form.ExpiresUtc > now, stop) is not { } kept) return null;

        try
        {
            return JsonSerializer.Deserialize<SentForm>(seal.Unprotect(kept.Sealed));
        }
        catch (CryptographicException)
        {
            // The key that sealed it is gone.
            return null;
        }
    }

    /// <summary>Forgets what waits for that account.</summary>
    public Task ForgetAsync(long accountId, CancellationToken stop) =>
        db.WriteAsync(inner => db.KeptForms.Where(form => form.AccountId == accountId).ExecuteDeleteAsync(inner), stop);

    private static KeptForms Of(HttpContext context) => context.RequestServices.GetRequiredService<KeptForms>();

    private void MarkBrowser(HttpContext context, ClaimsPrincipal? person)
    {
        if (person?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return;

        context.Response.Cookies.Append(Mark, seal.Protect(id), new CookieOptions
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(180), IsEssential = true,
        });
    }

    private async Task<bool> KeepAsync(HttpRequest request, CancellationToken stop)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.ContentLength is null or > MostBytes) return false;
        if (!IsFromThisSite(request) || MarkedAccount(request) is not { } accountId || await ReadAsync(request, stop) is not { } sent) return false;

        var (bytes, now) = (seal.Protect(JsonSerializer.SerializeToUtf8Bytes(sent)), clock.GetUtcNow().UtcDateTime);
        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            await db.KeptForms.Where(form => form.ExpiresUtc <= now || form.AccountId == accountId).ExecuteDeleteAsync(inner);
            if (!await db.Users.AnyAsync(account => account.Id == accountId, inner)) return false;

            db.KeptForms.Add(new KeptForm { AccountId = accountId, Sealed = bytes, ExpiresUtc = now + KeptFor });
            await db.SaveChangesAsync(inner);
            return true;
        }, stop);
    }

    /// <summary>A browser says of every form where it was sent from; a script's request is not something that a person waits for.</summary>
    private static bool IsFromThisSite(HttpRequest request) =>
        request.Headers.Origin == $"{request.Scheme}://{request.Host}"
        && (!request.Headers.TryGetValue("Sec-Fetch-Mode", out var mode) || mode == "navigate");

    private long? MarkedAccount(HttpRequest request)
    {
        try
        {
            return request.Cookies[Mark] is { Length: > 0 } mark ? long.Parse(seal.Unprotect(mark), NumberStyles.None, CultureInfo.InvariantCulture) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<SentForm?> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(stop);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        if (form.Keys.Any(name => name.Contains("password", StringComparison.OrdinalIgnoreCase))) return null;

        var fields = form.Where(field => field.Key != "__RequestVerificationToken")
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return new SentForm((request.PathBase + request.Path).ToUriComponent() + request.QueryString, [.. fields], form.Files.Count > 0);
    }
}
