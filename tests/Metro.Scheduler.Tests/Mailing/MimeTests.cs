using System.Text;
using Metro.Library.Time;
using Metro.Scheduler.Mailing;
using static Metro.Scheduler.Tests.Mailing.MailsForTests;

namespace Metro.Scheduler.Tests.Mailing;

/// <summary>What we write, read by mailparser and ical.js: RFC 5322, 2045–2047, 2231, 6047, 8058.</summary>
public sealed class MimeTests
{
    [Fact]
    public async Task A_mail_is_read_as_it_was_meant()
    {
        var mail = AMail() with
        {
            Subject = "Kafé “Membaca” 📚: perpanjangan pinjaman yang panjang sekali sampai lewat satu baris penuh, ya benar",
            From = new Mailbox("perpustakaan@metro.example", "Perpustakaan \"Kota\" Metró"),
            Text = "Baris satu\nBaris dua: é 📚\n",
            Html = "<p>Baris satu</p>",
            Unsubscribe = new Uri("https://perpustakaan.metro.example/unsubscribe?t=abc"),
            Files = [new MailFile("surat balasan – kelas 4.html", "text/html; charset=utf-8", "<p>Ya</p>"u8.ToArray())],
            Calendar = AnInvitation(),
        };

        var read = await ReadAsync(mail);

        Assert.Equal(mail.Subject, read.Subject);
        Assert.Contains("Perpustakaan \"Kota\" Metró", read.FromHeader.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("\"Siti Aminah\" <siti@example.id>", read.ToHeader);
        Assert.Equal(Morning, read.Date.ToUniversalTime());
        Assert.Equal("<0197f0a2c3d4e5f60718293a4b5c6d7e@metro.example>", read.MessageId);
        Assert.Equal(mail.Text, read.Text.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Html, read.Html);
        Assert.Equal(["surat balasan – kelas 4.html", "undangan.ics"], read.Files.Select(file => file.Name));
        Assert.Equal("List-Unsubscribe: <https://perpustakaan.metro.example/unsubscribe?t=abc>", read.Headers["list-unsubscribe"]);
        Assert.Equal("List-Unsubscribe-Post: List-Unsubscribe=One-Click", read.Headers["list-unsubscribe-post"]);
        Assert.Equal("Auto-Submitted: auto-generated", read.Headers["auto-submitted"]);
        Assert.All(read.Calendars, calendar => Assert.Equal(("REQUEST", "Mendongeng; untuk anak, \"gratis\"", "CONFIRMED"), (calendar.Method, calendar.Summary, calendar.Status)));
        Assert.Equal(2, read.Calendars.Count);
        Assert.Contains("text/calendar; charset=utf-8; method=REQUEST", read.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_is_one_for_the_same_appointment()
    {
        var read = await ReadAsync(AMail() with { Calendar = AnInvitation(CalendarMethod.Cancel, 3) });

        Assert.All(read.Calendars, calendar => Assert.Equal(("CANCEL", "0197f0a2-0000", 3, "CANCELLED"), (calendar.Method, calendar.Uid, calendar.Sequence, calendar.Status)));
    }

    [Fact]
    public void Every_line_is_short_and_ASCII_and_ends_as_it_should()
    {
        var written = MimeWriter.Write(AMail() with { Subject = new string('é', 300), To = [new Mailbox("siti@example.id", new string('ж', 100)), new Mailbox("budi@contoh.id")], Calendar = AnInvitation() });

        Assert.True(Ascii.IsValid(written));
        var text = Encoding.ASCII.GetString(written);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Halo\r\nBcc: evil@example.org")]
    [InlineData("Halo\nBcc: evil@example.org")]
    [InlineData("Halo\rBcc: evil@example.org\r\n\r\n<script>")]
    [InlineData("Halo\u2028Bcc: evil@example.org")]
    [InlineData("=?UTF-8?Q?Halo=0D=0ABcc:_evil@example.org?=")]
    public async Task Nothing_becomes_a_header_that_it_is_not(string evil)
    {
        var read = await ReadAsync(AMail() with
        {
            Subject = evil,
            To = [new Mailbox("siti@example.id", evil)],
            From = new Mailbox("perpustakaan@metro.example", evil),
            Files = [new MailFile(evil + "\".html", "text/html" + evil.Replace("=?", "", StringComparison.Ordinal), "x"u8.ToArray())],
        });

        Assert.DoesNotContain("bcc", read.Headers.Keys);
        Assert.Contains("Halo", read.Subject, StringComparison.Ordinal);
        Assert.Single(read.Files);
    }

    [Theory]
    [InlineData("siti@example.id>\r\nRCPT TO:<evil@example.org")]
    [InlineData("siti@example.id\r\n")]
    [InlineData("a b@example.id")]
    [InlineData("a@b@example.id")]
    [InlineData("a@")]
    [InlineData("@example.id")]
    [InlineData("a,b@example.id")]
    public void An_address_that_is_none_is_not_written_to(string email)
    {
        Assert.False(MailAddresses.IsUsable(email));
        Assert.Throws<ArgumentException>(() => MimeWriter.Write(AMail(email)));
    }

    [Fact]
    public void A_domain_beyond_ASCII_is_said_in_ASCII() =>
        Assert.Equal("siti@xn--bcher-kva.example", MailAddresses.Wire("siti@bücher.example"));

    private static async Task<ArrivedMail> ReadAsync(Mail mail)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("metro-mime-").FullName, "mail.eml");
        await File.WriteAllBytesAsync(path, MimeWriter.Write(mail));
        var read = Assert.Single(await PostOffice.ReadAsync(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return read;
    }
}
