using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Metro.Content.Migrations.Sqlite;

/// <summary>The full-text index of published content: FTS5 over content_search, kept in step by triggers; and its words, by which typing mistakes are mended.</summary>
[DbContext(typeof(SqliteContentDbContext))]
[Migration("20260101000100_Search")]
public sealed class Search : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE VIRTUAL TABLE content_search_fts USING fts5(
            title, body, stems, content='content_search', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
        CREATE VIRTUAL TABLE content_search_word USING fts5vocab('content_search_fts', 'row');
        CREATE TRIGGER content_search_added AFTER INSERT ON content_search BEGIN
            INSERT INTO content_search_fts (rowid, title, body, stems) VALUES (new.id, new.title, new.body, new.stems);
        END;
        CREATE TRIGGER content_search_removed AFTER DELETE ON content_search BEGIN
            INSERT INTO content_search_fts (content_search_fts, rowid, title, body, stems) VALUES ('delete', old.id, old.title, old.body, old.stems);
        END;
        CREATE TRIGGER content_search_changed AFTER UPDATE ON content_search BEGIN
            INSERT INTO content_search_fts (content_search_fts, rowid, title, body, stems) VALUES ('delete', old.id, old.title, old.body, old.stems);
            INSERT INTO content_search_fts (rowid, title, body, stems) VALUES (new.id, new.title, new.body, new.stems);
        END;
        """);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER content_search_changed;
        DROP TRIGGER content_search_removed;
        DROP TRIGGER content_search_added;
        DROP TABLE content_search_word;
        DROP TABLE content_search_fts;
        """);
}
