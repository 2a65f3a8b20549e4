using Metro.Library.Calendar;

namespace Metro.Library.Circulation;

/// <summary>Why circulation says no.</summary>
public static class CirculationRefusals
{
    /// <summary>No copy has this barcode.</summary>
    public static Refusal UnknownBarcode(string barcode) => new("circulation.unknown_barcode", barcode);

    /// <summary>The copy is with somebody else; check it in first.</summary>
    public static Refusal LentToAnother(string barcode) => new("circulation.lent_to_another", barcode);

    /// <summary>The copy is kept for somebody else who waited for it.</summary>
    public static Refusal KeptForAnother(string barcode) => new("circulation.kept_for_another", barcode);

    /// <summary>As many copies as the category allows.</summary>
    public static Refusal TooManyLoans(int most) => new("circulation.too_many_loans", most);

    /// <summary>As many copies of this format as the category allows.</summary>
    public static Refusal TooManyOfFormat(int most) => new("circulation.too_many_of_format", most);

    /// <summary>Something should have come back before.</summary>
    public static Refusal HasOverdue(DateOnly due) => new("circulation.has_overdue", due);

    /// <summary>Too much is owed.</summary>
    public static Refusal OwesTooMuch(long owed) => new("circulation.owes_too_much", owed);

    /// <summary>There is no such loan, or not of this member.</summary>
    public static Refusal NoSuchLoan => new("circulation.no_such_loan");

    /// <summary>The loan has ended, or its copy is lost.</summary>
    public static Refusal NotOut => new("circulation.not_out");

    /// <summary>The copy is not on loan.</summary>
    public static Refusal NotLent(string barcode) => new("circulation.not_lent", barcode);

    /// <summary>Somebody waits for the title.</summary>
    public static Refusal SomeoneWaiting => new("circulation.someone_waiting");

    /// <summary>Renewed as often as the terms allow.</summary>
    public static Refusal NoRenewalsLeft(int most) => new("circulation.no_renewals_left", most);

    /// <summary>An overdue loan is returned, not renewed.</summary>
    public static Refusal Overdue(DateOnly due) => new("circulation.overdue", due);

    /// <summary>A renewal today would not lengthen the loan.</summary>
    public static Refusal NothingGained(DueDate due) => new("circulation.nothing_gained", due);

    /// <summary>There is no such hold, or not of this member.</summary>
    public static Refusal NoSuchHold => new("circulation.no_such_hold");

    /// <summary>The hold has been collected, cancelled or has expired.</summary>
    public static Refusal HoldEnded => new("circulation.hold_ended");

    /// <summary>The hold has a copy already.</summary>
    public static Refusal HoldHasCopy => new("circulation.hold_has_copy");

    /// <summary>As many holds as the category allows.</summary>
    public static Refusal TooManyHolds(int most) => new("circulation.too_many_holds", most);

    /// <summary>The member has the title on loan already.</summary>
    public static Refusal AlreadyBorrowed => new("circulation.already_borrowed");

    /// <summary>No copy of the title can be lent.</summary>
    public static Refusal NothingToLend => new("circulation.nothing_to_lend");

    /// <summary>Holds are not picked up there.</summary>
    public static Refusal NoPickupThere => new("circulation.no_pickup_there");

    /// <summary>There is no such fine.</summary>
    public static Refusal NoSuchFine => new("circulation.no_such_fine");

    /// <summary>Less is owed than that.</summary>
    public static Refusal MoreThanOwed(int owed) => new("circulation.more_than_owed", owed);

    /// <summary>The copy is in process, in repair or gone: it is shelved in the catalogue first.</summary>
    public static Refusal NotInCirculation(string barcode) => new("circulation.not_in_circulation", barcode);

    /// <summary>The book drop was used before the loan or after today.</summary>
    public static Refusal ReturnedWhen(DateOnly date) => new("circulation.returned_when", date);

    /// <summary>Copies are out.</summary>
    public static Refusal CopiesOut(int copies) => new("circulation.copies_out", copies);

    /// <summary>Money is owed.</summary>
    public static Refusal Owes(long rupiah) => new("circulation.owes", rupiah);

    /// <summary>Too many copies in one go.</summary>
    public static Refusal TooManyAtOnce(int most) => new("circulation.too_many_at_once", most);

    /// <summary>There is no such title, or it has left the catalogue.</summary>
    public static Refusal NoSuchTitle => new("circulation.no_such_title");

    /// <summary>Scanned in the future, or so long ago that somebody has to look at it.</summary>
    public static Refusal ScannedWhen(DateTime at) => new("circulation.scanned_when", at);

    /// <summary>There is nothing to write, or nowhere to write to.</summary>
    public static Refusal NoReceiptByMail => new("circulation.no_receipt_by_mail");

    /// <summary>No screen of the library shows this code, or shows it any more.</summary>
    public static Refusal UnknownPresence => new("circulation.unknown_presence");

    /// <summary>The proof of having been at the library is too old, or none.</summary>
    public static Refusal PresenceOver => new("circulation.presence_over");

    /// <summary>Too many wrong codes.</summary>
    public static Refusal TooManyCodes(int minutes) => new("circulation.too_many_codes", minutes);
}
