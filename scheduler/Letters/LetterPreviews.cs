using System.Text.Json;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Letters;

/// <summary>Shows what letters look like, with facts that are made up. Safe for several threads.</summary>
public sealed class LetterPreviews
{
    private readonly LetterComposer composer;
    private readonly UnsubscribeLinks links;
    private readonly LibraryCalendar calendar;

    internal LetterPreviews(LetterComposer composer, UnsubscribeLinks links, LibraryCalendar calendar) => (this.composer, this.links, this.calendar) = (composer, links, calendar);

    /// <summary>The kinds of letters, in the order of the areas.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. LetterTemplates.All.Select(template => template.Kind)];

    /// <summary>A letter of a kind; null when there is no such kind.</summary>
    /// <param name="kind">Such as <c>circulation.due_soon</c>.</param>
    /// <param name="culture">The language: <c>id</c> or <c>en</c>.</param>
    /// <param name="several">How many messages go in it, where several do.</param>
    public Mail? Of(string kind, string culture, int several = 1) => LetterTemplates.Find(kind) is { } template ? Of(template, culture, several) : null;

    internal Mail Of(LetterTemplate template, string culture, int several = 1)
    {
        var count = template.GoesTogether ? several : 1;
        var letter = new Letter
        {
            Key = new string('0', 32), Sender = "preview", Kind = template.Kind, RecipientKey = "member:0", MemberId = 0, Culture = culture,
            ScheduledAt = calendar.Now, CreatedAt = calendar.Now, Attempt = 1,
            Parts = [.. Enumerable.Range(0, count).Select(number => new LetterPart(number, "sample:0", JsonSerializer.Serialize(Sample(number), JsonSerializerOptions.Web)))],
        };
        var unsubscribe = template.Topic is { } topic ? links.For(new UnsubscribeWish("preview", topic), culture) : null;
        return composer.Compose(new AddressedLetter(letter, [new Addressee("siti@example.id", "Siti Aminah", culture, false)], null), template, unsubscribe);
    }

    /// <summary>Every fact that any letter mentions.</summary>
    private static object Sample(int number) => new
    {
        Title = Titles[number % Titles.Length], DueOn = "2026-01-12", Until = "2026-01-07T02:00:00Z", Before = "2026-01-05", From = "2026-01-12", To = "2026-01-13", PickupBy = "2026-01-09",
        Reason = "Cuti bersama", ReasonEnglish = "Public holiday", Barcode = "MTR000042", ReturnedOn = "2026-01-05", Branch = "Perpustakaan Kota Metro", BranchEnglish = "Metro City Library", Left = 1,
        Name = "Siti Aminah", CardNumber = "MTR-000042", MembershipEnd = "2026-12-31", Through = "2026-01-19",
        What = "Mendongeng", WhatEnglish = "Storytelling", ExpiresAt = "2026-04-05T02:00:00Z", MostStrikes = 3, AppealAnswer = "Terima kasih atas penjelasannya.", Lifted = true,
        StartsAt = "2026-01-10T02:00:00Z", EndsAt = "2026-01-10T04:00:00Z", Place = "Ruang Tapis", Message = "Bawalah pensil dan botol minum.", MessageEnglish = "Please bring a pencil and something to drink.", Seats = 2, Ticket = "K7PM-3XQA", OfferExpiresAt = "2026-01-07T02:00:00Z",
        Uid = "0197f0a2-c3d4-7e5f-8071-8293a4b5c6d7", Sequence = 0, Status = "Confirmed",
        School = "SDN 1 Metro", ContactName = "Pak Joko", Offer = "Kunjungan keliling", OfferEnglish = "Guided tour", ClassName = "4A", Children = 28, Adults = 3, AnswerBy = "2026-01-08T09:00:00Z",
        Space = "Ruang Tapis", SpaceEnglish = "Tapis Room", OrganiserName = "PKK Yosomulyo", Heads = 12,
        Link = "https://perpustakaan.example.id/account/choose-password?token=contoh", ValidUntil = "2026-01-06T02:00:00Z",
        Visits = 2, Bookings = 1, Applications = 3, Oldest = "2026-01-03T02:00:00Z", Failed = 4, Bounced = 3, Waiting = 12, LastRemark = "550 5.1.1 no such user",
    };

    private static readonly string[] Titles = ["Laskar Pelangi", "Bumi Manusia", "Negeri 5 Menara"];
}
