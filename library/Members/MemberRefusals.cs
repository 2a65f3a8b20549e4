namespace Metro.Library.Members;

/// <summary>Why membership says no.</summary>
public static class MemberRefusals
{
    /// <summary>No member has this key, card number or barcode.</summary>
    public static Refusal Unknown => new("members.unknown");

    /// <summary>The application has not been reviewed yet.</summary>
    public static Refusal AwaitingReview => new("members.awaiting_review");

    /// <summary>Declined, closed, merged or forgotten.</summary>
    public static Refusal NotAMember => new("members.not_a_member");

    /// <summary>The membership has run out.</summary>
    public static Refusal Expired(DateOnly end) => new("members.expired", end);

    /// <summary>Kept from borrowing for some days.</summary>
    public static Refusal Suspended(DateOnly through) => new("members.suspended", through);

    /// <summary>The application has been decided already.</summary>
    public static Refusal AlreadyReviewed => new("members.already_reviewed");

    /// <summary>Not sixteen digits of an identity number.</summary>
    public static Refusal NotANik => new("members.not_a_nik");

    /// <summary>A person's card needs an identity card, a child's the parent's or its own.</summary>
    public static Refusal NikNeeded => new("members.nik_needed");

    /// <summary>Another member has the same identity number.</summary>
    public static Refusal NikKnown(string cardNumber) => new("members.nik_known", cardNumber);

    /// <summary>A school is known by its eight-digit NPSN.</summary>
    public static Refusal NpsnNeeded => new("members.npsn_needed");

    /// <summary>A child's category for a grown-up, or the reverse.</summary>
    public static Refusal CategoryDoesNotFitAge(int ageOfMajority) => new("members.category_does_not_fit_age", ageOfMajority);

    /// <summary>A minor has a guardian.</summary>
    public static Refusal GuardianNeeded => new("members.guardian_needed");

    /// <summary>A guardian can be reached.</summary>
    public static Refusal GuardianUnreachable => new("members.guardian_unreachable");

    /// <summary>A grown-up decides alone.</summary>
    public static Refusal GuardianNotNeeded(int ageOfMajority) => new("members.guardian_not_needed", ageOfMajority);

    /// <summary>The guardian's consent to the membership is missing.</summary>
    public static Refusal ConsentNeeded => new("members.consent_needed");

    /// <summary>A consent without evidence proves nothing.</summary>
    public static Refusal EvidenceNeeded => new("members.evidence_needed");

    /// <summary>This consent was not given, or is withdrawn already.</summary>
    public static Refusal NoSuchConsent => new("members.no_such_consent");

    /// <summary>Only the guardian, or the member once of age, decides this.</summary>
    public static Refusal NotYoursToDecide => new("members.not_yours_to_decide");

    /// <summary>The membership is renewed near its end only.</summary>
    public static Refusal RenewalTooEarly(DateOnly from) => new("members.renewal_too_early", from);

    /// <summary>There is no suspension to lift.</summary>
    public static Refusal NotSuspended => new("members.not_suspended");

    /// <summary>The library writes in this language not.</summary>
    public static Refusal UnknownLanguage(string language) => new("members.unknown_language", language);

    /// <summary>A record is not merged into itself, nor one that has ended.</summary>
    public static Refusal CannotMerge => new("members.cannot_merge");

    /// <summary>Two members of different dates of birth are not the same person.</summary>
    public static Refusal DifferentPeople => new("members.different_people");

    /// <summary>No identity number was given for this member.</summary>
    public static Refusal NoNik => new("members.no_nik");

    /// <summary>Something is still open: copies, fines.</summary>
    public static Refusal StillOpen(Refusal first) => new("members.still_open", first);
}
