namespace Metro.Library.Elending;

/// <summary>Why an e-resource is not lent.</summary>
public static class ElendingRefusals
{
    /// <summary>No licence has this key.</summary>
    public static Refusal UnknownLicence(long id) => new("elending.unknown_licence", id);

    /// <summary>The library has no licence for the resource.</summary>
    public static Refusal NotLicensed { get; } = new("elending.not_licensed");

    /// <summary>The last licence for it has ended.</summary>
    public static Refusal LicenceEnded { get; } = new("elending.licence_ended");

    /// <summary>The licences allow no further loan, now or later.</summary>
    public static Refusal UsedUp { get; } = new("elending.used_up");

    /// <summary>Everybody may read it; there is nothing to borrow.</summary>
    public static Refusal OpenToAll { get; } = new("elending.open_to_all");

    /// <summary>As many as the licences allow are reading it.</summary>
    public static Refusal AllOut(int waiting) => new("elending.all_out", waiting);

    /// <summary>The member has as many e-books as one may.</summary>
    public static Refusal TooManyLoans(int most) => new("elending.too_many_loans", most);

    /// <summary>A member under age needs a guardian's consent to online use.</summary>
    public static Refusal ConsentNeeded { get; } = new("elending.consent_needed");

    /// <summary>It can be borrowed at once, so there is nothing to wait for.</summary>
    public static Refusal BorrowInstead { get; } = new("elending.borrow_instead");

    /// <summary>The member has it on loan.</summary>
    public static Refusal OnLoanToYou(DateOnly until) => new("elending.on_loan_to_you", until);

    /// <summary>The member waits for it already.</summary>
    public static Refusal AlreadyWaiting { get; } = new("elending.already_waiting");

    /// <summary>The member has no such loan, or it has ended.</summary>
    public static Refusal UnknownLoan { get; } = new("elending.unknown_loan");

    /// <summary>The member has no such hold, or it has ended.</summary>
    public static Refusal UnknownHold { get; } = new("elending.unknown_hold");

    /// <summary>It is read with a loan, and the reader has none.</summary>
    public static Refusal NotOnLoan { get; } = new("elending.not_on_loan");

    /// <summary>More wait than one queue takes.</summary>
    public static Refusal QueueFull { get; } = new("elending.queue_full");

    /// <summary>The new term is not earlier than the old one, or lies in the past.</summary>
    public static Refusal NotEarlier { get; } = new("elending.not_earlier");
}
