using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Content;

/// <summary>The content module's tables. Everything outside the module goes through its verbs.</summary>
public abstract class ContentDbContext(DbContextOptions options) : MetroDbContext(options)
{
    internal DbSet<ItemRow> Items => Set<ItemRow>();
    internal DbSet<VersionRow> Versions => Set<VersionRow>();
    internal DbSet<AutosaveRow> Autosaves => Set<AutosaveRow>();
    internal DbSet<LockRow> Locks => Set<LockRow>();
    internal DbSet<IndexRow> Index => Set<IndexRow>();
    internal DbSet<TermRow> Terms => Set<TermRow>();
    internal DbSet<RouteRow> Routes => Set<RouteRow>();
    internal DbSet<AliasRow> Aliases => Set<AliasRow>();
    internal DbSet<ReferenceRow> References => Set<ReferenceRow>();
    internal DbSet<FieldRow> Fields => Set<FieldRow>();
    internal DbSet<SearchRow> Searches => Set<SearchRow>();
    internal DbSet<RedirectRow> Redirects => Set<RedirectRow>();
    internal DbSet<ScheduleRow> Schedules => Set<ScheduleRow>();
    internal DbSet<TranslationRow> Translations => Set<TranslationRow>();
    internal DbSet<AuditRow> Audit => Set<AuditRow>();
    internal DbSet<WebhookRow> Webhooks => Set<WebhookRow>();
    internal DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    internal DbSet<MediaRow> Media => Set<MediaRow>();
    internal DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();
    internal DbSet<ParkedStepRow> ParkedSteps => Set<ParkedStepRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ItemRow>(item =>
        {
            item.ToTable("content_item").HasKey(i => i.ItemId);
            item.HasIndex(i => new { i.LocSet, i.Culture }).IsUnique();
            item.HasIndex(i => new { i.DeletedUtc, i.ItemId });
            item.Property(i => i.Stamp).IsConcurrencyToken();
            Short(item.Property(i => i.Type));
            Short(item.Property(i => i.LocSet));
            Language(item.Property(i => i.Culture));
            Short(item.Property(i => i.Owner), 450);
        });
        modelBuilder.Entity<VersionRow>(version =>
        {
            version.ToTable("content_version").HasKey(v => v.VersionId);
            version.HasIndex(v => new { v.ItemId, v.Number }).IsUnique();
            version.HasOne<ItemRow>().WithMany().HasForeignKey(v => v.ItemId).OnDelete(DeleteBehavior.Cascade);
            Short(version.Property(v => v.DocHash));
            Short(version.Property(v => v.LocSet));
            Short(version.Property(v => v.Author), 256);
            Short(version.Property(v => v.DisplayText), 400);
            Short(version.Property(v => v.Comment), 500);
        });
        modelBuilder.Entity<AutosaveRow>(autosave =>
        {
            autosave.ToTable("content_autosave").HasKey(a => new { a.ItemId, a.UserId });
            autosave.HasIndex(a => a.SavedUtc);
            autosave.HasIndex(a => new { a.UserId, a.SavedUtc });
            Short(autosave.Property(a => a.Type));
            Language(autosave.Property(a => a.Culture));
        });
        modelBuilder.Entity<LockRow>().ToTable("content_lock").HasKey(l => l.ItemId);
        modelBuilder.Entity<IndexRow>(index =>
        {
            index.ToTable("content_index").HasKey(i => new { i.ItemId, i.Scope, i.Culture });
            index.HasIndex(i => new { i.Scope, i.Type, i.Culture, i.StartsUtc, i.ItemId });
            index.HasIndex(i => new { i.Scope, i.Type, i.Culture, i.EndsUtc, i.ItemId });
            index.HasIndex(i => new { i.Scope, i.Type, i.Culture, i.SortUtc, i.ItemId });
            index.HasIndex(i => new { i.Scope, i.Type, i.Culture, i.DisplayText, i.ItemId });
            index.HasIndex(i => new { i.Scope, i.ModifiedUtc, i.ItemId });
            index.HasIndex(i => new { i.Scope, i.LocSet, i.Culture });
            Number(index.Property(i => i.Scope));
            Language(index.Property(i => i.Culture));
            Short(index.Property(i => i.Type));
        });
        modelBuilder.Entity<TermRow>(term =>
        {
            term.ToTable("content_term").HasKey(t => new { t.ItemId, t.Scope, t.Culture, t.TermId });
            term.HasIndex(t => new { t.Scope, t.TermId, t.Type, t.Culture, t.StartsUtc, t.ItemId });
            term.HasIndex(t => new { t.Scope, t.TermId, t.Type, t.Culture, t.EndsUtc, t.ItemId });
            term.HasIndex(t => new { t.Scope, t.TermId, t.Type, t.Culture, t.SortUtc, t.ItemId });
            Number(term.Property(t => t.Scope));
        });
        modelBuilder.Entity<RouteRow>(route =>
        {
            route.ToTable("content_route").HasKey(r => new { r.Scope, r.PathNorm, r.Holder });
            route.HasIndex(r => new { r.ItemId, r.Scope });
            Number(route.Property(r => r.Scope));
            Short(route.Property(r => r.PathNorm), 1024);
        });
        modelBuilder.Entity<AliasRow>(alias =>
        {
            alias.ToTable("content_alias").HasKey(a => new { a.Scope, a.Alias, a.Holder });
            alias.HasIndex(a => new { a.ItemId, a.Scope });
            Number(alias.Property(a => a.Scope));
            Short(alias.Property(a => a.Alias), 256);
        });
        modelBuilder.Entity<ReferenceRow>(reference =>
        {
            reference.ToTable("content_ref").HasKey(r => r.Id);
            reference.HasIndex(r => new { r.Kind, r.Target, r.Scope, r.ItemId });
            reference.HasIndex(r => new { r.ItemId, r.Scope });
            Number(reference.Property(r => r.Scope));
        });
        modelBuilder.Entity<FieldRow>(field =>
        {
            field.ToTable("content_field").HasKey(f => f.Id);
            field.HasIndex(f => new { f.Scope, f.Type, f.Field, f.Culture, f.Text, f.ItemId });
            field.HasIndex(f => new { f.Scope, f.Type, f.Field, f.Culture, f.Number, f.ItemId });
            field.HasIndex(f => new { f.Scope, f.Type, f.Field, f.Culture, f.Instant, f.ItemId });
            field.HasIndex(f => new { f.ItemId, f.Scope });
            Number(field.Property(f => f.Scope));
            Short(field.Property(f => f.Text), 256);
        });
        modelBuilder.Entity<SearchRow>(search =>
        {
            search.ToTable("content_search").HasKey(s => s.Id);
            search.HasIndex(s => s.ItemId).IsUnique();
        });
        modelBuilder.Entity<RedirectRow>(redirect =>
        {
            redirect.ToTable("content_redirect").HasKey(r => r.PathNorm);
            redirect.HasIndex(r => r.ItemId);
            Short(redirect.Property(r => r.Target), ContentPath.MaxLength);
        });
        modelBuilder.Entity<ScheduleRow>(schedule =>
        {
            schedule.ToTable("content_schedule").HasKey(s => new { s.VersionId, s.Act });
            schedule.HasIndex(s => new { s.RefusalCode, s.DueUtc });
            schedule.HasIndex(s => new { s.ItemId, s.Act });
        });
        modelBuilder.Entity<TranslationRow>(translation =>
        {
            translation.ToTable("content_translation").HasKey(t => t.ItemId);
            translation.HasIndex(t => t.SourceItemId);
        });
        modelBuilder.Entity<AuditRow>(audit =>
        {
            audit.ToTable("content_audit").HasKey(a => a.Id);
            audit.HasIndex(a => new { a.ItemId, a.AtUtc, a.Id });
            audit.HasIndex(a => new { a.AtUtc, a.Id });
            audit.HasIndex(a => new { a.Act, a.AtUtc, a.Id });
            audit.HasIndex(a => new { a.Type, a.AtUtc, a.Id });
        });
        modelBuilder.Entity<WebhookRow>().ToTable("content_webhook").HasKey(w => w.Id);
        modelBuilder.Entity<OutboxRow>(outbox =>
        {
            outbox.ToTable("content_outbox").HasKey(o => o.Id);
            outbox.HasIndex(o => new { o.DueUtc, o.Id });
            outbox.HasIndex(o => new { o.WebhookId, o.CreatedUtc, o.Id });
            Short(outbox.Property(o => o.LastFailure), 500);
        });
        modelBuilder.Entity<MediaRow>(media =>
        {
            media.ToTable("media_asset").HasKey(m => m.Id);
            media.HasIndex(m => m.PathNorm).IsUnique();
            media.HasIndex(m => m.Hash);
            media.HasIndex(m => new { m.Kind, m.CreatedUtc, m.Id });
            Short(media.Property(m => m.Path), 400);
            Short(media.Property(m => m.PathNorm), 400);
        });
        modelBuilder.Entity<DefinitionRow>().ToTable("content_definition").HasKey(d => new { d.Kind, d.Name });
        modelBuilder.Entity<ParkedStepRow>().ToTable("content_parked_step").HasKey(s => s.Hash);

