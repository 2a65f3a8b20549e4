using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Metro.Testing;

/// <summary>A question to the database.</summary>
/// <param name="Text">Its SQL.</param>
/// <param name="Parameters">Its parameters, by name.</param>
public sealed record Question(string Text, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>Remembers what is asked of the database.</summary>
public sealed class SqlLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<Question> questions = [];

    /// <summary>The questions since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<Question> Questions => [.. questions];

    /// <summary>Their texts.</summary>
    public IReadOnlyList<string> Texts => [.. questions.Select(question => question.Text)];

    public void Clear() => questions.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Remember(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Remember(command);
        return base.ReaderExecuting(command, eventData, result);
    }

    private void Remember(DbCommand command) =>
        questions.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
}
