using Metro.Data;
using Metro.Library;
using Metro.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// Accounts, their roles and passkeys, and the keys that protect cookies: kept in the database, so that every node
/// reads what another has signed. Not thread-safe, as any <see cref="DbContext"/>.
/// </summary>
public abstract class AccountsDbContext(DbContextOptions options) : IdentityDbContext<Account, Role, long>(options)
{
    /// <summary>The keys that protect cookies and forms.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Forms that wait for their senders to sign in again.</summary>
    public DbSet<KeptForm> KeptForms => Set<KeptForm>();

    /// <summary>The tokens with which programs use the API in people's names.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>The library's audit trail, to which what administrators do with accounts is added in the same transaction. The library owns the table.</summary>
    public DbSet<AuditLine> AuditLines => Set<AuditLine>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseMetroConventions();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Property(a => a.DisplayName).HasMaxLength(Account.NameLimit);
            account.Property(a => a.Language).HasMaxLength(2);
            account.Property(a => a.PhoneNumber).HasMaxLength(30);
            account.HasIndex(a => a.MemberId).IsUnique();
        });
        builder.Entity<Role>().ToTable("account_roles");
        builder.Entity<IdentityUserRole<long>>().ToTable("account_role_memberships");
        builder.Entity<IdentityUserClaim<long>>().ToTable("account_claims");
        builder.Entity<IdentityRoleClaim<long>>().ToTable("account_role_claims");

        // What Identity adds to the model only where its options are at hand; they are not when migrations are written.
        builder.Entity<IdentityUserLogin<long>>(login =>
        {
            login.ToTable("account_logins");
            login.Property(l => l.LoginProvider).HasMaxLength(128);
            login.Property(l => l.ProviderKey).HasMaxLength(128);
        });
        builder.Entity<IdentityUserToken<long>>(token =>
        {
            token.ToTable("account_tokens");
            token.Property(t => t.LoginProvider).HasMaxLength(128);
            token.Property(t => t.Name).HasMaxLength(128);
        });
        builder.Entity<IdentityUserPasskey<long>>(passkey =>
        {
            passkey.ToTable("account_passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data).ToJson("data");
            passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId);
        });
        builder.Entity<KeptForm>(form =>
        {
            form.HasKey(f => f.AccountId);
            form.Property(f => f.AccountId).ValueGeneratedNever();
            form.HasIndex(f => f.ExpiresUtc);
            form.HasOne<Account>().WithOne().HasForeignKey<KeptForm>(f => f.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ApiToken>(token =>
        {
            token.Ignore(t => t.ScopeList);
            token.Property(t => t.Name).HasMaxLength(ApiToken.NameLimit);
            token.Property(t => t.Hash).HasMaxLength(64);
            token.Property(t => t.Ending).HasMaxLength(4);
            token.Property(t => t.Scopes).HasMaxLength(ApiToken.ScopesLimit);
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasIndex(t => new { t.AccountId, t.Id });
            token.HasIndex(t => t.ExpiresUtc);
        });
        builder.ApplyConfiguration(new AuditLineConfiguration());
        builder.Entity<AuditLine>().ToTable("audit_lines", table => table.ExcludeFromMigrations());
        builder.Entity<ProtectionKey>(key =>
        {
            key.Property(k => k.Name).HasMaxLength(200);
            key.Property(k => k.Xml).HasMaxLength(8000);
            key.HasIndex(k => k.Name).IsUnique();
        });
    }
}

/// <summary>The accounts on SQLite; the owner of the SQLite migrations.</summary>
public sealed class SqliteAccountsDbContext(DbContextOptions<SqliteAccountsDbContext> options) : AccountsDbContext(options);

/// <summary>The accounts on PostgreSQL; the owner of the PostgreSQL migrations.</summary>
public sealed class PostgreSqlAccountsDbContext(DbContextOptions<PostgreSqlAccountsDbContext> options) : AccountsDbContext(options);

/// <summary>One key of the ring that protects cookies and forms.</summary>
public sealed class ProtectionKey
{
    /// <summary>The row's number.</summary>
    public long Id { get; private set; }

    /// <summary>The name that the ring gave it.</summary>
    public required string Name { get; init; }

    /// <summary>The key as the ring writes it.</summary>
    public required string Xml { get; init; }
}
