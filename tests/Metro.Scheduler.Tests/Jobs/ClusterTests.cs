using System.Diagnostics;
using System.Threading.Channels;
using Metro.Data;
using Metro.Scheduler.Jobs;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Metro.Scheduler.Tests.Jobs;

/// <summary>Two nodes on one PostgreSQL: no run is done twice, and what a killed node was doing is taken over.</summary>
public sealed class ClusterTests : IAsyncDisposable
{
    private readonly Channel<(string Node, string Line)> heard = Channel.CreateUnbounded<(string, string)>();
    private readonly List<Process> nodes = [];
    private readonly List<string> ticks = [];

    [Fact]
    public async Task Two_nodes_share_the_runs_and_one_takes_over_what_the_other_was_killed_in()
    {
        var connection = await DatabaseAsync();
        var first = Start("first", connection, hangs: true);
        await UntilAsync(one => one is ("first", "started -"));
        await first.StandardInput.WriteLineAsync("slow");
        await UntilAsync(one => one is ("first", "slow begins"));
        var second = Start("second", connection, hangs: false);
        await UntilAsync(one => one is ("second", "started -"));

        // While both run, each tick is one node's.
        var before = ticks.Count;
        await UntilAsync(_ => ticks.Count >= before + 12);
        Assert.Equal(ticks.Count, ticks.Distinct().Count());

        first.Kill();
        await UntilAsync(one => one is ("second", "slow done"));
        before = ticks.Count;
        await UntilAsync(_ => ticks.Count >= before + 3);
        Assert.Equal(ticks.Count, ticks.Distinct().Count());
        await using var db = new TestDatabase<SchedulerDbContext>(new DatabaseSettings(DatabaseProvider.PostgreSql, connection)).NewContext();
        Assert.Equal(JobOutcome.Abandoned, await db.JobRuns.Where(run => run.Job == "slow").OrderBy(run => run.Id).Select(run => run.Outcome).FirstAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            if (!node.HasExited) node.Kill();
            await node.WaitForExitAsync();
            node.Dispose();
        }
    }

    private Process Start(string name, string connection, bool hangs)
    {
        var node = OtherPrograms.Start(OtherPrograms.Node, connection, hangs.ToString());
        nodes.Add(node);
        node.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) heard.Writer.TryWrite((name, line.Data));
        };
        node.BeginOutputReadLine();
        return node;
    }

    private async Task UntilAsync(Func<(string Node, string Line), bool> isSo)
    {
        while (true)
        {
            var one = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (one.Line.Split(' ') is ["tick", var at]) ticks.Add(at);
            if (isSo(one)) return;
        }
    }

    private static async Task<string> DatabaseAsync()
    {
        var name = $"cluster_{Environment.ProcessId}";
        await using (var server = new NpgsqlConnection(PostgreSqlServer.ConnectionString))
        {
            await server.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", server);
            await create.ExecuteNonQueryAsync();
        }

        var connection = new NpgsqlConnectionStringBuilder(PostgreSqlServer.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        await using var db = new TestDatabase<SchedulerDbContext>(new DatabaseSettings(DatabaseProvider.PostgreSql, connection)).NewContext();
        await db.Database.MigrateAsync();
        return connection;
    }
}
