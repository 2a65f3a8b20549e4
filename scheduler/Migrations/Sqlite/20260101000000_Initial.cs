using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Metro.Scheduler.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "job_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    job = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    node = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    scheduled_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    remark = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_runs", x => x.id);
                    table.CheckConstraint("ck_job_runs_job_length", "length(job) <= 60");
                    table.CheckConstraint("ck_job_runs_node_length", "length(node) <= 100");
                    table.CheckConstraint("ck_job_runs_remark_length", "length(remark) <= 1000");
                });

            migrationBuilder.CreateTable(
                name: "job_states",
                columns: table => new
                {
                    job = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    is_paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    remark = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    node = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    caught_up_to = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_states", x => x.job);
                    table.CheckConstraint("ck_job_states_job_length", "length(job) <= 60");
                    table.CheckConstraint("ck_job_states_node_length", "length(node) <= 100");
                    table.CheckConstraint("ck_job_states_remark_length", "length(remark) <= 1000");
                });

            migrationBuilder.CreateIndex(
                name: "ix_job_runs_job_id",
                table: "job_runs",
                columns: new[] { "job", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_job_runs_started_at_id",
                table: "job_runs",
                columns: new[] { "started_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_runs");

            migrationBuilder.DropTable(
                name: "job_states");
        }
    }
}
