using System.Net;

namespace Metro.Portal.Settings;

/// <summary>What the host itself is told, in the configuration section <c>Portal</c>.</summary>
public sealed record PortalSettings
{
    /// <summary>
    /// The folder for everything the portal writes: the SQLite file, uploads, mails that were not sent, keys.
    /// <c>App_Data</c> beside the program unless told otherwise; an absolute path once read.
    /// </summary>
    public string DataPath { get; init; } = "App_Data";

    /// <summary>Whether an empty database is filled with demonstration data; only so in Development unless told otherwise.</summary>
    public bool Demo { get; init; }

    /// <summary>Whether jobs run in this process: reminders, mails, clean-ups. True unless other processes see to them.</summary>
    public bool Jobs { get; init; } = true;

    /// <summary>Whether staff sign in with a second step, an authenticator app or a passkey; so outside Development unless told otherwise.</summary>
    public bool StaffSecondFactor { get; init; }

    /// <summary>With how little free room, in MiB, where the portal writes it counts as impaired; 200 unless told otherwise.</summary>
    public int LeastFreeMebibytes { get; init; } = 200;

    /// <summary>The addresses and networks of proxies, apart from this machine's own, whose word on a visitor's address and scheme is taken; none unless told.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];
}
