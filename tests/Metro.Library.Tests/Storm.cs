using Metro.Data;
using Metro.Library.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

/// <summary>
/// The other program of this assembly: writes to a library without pause, says on its output what was acknowledged, and is killed
/// in the middle of it. See <see cref="KillTests"/>.
/// </summary>
internal static class Storm
{
    public const string Verb = "--storm";

    public static async Task RunAsync(string provider, string connection)
    {
        await using var library = await TestLibrary.VisitAsync(new DatabaseSettings(Enum.Parse<DatabaseProvider>(provider), connection));
        await using var db = library.NewContext();
        var members = await db.Members.AsNoTracking().ToListAsync();
        var copies = await db.Copies.AsNoTracking().ToListAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            while (true)
            {
                var (member, copy) = (members[random.Next(members.Count)], copies[random.Next(copies.Count)]);
                await using var desk = library.OpenDesk();
                switch (random.Next(5))
                {
                    case < 2 when (await desk.The<CirculationDesk>().CheckOutAsync(member.CardNumber!, copy.Barcode, library.Main, TestLibrary.Librarian)) is { Succeeded: true } lent:
                        Acknowledge("lent", lent.Value.LoanId);
                        break;
                    case < 4 when (await desk.The<CirculationDesk>().CheckInAsync(copy.Barcode, library.Main, TestLibrary.Librarian)) is { Succeeded: true, Value: { Repeated: false, LoanId: { } loan } }:
                        Acknowledge("returned", loan);
                        break;
                    case 4 when (await desk.The<HoldQueue>().PlaceAsync(member.Id, copy.TitleId, library.Main, TestLibrary.Librarian)) is { Succeeded: true } held:
                        Acknowledge("held", held.Value.HoldId);
                        break;
                }
            }
        })));
    }

    /// <summary>One call for one line, which a pipe takes whole or not at all.</summary>
    private static void Acknowledge(string what, long id) => Console.Out.WriteLine($"{what} {id}");
}

/// <summary>The test runner, or the storm.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Storm.Verb, var provider, var connection])
        {
            await Storm.RunAsync(provider, connection);
            return 0;
        }

        return args.Contains("-automated") || args.Contains("@@")
            ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
            : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
