using Metro.Content.Editor;
using Metro.Data;
using Metro.Scheduler.Jobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Accounts;

/// <summary>Sign-in by ASP.NET Core Identity, with its cookies and the keys behind them.</summary>
internal static class AccountRegistration
{
    public static void AddAccounts(this IServiceCollection services, DatabaseSettings database)
    {
        services.AddDatabase<AccountsDbContext, SqliteAccountsDbContext, PostgreSqlAccountsDbContext>(database);
        services.AddDataProtection().SetApplicationName("Metro.Portal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, ProtectionKeyRing>();

        services.AddIdentity<Account, Role>(Rules).AddEntityFrameworkStores<AccountsDbContext>().AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<AccountClaims>().AddPasswordValidator<GuessablePasswords>();
        services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = AccountLinks.GoodFor);
        services.AddScoped<IContentAuthors, StaffAuthors>().AddScoped<KeptForms>().AddScoped<IForgetful, ForgottenKeys>().AddScoped<IForgetful, UnopenedAccounts>();
        services.AddScoped<AccountLinks>().AddScoped<SignUps>().AddScoped<AddressChange>().AddScoped<SecondStep>().AddScoped<Passkeys>().AddScoped<OwnData>().AddScoped<StaffAccounts>();
        services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            // The device asks who holds it, so that a passkey is both steps; and it knows whose it is, so that nobody types an address.
            passkey.UserVerificationRequirement = "required";
            passkey.ResidentKeyRequirement = "required";
        });
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "metro-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/account/sign-in";
            cookie.LogoutPath = "/account/sign-out";
            cookie.AccessDeniedPath = "/account/not-allowed";
            cookie.ReturnUrlParameter = "returnTo";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = SessionCheck.ValidateAsync;
            KeptForms.Follow(cookie.Events);
        });
    }

    /// <summary>
    /// Length instead of composition, as NIST SP 800-63B and OWASP ASVS 5 (6.2) ask; five wrong passwords close an
    /// account for a quarter of an hour.
    /// </summary>
    private static void Rules(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        identity.User.RequireUniqueEmail = true;
        // Names are addresses, and those have more signs than the usual list: o'neill@example.id.
        identity.User.AllowedUserNameCharacters = "";
        identity.Password.RequiredLength = 10;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        identity.Password.RequiredUniqueChars = 5;
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
    }
}
