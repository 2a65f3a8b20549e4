using System.Text.Json;
using Metro.Library;
using Metro.Library.Outbox;

namespace Metro.Scheduler.Tests.Delivery;

/// <summary>DESIGN.md, invariants 2 and 3: senders are killed without warning between claim and note, a hundred times.</summary>
public sealed class KillTests
{
    private const int Rounds = 25;
    private const int Senders = 4;
    private const int Messages = 700;

    [Fact]
    public async Task Killed_a_hundred_times_every_letter_arrives_and_only_what_the_server_had_taken_arrives_twice()
    {
        await using var office = await PostOffice.OpenAsync();
        await using var library = await WritingLibrary.OpenAsync(office.Settings());
        await using (var db = library.NewContext())
        {
            for (var i = 0; i < Messages; i++)
                await db.TellAsync(new Subject("test", i), Recipient.Address($"guru{i}@example.id", "id"), "visits.received", library.Calendar.Now, new { School = $"SD {i}" }, library.Calendar.Now, default);
            await db.SaveChangesAsync();
        }

        var (inFlight, kills) = (new HashSet<string>(StringComparer.Ordinal), 0);
        for (var round = 0; round < Rounds; round++)
        {
            // What the dead held is free again.
            library.Pass(TimeSpan.FromMinutes(30));
            var number = round;
            var last = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAndKillAsync(library, office, afterLines: 1 + (((number * Senders) + sender) % 17))));
            kills += last.Count(line => line.Killed);
            foreach (var (key, _) in last)
                if (key is not null) inFlight.Add(key);
        }

        library.Pass(TimeSpan.FromMinutes(30));
        Assert.Null((await library.SendAsync()).Trouble);

        Assert.Equal(Rounds * Senders, kills);
        Assert.All(await library.MessagesAsync(), message => Assert.Equal(OutboxState.Sent, message.State));
        var arrived = (await office.ArrivedAsync(Messages)).GroupBy(mail => mail.MessageId).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        Assert.Equal(Messages, (await office.ArrivedAsync(Messages)).Select(mail => mail.To[0]).Distinct().Count());
        Assert.Equal(Messages, arrived.Count);
        Assert.All(arrived.Where(mail => mail.Value > 1), mail => Assert.Contains(mail.Key.Trim('<', '>').Split('@')[0], inFlight));
        // Each kill explains one repeat at most.
        Assert.True(arrived.Values.Sum() - Messages <= kills, $"{arrived.Values.Sum() - Messages} repeats of {kills} kills.");
    }

    /// <returns>The letter that was under way when it was killed, and whether it was.</returns>
    private static async Task<(string? Key, bool Killed)> SendAndKillAsync(WritingLibrary library, PostOffice office, int afterLines)
    {
        using var sender = OtherPrograms.Start(OtherPrograms.Send, JsonSerializer.Serialize(
            new SendingProgram.Facts(library.Database.Provider.ToString(), library.Database.ConnectionString, office.Settings().Port, library.Clock.GetUtcNow())));
        var (lines, underWay, killed) = (0, (string?)null, false);
        while (await sender.StandardOutput.ReadLineAsync() is { } line)
        {
            // It goes on for a moment after the line on which it is killed: what it says until it is dead counts too.
            if (line.Split(' ') is ["sending", var key]) underWay = key;
            if (++lines != afterLines) continue;
            sender.Kill();
            killed = true;
        }

        await sender.WaitForExitAsync();
        return (underWay, killed);
    }
}
