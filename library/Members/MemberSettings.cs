using Metro.Library.Members;

namespace Metro.Library.Members
{
    /// <summary>What a library decides about membership; section <c>Library:Members</c>.</summary>
    public sealed class MemberSettings
    {
        /// <summary>How long a membership lasts and by how much a renewal extends it, in days. 365 by default.</summary>
        public int MembershipDays { get; set; } = 365;

        /// <summary>How many days before its end a membership can be renewed. 30 by default.</summary>
        public int RenewableDaysBeforeEnd { get; set; } = 30;

        /// <summary>How many days before its end the member is reminded of it. 14 by default.</summary>
        public int RemindDaysBeforeEnd { get; set; } = 14;

        /// <summary>Whether the staff look at applications from the website before somebody becomes a member. True by default.</summary>
        public bool ReviewApplications { get; set; } = true;

        /// <summary>The birthday on which control moves from the guardian to the member. 18 by default (Law 27/2022).</summary>
        public int AgeOfMajority { get; set; } = 18;

        /// <summary>The four digits that stand for this library in a card's barcode. 1872, the city's area code, by default.</summary>
        public string InstitutionCode { get; set; } = "1872";

        /// <summary>After how many days a returned loan is unlinked from its member, unless they opted in to a history. 30 by default.</summary>
        public int KeepReturnedLoansDays { get; set; } = 30;

        /// <summary>After how many days a declined application is forgotten. 30 by default.</summary>
        public int KeepDeclinedApplicationsDays { get; set; } = 30;

        /// <summary>Statistics show no count below this many people. 5 by default.</summary>
        public int SmallestCell { get; set; } = 5;

        /// <summary>
        /// The key that protects national identity numbers: 32 bytes in base64. Where it is empty, the key file is used.
        /// </summary>
        public string PersonalDataKey { get; set; } = "";

        /// <summary>Keys used before, in base64: what they protected can still be read.</summary>
        public IList<string> FormerPersonalDataKeys { get; } = [];

        /// <summary>
        /// The file that holds the key where <see cref="PersonalDataKey"/> is empty; made on first use. <c>personal-data.key</c>
        /// in the working directory by default. Keep a copy apart from the database's backups.
        /// </summary>
        public string PersonalDataKeyFile { get; set; } = "personal-data.key";
    }
}

namespace Metro.Library
{
    public sealed partial class LibrarySettings
    {
        /// <summary>Membership, cards and personal data.</summary>
        public MemberSettings Members { get; } = new();
    }
}
