using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Metro.Library.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_lines",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    actor_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    subject_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    before = table.Column<string>(type: "character varying(16000)", maxLength: 16000, nullable: true),
                    after = table.Column<string>(type: "character varying(16000)", maxLength: 16000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_lines", x => x.id);
                    table.CheckConstraint("ck_audit_lines_action_length", "length(action) <= 60");
                    table.CheckConstraint("ck_audit_lines_actor_id_length", "length(actor_id) <= 100");
                    table.CheckConstraint("ck_audit_lines_actor_name_length", "length(actor_name) <= 200");
                    table.CheckConstraint("ck_audit_lines_after_length", "length(after) <= 16000");
                    table.CheckConstraint("ck_audit_lines_before_length", "length(before) <= 16000");
                    table.CheckConstraint("ck_audit_lines_subject_kind_length", "length(subject_kind) <= 40");
                    table.CheckConstraint("ck_audit_lines_subject_length", "length(subject) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "booking_series",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    recurrence = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_booking_series", x => x.id);
                    table.CheckConstraint("ck_booking_series_recurrence_length", "length(recurrence) <= 10000");
                });

            migrationBuilder.CreateTable(
                name: "branches",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    week = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    offers_pickup = table.Column<bool>(type: "boolean", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_branches", x => x.id);
                    table.CheckConstraint("ck_branches_address_length", "length(address) <= 400");
                    table.CheckConstraint("ck_branches_code_length", "length(code) <= 20");
                    table.CheckConstraint("ck_branches_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_branches_name_length", "length(name) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "counters",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counters", x => x.name);
                    table.CheckConstraint("ck_counters_name_length", "length(name) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "daily_figures",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_figures", x => new { x.day, x.kind, x.branch_id });
                    table.CheckConstraint("ck_daily_figures_count", "count >= 0");
                });

            migrationBuilder.CreateTable(
                name: "fruitless_searches",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    text = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false),
                    first_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fruitless_searches", x => x.id);
                    table.CheckConstraint("ck_fruitless_searches_text_length", "length(text) <= 120");
                });

            migrationBuilder.CreateTable(
                name: "house_limits",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    visits_per_school_year = table.Column<int>(type: "integer", nullable: false),
                    most_strikes = table.Column<int>(type: "integer", nullable: false),
                    strike_days = table.Column<int>(type: "integer", nullable: false),
                    most_owed = table.Column<int>(type: "integer", nullable: false),
                    membership_days = table.Column<int>(type: "integer", nullable: false),
                    most_digital_loans = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_house_limits", x => x.id);
                    table.CheckConstraint("ck_house_limits_only", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "licences",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    resource_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    title_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    most_at_once = table.Column<int>(type: "integer", nullable: true),
                    most_loans = table.Column<int>(type: "integer", nullable: true),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    loan_days = table.Column<int>(type: "integer", nullable: false),
                    out_now = table.Column<int>(type: "integer", nullable: false),
                    loans_made = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licences", x => x.id);
                    table.CheckConstraint("ck_licences_at_once", "out_now >= 0 AND (most_at_once IS NULL OR out_now <= most_at_once)");
                    table.CheckConstraint("ck_licences_days", "loan_days > 0");
                    table.CheckConstraint("ck_licences_in_all", "loans_made >= out_now AND (most_loans IS NULL OR loans_made <= most_loans)");
                    table.CheckConstraint("ck_licences_resource_key_length", "length(resource_key) <= 100");
                    table.CheckConstraint("ck_licences_title_english_length", "length(title_english) <= 200");
                    table.CheckConstraint("ck_licences_title_length", "length(title) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "loan_terms",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    most_loans = table.Column<int>(type: "integer", nullable: false),
                    loan_days = table.Column<int>(type: "integer", nullable: false),
                    most_renewals = table.Column<int>(type: "integer", nullable: false),
                    grace_days = table.Column<int>(type: "integer", nullable: false),
                    fine_per_day = table.Column<int>(type: "integer", nullable: false),
                    fine_ceiling = table.Column<int>(type: "integer", nullable: false),
                    suspension_days_per_day_late = table.Column<int>(type: "integer", nullable: false),
                    most_holds = table.Column<int>(type: "integer", nullable: false),
                    pickup_days = table.Column<int>(type: "integer", nullable: false),
                    scope = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loan_terms", x => x.id);
                    table.CheckConstraint("ck_loan_terms_days", "loan_days >= 1 AND pickup_days >= 1");
                    table.CheckConstraint("ck_loan_terms_scope_length", "length(scope) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    card_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    barcode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    birth_date = table.Column<DateOnly>(type: "date", nullable: true),
                    contact_person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    npsn = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    phone = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    phone_key = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    by_email = table.Column<bool>(type: "boolean", nullable: false),
                    by_phone = table.Column<bool>(type: "boolean", nullable: false),
                    by_post = table.Column<bool>(type: "boolean", nullable: false),
                    wants_news = table.Column<bool>(type: "boolean", nullable: false),
                    keeps_loan_history = table.Column<bool>(type: "boolean", nullable: false),
                    nik_cipher = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    nik_fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    nik_masked = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    applied_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    remark = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    member_since = table.Column<DateOnly>(type: "date", nullable: true),
                    membership_end = table.Column<DateOnly>(type: "date", nullable: true),
                    suspended_through = table.Column<DateOnly>(type: "date", nullable: true),
                    merged_into_id = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => x.id);
                    table.CheckConstraint("ck_members_address_length", "length(address) <= 400");
                    table.CheckConstraint("ck_members_barcode_length", "length(barcode) <= 20");
                    table.CheckConstraint("ck_members_card_number_length", "length(card_number) <= 20");
                    table.CheckConstraint("ck_members_contact_person_length", "length(contact_person) <= 200");
                    table.CheckConstraint("ck_members_email_length", "length(email) <= 254");
                    table.CheckConstraint("ck_members_language_length", "length(language) <= 10");
                    table.CheckConstraint("ck_members_name_key_length", "length(name_key) <= 200");
                    table.CheckConstraint("ck_members_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_members_nik_cipher_length", "length(nik_cipher) <= 200");
                    table.CheckConstraint("ck_members_nik_fingerprint_length", "length(nik_fingerprint) <= 64");
                    table.CheckConstraint("ck_members_nik_masked_length", "length(nik_masked) <= 20");
                    table.CheckConstraint("ck_members_npsn_length", "length(npsn) <= 8");
                    table.CheckConstraint("ck_members_phone_key_length", "length(phone_key) <= 32");
                    table.CheckConstraint("ck_members_phone_length", "length(phone) <= 32");
                    table.CheckConstraint("ck_members_remark_length", "length(remark) <= 1000");
                    table.ForeignKey(
                        name: "fk_members_members_merged_into_id",
                        column: x => x.merged_into_id,
                        principalTable: "members",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    subject = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    recipient_key = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    scheduled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    culture = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    payload = table.Column<string>(type: "character varying(16000)", maxLength: 16000, nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    claimed_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    claimed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    letter = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    reply = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                    table.CheckConstraint("ck_outbox_messages_claimed_by_length", "length(claimed_by) <= 100");
                    table.CheckConstraint("ck_outbox_messages_culture_length", "length(culture) <= 10");
                    table.CheckConstraint("ck_outbox_messages_email_length", "length(email) <= 254");
                    table.CheckConstraint("ck_outbox_messages_kind_length", "length(kind) <= 60");
                    table.CheckConstraint("ck_outbox_messages_letter_length", "length(letter) <= 32");
                    table.CheckConstraint("ck_outbox_messages_payload_length", "length(payload) <= 16000");
                    table.CheckConstraint("ck_outbox_messages_recipient_key_length", "length(recipient_key) <= 260");
                    table.CheckConstraint("ck_outbox_messages_remark_length", "length(remark) <= 500");
                    table.CheckConstraint("ck_outbox_messages_reply_length", "length(reply) <= 300");
                    table.CheckConstraint("ck_outbox_messages_subject_length", "length(subject) <= 60");
                });

            migrationBuilder.CreateTable(
                name: "presence_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presence_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "programs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    title_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    summary = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    summary_english = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    content_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    accommodations = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    least_age = table.Column<int>(type: "integer", nullable: true),
                    greatest_age = table.Column<int>(type: "integer", nullable: true),
                    needs_guardian_consent = table.Column<bool>(type: "boolean", nullable: false),
                    most_companions = table.Column<int>(type: "integer", nullable: false),
                    largest_group = table.Column<int>(type: "integer", nullable: false),
                    open_to_non_members = table.Column<bool>(type: "boolean", nullable: false),
                    enrolment = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    offer_hours = table.Column<int>(type: "integer", nullable: false),
                    checks_in = table.Column<bool>(type: "boolean", nullable: false),
                    check_in_opens_minutes = table.Column<int>(type: "integer", nullable: false),
                    check_in_closes_minutes = table.Column<int>(type: "integer", nullable: false),
                    strikes_no_shows = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_programs", x => x.id);
                    table.CheckConstraint("ck_programs_ages", "least_age IS NULL OR greatest_age IS NULL OR least_age <= greatest_age");
                    table.CheckConstraint("ck_programs_content_key_length", "length(content_key) <= 100");
                    table.CheckConstraint("ck_programs_numbers", "most_companions >= 0 AND largest_group >= 0 AND offer_hours > 0");
                    table.CheckConstraint("ck_programs_summary_english_length", "length(summary_english) <= 4000");
                    table.CheckConstraint("ck_programs_summary_length", "length(summary) <= 4000");
                    table.CheckConstraint("ck_programs_title_english_length", "length(title_english) <= 200");
                    table.CheckConstraint("ck_programs_title_length", "length(title) <= 200");
                });

            migrationBuilder.CreateTable(
                name: "schools",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    npsn = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    contact_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    contact_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    contact_phone = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schools", x => x.id);
                    table.CheckConstraint("ck_schools_address_length", "length(address) <= 400");
                    table.CheckConstraint("ck_schools_contact_email_length", "length(contact_email) <= 254");
                    table.CheckConstraint("ck_schools_contact_name_length", "length(contact_name) <= 200");
                    table.CheckConstraint("ck_schools_contact_phone_length", "length(contact_phone) <= 32");
                    table.CheckConstraint("ck_schools_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_schools_npsn_length", "length(npsn) <= 8");
                });

            migrationBuilder.CreateTable(
                name: "space_kinds",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    audience = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    needs_approval = table.Column<bool>(type: "boolean", nullable: false),
                    most_per_week = table.Column<int>(type: "integer", nullable: true),
                    most_per_month = table.Column<int>(type: "integer", nullable: true),
                    days_ahead = table.Column<int>(type: "integer", nullable: false),
                    notice_hours = table.Column<int>(type: "integer", nullable: false),
                    answer_hours = table.Column<int>(type: "integer", nullable: false),
                    checks_in = table.Column<bool>(type: "boolean", nullable: false),
                    check_in_opens_minutes = table.Column<int>(type: "integer", nullable: false),
                    check_in_closes_minutes = table.Column<int>(type: "integer", nullable: false),
                    strikes_no_shows = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_space_kinds", x => x.id);
                    table.CheckConstraint("ck_space_kinds_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_space_kinds_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_space_kinds_numbers", "days_ahead > 0 AND notice_hours >= 0 AND answer_hours > 0 AND check_in_opens_minutes >= 0 AND check_in_closes_minutes >= 0");
                });

            migrationBuilder.CreateTable(
                name: "strikes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    about = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lifted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    appeal = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    appeal_text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    appeal_answer = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_strikes", x => x.id);
                    table.CheckConstraint("ck_strikes_about_length", "length(about) <= 60");
                    table.CheckConstraint("ck_strikes_appeal_answer_length", "length(appeal_answer) <= 1000");
                    table.CheckConstraint("ck_strikes_appeal_text_length", "length(appeal_text) <= 1000");
                });

            migrationBuilder.CreateTable(
                name: "titles",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    subtitle = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    edition = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    place = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    publisher = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    year = table.Column<int>(type: "integer", nullable: true),
                    extent = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    series = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    series_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    language = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    audience = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    summary = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    ddc = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    source_key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    fingerprint = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    times_borrowed = table.Column<int>(type: "integer", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_titles", x => x.id);
                    table.CheckConstraint("ck_titles_ddc_length", "length(ddc) <= 30");
                    table.CheckConstraint("ck_titles_edition_length", "length(edition) <= 250");
                    table.CheckConstraint("ck_titles_extent_length", "length(extent) <= 250");
                    table.CheckConstraint("ck_titles_fingerprint_length", "length(fingerprint) <= 32");
                    table.CheckConstraint("ck_titles_language_length", "length(language) <= 3");
                    table.CheckConstraint("ck_titles_name_length", "length(name) <= 500");
                    table.CheckConstraint("ck_titles_place_length", "length(place) <= 250");
                    table.CheckConstraint("ck_titles_publisher_length", "length(publisher) <= 250");
                    table.CheckConstraint("ck_titles_series_length", "length(series) <= 250");
                    table.CheckConstraint("ck_titles_series_number_length", "length(series_number) <= 60");
                    table.CheckConstraint("ck_titles_source_key_length", "length(source_key) <= 120");
                    table.CheckConstraint("ck_titles_subtitle_length", "length(subtitle) <= 500");
                    table.CheckConstraint("ck_titles_summary_length", "length(summary) <= 4000");
                });

            migrationBuilder.CreateTable(
                name: "unsubscriptions",
                columns: table => new
                {
                    recipient_key = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    topic = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unsubscriptions", x => new { x.recipient_key, x.topic });
                    table.CheckConstraint("ck_unsubscriptions_recipient_key_length", "length(recipient_key) <= 260");
                });

            migrationBuilder.CreateTable(
                name: "calendar_exceptions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    branch_id = table.Column<long>(type: "bigint", nullable: true),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    week = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_exceptions", x => x.id);
                    table.CheckConstraint("ck_calendar_exceptions_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_calendar_exceptions_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_calendar_exceptions_order", "\"from\" <= \"to\"");
                    table.ForeignKey(
                        name: "fk_calendar_exceptions_branches_branch_id",
                        column: x => x.branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "equipment",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    total = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equipment", x => x.id);
                    table.CheckConstraint("ck_equipment_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_equipment_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_equipment_total", "total >= 0");
                    table.ForeignKey(
                        name: "fk_equipment_branches_branch_id",
                        column: x => x.branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "calendar_secrets",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_secrets", x => x.member_id);
                    table.CheckConstraint("ck_calendar_secrets_hash_length", "length(hash) <= 64");
                    table.ForeignKey(
                        name: "fk_calendar_secrets_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "clearance_certificates",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    issued_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clearance_certificates", x => x.id);
                    table.CheckConstraint("ck_clearance_certificates_number_length", "length(number) <= 40");
                    table.ForeignKey(
                        name: "fk_clearance_certificates_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    given_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    by_guardian = table.Column<bool>(type: "boolean", nullable: false),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => x.id);
                    table.CheckConstraint("ck_consents_evidence_length", "length(evidence) <= 1000");
                    table.CheckConstraint("ck_consents_given_by_length", "length(given_by) <= 200");
                    table.ForeignKey(
                        name: "fk_consents_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "digital_holds",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    resource_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    placed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    licence_id = table.Column<long>(type: "bigint", nullable: true),
                    offer_expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    active_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_digital_holds", x => x.id);
                    table.CheckConstraint("ck_digital_holds_active_key_length", "length(active_key) <= 40");
                    table.CheckConstraint("ck_digital_holds_resource_key_length", "length(resource_key) <= 100");
                    table.ForeignKey(
                        name: "fk_digital_holds_licences_licence_id",
                        column: x => x.licence_id,
                        principalTable: "licences",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_digital_holds_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "digital_loans",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    licence_id = table.Column<long>(type: "bigint", nullable: false),
                    resource_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    lent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    active_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_digital_loans", x => x.id);
                    table.CheckConstraint("ck_digital_loans_active_key_length", "length(active_key) <= 40");
                    table.CheckConstraint("ck_digital_loans_resource_key_length", "length(resource_key) <= 100");
                    table.ForeignKey(
                        name: "fk_digital_loans_licences_licence_id",
                        column: x => x.licence_id,
                        principalTable: "licences",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_digital_loans_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "guardianships",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    child_id = table.Column<long>(type: "bigint", nullable: false),
                    guardian_id = table.Column<long>(type: "bigint", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    relation = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    phone = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guardianships", x => x.id);
                    table.CheckConstraint("ck_guardianships_email_length", "length(email) <= 254");
                    table.CheckConstraint("ck_guardianships_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_guardianships_phone_length", "length(phone) <= 32");
                    table.CheckConstraint("ck_guardianships_relation_length", "length(relation) <= 60");
                    table.ForeignKey(
                        name: "fk_guardianships_members_child_id",
                        column: x => x.child_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_guardianships_members_guardian_id",
                        column: x => x.guardian_id,
                        principalTable: "members",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "member_notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    written_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_notes", x => x.id);
                    table.CheckConstraint("ck_member_notes_text_length", "length(text) <= 1000");
                    table.CheckConstraint("ck_member_notes_written_by_length", "length(written_by) <= 200");
                    table.ForeignKey(
                        name: "fk_member_notes_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "suspensions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    through = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    cause = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    imposed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lifted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suspensions", x => x.id);
                    table.CheckConstraint("ck_suspensions_cause_length", "length(cause) <= 60");
                    table.CheckConstraint("ck_suspensions_order", "\"from\" <= through");
                    table.CheckConstraint("ck_suspensions_reason_length", "length(reason) <= 1000");
                    table.ForeignKey(
                        name: "fk_suspensions_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wrong_codes",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wrong_codes", x => x.member_id);
                    table.ForeignKey(
                        name: "fk_wrong_codes_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "series_enrolments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    program_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    cancelled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_series_enrolments", x => x.id);
                    table.ForeignKey(
                        name: "fk_series_enrolments_programs_program_id",
                        column: x => x.program_id,
                        principalTable: "programs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_quotas",
                columns: table => new
                {
                    school_id = table.Column<long>(type: "bigint", nullable: false),
                    first_year = table.Column<int>(type: "integer", nullable: false),
                    allowed = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_quotas", x => new { x.school_id, x.first_year });
                    table.CheckConstraint("ck_visit_quotas_used", "used >= 0 AND used <= allowed");
                    table.ForeignKey(
                        name: "fk_visit_quotas_schools_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "spaces",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind_id = table.Column<long>(type: "bigint", nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    content_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    slot_minutes = table.Column<int>(type: "integer", nullable: false),
                    most_slots = table.Column<int>(type: "integer", nullable: false),
                    set_up_minutes = table.Column<int>(type: "integer", nullable: false),
                    cleaning_minutes = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spaces", x => x.id);
                    table.CheckConstraint("ck_spaces_content_key_length", "length(content_key) <= 100");
                    table.CheckConstraint("ck_spaces_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_spaces_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_spaces_numbers", "capacity > 0 AND slot_minutes > 0 AND slot_minutes % 15 = 0 AND most_slots > 0 AND set_up_minutes >= 0 AND set_up_minutes % 15 = 0 AND cleaning_minutes >= 0 AND cleaning_minutes % 15 = 0");
                    table.ForeignKey(
                        name: "fk_spaces_branches_branch_id",
                        column: x => x.branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_spaces_space_kinds_kind_id",
                        column: x => x.kind_id,
                        principalTable: "space_kinds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "catalog_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_catalog_changes_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "copies",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    barcode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    owner_branch_id = table.Column<long>(type: "bigint", nullable: false),
                    current_branch_id = table.Column<long>(type: "bigint", nullable: false),
                    destination_branch_id = table.Column<long>(type: "bigint", nullable: true),
                    shelf_mark = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    condition = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    price = table.Column<int>(type: "integer", nullable: true),
                    acquired_on = table.Column<DateOnly>(type: "date", nullable: true),
                    for_reference_only = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    status_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_copies", x => x.id);
                    table.CheckConstraint("ck_copies_barcode_length", "length(barcode) <= 40");
                    table.CheckConstraint("ck_copies_destination", "(status = 'InTransit') = (destination_branch_id is not null)");
                    table.CheckConstraint("ck_copies_note_length", "length(note) <= 500");
                    table.CheckConstraint("ck_copies_price", "price between 0 and 1000000000");
                    table.CheckConstraint("ck_copies_shelf_mark_length", "length(shelf_mark) <= 100");
                    table.ForeignKey(
                        name: "fk_copies_branches_current_branch_id",
                        column: x => x.current_branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_copies_branches_destination_branch_id",
                        column: x => x.destination_branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_copies_branches_owner_branch_id",
                        column: x => x.owner_branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_copies_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imported_records",
                columns: table => new
                {
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    record = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_records", x => x.title_id);
                    table.CheckConstraint("ck_imported_records_hash_length", "length(hash) <= 64");
                    table.ForeignKey(
                        name: "fk_imported_records_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "title_contributors",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    name_key = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_title_contributors", x => x.id);
                    table.CheckConstraint("ck_title_contributors_name_key_length", "length(name_key) <= 250");
                    table.CheckConstraint("ck_title_contributors_name_length", "length(name) <= 250");
                    table.ForeignKey(
                        name: "fk_title_contributors_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "title_identifiers",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_title_identifiers", x => x.id);
                    table.CheckConstraint("ck_title_identifiers_value_length", "length(value) <= 60");
                    table.ForeignKey(
                        name: "fk_title_identifiers_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "title_subjects",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    key = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_title_subjects", x => x.id);
                    table.CheckConstraint("ck_title_subjects_key_length", "length(key) <= 250");
                    table.CheckConstraint("ck_title_subjects_text_length", "length(text) <= 250");
                    table.ForeignKey(
                        name: "fk_title_subjects_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bookings",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    uid = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    space_id = table.Column<long>(type: "bigint", nullable: false),
                    series_id = table.Column<long>(type: "bigint", nullable: true),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    organiser_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    organiser_key = table.Column<string>(type: "character varying(280)", maxLength: 280, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    heads = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    culture = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    held_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    held_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    check_in_closes_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    checked_in_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    moved_by_closure_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookings", x => x.id);
                    table.CheckConstraint("ck_bookings_culture_length", "length(culture) <= 10");
                    table.CheckConstraint("ck_bookings_email_length", "length(email) <= 254");
                    table.CheckConstraint("ck_bookings_note_length", "length(note) <= 1000");
                    table.CheckConstraint("ck_bookings_order", "held_from <= starts_at AND starts_at < ends_at AND ends_at <= held_until AND heads > 0");
                    table.CheckConstraint("ck_bookings_organiser_key_length", "length(organiser_key) <= 280");
                    table.CheckConstraint("ck_bookings_organiser_name_length", "length(organiser_name) <= 200");
                    table.CheckConstraint("ck_bookings_reason_length", "length(reason) <= 500");
                    table.CheckConstraint("ck_bookings_title_length", "length(title) <= 200");
                    table.CheckConstraint("ck_bookings_uid_length", "length(uid) <= 36");
                    table.ForeignKey(
                        name: "fk_bookings_booking_series_series_id",
                        column: x => x.series_id,
                        principalTable: "booking_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_bookings_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "occupied_quarters",
                columns: table => new
                {
                    space_id = table.Column<long>(type: "bigint", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    holder = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_occupied_quarters", x => new { x.space_id, x.starts_at });
                    table.CheckConstraint("ck_occupied_quarters_holder_length", "length(holder) <= 60");
                    table.ForeignKey(
                        name: "fk_occupied_quarters_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    program_id = table.Column<long>(type: "bigint", nullable: false),
                    uid = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    place_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    space_id = table.Column<long>(type: "bigint", nullable: true),
                    branch_id = table.Column<long>(type: "bigint", nullable: true),
                    place_words = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    seats_taken = table.Column<int>(type: "integer", nullable: false),
                    waiting = table.Column<int>(type: "integer", nullable: false),
                    registration_opens_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    registration_closes_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    check_in_closes_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    released_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    moved_by_closure_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.CheckConstraint("ck_sessions_order", "starts_at < ends_at");
                    table.CheckConstraint("ck_sessions_place_words_length", "length(place_words) <= 300");
                    table.CheckConstraint("ck_sessions_reason_length", "length(reason) <= 500");
                    table.CheckConstraint("ck_sessions_seats", "seats_taken >= 0 AND seats_taken <= capacity");
                    table.CheckConstraint("ck_sessions_uid_length", "length(uid) <= 36");
                    table.CheckConstraint("ck_sessions_waiting", "waiting >= 0");
                    table.ForeignKey(
                        name: "fk_sessions_branches_branch_id",
                        column: x => x.branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sessions_programs_program_id",
                        column: x => x.program_id,
                        principalTable: "programs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sessions_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_offers",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    duration_minutes = table.Column<int>(type: "integer", nullable: false),
                    least_children = table.Column<int>(type: "integer", nullable: false),
                    most_children = table.Column<int>(type: "integer", nullable: false),
                    languages = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    space_id = table.Column<long>(type: "bigint", nullable: true),
                    guides = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    days_ahead = table.Column<int>(type: "integer", nullable: false),
                    cancel_days = table.Column<int>(type: "integer", nullable: false),
                    answer_days = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_offers", x => x.id);
                    table.CheckConstraint("ck_visit_offers_guides_length", "length(guides) <= 40");
                    table.CheckConstraint("ck_visit_offers_languages_length", "length(languages) <= 60");
                    table.CheckConstraint("ck_visit_offers_name_english_length", "length(name_english) <= 200");
                    table.CheckConstraint("ck_visit_offers_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_visit_offers_numbers", "duration_minutes > 0 AND least_children > 0 AND least_children <= most_children AND notice_days >= 0 AND days_ahead > 0 AND cancel_days >= 0 AND answer_days > 0");
                    table.ForeignKey(
                        name: "fk_visit_offers_branches_branch_id",
                        column: x => x.branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visit_offers_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "desk_scans",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    copy_id = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scanned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    loan_id = table.Column<long>(type: "bigint", nullable: true),
                    routing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    destination_branch_id = table.Column<long>(type: "bigint", nullable: true),
                    days_late = table.Column<int>(type: "integer", nullable: false),
                    fine = table.Column<int>(type: "integer", nullable: false),
                    suspended_through = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_desk_scans", x => x.id);
                    table.CheckConstraint("ck_desk_scans_by_length", "length(by) <= 100");
                    table.CheckConstraint("ck_desk_scans_key_length", "length(key) <= 40");
                    table.ForeignKey(
                        name: "fk_desk_scans_copies_copy_id",
                        column: x => x.copy_id,
                        principalTable: "copies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    pickup_branch_id = table.Column<long>(type: "bigint", nullable: false),
                    placed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    suspended_through = table.Column<DateOnly>(type: "date", nullable: true),
                    copy_id = table.Column<long>(type: "bigint", nullable: true),
                    ready_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    pickup_by = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    to_clear = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_holds", x => x.id);
                    table.CheckConstraint("ck_holds_copy", "state NOT IN ('Fetching', 'InTransit', 'Ready', 'Collected') OR copy_id IS NOT NULL");
                    table.CheckConstraint("ck_holds_ended", "(ended_at IS NULL) = (state IN ('Waiting', 'Fetching', 'InTransit', 'Ready'))");
                    table.CheckConstraint("ck_holds_linked", "ended_at IS NOT NULL OR member_id IS NOT NULL");
                    table.CheckConstraint("ck_holds_ready", "state <> 'Ready' OR (ready_at IS NOT NULL AND pickup_by IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_holds_branches_pickup_branch_id",
                        column: x => x.pickup_branch_id,
                        principalTable: "branches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_holds_copies_copy_id",
                        column: x => x.copy_id,
                        principalTable: "copies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_holds_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_holds_titles_title_id",
                        column: x => x.title_id,
                        principalTable: "titles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "loans",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    copy_id = table.Column<long>(type: "bigint", nullable: false),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    member_category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    lent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    lent_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    renewals = table.Column<int>(type: "integer", nullable: false),
                    renewed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    lost_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    returned_on = table.Column<DateOnly>(type: "date", nullable: true),
                    return_branch_id = table.Column<long>(type: "bigint", nullable: true),
                    claimed_returned_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loans", x => x.id);
                    table.CheckConstraint("ck_loans_due", "due_on >= lent_on");
                    table.CheckConstraint("ck_loans_ended", "(ended_at IS NULL) = (state IN ('Out', 'Lost'))");
                    table.CheckConstraint("ck_loans_linked", "ended_at IS NOT NULL OR member_id IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_loans_copies_copy_id",
                        column: x => x.copy_id,
                        principalTable: "copies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_loans_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "on_site_readings",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    copy_id = table.Column<long>(type: "bigint", nullable: false),
                    title_id = table.Column<long>(type: "bigint", nullable: false),
                    branch_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_on_site_readings", x => x.id);
                    table.ForeignKey(
                        name: "fk_on_site_readings_copies_copy_id",
                        column: x => x.copy_id,
                        principalTable: "copies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "booked_equipment",
                columns: table => new
                {
                    booking_id = table.Column<long>(type: "bigint", nullable: false),
                    equipment_id = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_booked_equipment", x => new { x.booking_id, x.equipment_id });
                    table.CheckConstraint("ck_booked_equipment_count", "count > 0");
                    table.ForeignKey(
                        name: "fk_booked_equipment_bookings_booking_id",
                        column: x => x.booking_id,
                        principalTable: "bookings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_booked_equipment_equipment_equipment_id",
                        column: x => x.equipment_id,
                        principalTable: "equipment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "registrations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    series_enrolment_id = table.Column<long>(type: "bigint", nullable: true),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    age = table.Column<int>(type: "integer", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    group_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    culture = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    ticket_code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    active_key = table.Column<string>(type: "character varying(280)", maxLength: 280, nullable: true),
                    offer_expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    attended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registrations", x => x.id);
                    table.CheckConstraint("ck_registrations_active_key_length", "length(active_key) <= 280");
                    table.CheckConstraint("ck_registrations_culture_length", "length(culture) <= 10");
                    table.CheckConstraint("ck_registrations_email_length", "length(email) <= 254");
                    table.CheckConstraint("ck_registrations_group_name_length", "length(group_name) <= 200");
                    table.CheckConstraint("ck_registrations_name_length", "length(name) <= 200");
                    table.CheckConstraint("ck_registrations_note_length", "length(note) <= 1000");
                    table.CheckConstraint("ck_registrations_seats", "seats >= 1");
                    table.CheckConstraint("ck_registrations_ticket_code_length", "length(ticket_code) <= 8");
                    table.ForeignKey(
                        name: "fk_registrations_series_enrolments_series_enrolment_id",
                        column: x => x.series_enrolment_id,
                        principalTable: "series_enrolments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_registrations_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit_times",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    offer_id = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    starts_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit_times", x => x.id);
                    table.ForeignKey(
                        name: "fk_visit_times_visit_offers_offer_id",
                        column: x => x.offer_id,
                        principalTable: "visit_offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "visits",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    uid = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    school_id = table.Column<long>(type: "bigint", nullable: false),
                    offer_id = table.Column<long>(type: "bigint", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    children = table.Column<int>(type: "integer", nullable: false),
                    adults = table.Column<int>(type: "integer", nullable: false),
                    class_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    needs = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    letter_number = table.Column<long>(type: "bigint", nullable: true),
                    letter_date = table.Column<DateOnly>(type: "date", nullable: true),
                    quota_year = table.Column<int>(type: "integer", nullable: true),
                    reminded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    moved_by_closure_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    children_came = table.Column<int>(type: "integer", nullable: true),
                    requested_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visits", x => x.id);
                    table.CheckConstraint("ck_visits_class_name_length", "length(class_name) <= 60");
                    table.CheckConstraint("ck_visits_heads", "children > 0 AND adults * 10 >= children");
                    table.CheckConstraint("ck_visits_language_length", "length(language) <= 10");
                    table.CheckConstraint("ck_visits_needs_length", "length(needs) <= 1000");
                    table.CheckConstraint("ck_visits_note_length", "length(note) <= 1000");
                    table.CheckConstraint("ck_visits_order", "starts_at < ends_at");
                    table.CheckConstraint("ck_visits_reason_length", "length(reason) <= 500");
                    table.CheckConstraint("ck_visits_uid_length", "length(uid) <= 36");
                    table.ForeignKey(
                        name: "fk_visits_schools_school_id",
                        column: x => x.school_id,
                        principalTable: "schools",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visits_visit_offers_offer_id",
                        column: x => x.offer_id,
                        principalTable: "visit_offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "fines",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    loan_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: true),
                    amount = table.Column<int>(type: "integer", nullable: false),
                    outstanding = table.Column<int>(type: "integer", nullable: false),
                    days_late = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    assessed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fines", x => x.id);
                    table.CheckConstraint("ck_fines_amount", "amount > 0 AND outstanding >= 0 AND outstanding <= amount");
                    table.CheckConstraint("ck_fines_linked", "outstanding = 0 OR member_id IS NOT NULL");
                    table.CheckConstraint("ck_fines_note_length", "length(note) <= 1000");
                    table.ForeignKey(
                        name: "fk_fines_loans_loan_id",
                        column: x => x.loan_id,
                        principalTable: "loans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fines_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "accommodation_requests",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    registration_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accommodation_requests", x => x.id);
                    table.CheckConstraint("ck_accommodation_requests_note_length", "length(note) <= 500");
                    table.ForeignKey(
                        name: "fk_accommodation_requests_registrations_registration_id",
                        column: x => x.registration_id,
                        principalTable: "registrations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "registration_consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    registration_id = table.Column<long>(type: "bigint", nullable: false),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    guardian_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    guardian_contact = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    wording = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registration_consents", x => x.id);
                    table.CheckConstraint("ck_registration_consents_guardian_contact_length", "length(guardian_contact) <= 254");
                    table.CheckConstraint("ck_registration_consents_guardian_name_length", "length(guardian_name) <= 200");
                    table.CheckConstraint("ck_registration_consents_wording_length", "length(wording) <= 40");
                    table.ForeignKey(
                        name: "fk_registration_consents_registrations_registration_id",
                        column: x => x.registration_id,
                        principalTable: "registrations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "guides_quarters",
                columns: table => new
                {
                    guides = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    visit_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guides_quarters", x => new { x.guides, x.starts_at });
                    table.CheckConstraint("ck_guides_quarters_guides_length", "length(guides) <= 40");
                    table.ForeignKey(
                        name: "fk_guides_quarters_visits_visit_id",
                        column: x => x.visit_id,
                        principalTable: "visits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fine_payments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    fine_id = table.Column<long>(type: "bigint", nullable: false),
                    amount = table.Column<int>(type: "integer", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    receipt_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    received_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fine_payments", x => x.id);
                    table.CheckConstraint("ck_fine_payments_amount", "amount > 0");
                    table.CheckConstraint("ck_fine_payments_receipt_number_length", "length(receipt_number) <= 40");
                    table.CheckConstraint("ck_fine_payments_received_by_length", "length(received_by) <= 200");
                    table.CheckConstraint("ck_fine_payments_request_key_length", "length(request_key) <= 80");
                    table.ForeignKey(
                        name: "fk_fine_payments_fines_fine_id",
                        column: x => x.fine_id,
                        principalTable: "fines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "fine_waivers",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    fine_id = table.Column<long>(type: "bigint", nullable: false),
                    amount = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    waived_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fine_waivers", x => x.id);
                    table.CheckConstraint("ck_fine_waivers_amount", "amount > 0");
                    table.CheckConstraint("ck_fine_waivers_reason_length", "length(reason) <= 1000");
                    table.CheckConstraint("ck_fine_waivers_waived_by_length", "length(waived_by) <= 200");
                    table.ForeignKey(
                        name: "fk_fine_waivers_fines_fine_id",
                        column: x => x.fine_id,
                        principalTable: "fines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accommodation_requests_registration_id",
                table: "accommodation_requests",
                column: "registration_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_actor_kind_actor_id_id",
                table: "audit_lines",
                columns: new[] { "actor_kind", "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_at",
                table: "audit_lines",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_subject_id",
                table: "audit_lines",
                columns: new[] { "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_lines_subject_kind_id",
                table: "audit_lines",
                columns: new[] { "subject_kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_booked_equipment_equipment_id",
                table: "booked_equipment",
                column: "equipment_id");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_email_ends_at",
                table: "bookings",
                columns: new[] { "email", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_member_id_starts_at",
                table: "bookings",
                columns: new[] { "member_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organiser_key_starts_at",
                table: "bookings",
                columns: new[] { "organiser_key", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_series_id",
                table: "bookings",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_space_id_held_until_held_from",
                table: "bookings",
                columns: new[] { "space_id", "held_until", "held_from" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_status_answer_by",
                table: "bookings",
                columns: new[] { "status", "answer_by" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_status_check_in_closes_at",
                table: "bookings",
                columns: new[] { "status", "check_in_closes_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_status_held_until",
                table: "bookings",
                columns: new[] { "status", "held_until" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_uid",
                table: "bookings",
                column: "uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_branches_code",
                table: "branches",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_calendar_exceptions_branch_id_to",
                table: "calendar_exceptions",
                columns: new[] { "branch_id", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_secrets_hash",
                table: "calendar_secrets",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_changes_title_id",
                table: "catalog_changes",
                column: "title_id");

            migrationBuilder.CreateIndex(
                name: "ix_clearance_certificates_member_id",
                table: "clearance_certificates",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_clearance_certificates_number",
                table: "clearance_certificates",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_consents_member_id",
                table: "consents",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_consents_member_id_purpose",
                table: "consents",
                columns: new[] { "member_id", "purpose" },
                unique: true,
                filter: "withdrawn_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_copies_barcode",
                table: "copies",
                column: "barcode",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_copies_current_branch_id",
                table: "copies",
                column: "current_branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_copies_destination_branch_id",
                table: "copies",
                column: "destination_branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_copies_owner_branch_id",
                table: "copies",
                column: "owner_branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_copies_status_current_branch_id",
                table: "copies",
                columns: new[] { "status", "current_branch_id" });

            migrationBuilder.CreateIndex(
                name: "ix_copies_status_id",
                table: "copies",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_copies_title_id_status",
                table: "copies",
                columns: new[] { "title_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_daily_figures_kind_branch_id_day",
                table: "daily_figures",
                columns: new[] { "kind", "branch_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_desk_scans_at",
                table: "desk_scans",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_desk_scans_by_kind_id",
                table: "desk_scans",
                columns: new[] { "by", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_desk_scans_copy_id",
                table: "desk_scans",
                column: "copy_id");

            migrationBuilder.CreateIndex(
                name: "ix_desk_scans_key",
                table: "desk_scans",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_ended_at",
                table: "digital_holds",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_licence_id",
                table: "digital_holds",
                column: "licence_id");

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_member_id_ended_at_id",
                table: "digital_holds",
                columns: new[] { "member_id", "ended_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_resource_key_active_key",
                table: "digital_holds",
                columns: new[] { "resource_key", "active_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_resource_key_status_id",
                table: "digital_holds",
                columns: new[] { "resource_key", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_holds_status_offer_expires_at",
                table: "digital_holds",
                columns: new[] { "status", "offer_expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_loans_ended_at_due_at",
                table: "digital_loans",
                columns: new[] { "ended_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_loans_lent_at",
                table: "digital_loans",
                column: "lent_at");

            migrationBuilder.CreateIndex(
                name: "ix_digital_loans_licence_id_ended_at",
                table: "digital_loans",
                columns: new[] { "licence_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_loans_member_id_ended_at_due_at",
                table: "digital_loans",
                columns: new[] { "member_id", "ended_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_digital_loans_resource_key_active_key",
                table: "digital_loans",
                columns: new[] { "resource_key", "active_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_equipment_branch_id",
                table: "equipment",
                column: "branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_fine_payments_at",
                table: "fine_payments",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_fine_payments_fine_id",
                table: "fine_payments",
                column: "fine_id");

            migrationBuilder.CreateIndex(
                name: "ix_fine_payments_receipt_number",
                table: "fine_payments",
                column: "receipt_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fine_payments_request_key",
                table: "fine_payments",
                column: "request_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fine_waivers_fine_id",
                table: "fine_waivers",
                column: "fine_id");

            migrationBuilder.CreateIndex(
                name: "ix_fines_loan_id_reason",
                table: "fines",
                columns: new[] { "loan_id", "reason" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fines_member_id",
                table: "fines",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_fines_open",
                table: "fines",
                column: "id",
                filter: "outstanding > 0");

            migrationBuilder.CreateIndex(
                name: "ix_fines_owed",
                table: "fines",
                columns: new[] { "member_id", "outstanding" },
                filter: "outstanding > 0");

            migrationBuilder.CreateIndex(
                name: "ix_fruitless_searches_last_at_id",
                table: "fruitless_searches",
                columns: new[] { "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_fruitless_searches_text",
                table: "fruitless_searches",
                column: "text",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_child_id",
                table: "guardianships",
                column: "child_id");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_ended_at_id",
                table: "guardianships",
                columns: new[] { "ended_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_guardian_id_ended_at",
                table: "guardianships",
                columns: new[] { "guardian_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_guides_quarters_visit_id",
                table: "guides_quarters",
                column: "visit_id");

            migrationBuilder.CreateIndex(
                name: "ix_holds_clearing",
                table: "holds",
                columns: new[] { "pickup_by", "id" },
                filter: "to_clear");

            migrationBuilder.CreateIndex(
                name: "ix_holds_clearing_at",
                table: "holds",
                columns: new[] { "pickup_branch_id", "pickup_by", "id" },
                filter: "to_clear");

            migrationBuilder.CreateIndex(
                name: "ix_holds_member_active",
                table: "holds",
                columns: new[] { "title_id", "member_id" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_holds_member_id_ended_at",
                table: "holds",
                columns: new[] { "member_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_holds_state_id",
                table: "holds",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_holds_state_pickup_by_id",
                table: "holds",
                columns: new[] { "state", "pickup_by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_holds_state_suspended_through",
                table: "holds",
                columns: new[] { "state", "suspended_through" });

            migrationBuilder.CreateIndex(
                name: "ix_holds_title_id_state_id",
                table: "holds",
                columns: new[] { "title_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_holds_to_clear",
                table: "holds",
                column: "copy_id",
                unique: true,
                filter: "to_clear");

            migrationBuilder.CreateIndex(
                name: "ix_holds_to_unlink",
                table: "holds",
                columns: new[] { "ended_at", "id" },
                filter: "member_id IS NOT NULL AND ended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_imported_records_hash",
                table: "imported_records",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_licences_resource_key_id",
                table: "licences",
                columns: new[] { "resource_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loan_terms_scope",
                table: "loan_terms",
                column: "scope",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_loans_claimed_returned",
                table: "loans",
                columns: new[] { "claimed_returned_on", "id" },
                filter: "claimed_returned_on IS NOT NULL AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_loans_copy_id_id",
                table: "loans",
                columns: new[] { "copy_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loans_copy_open",
                table: "loans",
                column: "copy_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_loans_lent_on",
                table: "loans",
                column: "lent_on");

            migrationBuilder.CreateIndex(
                name: "ix_loans_member_id_ended_at",
                table: "loans",
                columns: new[] { "member_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_loans_state_due_on_id",
                table: "loans",
                columns: new[] { "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loans_state_id",
                table: "loans",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loans_to_unlink",
                table: "loans",
                columns: new[] { "ended_at", "id" },
                filter: "member_id IS NOT NULL AND ended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_member_notes_member_id_id",
                table: "member_notes",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_members_barcode",
                table: "members",
                column: "barcode",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_card_number",
                table: "members",
                column: "card_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_email",
                table: "members",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_members_member_since",
                table: "members",
                column: "member_since");

            migrationBuilder.CreateIndex(
                name: "ix_members_membership_end_id",
                table: "members",
                columns: new[] { "membership_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_members_merged_into_id",
                table: "members",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_members_nik_fingerprint",
                table: "members",
                column: "nik_fingerprint");

            migrationBuilder.CreateIndex(
                name: "ix_members_phone_key",
                table: "members",
                column: "phone_key");

            migrationBuilder.CreateIndex(
                name: "ix_members_status_id",
                table: "members",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_members_status_name_key_id",
                table: "members",
                columns: new[] { "status", "name_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_occupied_quarters_holder",
                table: "occupied_quarters",
                column: "holder");

            migrationBuilder.CreateIndex(
                name: "ix_on_site_readings_copy_id_at",
                table: "on_site_readings",
                columns: new[] { "copy_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_on_site_readings_on_branch_id",
                table: "on_site_readings",
                columns: new[] { "on", "branch_id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_letter",
                table: "outbox_messages",
                column: "letter");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_member_id_id",
                table: "outbox_messages",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_recipient_key_kind_scheduled_at",
                table: "outbox_messages",
                columns: new[] { "recipient_key", "kind", "scheduled_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_state_due_at_id",
                table: "outbox_messages",
                columns: new[] { "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_state_ended_at_id",
                table: "outbox_messages",
                columns: new[] { "state", "ended_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_subject_recipient_key_kind_scheduled_at",
                table: "outbox_messages",
                columns: new[] { "subject", "recipient_key", "kind", "scheduled_at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_programs_content_key",
                table: "programs",
                column: "content_key");

            migrationBuilder.CreateIndex(
                name: "ix_programs_status_kind_id",
                table: "programs",
                columns: new[] { "status", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_registration_consents_registration_id_purpose",
                table: "registration_consents",
                columns: new[] { "registration_id", "purpose" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registrations_email",
                table: "registrations",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_registrations_member_id_id",
                table: "registrations",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_registrations_series_enrolment_id",
                table: "registrations",
                column: "series_enrolment_id");

            migrationBuilder.CreateIndex(
                name: "ix_registrations_session_id_active_key",
                table: "registrations",
                columns: new[] { "session_id", "active_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registrations_session_id_status_id",
                table: "registrations",
                columns: new[] { "session_id", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_registrations_status_offer_expires_at",
                table: "registrations",
                columns: new[] { "status", "offer_expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_registrations_ticket_code",
                table: "registrations",
                column: "ticket_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_schools_name_id",
                table: "schools",
                columns: new[] { "name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_schools_npsn",
                table: "schools",
                column: "npsn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_series_enrolments_member_id",
                table: "series_enrolments",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_enrolments_program_id_id",
                table: "series_enrolments",
                columns: new[] { "program_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_branch_id_starts_at",
                table: "sessions",
                columns: new[] { "branch_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_program_id_starts_at",
                table: "sessions",
                columns: new[] { "program_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_space_id",
                table: "sessions",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_status_released_at_check_in_closes_at",
                table: "sessions",
                columns: new[] { "status", "released_at", "check_in_closes_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_status_starts_at_seats_taken_capacity",
                table: "sessions",
                columns: new[] { "status", "starts_at", "seats_taken", "capacity" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_uid",
                table: "sessions",
                column: "uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_spaces_branch_id_is_active",
                table: "spaces",
                columns: new[] { "branch_id", "is_active" });

            migrationBuilder.CreateIndex(
                name: "ix_spaces_kind_id",
                table: "spaces",
                column: "kind_id");

            migrationBuilder.CreateIndex(
                name: "ix_strikes_about",
                table: "strikes",
                column: "about",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_strikes_appeal_id",
                table: "strikes",
                columns: new[] { "appeal", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_strikes_member_id_expires_at",
                table: "strikes",
                columns: new[] { "member_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_cause",
                table: "suspensions",
                column: "cause");

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_member_id",
                table: "suspensions",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_title_contributors_name_key",
                table: "title_contributors",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_title_contributors_title_id",
                table: "title_contributors",
                column: "title_id");

            migrationBuilder.CreateIndex(
                name: "ix_title_identifiers_title_id",
                table: "title_identifiers",
                column: "title_id");

            migrationBuilder.CreateIndex(
                name: "ix_title_identifiers_value",
                table: "title_identifiers",
                column: "value");

            migrationBuilder.CreateIndex(
                name: "ix_title_subjects_key",
                table: "title_subjects",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_title_subjects_title_id",
                table: "title_subjects",
                column: "title_id");

            migrationBuilder.CreateIndex(
                name: "ix_titles_changed_at_id",
                table: "titles",
                columns: new[] { "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_titles_fingerprint",
                table: "titles",
                column: "fingerprint");

            migrationBuilder.CreateIndex(
                name: "ix_titles_source_key",
                table: "titles",
                column: "source_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visit_offers_branch_id",
                table: "visit_offers",
                column: "branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_visit_offers_is_active_kind",
                table: "visit_offers",
                columns: new[] { "is_active", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_visit_offers_space_id",
                table: "visit_offers",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "ix_visit_times_offer_id_day_starts_at",
                table: "visit_times",
                columns: new[] { "offer_id", "day", "starts_at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visits_offer_id_starts_at",
                table: "visits",
                columns: new[] { "offer_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_school_id_starts_at",
                table: "visits",
                columns: new[] { "school_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_status_answer_by",
                table: "visits",
                columns: new[] { "status", "answer_by" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_status_starts_at",
                table: "visits",
                columns: new[] { "status", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_uid",
                table: "visits",
                column: "uid",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accommodation_requests");

            migrationBuilder.DropTable(
                name: "audit_lines");

            migrationBuilder.DropTable(
                name: "booked_equipment");

            migrationBuilder.DropTable(
                name: "calendar_exceptions");

            migrationBuilder.DropTable(
                name: "calendar_secrets");

            migrationBuilder.DropTable(
                name: "catalog_changes");

            migrationBuilder.DropTable(
                name: "clearance_certificates");

            migrationBuilder.DropTable(
                name: "consents");

            migrationBuilder.DropTable(
                name: "counters");

            migrationBuilder.DropTable(
                name: "daily_figures");

            migrationBuilder.DropTable(
                name: "desk_scans");

            migrationBuilder.DropTable(
                name: "digital_holds");

            migrationBuilder.DropTable(
                name: "digital_loans");

            migrationBuilder.DropTable(
                name: "fine_payments");

            migrationBuilder.DropTable(
                name: "fine_waivers");

            migrationBuilder.DropTable(
                name: "fruitless_searches");

            migrationBuilder.DropTable(
                name: "guardianships");

            migrationBuilder.DropTable(
                name: "guides_quarters");

            migrationBuilder.DropTable(
                name: "holds");

            migrationBuilder.DropTable(
                name: "house_limits");

            migrationBuilder.DropTable(
                name: "imported_records");

            migrationBuilder.DropTable(
                name: "loan_terms");

            migrationBuilder.DropTable(
                name: "member_notes");

            migrationBuilder.DropTable(
                name: "occupied_quarters");

            migrationBuilder.DropTable(
                name: "on_site_readings");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "presence_keys");

            migrationBuilder.DropTable(
                name: "registration_consents");

            migrationBuilder.DropTable(
                name: "strikes");

            migrationBuilder.DropTable(
                name: "suspensions");

            migrationBuilder.DropTable(
                name: "title_contributors");

            migrationBuilder.DropTable(
                name: "title_identifiers");

            migrationBuilder.DropTable(
                name: "title_subjects");

            migrationBuilder.DropTable(
                name: "unsubscriptions");

            migrationBuilder.DropTable(
                name: "visit_quotas");

            migrationBuilder.DropTable(
                name: "visit_times");

            migrationBuilder.DropTable(
                name: "wrong_codes");

            migrationBuilder.DropTable(
                name: "bookings");

            migrationBuilder.DropTable(
                name: "equipment");

            migrationBuilder.DropTable(
                name: "licences");

            migrationBuilder.DropTable(
                name: "fines");

            migrationBuilder.DropTable(
                name: "visits");

            migrationBuilder.DropTable(
                name: "registrations");

            migrationBuilder.DropTable(
                name: "booking_series");

            migrationBuilder.DropTable(
                name: "loans");

            migrationBuilder.DropTable(
                name: "schools");

            migrationBuilder.DropTable(
                name: "visit_offers");

            migrationBuilder.DropTable(
                name: "series_enrolments");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "copies");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "programs");

            migrationBuilder.DropTable(
                name: "spaces");

            migrationBuilder.DropTable(
                name: "titles");

            migrationBuilder.DropTable(
                name: "branches");

            migrationBuilder.DropTable(
                name: "space_kinds");
        }
    }
}
