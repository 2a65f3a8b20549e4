using Microsoft.EntityFrameworkCore;

namespace Metro.Data;

/// <summary>
/// The base of every module's context: names in snake_case, enums as their names, instants that are UTC
/// when read back, and length limits that SQLite enforces too. Not thread-safe, as any
/// <see cref="DbContext"/>.
/// </summary>
public abstract class MetroDbContext(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseMetroConventions();
}
