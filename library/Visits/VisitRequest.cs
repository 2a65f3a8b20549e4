using Metro.Library.Input;

namespace Metro.Library.Visits;

/// <summary>What a school asks for.</summary>
public sealed record VisitRequest
{
    /// <summary>The school.</summary>
    public required long SchoolId { get; init; }

    /// <summary>The offer.</summary>
    public required long OfferId { get; init; }

    /// <summary>The day, by the library's clock.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The time, by the library's clock: one of the offer's.</summary>
    public required TimeOnly Time { get; init; }

    /// <summary>How many children come.</summary>
    public required int Children { get; init; }

    /// <summary>How many adults come with them.</summary>
    public required int Adults { get; init; }

    /// <summary>Which class, such as <c>5B</c>; at most 60 characters. Never the names of pupils.</summary>
    public string? ClassName { get; init; }

    /// <summary>The language in which it is to be given; one of the offer's.</summary>
    public string Language { get; init; } = "id";

    /// <summary>What the class needs; at most 1,000 characters.</summary>
    public string? Needs { get; init; }

    /// <summary>What the teacher writes; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    internal VisitRequest Tidied() => this with
    {
        ClassName = InputText.Tidy(ClassName),
        Needs = InputText.Tidy(Needs),
        Note = InputText.Tidy(Note),
    };

    /// <summary>What is wrong with it whatever the offer: one adult comes with ten children (DOMAIN.md rule 9).</summary>
    internal Refusal? Check() =>
        InputText.CheckNumber(Children, "children", 1, 1000)
        ?? InputText.CheckNumber(Adults, "adults", 0, 1000)
        ?? (Adults * 10 < Children ? VisitRefusals.TooFewAdults((Children + 9) / 10) : null)
        ?? InputText.Check(ClassName, "class", Visit.ClassLimit)
        ?? InputText.Check(Needs, "needs", Visit.NoteLimit)
        ?? InputText.Check(Note, "note", Visit.NoteLimit);
}
