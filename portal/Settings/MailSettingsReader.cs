using Metro.Scheduler.Backup;
using Metro.Scheduler.Mailing;

namespace Metro.Portal.Settings;

/// <summary>Reads how mail leaves and where copies go; refuses what could not work, as <see cref="SettingsReader"/> does.</summary>
internal static class MailSettingsReader
{
    public static MailSettings ReadMail(IConfiguration configuration)
    {
        var mail = new MailSettings();
        Bind(configuration, "Mail", mail);
        if (string.IsNullOrEmpty(configuration["Mail:Site"]) && Own(configuration["urls"]) is { } own) mail.Site = own;

        Refuse(mail.Port is < 0 or > 65_535, "Port", mail.Port);
        Refuse(!MailAddresses.IsUsable(mail.Sender) || (mail.HasServer && mail.Sender == new MailSettings().Sender), "Sender", mail.Sender);
        Refuse(mail.ReplyTo.Length > 0 && !MailAddresses.IsUsable(mail.ReplyTo), "ReplyTo", mail.ReplyTo);
        Refuse(!Uri.TryCreate(mail.Site, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"), "Site", mail.Site);
        Refuse(mail.Fingerprint.Length > 0 && (mail.Fingerprint.Count(char.IsAsciiHexDigit) != 64 || mail.Fingerprint.Any(sign => !char.IsAsciiHexDigit(sign) && sign != ':')), "Fingerprint", mail.Fingerprint);
        Refuse(mail.PerMinute is < 1 or > 100_000, "PerMinute", mail.PerMinute);
        Refuse(mail.TimeoutSeconds is < 1 or > 600, "TimeoutSeconds", mail.TimeoutSeconds);
        Refuse(mail.Attempts is < 1 or > 100, "Attempts", mail.Attempts);
        Refuse(mail.KeepDays < 7, "KeepDays", mail.KeepDays);
        if (mail.Staff.FirstOrDefault(address => !MailAddresses.IsUsable(address)) is { } unusable) Refuse(true, "Staff", unusable);
        if (mail.User.Length > 0 && mail.Password.Length == 0) throw new SettingFaultException(PortalText.Get("Fault.Mail.Password"));
        return mail;
    }

    public static BackupSettings ReadBackup(IConfiguration configuration, PortalSettings portal)
    {
        var backup = new BackupSettings();
        Bind(configuration, "Backup", backup);
        if (backup.Keep < 1) throw new SettingFaultException(PortalText.Get("Fault.Backup.Keep", backup.Keep));
        backup.Folder = Path.GetFullPath(backup.Folder, portal.DataPath);
        return backup;
    }

    private static void Bind(IConfiguration configuration, string section, object settings)
    {
        try
        {
            configuration.GetSection(section).Bind(settings);
        }
        catch (InvalidOperationException fault)
        {
            throw new SettingFaultException(PortalText.Get("Fault.Section", section, fault.Message.TrimEnd('.')), fault);
        }
    }

    /// <summary>The address at which the portal listens, where it names a host.</summary>
    private static string? Own(string? urls) =>
        urls?.Split(';')[0] is { } first && Uri.TryCreate(first, UriKind.Absolute, out var address) && address.Host is not ("0.0.0.0" or "[::]") ? first.TrimEnd('/') : null;

    private static void Refuse(bool isWrong, string name, object value)
    {
        if (isWrong) throw new SettingFaultException(PortalText.Get($"Fault.Mail.{name}", value));
    }
}
