using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Metro.Library.Outbox;
using Metro.Library.Time;
using Metro.Scheduler.Letters;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Scheduler.Tests.Letters;

/// <summary>Every kind of letter reads well in both languages, as text and as HTML.</summary>
public sealed partial class LetterTemplateTests
{
    public static TheoryData<string, string> Letters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var template in LetterTemplates.All)
                foreach (var culture in (string[])["id", "en"]) data.Add(template.Kind, culture);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task A_letter_says_all_its_facts_and_leaves_no_gap(string kind, string culture)
    {
        await using var library = await WritingLibrary.OpenAsync();
        var template = LetterTemplates.Find(kind)!;

        var mail = library.Services.GetRequiredService<LetterPreviews>().Of(template, culture);

        Assert.DoesNotContain("{", mail.Subject + mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("–,", mail.Text, StringComparison.Ordinal);
        Assert.InRange(mail.Subject.Length, 5, 120);
        foreach (var fact in template.Facts)
            Assert.Contains(LetterWords.Get($"Fact.{fact}", LetterComposer.CultureOf(culture)) + ":", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{culture}\">", mail.Html, StringComparison.Ordinal);
        Assert.Equal(template.Topic is not null, mail.Unsubscribe is not null);
        Assert.All(mail.Text.Split('\n').Where(line => !line.StartsWith("http", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 130));
    }

    [Theory]
    [InlineData("id", "/account/loans")]
    [InlineData("en", "/en/account/loans")]
    public async Task What_a_guardian_reads_about_a_child_opens_the_childs_pages(string culture, string page)
    {
        await using var library = await WritingLibrary.OpenAsync();
        var composer = library.Services.GetRequiredService<LetterComposer>();
        var letter = new Letter
        {
            Key = new string('0', 32), Sender = "test", Kind = "circulation.due_soon", RecipientKey = "member:7", MemberId = 7, Culture = culture,
            ScheduledAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch, Attempt = 1, Parts = [new LetterPart(1, "loan:3", """{"title":"Si Kancil","dueOn":"2026-01-12"}""")],
        };
        Uri Opens(string? ward) => composer.BodyOf(new AddressedLetter(letter, [new Addressee("wati@example.id", "Wati", culture, ward is not null)], ward), LetterTemplates.Find(letter.Kind)!).Button!.Value.Link;

        Assert.Equal((page, "?for=7"), (Opens("Ani").AbsolutePath, Opens("Ani").Query));
        Assert.Equal((page, ""), (Opens(null).AbsolutePath, Opens(null).Query));
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task Several_messages_in_one_letter_are_a_list(string kind, string culture)
    {
        var template = LetterTemplates.Find(kind)!;
        if (!template.GoesTogether)
        {
            Assert.Null(LetterWords.Find($"{kind}.item", CultureInfo.InvariantCulture));
            return;
        }

        await using var library = await WritingLibrary.OpenAsync();

        var mail = library.Services.GetRequiredService<LetterPreviews>().Of(template, culture, several: 3);

        Assert.Equal(3, mail.Text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        Assert.DoesNotContain("{", mail.Subject + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_message_that_the_library_writes_has_a_template()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, "library"), "*.cs", SearchOption.AllDirectories)
            // Why a fine was waived is no letter, nor is a refusal to tell.
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/CompiledModels/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal) && !path.EndsWith("/Fine.cs", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path)).Where(line => !line.Contains(" Refusal ", StringComparison.Ordinal)).Where(line => line.Contains("Tell", StringComparison.Ordinal) || (line.Contains("const string", StringComparison.Ordinal) && !line.Contains("Purpose", StringComparison.Ordinal)))
            .SelectMany(line => Kind().Matches(line).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.True(written.Count > 30, $"Only {written.Count} kinds were found.");
        Assert.All(written, kind => Assert.NotNull(LetterTemplates.Find(kind)));
    }

    [Fact]
    public void No_sentence_is_left_of_a_letter_that_is_not_written()
    {
        var sentences = new ResourceManager(typeof(LetterWords)).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Where(name => char.IsLower(name[0]));

        Assert.All(sentences, name => Assert.Contains(LetterTemplates.All, template => name.StartsWith(template.Kind + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_are_shown_and_never_become_markup()
    {
        var transport = new ScriptedTransport();
        await using var library = await WritingLibrary.OpenAsync(transport: transport);
        await library.TellAsync("guru@example.id", facts: new { School = "<script>alert(1)</script> & \"SDN\"", ContactName = "<b>Pak Joko</b>" });

        await library.SendAsync();

        var mail = Assert.Single(transport.Taken);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;SDN&quot;", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Yth. <b>Pak Joko</b>,", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reader_of_English_reads_English_names_and_hours()
    {
        await using var library = await WritingLibrary.OpenAsync();
        var previews = library.Services.GetRequiredService<LetterPreviews>();
        var template = LetterTemplates.Find("programs.registered")!;

        Assert.Contains("Waktu: Sabtu, 10 Januari 2026, pukul 09.00–11.00 WIB", previews.Of(template, "id").Text, StringComparison.Ordinal);
        Assert.Contains("When: Saturday, 10 January 2026, 09:00–11:00 WIB", previews.Of(template, "en").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("programs.registered", CalendarMethod.Request)]
    [InlineData("programs.session_cancelled", CalendarMethod.Cancel)]
    [InlineData("spaces.cancelled", CalendarMethod.Cancel)]
    [InlineData("visits.approved", CalendarMethod.Request)]
    public async Task An_appointment_goes_with_the_letter(string kind, CalendarMethod method)
    {
        await using var library = await WritingLibrary.OpenAsync();

        var mail = library.Services.GetRequiredService<LetterPreviews>().Of(LetterTemplates.Find(kind)!, "id");

        Assert.Equal(method, mail.Calendar!.Method);
    }

    [Fact]
    public async Task An_unsubscribe_link_is_sealed()
    {
        await using var library = await WritingLibrary.OpenAsync();
        var links = library.Services.GetRequiredService<UnsubscribeLinks>();
        var wish = new UnsubscribeWish("mail:guru@example.id", MailTopic.Visits);
        var link = links.For(wish, "en");

        Assert.Equal("/en/unsubscribe", link.AbsolutePath);
        var token = link.Query["?t=".Length..];
        Assert.DoesNotContain("guru", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(wish, links.Read(token));
        Assert.Null(links.Read(token[..^2] + (token[^1] == 'A' ? "BB" : "AA")));
        Assert.Null(links.Read("Visits mail:guru@example.id"));
        Assert.Null(links.Read(null));
    }

    [GeneratedRegex("\"((?:circulation|elending|members|attendance|programs|visits|spaces|accounts)\\.[a-z_]+)\"")]
    private static partial Regex Kind();
}
