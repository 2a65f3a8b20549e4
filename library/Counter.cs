using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library;

/// <summary>A series of numbers without repetition: card serials, receipt numbers.</summary>
internal sealed class Counter
{
    public required string Name { get; init; }

    public long Last { get; set; }
}

internal sealed class CounterConfiguration : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.ToTable("counters");
        builder.HasKey(counter => counter.Name);
        builder.Property(counter => counter.Name).HasMaxLength(60);
    }
}

public abstract partial class LibraryDbContext
{
    /// <summary>The next number of a series, from 1; taken for good when the caller's transaction commits.</summary>
    internal async Task<long> NextNumberAsync(string series, CancellationToken stop)
    {
        var counter = await Set<Counter>().FindAsync([series], stop);
        if (counter is null) Add(counter = new Counter { Name = series });
        return ++counter.Last;
    }
}
