using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Library.Time;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Letters;

/// <summary>
/// Makes the mail of a letter: the same words as HTML and as plain text, in the reader's language, with the appointment where
/// there is one. Reads nothing and decides nothing. Safe for several threads.
/// </summary>
internal sealed class LetterComposer(LibrarySettings library, MailSettings mail, LibraryCalendar calendar)
{
    /// <param name="letter">What to write to whom.</param>
    /// <param name="template">How.</param>
    /// <param name="unsubscribe">Where the reader ends such letters; null where they cannot.</param>
    /// <param name="files">What goes with it.</param>
    public Mail Compose(AddressedLetter letter, LetterTemplate template, Uri? unsubscribe = null, IReadOnlyList<MailFile>? files = null)
    {
        var (reader, culture) = (letter.Readers[0], CultureOf(letter.Readers[0].Culture));
        var facts = letter.Letter.Parts.Select(part => LetterFacts.Parse(part.Payload, culture, calendar.Zone)).ToList();
        var body = BodyOf(letter, template, facts, culture, unsubscribe);
        return new Mail
        {
            Key = letter.Letter.Key,
            From = Sender(culture),
            To = [.. letter.Readers.Select(one => new Mailbox(one.Email, one.Name))],
            ReplyTo = mail.ReplyTo.Length > 0 ? new Mailbox(mail.ReplyTo) : null,
            Subject = body.Subject,
            Language = body.Language,
            SentAt = calendar.Now,
            Text = LetterPlainText.Write(body),
            Html = LetterHtml.Write(body),
            Calendar = template.MethodFor(facts[0]) is { } method ? Invitation(method, letter, facts[0], reader, culture) : null,
            Files = files ?? [],
            Unsubscribe = unsubscribe,
        };
    }

    /// <summary>What a letter says, before it is HTML or plain text.</summary>
    public LetterBody BodyOf(AddressedLetter letter, LetterTemplate template)
    {
        var culture = CultureOf(letter.Readers[0].Culture);
        return BodyOf(letter, template, [.. letter.Letter.Parts.Select(part => LetterFacts.Parse(part.Payload, culture, calendar.Zone))], culture, unsubscribe: null);
    }

    private LetterBody BodyOf(AddressedLetter letter, LetterTemplate template, List<LetterFacts> facts, CultureInfo culture, Uri? unsubscribe)
    {
        var (first, many, variant) = (facts[0], facts.Count > 1, template.Variant?.Invoke(facts[0]));
        var name = letter.Readers[0].Name ?? first.Words("name") ?? first.Words("contactName") ?? first.Words("organiserName");
        var paragraphs = Sentence("text").ReplaceLineEndings("\n").Split("\n\n").ToList();
        if (letter.Ward is { } ward) paragraphs.Insert(0, LetterWords.Fill(LetterWords.Get("Ward", culture), _ => ward));
        return new LetterBody
        {
            Language = culture.TwoLetterISOLanguageName,
            Subject = Sentence("subject"),
            Greeting = name is null ? LetterWords.Get("Greeting.Nameless", culture) : LetterWords.Fill(LetterWords.Get("Greeting", culture), _ => name),
            Paragraphs = paragraphs,
            Items = many ? [.. facts.Select(one => LetterWords.Fill(LetterWords.Get($"{template.Kind}.item", culture), one.Words))] : [],
            Facts = many ? [] : [.. template.Facts.Select(fact => (LetterWords.Get($"Fact.{fact}", culture), first.Words(fact))).Where(fact => fact.Item2 is not null).Select(fact => (fact.Item1, fact.Item2!))],
            Button = ButtonOf(letter, template, first, culture),
            Library = new LocalText(library.Name, library.NameEnglish).Explain(culture),
            Address = library.Address,
            Why = LetterWords.Get($"Why.{template.Kind.Split('.')[0]}", culture),
            Unsubscribe = unsubscribe is null ? null : (LetterWords.Get("Unsubscribe", culture), unsubscribe),
        };

        // The most particular wording there is: of this variant, for several, or the plain one.
        string Sentence(string part)
        {
            string?[] names = [variant is null ? null : $"{template.Kind}.{variant}.{part}", many ? $"{template.Kind}.many.{part}" : null, $"{template.Kind}.{part}"];
            var sentence = names.OfType<string>().Select(key => LetterWords.Find(key, culture)).OfType<string>().FirstOrDefault() ?? LetterWords.Get($"{template.Kind}.{part}", culture);
            return LetterWords.Fill(sentence, place => place switch
            {
                "count" => facts.Count.ToString(culture),
                "library" => new LocalText(library.Name, library.NameEnglish).Explain(culture),
                _ => first.Words(place),
            });
        }
    }

    private (string Words, Uri Link)? ButtonOf(AddressedLetter letter, LetterTemplate template, LetterFacts facts, CultureInfo culture)
    {
        var words = LetterWords.Find($"{template.Kind}.button", culture) ?? LetterWords.Get("Button", culture);
        if (facts.Text("link") is { } given && Uri.TryCreate(given, UriKind.Absolute, out var link) && link.Scheme is "https" or "http") return (words, link);
        return template.PathFor(facts) is { } path && (letter.Letter.MemberId is not null || !template.PathNeedsMember) ? (words, Page(mail, path + WhoseOf(letter, path), culture)) : null;
    }

    /// <summary>What a guardian reads about a child opens the child's pages, not their own; for the child it is the same page.</summary>
    private static string WhoseOf(AddressedLetter letter, string path) => letter is { Ward: not null, Letter.MemberId: { } child } && path.StartsWith("/account", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"?for={child}")
        : "";

    /// <summary>A page of the portal in a language.</summary>
    internal static Uri Page(MailSettings mail, string path, CultureInfo culture) =>
        new(mail.Site.TrimEnd('/') + (culture.TwoLetterISOLanguageName == "en" ? "/en" : "") + path);

    private MailCalendar? Invitation(CalendarMethod method, AddressedLetter letter, LetterFacts facts, Addressee reader, CultureInfo culture)
    {
        if (facts.Text("uid") is not { } uid || facts.Instant("startsAt") is not { } start || facts.Instant("endsAt") is not { } end || Interval.Between(start, end) is not { } when) return null;
        var from = Sender(culture);
        return new MailCalendar(method, CalendarFile.Write(method,
        [
            new CalendarEvent
            {
                Uid = uid,
                Sequence = facts.Number("sequence") ?? 0,
                When = when,
                UpdatedAt = letter.Letter.CreatedAt,
                Summary = facts.Words("offer") ?? facts.Words("title") ?? facts.Words("space") ?? from.Name!,
                Location = facts.Words("place") ?? facts.Words("space") ?? $"{from.Name}, {library.Address}",
                Description = facts.Words("ticket") is { } ticket ? $"{LetterWords.Get("Fact.ticket", culture)}: {ticket}" : null,
                Organizer = new CalendarPerson(MailAddresses.Wire(from.Email), from.Name!),
                Attendee = new CalendarPerson(MailAddresses.Wire(reader.Email), reader.Name ?? facts.Words("name") ?? reader.Email),
            },
        ]));
    }

    private Mailbox Sender(CultureInfo culture) => new(mail.Sender, new LocalText(library.Name, library.NameEnglish).Explain(culture));

    internal static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "id-ID");
}
