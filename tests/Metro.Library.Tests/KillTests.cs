using System.Diagnostics;
using System.Globalization;
using Metro.Library.Circulation;
using Metro.Library.Tests.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

/// <summary>DESIGN.md, invariant 2: what was acknowledged survives <c>kill -9</c> at any moment, and nothing is half done.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(301)]
    public async Task What_was_acknowledged_survives_a_kill_and_nothing_is_half_done(int afterAcknowledgements)
    {
        await using var library = await TestLibrary.OpenAsync();
        await library.SetTermsAsync(new LoanTerms { MostLoans = 50, MostHolds = 50 });
        for (var i = 0; i < 6; i++) await library.AMemberAsync();
        for (var i = 0; i < 5; i++) await library.ABookAsync(copies: 2);

        var acknowledged = await RaiseAndKillAsync(library, afterAcknowledgements);

        Assert.True(acknowledged.Count >= afterAcknowledgements);
        await using var desk = library.OpenDesk();
        var loans = await desk.Db.Loans.AsNoTracking().ToDictionaryAsync(loan => loan.Id);
        var holds = (await desk.Db.Holds.AsNoTracking().Select(hold => hold.Id).ToListAsync()).ToHashSet();
        foreach (var (what, id) in acknowledged)
        {
            Assert.True(what == "held" ? holds.Contains(id) : loans.ContainsKey(id), $"{what} {id} was acknowledged and is gone.");
            if (what == "returned") Assert.Equal(LoanState.Returned, loans[id].State);
        }

        await CirculationInvariants.HoldInAsync(desk.Db, library.Today);
        await CirculationInvariants.PositionsHoldAsync(desk);
    }

    /// <summary>Starts this assembly's other program and kills it without warning while it writes.</summary>
    private static async Task<List<(string What, long Id)>> RaiseAndKillAsync(TestLibrary library, int afterAcknowledgements)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        // Run by "dotnet test" the process is the host, and the assembly its first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Storm).Assembly.Location);
        foreach (var argument in (string[])[Storm.Verb, library.Database.Provider.ToString(), library.Database.ConnectionString]) start.ArgumentList.Add(argument);

        using var storm = Process.Start(start)!;
        var acknowledged = new List<(string, long)>();
        try
        {
            while (await storm.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Split(' ') is [var what, var id]) acknowledged.Add((what, long.Parse(id, CultureInfo.InvariantCulture)));
                if (acknowledged.Count == afterAcknowledgements) storm.Kill();
            }
        }
        finally
        {
            storm.Kill();
            await storm.WaitForExitAsync();
        }

        return acknowledged;
    }
}
