using Metro.Library.Members;

namespace Metro.Library.Tests.Members;

/// <summary>The people who come to the library in these tests.</summary>
internal static class People
{
    public static MembershipApplication Siti { get; } = AGrownUp("Siti Rahayu", "1872014101900001");

    public static MembershipApplication Budi { get; } = AGrownUp("Budi Santoso", "1872010101900002");

    /// <summary>Nine years old at the beginning of 2026.</summary>
    public static MembershipApplication Ani { get; } = new(
        new MemberDetails("Ani Lestari", new DateOnly(2016, 6, 1)), MemberCategory.Child, "1872014106160003",
        Guardian: new GuardianDetails("Dewi Lestari", "ibu", Phone: "0812 3456 7890"),
        Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 17/2026, ditandatangani di meja layanan")]);

    public static MembershipApplication ASchool { get; } = new(
        new MemberDetails("SDN 1 Metro", ContactPerson: "Pak Joko", Npsn: "10807001"), MemberCategory.School);

    public static MembershipApplication AGrownUp(string name, string nik) =>
        new(new MemberDetails(name, new DateOnly(1990, 1, 1), "orang@example.id", "0725-41234", "Jl. Ahmad Yani 1, Metro"), MemberCategory.Adult, nik);

    /// <summary>A member with a card, registered at the desk.</summary>
    public static async Task<Member> JoinAsync(this TestLibrary library, MembershipApplication application)
    {
        await using var desk = library.OpenDesk();
        return (await desk.The<Registrations>().RegisterAtDeskAsync(application, TestLibrary.Librarian)).Value;
    }
}
