using System.Net;
using System.Text;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Smtp;

/// <summary>
/// Hands mails to a server by SMTP (RFC 5321) with STARTTLS (RFC 3207), TLS from the start (RFC 8314) and sign-in by PLAIN or
/// LOGIN (RFC 4954). Decision 0020 says why it is our own.
/// </summary>
public sealed class SmtpTransport(MailSettings settings, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc />
    public string Destination => $"{settings.Host}:{settings.PortInUse}";

    /// <inheritdoc />
    public async Task<IMailSession> OpenAsync(CancellationToken stop)
    {
        SmtpConnection? connection = null;
        try
        {
            connection = await SmtpConnection.ConnectAsync(settings, clock, stop);
            Expect(await connection.ReadAsync(1, stop), "greet us");
            var offers = await GreetAsync(connection, stop);
            if (settings.Security == MailSecurity.StartTls)
            {
                if (!offers.Any(offer => offer is ["STARTTLS", ..])) throw new MailServerAwayException($"{Destination} does not offer STARTTLS.");
                Expect(await connection.AskAsync("STARTTLS", stop), "begin TLS");
                await connection.EncryptAsync(stop);
                // What was offered in the clear may have been changed on the way.
                offers = await GreetAsync(connection, stop);
            }

            if (settings.User.Length > 0) await SignInAsync(connection, offers, stop);
            return new SmtpSession(connection, offers.Any(offer => offer is ["SMTPUTF8", ..]));
        }
        catch (SmtpBrokenException broken)
        {
            if (connection is not null) await connection.DisposeAsync();
            throw new MailServerAwayException($"{Destination}: {broken.Message}", broken);
        }
        catch
        {
            if (connection is not null) await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<string[]>> GreetAsync(SmtpConnection connection, CancellationToken stop)
    {
        var name = Dns.GetHostName();
        // RFC 5321, 4.1.3: who has no full name says their address.
        var hello = await connection.AskAsync($"EHLO {(name.Contains('.', StringComparison.Ordinal) ? name : connection.LocalAddress)}", stop);
        Expect(hello, "take our greeting");
        return [.. hello.Lines.Skip(1).Select(line => line.ToUpperInvariant().Replace("AUTH=", "AUTH ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    private async Task SignInAsync(SmtpConnection connection, IReadOnlyList<string[]> offers, CancellationToken stop)
    {
        if (!connection.IsEncrypted && settings.Security != MailSecurity.None) throw new MailServerAwayException("A password is not said in the clear.");
        var ways = offers.Where(offer => offer is ["AUTH", ..]).SelectMany(offer => offer.Skip(1)).ToHashSet(StringComparer.Ordinal);
        if (ways.Contains("PLAIN"))
        {
            Expect(await connection.AskAsync("AUTH PLAIN " + Base64($"\0{settings.User}\0{settings.Password}"), stop), "let us sign in");
        }
        else if (ways.Contains("LOGIN"))
        {
            Expect(await connection.AskAsync("AUTH LOGIN", stop), "let us sign in");
            Expect(await connection.AskAsync(Base64(settings.User), stop), "let us sign in");
            Expect(await connection.AskAsync(Base64(settings.Password), stop), "let us sign in");
        }
        else
        {
            throw new MailServerAwayException($"{Destination} offers no sign-in by PLAIN or LOGIN.");
        }
    }

    private void Expect(SmtpReply reply, string what)
    {
        if (!reply.IsPositive) throw new MailServerAwayException($"{Destination} would not {what}: {reply}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
