using Metro.Library.Catalog;

namespace Metro.Library.Search;

/// <summary>Which part of a title a word stands in; a word of the index remembers all of them in a byte.</summary>
[Flags]
internal enum WordFields : byte
{
    None = 0,
    Title = 1,
    Contributor = 2,
    Subject = 4,
    Series = 8,
    Text = 16,
    Number = 32,
    Class = 64,

    /// <summary>The word begins the title.</summary>
    First = 128,
}

/// <summary>What the index needs to know of a title.</summary>
internal sealed class IndexedTitle
{
    public required long Id { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Subtitle { get; init; }

    public string? Series { get; init; }

    public string? Summary { get; init; }

    public string? Publisher { get; init; }

    public TitleFormat Format { get; init; }

    public string? Language { get; init; }

    public Audience Audience { get; init; }

    public int? Year { get; init; }

    public string? Ddc { get; init; }

    public int TimesBorrowed { get; init; }

    public List<string> Contributors { get; } = [];

    public List<string> Subjects { get; } = [];

    public List<(IdentifierKind Kind, string Value)> Identifiers { get; } = [];

    /// <summary>The branches where copies are that have not left the library; one entry a copy.</summary>
    public List<(long BranchId, bool IsFree)> Copies { get; } = [];
}
