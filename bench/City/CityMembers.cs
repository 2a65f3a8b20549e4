using System.Globalization;
using Metro.Library.Members;

namespace Metro.Bench.City;

/// <summary>The city's readers, with identity numbers under the key that lies beside the database, as the portal keeps it.</summary>
internal static class CityMembers
{
    private static readonly string[] Given = "Siti Ahmad Budi Dewi Sri Muhammad Agus Putri Eko Rina Joko Wati Hendra Lestari Bayu Indah Rizki Nur Fajar Ayu Dimas Maya Arif Fitri".Split(' ');
    private static readonly string[] Family = "Rahman Hidayat Susanto Wijaya Nugroho Saputra Pratama Utami Kusuma Santoso Siregar Lubis Halim Gunawan Setiawan Hartono Suryani Maulana Permata Anggraini".Split(' ');

    /// <summary>One in ten asked that their returned loans stay with them.</summary>
    public static bool KeepsHistory(int member) => member % 10 == 3;

    /// <summary>By which terms a member borrows.</summary>
    public static string CategoryOf(int member) => (member % 20) switch { < 9 => "Adult", < 15 => "Student", < 18 => "Child", 18 => "Teacher", _ => member % 400 == 19 ? "School" : "Adult" };

    public static void Write(CityFile file, CitySize size, string folder, DateOnly today)
    {
        var settings = new MemberSettings { PersonalDataKeyFile = Path.Combine(folder, "personal-data.key") };
        var protector = AesGcmPersonalDataProtector.FromSettings(settings);
        file.Write("members",
            "id, card_number, barcode, category, status, name, name_key, birth_date, email, phone, phone_key, address, language, by_email, by_phone, by_post, wants_news, keeps_loan_history, nik_cipher, nik_fingerprint, nik_masked, applied_at, member_since, membership_end",
            Enumerable.Range(1, size.Members).Select(Row));
        file.Write("counters", "name, last", [["card", size.Members]]);

        object?[] Row(int number)
        {
            var dice = new Random(number);
            var name = $"{Given[dice.Next(Given.Length)]} {Given[dice.Next(Given.Length)]} {Family[dice.Next(Family.Length)]}";
            var category = CategoryOf(number);
            var born = category switch
            {
                "School" => (DateOnly?)null,
                "Child" => today.AddDays(-dice.Next(6 * 365, 12 * 365)),
                "Student" => today.AddDays(-dice.Next(12 * 365, 24 * 365)),
                _ => today.AddDays(-dice.Next(24 * 365, 75 * 365)),
            };
            var since = today.AddDays(-dice.Next(3_000));
            // One membership in twelve has run out.
            var end = number % 12 == 0 ? today.AddDays(-dice.Next(1, 300)) : today.AddDays(dice.Next(365));
            var phone = $"+62 812 {number / 10_000:D4} {number % 10_000:D4}";
            var identity = IdentityOf(number, born);
            return
            [
                number, $"MTR-{number:D6}", CardBarcode.Of(settings.InstitutionCode, number), category, "Active", name, FoldedName.Of(name), born,
                $"anggota{number}@example.id", phone, DialledNumber.Of(phone), $"Jalan Bunga {1 + number % 200}, Metro", number % 25 == 0 ? "en" : "id", 1, 1, 1, number % 3 == 0 ? 1 : 0,
                KeepsHistory(number) ? 1 : 0,
                identity is null ? null : protector.Protect(identity.Reveal(), Member.NikPurpose), identity is null ? null : protector.Fingerprint(identity.Reveal(), Member.NikPurpose), identity?.Masked,
                since.ToDateTime(new TimeOnly(2, 0)), since, end,
            ];
        }
    }

    private static Nik? IdentityOf(int number, DateOnly? born) => born is { } day
        && Nik.TryParse(string.Create(CultureInfo.InvariantCulture, $"1872{1 + number / 9_999 % 99:D2}{day.Day + (number % 2 * 40):D2}{day.Month:D2}{day.Year % 100:D2}{1 + number % 9_999:D4}"), out var nik) ? nik : null;
}
