using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Metro.Portal.Schema.Tests;

/// <summary>Remembers the commands that are sent to the database.</summary>
public sealed class SqlLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> texts = [];

    /// <summary>The commands since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<string> Texts => [.. texts];

    public void Clear() => texts.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        texts.Enqueue(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        texts.Enqueue(command.CommandText);
        return base.ReaderExecuting(command, eventData, result);
    }
}
