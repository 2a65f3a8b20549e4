namespace Metro.Scheduler.Mailing;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>The connection begins plain and turns to TLS before anything is said (RFC 3207); a server that cannot is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually on port 465.</summary>
    Tls,

    /// <summary>Nothing is protected: for a server on the same machine only.</summary>
    None,
}

/// <summary>How mail leaves; section <c>Mail</c>. Without a host, mails are written as files into a folder.</summary>
public sealed class MailSettings
{
    /// <summary>The mail server's name or address. Empty by default: mails are written to the folder <c>mail</c> in the data folder.</summary>
    public string Host { get; set; } = "";

    /// <summary>The mail server's port; 0 for the usual one, 587, or 465 with <see cref="MailSecurity.Tls"/>, or 25 with none.</summary>
    public int Port { get; set; }

    /// <summary>How the connection is protected; <see cref="MailSecurity.StartTls"/> by default.</summary>
    public MailSecurity Security { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of the server's certificate, in hexadecimal, where no known authority has signed it. Empty by default.
    /// </summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>The name to sign in with; empty for a server that asks for none.</summary>
    public string User { get; set; } = "";

    /// <summary>The password to sign in with; never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>The address from which mails come. <c>perpustakaan@localhost</c> by default, which only suits the folder.</summary>
    public string Sender { get; set; } = "perpustakaan@localhost";

    /// <summary>The address to which answers go; empty for the sender's.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>The portal's address, by which links in mails begin. <c>http://localhost:5000</c> by default.</summary>
    public string Site { get; set; } = "http://localhost:5000";

    /// <summary>The most mails in one minute, over all nodes. 120 by default.</summary>
    public int PerMinute { get; set; } = 120;

    /// <summary>For how many seconds the server may be silent before it counts as away. 30 by default.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How often a mail is tried that the server puts off, over about two days. 12 by default.</summary>
    public int Attempts { get; set; } = 12;

    /// <summary>From when reminders wait for the morning, by the library's clock. 21:00 by default.</summary>
    public TimeOnly QuietFrom { get; set; } = new(21, 0);

    /// <summary>Until when they wait; the same as <see cref="QuietFrom"/> for no quiet hours. 06:00 by default.</summary>
    public TimeOnly QuietUntil { get; set; } = new(6, 0);

    /// <summary>For how many days it is kept what was written to whom. 180 by default.</summary>
    public int KeepDays { get; set; } = 180;

    /// <summary>The staff's addresses for digests: requests to decide, mails that failed. None by default.</summary>
    public IList<string> Staff { get; } = [];

    /// <summary>Whether mails leave for a server; otherwise they are files.</summary>
    public bool HasServer => Host.Length > 0;

    internal int PortInUse => Port > 0 ? Port : Security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 };
}
