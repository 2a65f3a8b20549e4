using System.Globalization;
using System.Numerics;
using System.Threading.Channels;
using Metro.Data;
using Microsoft.AspNetCore.OutputCaching;

namespace Metro.Portal.Web.Caching;

/// <summary>
/// Counts the changes of what public pages tell of. An answer is kept under the edition that stood before it began to be made, and is
/// looked for under the one that stands now: whatever was made, even in part, before a change can never be found after it, however
/// the two overlapped. Safe for several threads.
/// </summary>
internal sealed class Editions(IOutputCacheStore kept, DatabaseSettings database)
{
    private static readonly Matters[] Single = [.. Enum.GetValues<Matters>().Where(matter => BitOperations.IsPow2((int)matter))];

    private readonly long[] counts = new long[Single.Length];
    private readonly Channel<bool> untold = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int toTell;
    private volatile bool hears = database.Provider == DatabaseProvider.Sqlite;

    /// <summary>
    /// Whether every change reaches this node. On SQLite there is one node; on PostgreSQL it has to hear the others, and keeps nothing
    /// while it does not.
    /// </summary>
    public bool AreCurrent => hears;

    /// <summary>The edition of all these matters together.</summary>
    public string Of(Matters matters)
    {
        var edition = new System.Text.StringBuilder();
        for (var i = 0; i < Single.Length; i++)
            if (matters.HasFlag(Single[i])) edition.Append(CultureInfo.InvariantCulture, $"{Single[i]}{Interlocked.Read(ref counts[i])}.");
        return edition.ToString();
    }

    /// <summary>The tags under which answers that tell of these matters are put away.</summary>
    public static IEnumerable<string> TagsOf(Matters matters) => Single.Where(one => matters.HasFlag(one)).Select(one => one.ToString());

    /// <summary>Something of these matters has changed, here: the next answer shows it, and the other nodes are told.</summary>
    public void Renew(Matters matters)
    {
        if (matters == Matters.None) return;

        Follow(matters);
        if (database.Provider == DatabaseProvider.Sqlite) return;
        Interlocked.Or(ref toTell, (int)matters);
        untold.Writer.TryWrite(true);
    }

    /// <summary>Something of these matters has changed, here or at another node.</summary>
    public void Follow(Matters matters)
    {
        for (var i = 0; i < Single.Length; i++)
        {
            if (!matters.HasFlag(Single[i])) continue;
            Interlocked.Increment(ref counts[i]);
            // No answer is found under an edition that is over; this gives back what they take up. The store is this process's memory.
            _ = kept.EvictByTagAsync(Single[i].ToString(), CancellationToken.None).AsTask();
        }
    }

    /// <summary>Changes of other nodes are heard from now on, or not any more. What happened in between nobody knows.</summary>
    public void Hear(bool now)
    {
        if (now) Follow(Matters.All);
        hears = now;
    }

    /// <summary>Waits until there is something to tell the other nodes, and takes it: everything that has changed since.</summary>
    public async Task<Matters> NextToTellAsync(CancellationToken stop)
    {
        while (true)
        {
            await untold.Reader.ReadAsync(stop);
            if ((Matters)Interlocked.Exchange(ref toTell, 0) is not Matters.None and var matters) return matters;
        }
    }
}
