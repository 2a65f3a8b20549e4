namespace Metro.Scheduler.Mailing;

/// <summary>
/// Writes mails as <c>.eml</c> files, which mail programs open: the first run needs no server, and a demonstration writes to
/// nobody. A letter that is written again replaces its file.
/// </summary>
public sealed class MailFolder(string folder) : IMailTransport
{
    /// <summary>The most files that are listed.</summary>
    public const int MostListed = 200;

    /// <summary>For how many days files are kept.</summary>
    public const int KeepDays = 30;

    /// <inheritdoc />
    public string Destination => folder;

    /// <inheritdoc />
    public Task<IMailSession> OpenAsync(CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return Task.FromResult<IMailSession>(new Session(folder));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MailServerAwayException($"The folder {folder} cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>The files, the latest letter first.</summary>
    public IReadOnlyList<FileInfo> Files() => !Directory.Exists(folder)
        ? []
        : [.. new DirectoryInfo(folder).EnumerateFiles("*.eml").OrderByDescending(file => file.Name, StringComparer.Ordinal).Take(MostListed)];

    /// <summary>The file of a letter; null where there is none.</summary>
    /// <param name="key">The letter's key: 32 hexadecimal digits, and nothing else.</param>
    public FileInfo? Find(string key)
    {
        if (key.Length != 32 || !key.All(char.IsAsciiHexDigitLower)) return null;
        var file = new FileInfo(PathOf(folder, key));
        return file.Exists ? file : null;
    }

    /// <summary>Deletes what is older than <see cref="KeepDays"/>.</summary>
    /// <returns>How many files.</returns>
    public int Sweep(DateTime now)
    {
        if (!Directory.Exists(folder)) return 0;
        var old = new DirectoryInfo(folder).EnumerateFiles("*.eml").Where(file => file.LastWriteTimeUtc < now.AddDays(-KeepDays)).ToList();
        foreach (var file in old) file.Delete();
        return old.Count;
    }

    private static string PathOf(string folder, string key) => Path.Combine(folder, key + ".eml");

    private sealed class Session(string folder) : IMailSession
    {
        public bool IsOpen => true;

        public async Task<Handover> SendAsync(Mail mail, CancellationToken stop)
        {
            if (mail.To.FirstOrDefault(one => !MailAddresses.IsUsable(one.Email)) is not null) return new Handover(HandoverOutcome.Refused, "The address cannot be written to.", "550 5.1.3 unusable address");
            var path = PathOf(folder, mail.Key);
            try
            {
                // A file stands under its name only when it is whole.
                await File.WriteAllBytesAsync(path + ".part", MimeWriter.Write(mail), stop);
                File.Move(path + ".part", path, overwrite: true);
                return new Handover(HandoverOutcome.Accepted, Path.GetFileName(path), "250 2.0.0 " + Path.GetFileName(path));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return new Handover(HandoverOutcome.Away, fault.Message);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
