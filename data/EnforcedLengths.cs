using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Metro.Data;

/// <summary>
/// SQLite takes a text of any length whatever the column says. Every string with a maximum length gets a
/// check constraint, so that the model's limit is the database's limit on both.
/// </summary>
internal sealed class EnforcedLengths : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            // Owned and derived types share a table with their principal, under whose entity the check must stand.
            if (entity.GetTableName() is not { } table || entity.BaseType is not null || entity.IsMappedToJson()) continue;

            foreach (var property in entity.GetProperties())
            {
                if (property.ClrType != typeof(string) || property.GetMaxLength() is not { } limit) continue;

                var column = property.GetColumnName();
                entity.Builder.HasCheckConstraint($"ck_{table}_{column}_length", $"length({column}) <= {limit}");
            }
        }
    }
}
