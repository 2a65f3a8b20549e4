using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Metro.Content.Migrations.PostgreSql;

/// <summary>
/// The full-text index of published content: a tsvector that PostgreSQL keeps in step with content_search; and every word that
/// ever was in it, by which typing mistakes are mended.
/// </summary>
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
        CREATE TABLE content_search_word (term text COLLATE "C" PRIMARY KEY);
        CREATE FUNCTION content_search_word_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO content_search_word (term)
            SELECT word FROM unnest(tsvector_to_array(NEW.vector)) word WHERE length(word) BETWEEN 3 AND 40
                AND NOT EXISTS (SELECT 1 FROM content_search_word known WHERE known.term = word)
            ORDER BY word ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $$;
        CREATE TRIGGER content_search_word_added AFTER INSERT OR UPDATE ON content_search
            FOR EACH ROW EXECUTE FUNCTION content_search_word_added();
        """);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER content_search_word_added ON content_search;
        DROP FUNCTION content_search_word_added;
        DROP TABLE content_search_word;
        DROP INDEX ix_content_search_vector;
        ALTER TABLE content_search DROP COLUMN vector;
        """);
}
