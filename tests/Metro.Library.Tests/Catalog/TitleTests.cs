using System.Globalization;
using Metro.Library.Catalog;

namespace Metro.Library.Tests.Catalog;

public sealed class TitleTests
{
    private static readonly DateTime Now = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    private static readonly TitleDescription Rainbow = new()
    {
        Name = "Laskar pelangi",
        Contributors = [new("Hirata, Andrea")],
        Subjects = ["Fiksi Indonesia"],
        Identifiers = [new(IdentifierKind.Isbn, "979-3062-79-7")],
        Year = 2005,
        Language = "ind",
        Ddc = "899.221",
    };

    [Fact]
    public void A_title_keeps_its_numbers_in_their_normal_form()
    {
        var (title, refusals) = Title.Create(Rainbow with
        {
            Identifiers = [new(IdentifierKind.Isbn, "979-3062-79-7"), new(IdentifierKind.Isbn, "9789793062792"), new(IdentifierKind.Issn, "03178471")],
        }, Now);

        Assert.Empty(refusals);
        Assert.Equal(["9789793062792", "0317-8471"], title!.Identifiers.Select(one => one.Value));
    }

    [Fact]
    public void A_description_that_says_nothing_new_changes_nothing()
    {
        var title = Title.Create(Rainbow, Now).Title!;

        Assert.Empty(title.Describe(Rainbow with { Name = "  Laskar pelangi " }, Now.AddDays(1)));

        Assert.Equal(1, title.Version);
        Assert.Equal(Now, title.ChangedAt);
    }

    [Fact]
    public void A_person_is_the_same_in_every_order_of_the_name() =>
        Assert.Equal(PersonName.KeyOf("Hirata, Andrea"), PersonName.KeyOf("ANDREA HIRATA"));

    [Theory]
    [InlineData("Hirata, Andrea", "Andrea Hirata")]
    [InlineData("Sukarno", "Sukarno")]
    [InlineData("Smith, John, Jr.", "Smith, John, Jr.")]
    public void A_name_is_shown_as_it_is_said(string filed, string said) =>
        Assert.Equal(said, PersonName.InReadingOrder(filed));

    public static TheoryData<string, string> Bad => new()
    {
        { "input.missing", "" },
        { "input.missing", " \t " },
        { "input.not_a_name", "📚📚" },
        { "input.too_long", new string('x', 501) },
        { "input.unreadable", "half \ud83d" },
        { "input.unreadable", "nul \0 nul" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_title_without_a_readable_name_is_refused(string code, string name) =>
        Assert.Equal(code, Assert.Single(Title.Create(Rainbow with { Name = name }, Now).Refusals).Code);

    [Fact]
    public void Everything_wrong_with_a_description_is_said_at_once_and_nothing_changes()
    {
        var title = Title.Create(Rainbow, Now).Title!;

        var refusals = title.Describe(Rainbow with
        {
            Name = "Baru",
            Year = 9999,
            Language = "Bahasa",
            Ddc = "fiksi",
            Summary = new string('x', 4001),
            Identifiers = [new(IdentifierKind.Isbn, "9789793062793"), new(IdentifierKind.Issn, "1")],
            Contributors = [.. Enumerable.Range(0, 101).Select(i => new DescribedContributor($"Nama {i}"))],
        }, Now);

        Assert.Equal(
            ["input.too_long", "input.number_out_of_range", "catalog.not_a_language", "catalog.not_a_class", "input.number_out_of_range", "catalog.not_an_isbn", "catalog.not_an_issn"],
            refusals.Select(refusal => refusal.Code));
        Assert.Equal("Laskar pelangi", title.Name);
        foreach (var refusal in refusals)
            Assert.NotEqual(refusal.Explain(CultureInfo.GetCultureInfo("id")), refusal.Explain(CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public void A_title_with_copies_stays_in_the_catalogue()
    {
        var title = Title.Create(Rainbow, Now).Title!;

        Assert.Equal("catalog.title_has_copies", title.Withdraw(copiesLeft: 2, Now)?.Code);
        Assert.Null(title.WithdrawnAt);
        Assert.Null(title.Withdraw(copiesLeft: 0, Now));
        Assert.Equal("catalog.title_withdrawn", Assert.Single(title.Describe(Rainbow with { Year = 2006 }, Now)).Code);
        title.Reinstate(Now);
        Assert.Null(title.WithdrawnAt);
    }

    [Fact]
    public void Every_word_of_the_catalogue_has_a_name_in_both_languages()
    {
        CultureInfo[] languages = [CultureInfo.GetCultureInfo("id"), CultureInfo.GetCultureInfo("en")];
        foreach (var language in languages)
        {
            All<TitleFormat>();
            All<Audience>();
            All<ContributorRole>();
            All<ContributorKind>();
            All<CopyStatus>();
            All<CopyCondition>();
            All<CopySource>();

            void All<T>()
                where T : struct, Enum
            {
                foreach (var value in Enum.GetValues<T>())
                    Assert.NotNull(Sentences.In("Catalog", "Words").GetString($"{typeof(T).Name}.{value}", language));
            }
        }
    }
}