        foreach (var id in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
                     .Where(property => property.ClrType == typeof(string) && (property.Name == "Id" || property.Name == "Holder"
                         || property.Name.EndsWith("ItemId", StringComparison.Ordinal) || property.Name.EndsWith("VersionId", StringComparison.Ordinal)
                         || property.Name == "TermId")))
            id.SetMaxLength(ContentId.MaxLength);
    }

    private static void Short(PropertyBuilder property, int length = 64) => property.HasMaxLength(length);

    private static void Language(PropertyBuilder property) => property.HasMaxLength(16);

    /// <summary>Scopes are 1 and 2 in the database, as short as an index likes its first column.</summary>
    private static void Number(PropertyBuilder<Scope> property) => property.HasConversion<int>();
}

/// <summary>The tables on SQLite.</summary>
public sealed class SqliteContentDbContext(DbContextOptions<SqliteContentDbContext> options) : ContentDbContext(options);

/// <summary>The tables on PostgreSQL.</summary>
public sealed class PostgreSqlContentDbContext(DbContextOptions<PostgreSqlContentDbContext> options) : ContentDbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Ids and paths are compared byte by byte, as SQLite does, so that pages have the same order on both.
        foreach (var key in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes().SelectMany(index => index.Properties).Concat(entity.GetKeys().SelectMany(k => k.Properties))).Distinct())
            if (key.ClrType == typeof(string)) key.SetCollation("C");
    }
}
