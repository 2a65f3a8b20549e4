namespace Metro.Library.Catalog;

/// <summary>What kind of thing a title is, as a visitor would ask for it.</summary>
public enum TitleFormat
{
    /// <summary>A printed book.</summary>
    Print,

    /// <summary>A book in large type.</summary>
    LargePrint,

    /// <summary>A book in braille.</summary>
    Braille,

    /// <summary>Spoken word: an audio book, a lecture.</summary>
    AudioBook,

    /// <summary>Music and other sound.</summary>
    Music,

    /// <summary>A film or other moving picture.</summary>
    Film,

    /// <summary>A journal, magazine or newspaper.</summary>
    Journal,

    /// <summary>Printed music.</summary>
    Score,

    /// <summary>A map or atlas.</summary>
    Map,

    /// <summary>A game, a toy, a kit.</summary>
    Game,

    /// <summary>A picture, poster or other still image.</summary>
    Picture,

    /// <summary>A manuscript or another text that was not printed.</summary>
    Manuscript,

    /// <summary>A computer file; licences of e-books are kept apart from the catalogue's copies.</summary>
    Electronic,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>For whom a title is meant.</summary>
public enum Audience
{
    /// <summary>Nobody said.</summary>
    Unspecified,

    /// <summary>Children before school.</summary>
    Preschool,

    /// <summary>Children of primary-school age.</summary>
    Children,

    /// <summary>Young people, 12 to 17.</summary>
    Youth,

    /// <summary>Grown-ups.</summary>
    Adult,

    /// <summary>Everyone.</summary>
    General,
}

/// <summary>What a contributor did for a title.</summary>
public enum ContributorRole
{
    /// <summary>Wrote it.</summary>
    Author,

    /// <summary>Edited it.</summary>
    Editor,

    /// <summary>Translated it.</summary>
    Translator,

    /// <summary>Drew the pictures.</summary>
    Illustrator,

    /// <summary>Gathered the parts.</summary>
    Compiler,

    /// <summary>Wrote the music.</summary>
    Composer,

    /// <summary>Plays or sings.</summary>
    Performer,

    /// <summary>Reads aloud.</summary>
    Narrator,

    /// <summary>Directed the film.</summary>
    Director,

    /// <summary>Took the photographs.</summary>
    Photographer,

    /// <summary>Anything else.</summary>
    Contributor,
}

/// <summary>What kind of name a contributor's is.</summary>
public enum ContributorKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>An office, a company, an association, a band.</summary>
    Organisation,

    /// <summary>A conference or another meeting.</summary>
    Meeting,
}

/// <summary>Whose number an identifier is.</summary>
public enum IdentifierKind
{
    /// <summary>ISBN, as 13 digits.</summary>
    Isbn,

    /// <summary>ISSN, with its hyphen.</summary>
    Issn,

    /// <summary>The number of the Library of Congress.</summary>
    Lccn,

    /// <summary>A publisher's number, as on scores and recordings.</summary>
    PublisherNumber,

    /// <summary>ISMN, EAN, UPC or another standard number.</summary>
    Other,
}

/// <summary>Where a copy is in its life. Only <see cref="Available"/> can be taken from the shelf now.</summary>
public enum CopyStatus
{
    /// <summary>On its shelf.</summary>
    Available,

    /// <summary>With a borrower, on time or overdue: an overdue copy is still out (DOMAIN.md rule 3).</summary>
    OnLoan,

    /// <summary>Set aside for the next in the queue.</summary>
    OnHoldShelf,

    /// <summary>On its way between branches.</summary>
    InTransit,

    /// <summary>Bought or given, not yet on the shelf.</summary>
    InProcess,

    /// <summary>Being mended.</summary>
    InRepair,

    /// <summary>Not where it should be.</summary>
    Missing,

    /// <summary>Lost by a borrower.</summary>
    Lost,

    /// <summary>No longer the library's.</summary>
    Withdrawn,
}

/// <summary>How worn a copy is.</summary>
public enum CopyCondition
{
    /// <summary>As new.</summary>
    New,

    /// <summary>Read, and well.</summary>
    Good,

    /// <summary>Worn.</summary>
    Worn,

    /// <summary>Damaged.</summary>
    Damaged,
}

/// <summary>How a copy came to the library.</summary>
public enum CopySource
{
    /// <summary>Bought.</summary>
    Purchase,

    /// <summary>Given.</summary>
    Donation,

    /// <summary>Deposited under the law on legal deposit.</summary>
    Deposit,

    /// <summary>Exchanged with another library.</summary>
    Exchange,

    /// <summary>Brought by a borrower in place of one lost.</summary>
    Replacement,
}
