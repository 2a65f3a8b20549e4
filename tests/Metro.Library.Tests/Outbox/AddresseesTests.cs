using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Outbox;

/// <summary>DOMAIN.md rule 10, as far as letters go. Ani is nine years old and Dewi Lestari is her guardian.</summary>
public sealed class AddresseesTests
{
    private static readonly GuardianDetails Dewi = People.Ani.Guardian! with { Email = "dewi@example.id" };

    [Fact]
    public async Task A_message_about_a_child_is_on_the_childs_record_and_goes_to_the_guardian()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani with { Guardian = Dewi });

        var message = await library.TellAsync(ani);

        Assert.Equal(ani.Id, message.MemberId);
        Assert.Equal([new Addressee("dewi@example.id", "Dewi Lestari", "id", IsGuardian: true)], await library.AddresseesOfAsync(message));
    }

    [Fact]
    public async Task A_child_with_an_address_of_its_own_reads_along_when_it_wants_letters_and_not_otherwise()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani with { Guardian = Dewi, Details = People.Ani.Details with { Email = "ani@example.id" } });
        var message = await library.TellAsync(ani);

        Assert.Equal([("dewi@example.id", true), ("ani@example.id", false)], (await library.AddresseesOfAsync(message)).Select(one => (one.Email, one.IsGuardian)));

        await library.PreferAsync(ani, byEmail: false);
        Assert.Equal(["dewi@example.id"], (await library.AddresseesOfAsync(message)).Select(one => one.Email));
    }

    [Fact]
    public async Task One_address_gets_one_letter_though_it_stands_on_both_records()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani with { Guardian = Dewi, Details = People.Ani.Details with { Email = "Dewi@example.id" } });

        Assert.True(Assert.Single(await library.AddresseesOfAsync(await library.TellAsync(ani))).IsGuardian);
    }

    [Fact]
    public async Task A_guardian_who_is_a_member_is_written_to_at_their_own_address_in_their_own_language()
    {
        await using var library = await TestLibrary.OpenAsync();
        var dewi = await library.JoinAsync(People.AGrownUp("Dewi Lestari", "1872014101850004"));
        await library.PreferAsync(dewi, byEmail: true, language: "en");
        var ani = await library.JoinAsync(People.Ani with { Guardian = People.Ani.Guardian! with { MemberId = dewi.Id } });
        var message = await library.TellAsync(ani);

        Assert.Equal([new Addressee("orang@example.id", "Dewi Lestari", "en", IsGuardian: true)], await library.AddresseesOfAsync(message));

        await library.PreferAsync(dewi, byEmail: false);
        Assert.Empty(await library.AddresseesOfAsync(message));
    }

    [Fact]
    public async Task From_the_eighteenth_birthday_on_letters_are_the_members_alone_even_those_that_were_waiting()
    {
        await using var library = await TestLibrary.OpenAsync();
        var ani = await library.JoinAsync(People.Ani with { Guardian = Dewi, Details = People.Ani.Details with { Email = "ani@example.id" } });
        var message = await library.TellAsync(ani);

        library.Clock.MoveTo(new DateTimeOffset(2034, 6, 1, 1, 0, 0, TimeSpan.Zero));

        Assert.Equal([new Addressee("ani@example.id", "Ani Lestari", "id", IsGuardian: false)], await library.AddresseesOfAsync(message));
    }

    [Fact]
    public async Task A_grown_up_is_written_to_unless_they_want_no_letters()
    {
        await using var library = await TestLibrary.OpenAsync();
        var siti = await library.JoinAsync(People.Siti);
        var message = await library.TellAsync(siti);
        Assert.Equal(["orang@example.id"], (await library.AddresseesOfAsync(message)).Select(one => one.Email));

        await library.PreferAsync(siti, byEmail: false);

        Assert.Empty(await library.AddresseesOfAsync(message));
    }

    [Fact]
    public async Task Somebody_who_is_not_a_member_is_written_to_at_the_address_they_gave()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        await db.TellAsync(new Subject("visit", 1), Recipient.Address("guru@example.id", "id"), "visits.received", library.Calendar.Now, new { }, library.Calendar.Now, default);
        await db.SaveChangesAsync();

        Assert.Equal([new Addressee("guru@example.id", null, "id", IsGuardian: false)], await library.AddresseesOfAsync(await db.OutboxMessages.SingleAsync()));
    }
}

/// <summary>Writes to somebody and looks where it goes.</summary>
internal static class Letters
{
    extension(TestLibrary library)
    {
        public async Task<OutboxMessage> TellAsync(Member member)
        {
            await using var db = library.NewContext();
            await db.TellAsync(new Subject("loan", member.Id), Recipient.Member(member.Id, member.Language), "circulation.due_soon", library.Calendar.Now, new { }, library.Calendar.Now, default);
            await db.SaveChangesAsync();
            return await db.OutboxMessages.OrderByDescending(message => message.Id).FirstAsync();
        }

        public async Task<IReadOnlyList<Addressee>> AddresseesOfAsync(OutboxMessage message)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<Addressees>().OfAsync(desk.Db, message);
        }

        public async Task PreferAsync(Member member, bool byEmail, string language = "id")
        {
            await using var desk = library.OpenDesk();
            Assert.Null(await desk.The<MemberAccounts>().PreferAsync(member.Id, new ContactPreferences(language, byEmail, true, true, false), TestLibrary.Librarian));
        }
    }
}
