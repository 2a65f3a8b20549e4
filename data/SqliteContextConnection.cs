using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Metro.Data;

/// <summary>
/// A context's connection to SQLite without the dozen functions that EF Core would give it each time it opens, and take
/// from it each time it closes: together dearer than a small query. They serve decimals, which the portal does not store
/// (money is whole rupiah), and regular expressions; a query that needs one is refused by SQLite, which names it
/// (decision 0017).
/// </summary>
internal sealed class SqliteContextConnection(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder rawSqlCommandBuilder,
    IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, rawSqlCommandBuilder, logger)
{
    protected override DbConnection CreateDbConnection() => new SqliteConnection(GetValidatedConnectionString());
}
