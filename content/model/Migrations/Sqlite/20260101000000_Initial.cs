using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Metro.Content.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "content_alias",
                columns: table => new
                {
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    alias = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_alias", x => new { x.scope, x.alias, x.holder });
                    table.CheckConstraint("ck_content_alias_alias_length", "length(alias) <= 256");
                    table.CheckConstraint("ck_content_alias_holder_length", "length(holder) <= 64");
                    table.CheckConstraint("ck_content_alias_item_id_length", "length(item_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_audit",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    display_text = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    at_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    before_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    after_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    comment = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_audit", x => x.id);
                    table.CheckConstraint("ck_content_audit_after_version_id_length", "length(after_version_id) <= 64");
                    table.CheckConstraint("ck_content_audit_before_version_id_length", "length(before_version_id) <= 64");
                    table.CheckConstraint("ck_content_audit_id_length", "length(id) <= 64");
                    table.CheckConstraint("ck_content_audit_item_id_length", "length(item_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_autosave",
                columns: table => new
                {
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    base_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    culture = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    doc = table.Column<string>(type: "TEXT", nullable: false),
                    saved_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_autosave", x => new { x.item_id, x.user_id });
                    table.CheckConstraint("ck_content_autosave_base_version_id_length", "length(base_version_id) <= 64");
                    table.CheckConstraint("ck_content_autosave_culture_length", "length(culture) <= 16");
                    table.CheckConstraint("ck_content_autosave_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_autosave_type_length", "length(type) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_definition",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    doc = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_definition", x => new { x.kind, x.name });
                });

            migrationBuilder.CreateTable(
                name: "content_field",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", nullable: false),
                    culture = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    number = table.Column<double>(type: "REAL", nullable: true),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_field", x => x.id);
                    table.CheckConstraint("ck_content_field_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_field_text_length", "length(text) <= 256");
                });

            migrationBuilder.CreateTable(
                name: "content_index",
                columns: table => new
                {
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    culture = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    is_fallback = table.Column<bool>(type: "INTEGER", nullable: false),
                    version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    loc_set = table.Column<string>(type: "TEXT", nullable: true),
                    display_text = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: true),
                    sort_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    starts_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    modified_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    archive_utc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_index", x => new { x.item_id, x.scope, x.culture });
                    table.CheckConstraint("ck_content_index_culture_length", "length(culture) <= 16");
                    table.CheckConstraint("ck_content_index_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_index_type_length", "length(type) <= 64");
                    table.CheckConstraint("ck_content_index_version_id_length", "length(version_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_item",
                columns: table => new
                {
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    loc_set = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    culture = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    latest_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    published_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    owner = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    created_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    first_published_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    deleted_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    stamp = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_item", x => x.item_id);
                    table.CheckConstraint("ck_content_item_culture_length", "length(culture) <= 16");
                    table.CheckConstraint("ck_content_item_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_item_latest_version_id_length", "length(latest_version_id) <= 64");
                    table.CheckConstraint("ck_content_item_loc_set_length", "length(loc_set) <= 64");
                    table.CheckConstraint("ck_content_item_owner_length", "length(owner) <= 450");
                    table.CheckConstraint("ck_content_item_published_version_id_length", "length(published_version_id) <= 64");
                    table.CheckConstraint("ck_content_item_type_length", "length(type) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_lock",
                columns: table => new
                {
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    token = table.Column<string>(type: "TEXT", nullable: false),
                    expires_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_lock", x => x.item_id);
                    table.CheckConstraint("ck_content_lock_item_id_length", "length(item_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_outbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    webhook_id = table.Column<string>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    created_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    due_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    delivered_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_status = table.Column<int>(type: "INTEGER", nullable: true),
                    last_failure = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_outbox", x => x.id);
                    table.CheckConstraint("ck_content_outbox_id_length", "length(id) <= 64");
                    table.CheckConstraint("ck_content_outbox_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_outbox_last_failure_length", "length(last_failure) <= 500");
                });

            migrationBuilder.CreateTable(
                name: "content_parked_step",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    doc = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_parked_step", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "content_redirect",
                columns: table => new
                {
                    path_norm = table.Column<string>(type: "TEXT", nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    target = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    created_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_redirect", x => x.path_norm);
                    table.CheckConstraint("ck_content_redirect_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_redirect_target_length", "length(target) <= 1024");
                });

            migrationBuilder.CreateTable(
                name: "content_ref",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    json_path = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_ref", x => x.id);
                    table.CheckConstraint("ck_content_ref_item_id_length", "length(item_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_route",
                columns: table => new
                {
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    path_norm = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    holder = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    contained_item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_route", x => new { x.scope, x.path_norm, x.holder });
                    table.CheckConstraint("ck_content_route_contained_item_id_length", "length(contained_item_id) <= 64");
                    table.CheckConstraint("ck_content_route_holder_length", "length(holder) <= 64");
                    table.CheckConstraint("ck_content_route_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_route_path_norm_length", "length(path_norm) <= 1024");
                });

            migrationBuilder.CreateTable(
                name: "content_schedule",
                columns: table => new
                {
                    version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    due_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    refusal_code = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_schedule", x => new { x.version_id, x.act });
                    table.CheckConstraint("ck_content_schedule_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_schedule_version_id_length", "length(version_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_search",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    culture = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    stems = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_search", x => x.id);
                    table.CheckConstraint("ck_content_search_item_id_length", "length(item_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_term",
                columns: table => new
                {
                    scope = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    term_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    culture = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    is_fallback = table.Column<bool>(type: "INTEGER", nullable: false),
                    sort_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    starts_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_term", x => new { x.item_id, x.scope, x.culture, x.term_id });
                    table.CheckConstraint("ck_content_term_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_term_term_id_length", "length(term_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_translation",
                columns: table => new
                {
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    source_item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    source_version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_translation", x => x.item_id);
                    table.CheckConstraint("ck_content_translation_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_translation_source_item_id_length", "length(source_item_id) <= 64");
                    table.CheckConstraint("ck_content_translation_source_version_id_length", "length(source_version_id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "content_webhook",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    types = table.Column<string>(type: "TEXT", nullable: false),
                    is_active = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_webhook", x => x.id);
                    table.CheckConstraint("ck_content_webhook_id_length", "length(id) <= 64");
                });

            migrationBuilder.CreateTable(
                name: "media_asset",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    path_norm = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: true),
                    height = table.Column<int>(type: "INTEGER", nullable: true),
                    alt = table.Column<string>(type: "TEXT", nullable: false),
                    is_decorative = table.Column<bool>(type: "INTEGER", nullable: false),
                    focal_x = table.Column<double>(type: "REAL", nullable: true),
                    focal_y = table.Column<double>(type: "REAL", nullable: true),
                    uploaded_by = table.Column<string>(type: "TEXT", nullable: false),
                    created_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    modified_utc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_asset", x => x.id);
                    table.CheckConstraint("ck_media_asset_id_length", "length(id) <= 64");
                    table.CheckConstraint("ck_media_asset_path_length", "length(path) <= 400");
                    table.CheckConstraint("ck_media_asset_path_norm_length", "length(path_norm) <= 400");
                });

            migrationBuilder.CreateTable(
                name: "content_version",
                columns: table => new
                {
                    version_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    item_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    doc = table.Column<string>(type: "TEXT", nullable: false),
                    doc_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    loc_set = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    author = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    display_text = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    modified_utc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    published_utc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    comment = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_version", x => x.version_id);
                    table.CheckConstraint("ck_content_version_author_length", "length(author) <= 256");
                    table.CheckConstraint("ck_content_version_comment_length", "length(comment) <= 500");
                    table.CheckConstraint("ck_content_version_display_text_length", "length(display_text) <= 400");
                    table.CheckConstraint("ck_content_version_doc_hash_length", "length(doc_hash) <= 64");
                    table.CheckConstraint("ck_content_version_item_id_length", "length(item_id) <= 64");
                    table.CheckConstraint("ck_content_version_loc_set_length", "length(loc_set) <= 64");
                    table.CheckConstraint("ck_content_version_version_id_length", "length(version_id) <= 64");
                    table.ForeignKey(
                        name: "fk_content_version_content_item_item_id",
                        column: x => x.item_id,
                        principalTable: "content_item",
                        principalColumn: "item_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_content_alias_item_id_scope",
                table: "content_alias",
                columns: new[] { "item_id", "scope" });

            migrationBuilder.CreateIndex(
                name: "ix_content_audit_act_at_utc_id",
                table: "content_audit",
                columns: new[] { "act", "at_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_audit_at_utc_id",
                table: "content_audit",
                columns: new[] { "at_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_audit_item_id_at_utc_id",
                table: "content_audit",
                columns: new[] { "item_id", "at_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_audit_type_at_utc_id",
                table: "content_audit",
                columns: new[] { "type", "at_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_autosave_saved_utc",
                table: "content_autosave",
                column: "saved_utc");

            migrationBuilder.CreateIndex(
                name: "ix_content_autosave_user_id_saved_utc",
                table: "content_autosave",
                columns: new[] { "user_id", "saved_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_content_field_item_id_scope",
                table: "content_field",
                columns: new[] { "item_id", "scope" });

            migrationBuilder.CreateIndex(
                name: "ix_content_field_scope_type_field_culture_instant_item_id",
                table: "content_field",
                columns: new[] { "scope", "type", "field", "culture", "instant", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_field_scope_type_field_culture_number_item_id",
                table: "content_field",
                columns: new[] { "scope", "type", "field", "culture", "number", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_field_scope_type_field_culture_text_item_id",
                table: "content_field",
                columns: new[] { "scope", "type", "field", "culture", "text", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_loc_set_culture",
                table: "content_index",
                columns: new[] { "scope", "loc_set", "culture" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_modified_utc_item_id",
                table: "content_index",
                columns: new[] { "scope", "modified_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_type_culture_display_text_item_id",
                table: "content_index",
                columns: new[] { "scope", "type", "culture", "display_text", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_type_culture_ends_utc_item_id",
                table: "content_index",
                columns: new[] { "scope", "type", "culture", "ends_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_type_culture_sort_utc_item_id",
                table: "content_index",
                columns: new[] { "scope", "type", "culture", "sort_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_index_scope_type_culture_starts_utc_item_id",
                table: "content_index",
                columns: new[] { "scope", "type", "culture", "starts_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_item_deleted_utc_item_id",
                table: "content_item",
                columns: new[] { "deleted_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_item_loc_set_culture",
                table: "content_item",
                columns: new[] { "loc_set", "culture" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_content_outbox_due_utc_id",
                table: "content_outbox",
                columns: new[] { "due_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_outbox_webhook_id_created_utc_id",
                table: "content_outbox",
                columns: new[] { "webhook_id", "created_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_redirect_item_id",
                table: "content_redirect",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_content_ref_item_id_scope",
                table: "content_ref",
                columns: new[] { "item_id", "scope" });

            migrationBuilder.CreateIndex(
                name: "ix_content_ref_kind_target_scope_item_id",
                table: "content_ref",
                columns: new[] { "kind", "target", "scope", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_route_item_id_scope",
                table: "content_route",
                columns: new[] { "item_id", "scope" });

            migrationBuilder.CreateIndex(
                name: "ix_content_schedule_item_id_act",
                table: "content_schedule",
                columns: new[] { "item_id", "act" });

            migrationBuilder.CreateIndex(
                name: "ix_content_schedule_refusal_code_due_utc",
                table: "content_schedule",
                columns: new[] { "refusal_code", "due_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_content_search_item_id",
                table: "content_search",
                column: "item_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_content_term_scope_term_id_type_culture_ends_utc_item_id",
                table: "content_term",
                columns: new[] { "scope", "term_id", "type", "culture", "ends_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_term_scope_term_id_type_culture_sort_utc_item_id",
                table: "content_term",
                columns: new[] { "scope", "term_id", "type", "culture", "sort_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_term_scope_term_id_type_culture_starts_utc_item_id",
                table: "content_term",
                columns: new[] { "scope", "term_id", "type", "culture", "starts_utc", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_translation_source_item_id",
                table: "content_translation",
                column: "source_item_id");

            migrationBuilder.CreateIndex(
                name: "ix_content_version_item_id_number",
                table: "content_version",
                columns: new[] { "item_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_media_asset_hash",
                table: "media_asset",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_media_asset_kind_created_utc_id",
                table: "media_asset",
                columns: new[] { "kind", "created_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_media_asset_path_norm",
                table: "media_asset",
                column: "path_norm",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_alias");

            migrationBuilder.DropTable(
                name: "content_audit");

            migrationBuilder.DropTable(
                name: "content_autosave");

            migrationBuilder.DropTable(
                name: "content_definition");

            migrationBuilder.DropTable(
                name: "content_field");

            migrationBuilder.DropTable(
                name: "content_index");

            migrationBuilder.DropTable(
                name: "content_lock");

            migrationBuilder.DropTable(
                name: "content_outbox");

            migrationBuilder.DropTable(
                name: "content_parked_step");

            migrationBuilder.DropTable(
                name: "content_redirect");

            migrationBuilder.DropTable(
                name: "content_ref");

            migrationBuilder.DropTable(
                name: "content_route");

            migrationBuilder.DropTable(
                name: "content_schedule");

            migrationBuilder.DropTable(
                name: "content_search");

            migrationBuilder.DropTable(
                name: "content_term");

            migrationBuilder.DropTable(
                name: "content_translation");

            migrationBuilder.DropTable(
                name: "content_version");

            migrationBuilder.DropTable(
                name: "content_webhook");

            migrationBuilder.DropTable(
                name: "media_asset");

            migrationBuilder.DropTable(
                name: "content_item");
        }
    }
}
