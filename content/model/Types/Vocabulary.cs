namespace Metro.Content.Types;

/// <summary>A taxonomy: the terms by which content is sorted, such as its audience or its topic.</summary>
public sealed class Taxonomy : ContentTypeDef
{
    /// <inheritdoc cref="Taxonomy"/>
    public Taxonomy()
    {
        With<TitlePart>(required: true);
        With<AliasPart>(required: true);
        With<AutoroutePart>(pattern: "{slug}");
        With<TaxonomyPart>(containing: nameof(Term));
    }
}

/// <summary>
/// A term of a taxonomy. One term serves both languages, so that a filter means the same in each: the title
/// is Indonesian, its English name a field.
/// </summary>
public sealed class Term : ContentTypeDef
{
    /// <inheritdoc cref="Term"/>
    public Term()
    {
        IsCreatable = false;
        With<TitlePart>(required: true);
        With<TermPart>();
        Text("EnglishTitle").AtMost(200);
    }
}
