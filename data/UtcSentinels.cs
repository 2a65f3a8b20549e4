using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Metro.Data;

/// <summary>
/// The value by which EF Core knows an instant that nobody has set is said in UTC too: writing a model down as code
/// converts it, and <see cref="UtcInstantConverter"/> refuses any other.
/// </summary>
internal sealed class UtcSentinels : IModelFinalizingConvention
{
    private static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties())
                if (property.ClrType == typeof(DateTime)) property.Builder.HasSentinel(Never);
        }
    }
}
