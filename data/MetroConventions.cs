using Microsoft.EntityFrameworkCore;

namespace Metro.Data;

/// <summary>What every module promises about its tables, for contexts that have another base than <see cref="MetroDbContext"/>.</summary>
public static class MetroConventions
{
    /// <summary>
    /// Names in snake_case, enums as their names, instants that are UTC when read back and refused when they are
    /// not, length limits that SQLite enforces too.
    /// </summary>
    public static void UseMetroConventions(this ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTime>().HaveConversion<UtcInstantConverter>();
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configuration.Conventions.Add(_ => new SnakeCaseNames());
        configuration.Conventions.Add(_ => new EnforcedLengths());
        configuration.Conventions.Add(_ => new UtcSentinels());
    }
}
