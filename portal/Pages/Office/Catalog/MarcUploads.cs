using System.Collections.Concurrent;
using System.Security.Cryptography;
using Metro.Library;
using Metro.Library.Marc;
using Metro.Portal.Settings;
using Metro.Portal.Web.Caching;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>How a file that was uploaded is being looked at or brought in.</summary>
internal sealed class MarcUpload(string key, string path, string fileName)
{
    /// <summary>What stands in the address of its page; nobody guesses it.</summary>
    public string Key { get; } = key;

    /// <summary>Where the file is kept until it is done with.</summary>
    public string Path { get; } = path;

    /// <summary>What the file was called.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Whether the file is only looked at.</summary>
    public bool IsDryRun { get; set; } = true;

    /// <summary>How it is brought in.</summary>
    public MarcImportOptions Options { get; set; } = new();

    /// <summary>How far it has come.</summary>
    public MarcImportProgress Progress { get; set; }

    /// <summary>What came of it; null while it is under way.</summary>
    public MarcImportReport? Report { get; set; }

    /// <summary>Whether it was broken off.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether it is under way.</summary>
    public bool IsRunning => Report is null && !HasFailed;
}

/// <summary>
/// Files of MARC records that staff have uploaded: looked at first, then brought in, one after the other and besides the requests, so
/// that whoever waits sees how far it has come. Kept in this process: a portal that stops forgets them, and the same file can be uploaded
/// again. Safe for several threads.
/// </summary>
internal sealed partial class MarcUploads(
    PortalSettings portal, IServiceScopeFactory scopes, IHostApplicationLifetime life, Editions editions, ILogger<MarcUploads> log) : IDisposable
{
    /// <summary>The largest file that is taken from a browser, in bytes.</summary>
    public const long LargestFile = 64L << 20;

    private const int MostKept = 10;

    private readonly ConcurrentDictionary<string, MarcUpload> uploads = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1);

    private string Folder => Path.Combine(portal.DataPath, "uploads");

    /// <summary>The upload of that key; null where it is not known, or no longer.</summary>
    public MarcUpload? Find(string key) => uploads.GetValueOrDefault(key);

    /// <summary>Keeps a file and begins to look at it. Null while another one is under way.</summary>
    public async Task<MarcUpload?> LookAsync(Stream file, string fileName, MarcImportOptions options, Actor by, CancellationToken stop)
    {
        if (!await one.WaitAsync(0, stop)) return null;
        try
        {
            ForgetOldest();
            Directory.CreateDirectory(Folder);
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var upload = new MarcUpload(key, Path.Combine(Folder, key + ".mrc"), Path.GetFileName(fileName)) { Options = options };
            await using (var kept = File.Create(upload.Path)) await file.CopyToAsync(kept, stop);
            uploads[key] = upload;
            Run(upload, by);
            return upload;
        }
        catch
        {
            one.Release();
            throw;
        }
    }

    /// <summary>Brings in a file that has been looked at. False where that is not so, or while another one is under way.</summary>
    public bool Import(MarcUpload upload, Actor by)
    {
        if (upload.IsRunning || !upload.IsDryRun || !File.Exists(upload.Path) || !one.Wait(0)) return false;

        (upload.IsDryRun, upload.Report, upload.HasFailed, upload.Progress) = (false, null, false, default);
        Run(upload, by);
        return true;
    }

    /// <summary>Goes on besides the request; the semaphore is held and is released at the end.</summary>
    private void Run(MarcUpload upload, Actor by) => _ = Task.Run(async () =>
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var file = File.OpenRead(upload.Path);
            var import = scope.ServiceProvider.GetRequiredService<MarcImport>();
            upload.Report = await import.ImportAsync(file, upload.Options with { DryRun = upload.IsDryRun }, by, new Told(upload), life.ApplicationStopping);
        }
#pragma warning disable CA1031 // Nobody waits for this: what happens is said on the page and in the log.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            upload.HasFailed = true;
            LogFailure(fault, upload.Key);
        }
        finally
        {
            one.Release();
            if (!upload.IsDryRun)
            {
                // An import writes past what watches the tables.
                editions.Renew(Matters.Catalogue);
                File.Delete(upload.Path);
            }
        }
    });

    private void ForgetOldest()
    {
        if (uploads.Count < MostKept) return;
        foreach (var upload in uploads.Values.Where(upload => !upload.IsRunning))
            if (uploads.TryRemove(upload.Key, out _)) File.Delete(upload.Path);
    }

    public void Dispose() => one.Dispose();

    [LoggerMessage(LogLevel.Error, "The import of {Upload} was broken off.")]
    private partial void LogFailure(Exception fault, string upload);

    /// <summary>Told at once, and not through the pool, so that the last word is the last.</summary>
    private sealed class Told(MarcUpload upload) : IProgress<MarcImportProgress>
    {
        public void Report(MarcImportProgress value) => upload.Progress = value;
    }
}
