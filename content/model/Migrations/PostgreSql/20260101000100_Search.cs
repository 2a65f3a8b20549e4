using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Metro.Content.Migrations.PostgreSql;

/// <summary>The full-text index of published content: a tsvector that PostgreSQL keeps in step with content_search.</summary>
[DbContext(typeof(PostgreSqlContentDbContext))]
[Migration("20260101000100_Search")]
public sealed class Search : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE content_search ADD COLUMN vector tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', stems), 'B') || setweight(to_tsvector('simple', body), 'C')) STORED;
        CREATE INDEX ix_content_search_vector ON content_search USING gin (vector);
        """);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_content_search_vector;
        ALTER TABLE content_search DROP COLUMN vector;
        """);
}
