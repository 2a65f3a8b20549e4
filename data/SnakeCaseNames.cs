using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Metro.Data;

/// <summary>
/// Tables, columns, keys and indexes are named in snake_case on both databases, so that hand-written SQL
/// needs no quotes on either. A name given explicitly stays as it is.
/// </summary>
internal sealed class SnakeCaseNames : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table || entity.IsMappedToJson()) continue;

            entity.Builder.ToTable(SnakeCase(table), entity.GetSchema());
            foreach (var property in entity.GetProperties())
                property.Builder.HasColumnName(SnakeCase(property.GetColumnName()));
            foreach (var key in entity.GetKeys())
                key.Builder.HasName(Lower(key.GetName()));
            foreach (var foreignKey in entity.GetForeignKeys())
                foreignKey.Builder.HasConstraintName(Lower(foreignKey.GetConstraintName()));
            foreach (var index in entity.GetIndexes())
                index.Builder.HasDatabaseName(Lower(index.GetDatabaseName()));
        }
    }

    private static string? Lower(string? name) => name?.ToLowerInvariant();

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var opensWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (opensWord) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
