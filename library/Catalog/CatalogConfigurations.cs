using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Catalog;

internal sealed class TitleConfiguration : IEntityTypeConfiguration<Title>
{
    public void Configure(EntityTypeBuilder<Title> title)
    {
        title.ToTable("titles");
        title.Property(one => one.Name).HasMaxLength(TitleDescription.Limits.Name);
        title.Property(one => one.Subtitle).HasMaxLength(TitleDescription.Limits.Name);
        title.Property(one => one.Edition).HasMaxLength(TitleDescription.Limits.Line);
        title.Property(one => one.Place).HasMaxLength(TitleDescription.Limits.Line);
        title.Property(one => one.Publisher).HasMaxLength(TitleDescription.Limits.Line);
        title.Property(one => one.Extent).HasMaxLength(TitleDescription.Limits.Line);
        title.Property(one => one.Series).HasMaxLength(TitleDescription.Limits.Line);
        title.Property(one => one.SeriesNumber).HasMaxLength(TitleDescription.Limits.Number);
        title.Property(one => one.Language).HasMaxLength(3);
        title.Property(one => one.Summary).HasMaxLength(TitleDescription.Limits.Summary);
        title.Property(one => one.Ddc).HasMaxLength(30);
        title.Property(one => one.SourceKey).HasMaxLength(ImportedRecord.SourceKeyLimit);
        title.Property(one => one.Fingerprint).HasMaxLength(32);
        title.Property(one => one.Version).IsConcurrencyToken();

        title.HasIndex(one => one.SourceKey).IsUnique();
        title.HasIndex(one => one.Fingerprint);
        // OAI-PMH harvests by datestamp.
        title.HasIndex(one => new { one.ChangedAt, one.Id });

        title.HasMany(one => one.Contributors).WithOne().HasForeignKey(one => one.TitleId);
        title.HasMany(one => one.Subjects).WithOne().HasForeignKey(one => one.TitleId);
        title.HasMany(one => one.Identifiers).WithOne().HasForeignKey(one => one.TitleId);
    }
}

internal sealed class ContributorConfiguration : IEntityTypeConfiguration<Contributor>
{
    public void Configure(EntityTypeBuilder<Contributor> contributor)
    {
        contributor.ToTable("title_contributors");
        contributor.Property(one => one.Name).HasMaxLength(TitleDescription.Limits.Heading);
        contributor.Property(one => one.NameKey).HasMaxLength(TitleDescription.Limits.Heading);
        contributor.HasIndex(one => one.NameKey);
        contributor.HasIndex(one => one.TitleId);
    }
}

internal sealed class SubjectHeadingConfiguration : IEntityTypeConfiguration<SubjectHeading>
{
    public void Configure(EntityTypeBuilder<SubjectHeading> subject)
    {
        subject.ToTable("title_subjects");
        subject.Property(one => one.Text).HasMaxLength(TitleDescription.Limits.Heading);
        subject.Property(one => one.Key).HasMaxLength(TitleDescription.Limits.Heading);
        subject.HasIndex(one => one.Key);
        subject.HasIndex(one => one.TitleId);
    }
}

internal sealed class TitleIdentifierConfiguration : IEntityTypeConfiguration<TitleIdentifier>
{
    public void Configure(EntityTypeBuilder<TitleIdentifier> identifier)
    {
        identifier.ToTable("title_identifiers");
        identifier.Property(one => one.Value).HasMaxLength(TitleDescription.Limits.Number);
        identifier.HasIndex(one => one.Value);
        identifier.HasIndex(one => one.TitleId);
    }
}

internal sealed class CopyConfiguration : IEntityTypeConfiguration<Copy>
{
    public void Configure(EntityTypeBuilder<Copy> copy)
    {
        copy.ToTable("copies", table =>
        {
            table.HasCheckConstraint("ck_copies_price", $"price between 0 and {Copy.HighestPrice}");
            table.HasCheckConstraint("ck_copies_destination", "(status = 'InTransit') = (destination_branch_id is not null)");
        });
        copy.Property(one => one.Barcode).HasMaxLength(Copy.BarcodeLimit);
        copy.Property(one => one.ShelfMark).HasMaxLength(Copy.ShelfMarkLimit);
        copy.Property(one => one.Note).HasMaxLength(Copy.NoteLimit);
        copy.Property(one => one.Version).IsConcurrencyToken();
        copy.Ignore(one => one.IsFree);

        copy.HasIndex(one => one.Barcode).IsUnique();
        copy.HasIndex(one => new { one.TitleId, one.Status });
        // Lists at the desk: what is in transit, missing, in repair, by branch.
        copy.HasIndex(one => new { one.Status, one.CurrentBranchId });
        copy.HasIndex(one => new { one.Status, one.Id });
        copy.HasOne(one => one.Title).WithMany().HasForeignKey(one => one.TitleId).OnDelete(DeleteBehavior.Restrict);
        copy.HasOne<Branch>().WithMany().HasForeignKey(one => one.OwnerBranchId).OnDelete(DeleteBehavior.Restrict);
        copy.HasOne<Branch>().WithMany().HasForeignKey(one => one.CurrentBranchId).OnDelete(DeleteBehavior.Restrict);
        copy.HasOne<Branch>().WithMany().HasForeignKey(one => one.DestinationBranchId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ImportedRecordConfiguration : IEntityTypeConfiguration<ImportedRecord>
{
    public void Configure(EntityTypeBuilder<ImportedRecord> record)
    {
        record.ToTable("imported_records");
        record.HasKey(one => one.TitleId);
        record.Property(one => one.TitleId).ValueGeneratedNever();
        record.Property(one => one.Hash).HasMaxLength(64);
        record.HasIndex(one => one.Hash);
        record.HasOne<Title>().WithOne().HasForeignKey<ImportedRecord>(one => one.TitleId);
    }
}

internal sealed class CatalogChangeConfiguration : IEntityTypeConfiguration<CatalogChange>
{
    public void Configure(EntityTypeBuilder<CatalogChange> change)
    {
        change.ToTable("catalog_changes");
        change.HasOne(one => one.Title).WithMany().HasForeignKey(one => one.TitleId);
        change.HasIndex(one => one.TitleId);
    }
}
