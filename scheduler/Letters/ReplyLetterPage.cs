using System.Globalization;
using System.Net;
using System.Text;
using Metro.Library.Visits;

namespace Metro.Scheduler.Letters;

/// <summary>The letter with which the library answers a school (<i>surat balasan</i>), as a page that prints on one sheet.</summary>
internal static class ReplyLetterPage
{
    public static string Write(VisitReplyLetter letter, CultureInfo culture)
    {
        var (offer, place, library) = (letter.Offer.Explain(culture), letter.Place.Explain(culture), letter.Library.Explain(culture));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{culture.TwoLetterISOLanguageName}\"><head><meta charset=\"utf-8\"><title>{Of("Reply.Title")} {letter.Number}</title>\n");
        text.Append("<style>body{font:12pt/1.5 serif;max-width:17cm;margin:2cm auto;color:#000}header{text-align:center;border-bottom:3px double #000;margin-bottom:1cm}h1{font-size:16pt;margin:0}th{text-align:left;font-weight:400;padding-right:1em;vertical-align:top}footer{margin-top:1.5cm;text-align:right}</style></head>\n<body>\n");
        text.Append(CultureInfo.InvariantCulture, $"<header><h1>{Safe(library)}</h1><p>{Safe(letter.LibraryAddress)}</p></header>\n");
        Rows((Of("Reply.Number"), letter.Number), (Of("Reply.Date"), Date(letter.Date)), (Of("Reply.About"), Of("Reply.Visit")));
        text.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Of("Reply.To"))}<br>{Safe(letter.ContactName)}<br>{Safe(letter.School)} (NPSN {Safe(letter.Npsn)}){(letter.SchoolAddress is { } address ? "<br>" + Safe(address) : "")}</p>\n");
        text.Append(CultureInfo.InvariantCulture, $"<p>{Safe(LetterWords.Fill(Of(letter.IsApproved ? "Reply.Yes" : "Reply.No"), _ => library))}</p>\n");
        Rows((Of("Fact.offer"), offer), (Of("Fact.when"), $"{Date(letter.VisitOn)}, {Time(letter.From)}–{Time(letter.Until)}"), (Of("Fact.place"), place),
            (Of("Fact.className"), letter.ClassName), (Of("Fact.children"), letter.Children.ToString(culture)), (Of("Fact.adults"), letter.Adults.ToString(culture)), (Of("Fact.reason"), letter.Reason));
        if (letter.IsApproved)
            text.Append(CultureInfo.InvariantCulture, $"<ul><li>{Safe(LetterWords.Fill(Of("Reply.Adults"), _ => letter.AdultsNeeded.ToString(culture)))}</li><li>{Safe(LetterWords.Fill(Of("Reply.Cancel"), _ => Date(letter.CancelBy)))}</li><li>{Safe(Of("Reply.Photographs"))}</li></ul>\n");
        text.Append(CultureInfo.InvariantCulture, $"<footer><p>{Safe(Date(letter.Date))}</p><p>{Safe(library)}</p></footer>\n</body></html>\n");
        return text.ToString();

        string Of(string name) => LetterWords.Get(name, culture);

        string Date(DateOnly date) => date.ToString("dddd, d MMMM yyyy", culture);

        string Time(TimeOnly time) => time.ToString(culture.TwoLetterISOLanguageName == "en" ? "HH:mm" : "HH.mm", CultureInfo.InvariantCulture);

        void Rows(params (string Name, string? Value)[] rows)
        {
            text.Append("<table>");
            foreach (var (name, value) in rows)
                if (value is not null) text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(name)}</th><td>{Safe(value)}</td></tr>");
            text.Append("</table>\n");
        }
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
