namespace Metro.Library.Search;

/// <summary>A query in terms of the words that the catalogue has.</summary>
internal sealed record ResolvedQuery(
    IReadOnlyList<ResolvedTerm> Terms, IReadOnlyList<WordCorrection> Corrections, IReadOnlyList<string> Ignored, bool FindsNothing)
{
    /// <summary>The most words that an unfinished one stands for: the frequent ones, so that one letter is still quick.</summary>
    private const int MostBeginnings = 200;

    private const int MostAlternatives = 4;

    /// <summary>The words in the order typed, where a title could have them in this order; empty when there is nothing to compare.</summary>
    public IReadOnlyList<IReadOnlyList<WordForm>> Sequence =>
        [.. Terms.Where(term => !term.Excluded && term.Fields is WordFields.None or WordFields.Title).SelectMany(term => term.Words)];

    /// <summary>Finds each word's forms; a word that nothing has is replaced by what it was probably meant to be.</summary>
    public static ResolvedQuery Of(SearchQuery query, IndexSnapshot index)
    {
        var words = index.Words;
        var terms = new List<ResolvedTerm>();
        var corrections = new List<WordCorrection>();
        var ignored = new List<string>();
        foreach (var term in query.Terms)
        {
            if (term.Fields == WordFields.Number)
            {
                terms.Add(new ResolvedTerm([[]], term.Fields, term.Excluded, Phrase: false, IdentifierKeys.KeyOf(term.Words[0])));
                continue;
            }

            var number = NumberIn(term, index);
            var resolved = new List<IReadOnlyList<WordForm>>(term.Words.Count);
            for (var i = 0; i < term.Words.Count; i++)
            {
                var word = term.Words[i];
                var forms = FormsOf(word, term.Prefix && i == term.Words.Count - 1, words);
                if (forms.Count == 0 && number is null && !term.Excluded)
                {
                    var near = words.Nearest(word, MostAlternatives);
                    forms = [.. near.TakeWhile(one => one.Slips == near[0].Slips).Select(one => new WordForm(one.Number, IsExact: true))];
                    if (forms.Count > 0) corrections.Add(new WordCorrection(word, words.WordOf(forms[0].Number)));
                    else ignored.Add(word);
                }

                if (forms.Count > 0 || number is not null) resolved.Add(forms);
            }

            // A phrase is not the phrase without one of its words; left out are words that nothing has.
            if (resolved.Count > 0 && (!term.Excluded || resolved.Count == term.Words.Count))
                terms.Add(new ResolvedTerm(resolved, term.Fields, term.Excluded, term.Phrase && resolved.Count > 1, number));
        }

        var wanted = query.Terms.Any(term => !term.Excluded);
        return new ResolvedQuery(terms, corrections, ignored, FindsNothing: wanted && !terms.Exists(term => !term.Excluded));
    }

    /// <summary>
    /// The query with one word replaced by a near one, for each word that could be: what to try when the
    /// words are all known and no title has all of them.
    /// </summary>
    public IEnumerable<ResolvedQuery> Alternatives(SearchQuery query, WordList.View words)
    {
        if (Corrections.Count > 0 || Terms.Count != query.Terms.Count || Terms.Count > 6) yield break;
        for (var i = 0; i < Terms.Count; i++)
        {
            if (query.Terms[i] is not { Words: [var word], Excluded: false, Fields: not WordFields.Number }) continue;
            foreach (var (number, _) in words.Nearest(word, MostAlternatives))
            {
                var replaced = Terms.ToList();
                replaced[i] = Terms[i] with { Words = [[new WordForm(number, IsExact: true)]] };
                yield return this with { Terms = replaced, Corrections = [new WordCorrection(word, words.WordOf(number))] };
            }
        }
    }

    /// <summary>The key of an identifier that was typed without saying that it is one; null unless some title has it.</summary>
    private static ulong? NumberIn(SearchTerm term, IndexSnapshot index)
    {
        if (term is not { Fields: WordFields.None, Words: [var word] } || !word.Any(char.IsAsciiDigit)) return null;
        var key = IdentifierKeys.KeyOf(word);
        return Array.Exists(index.Parts, part => !part.Segment.TitlesNumbered(key).IsEmpty) ? key : null;
    }

    private static List<WordForm> FormsOf(string word, bool unfinished, WordList.View words)
    {
        var numbers = new List<int>();
        var exact = words.NumberOf(word);
        if (exact >= 0 && words.FrequencyOf(exact) == 0) exact = -1;
        words.AddFormsOf(WordStem.Of(word), numbers);
        if (unfinished) words.AddBeginning(word, MostBeginnings, numbers);
        if (exact >= 0) numbers.Add(exact);
        return [.. numbers.Distinct().Select(number => new WordForm(number, number == exact))];
    }
}

/// <summary>A word of the catalogue that stands for one of the query's.</summary>
/// <param name="Number">Its number in the <see cref="WordList"/>.</param>
/// <param name="IsExact">Whether it is what was typed, and not another form.</param>
internal readonly record struct WordForm(int Number, bool IsExact);

/// <summary>A part of a query with the forms of each of its words, and the identifier that it may be.</summary>
internal sealed record ResolvedTerm(IReadOnlyList<IReadOnlyList<WordForm>> Words, WordFields Fields, bool Excluded, bool Phrase, ulong? Number = null);
