using System.Buffers;
using System.Globalization;
using System.Text;
using Metro.Library.Catalog;

namespace Metro.Library.Marc;

/// <summary>
/// What the fields of MARC 21 mean to the catalogue, in both directions. INDOMARC follows MARC 21; of its
/// habits, 264 beside 260, 082 without $2, prices in 020 $c and names filed as they are spoken are known.
/// </summary>
internal static class MarcMapping
{
    /// <summary>The description in a record, its texts cut at the catalogue's limits: the whole record is kept beside it.</summary>
    public static TitleDescription ToDescription(MarcRecord record)
    {
        var fixedData = record.Control("008") ?? "";
        var title = record.Data("245").FirstOrDefault();
        var published = record.Data("264").FirstOrDefault(field => field.Indicator2 == '1') ?? record.Data("260", "264").FirstOrDefault();
        var series = record.Data("490", "440", "830").FirstOrDefault();
        return new TitleDescription
        {
            Format = FormatOf(record, fixedData),
            Name = Cut(Name(title), TitleDescription.Limits.Name),
            Subtitle = Text(title?['b'], TitleDescription.Limits.Name),
            Edition = Text(record.First("250", 'a'), TitleDescription.Limits.Line),
            Place = Text(Unbracketed(published?['a']), TitleDescription.Limits.Line),
            Publisher = Text(Unbracketed(published?['b']), TitleDescription.Limits.Line),
            Year = YearOf(published?['c'], fixedData),
            Extent = Text(string.Join(' ', record.Data("300").Take(1).SelectMany(field => field.All("abce"))), TitleDescription.Limits.Line),
            Series = Text(series?['a'], TitleDescription.Limits.Line),
            SeriesNumber = Text(series?['v'], TitleDescription.Limits.Number),
            Language = LanguageOf(record, fixedData),
            Audience = AudienceOf(fixedData),
            Summary = Text(string.Join(' ', record.Data("520").SelectMany(field => field.All("ab"))), TitleDescription.Limits.Summary, keepEnd: true),
            Ddc = DdcOf(record),
            Contributors = [.. record.Data("100", "110", "111", "700", "710", "711").Select(ContributorOf).OfType<DescribedContributor>().Take(TitleDescription.Limits.Many)],
            Subjects = [.. record.Data("600", "610", "611", "630", "650", "651", "653", "655").SelectMany(SubjectsOf).Take(TitleDescription.Limits.Many)],
            Identifiers = [.. IdentifiersOf(record).Take(TitleDescription.Limits.Many)],
        }.Normalised();
    }

    /// <summary>Where the record comes from: the organisation of 003 (or of 040 $a) and the number of 001; null when it has no number.</summary>
    public static string? SourceKeyOf(MarcRecord record)
    {
        if (record.Control("001")?.Trim() is not { Length: > 0 } number) return null;
        var organisation = (record.Control("003") ?? record.First("040", 'a') ?? "").Trim();
        var key = $"{organisation}:{number}";
        return key.Length <= ImportedRecord.SourceKeyLimit && !key.AsSpan().ContainsAnyInRange('\0', '\x1F') ? key : null;
    }

    /// <summary>
    /// The record of a title: what was imported, with the parts that were changed here since written anew;
    /// a record made from nothing for titles typed here.
    /// </summary>
    public static MarcRecord ToRecord(Title title, MarcRecord? imported)
    {
        var now = title.Description();
        var made = Made(title, now);
        if (imported is null) return made;

        var then = ToDescription(imported);
        var changed = Parts.Where(part => !part.Same(then, now)).SelectMany(part => part.Tags).ToHashSet(StringComparer.Ordinal);
        if (changed.Count == 0) return imported;

        changed.Add("005");
        var fields = imported.Fields.Where(field => !changed.Contains(field.Tag))
            .Concat(made.Fields.Where(field => changed.Contains(field.Tag)))
            .OrderBy(field => field.Tag, StringComparer.Ordinal);
        return imported with { Fields = [.. fields] };
    }

    /// <summary>Parts of a description and the fields that say them: a part that did not change keeps its fields as they came.</summary>
    private static readonly (string[] Tags, Func<TitleDescription, TitleDescription, bool> Same)[] Parts =
    [
        (["245"], (one, other) => one.Name == other.Name && one.Subtitle == other.Subtitle),
        (["250"], (one, other) => one.Edition == other.Edition),
        (["260", "264"], (one, other) => one.Place == other.Place && one.Publisher == other.Publisher && one.Year == other.Year),
        (["300"], (one, other) => one.Extent == other.Extent),
        (["440", "490", "830"], (one, other) => one.Series == other.Series && one.SeriesNumber == other.SeriesNumber),
        (["008"], (one, other) => one.Language == other.Language && one.Audience == other.Audience && one.Year == other.Year && one.Format == other.Format),
        (["041"], (one, other) => one.Language == other.Language),
        (["520"], (one, other) => one.Summary == other.Summary),
        (["082"], (one, other) => one.Ddc == other.Ddc),
        (["100", "110", "111", "700", "710", "711"], (one, other) => one.Contributors.SequenceEqual(other.Contributors)),
        (["600", "610", "611", "630", "650", "651", "653", "655"], (one, other) => one.Subjects.SequenceEqual(other.Subjects)),
        (["010", "020", "022", "024", "028"], (one, other) => one.Identifiers.ToHashSet().SetEquals(other.Identifiers)),
    ];

    private static MarcRecord Made(Title title, TitleDescription said)
    {
        var fields = new List<MarcField>
        {
            new ControlField("001", title.Id.ToString(CultureInfo.InvariantCulture)),
            new ControlField("005", title.ChangedAt.ToString("yyyyMMddHHmmss.0", CultureInfo.InvariantCulture)),
            new ControlField("008", FixedData(title, said)),
        };
        foreach (var number in said.Identifiers) fields.Add(IdentifierField(number));
        if (said.Ddc is { } ddc) fields.Add(DataField.Of("082", '0', '4', new MarcSubfield('a', ddc)));

        for (var i = 0; i < said.Contributors.Count; i++)
        {
            var one = said.Contributors[i];
            var main = i == 0 && (one.Role is ContributorRole.Author or ContributorRole.Composer);
            var tag = (main ? "1" : "7") + one.Kind switch { ContributorKind.Person => "00", ContributorKind.Organisation => "10", _ => "11" };
            var indicator = one.Kind == ContributorKind.Person ? one.Name.Contains(',', StringComparison.Ordinal) ? '1' : '0' : '2';
            fields.Add(DataField.Of(tag, indicator, ' ', new MarcSubfield('a', one.Name), new MarcSubfield('4', Roles.First(role => role.Role == one.Role).Code)));
        }

        fields.Add(new DataField("245", said.Contributors.Count > 0 ? '1' : '0', '0',
            said.Subtitle is { } rest ? [new('a', said.Name + " :"), new('b', rest)] : [new('a', said.Name)]));
        if (said.Edition is { } edition) fields.Add(DataField.Of("250", ' ', ' ', new MarcSubfield('a', edition)));
        if (said.Place is not null || said.Publisher is not null || said.Year is not null)
        {
            List<MarcSubfield> parts = [];
            if (said.Place is { } place) parts.Add(new('a', place + (said.Publisher is null ? "" : " :")));
            if (said.Publisher is { } publisher) parts.Add(new('b', publisher + (said.Year is null ? "" : ",")));
            if (said.Year is { } year) parts.Add(new('c', year.ToString(CultureInfo.InvariantCulture)));
            fields.Add(new DataField("264", ' ', '1', parts));
        }

        if (said.Extent is { } extent) fields.Add(DataField.Of("300", ' ', ' ', new MarcSubfield('a', extent)));
        if (said.Series is { } series)
            fields.Add(new DataField("490", '0', ' ', said.SeriesNumber is { } number ? [new('a', series + " ;"), new('v', number)] : [new('a', series)]));
        if (said.Summary is { } summary) fields.Add(DataField.Of("520", ' ', ' ', new MarcSubfield('a', summary)));
        foreach (var subject in said.Subjects) fields.Add(SubjectField(subject));

        return new MarcRecord(LeaderOf(said), [.. fields.OrderBy(field => field.Tag, StringComparer.Ordinal)]);
    }

    // Of the title proper: parts and their numbers ($n, $p) tell the volumes of one work apart.
    private static string Name(DataField? title) =>
        title is null ? "" : Tidy(string.Join(' ', title.All("anp").Select((part, at) => at == 0 ? part : part.Trim()))) ?? "";

    private static TitleFormat FormatOf(MarcRecord record, string fixedData)
    {
        var form = At(fixedData, 23);
        var medium = record.First("245", 'h') ?? "";
        return record.Type switch
        {
            'a' or 't' when record.Level is 's' or 'b' => TitleFormat.Journal,
            't' => TitleFormat.Manuscript,
            'a' when form == 'd' || record.First("340", 'n') is { } size && size.Contains("large", StringComparison.OrdinalIgnoreCase) => TitleFormat.LargePrint,
            'a' when form == 'f' || (record.Control("007") is ['f', 'b', ..] or ['t', 'c', ..]) => TitleFormat.Braille,
            'a' when form is 'o' or 's' or 'q' || medium.Contains("electronic", StringComparison.OrdinalIgnoreCase) => TitleFormat.Electronic,
            'a' => TitleFormat.Print,
            'c' or 'd' => TitleFormat.Score,
            'e' or 'f' => TitleFormat.Map,
            'g' => TitleFormat.Film,
            'i' => TitleFormat.AudioBook,
            'j' => TitleFormat.Music,
            'k' => TitleFormat.Picture,
            'm' => TitleFormat.Electronic,
            'o' or 'r' => TitleFormat.Game,
            _ => TitleFormat.Other,
        };
    }

    private static string LeaderOf(TitleDescription said)
    {
        var type = said.Format switch
        {
            TitleFormat.Score => 'c',
            TitleFormat.Map => 'e',
            TitleFormat.Film => 'g',
            TitleFormat.AudioBook => 'i',
            TitleFormat.Music => 'j',
            TitleFormat.Picture => 'k',
            TitleFormat.Electronic => 'm',
            TitleFormat.Game => 'r',
            TitleFormat.Manuscript => 't',
            TitleFormat.Other => 'p',
            _ => 'a',
        };
        return $"00000n{type}{(said.Format == TitleFormat.Journal ? 's' : 'm')} a2200000 i 4500";
    }

    /// <summary>Field 008: forty characters, of which the catalogue knows date, audience, form and language.</summary>
    private static string FixedData(Title title, TitleDescription said)
    {
        Span<char> data = stackalloc char[40];
        data.Fill(' ');
        title.AddedAt.ToString("yyMMdd", CultureInfo.InvariantCulture).CopyTo(data);
        if (said.Year is { } year)
        {
            data[6] = 's';
            year.ToString("0000", CultureInfo.InvariantCulture).CopyTo(data[7..]);
        }
        else
        {
            "nuuuu".CopyTo(data[6..]);
        }

        "xx".CopyTo(data[15..]);
        data[22] = said.Audience switch
        {
            Audience.Preschool => 'a',
            Audience.Children => 'b',
            Audience.Youth => 'd',
            Audience.Adult => 'e',
            Audience.General => 'g',
            _ => ' ',
        };
        data[23] = said.Format switch { TitleFormat.LargePrint => 'd', TitleFormat.Braille => 'f', _ => ' ' };
        (said.Language ?? "und").CopyTo(data[35..]);
        data[39] = 'd';
        return data.ToString();
    }

    private static int? YearOf(string? imprint, string fixedData)
    {
        if (fixedData.Length >= 11 && At(fixedData, 6) is not ('n' or 'b' or '|')
            && int.TryParse(fixedData.AsSpan(7, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var coded) && coded is > 0 and <= 2200) return coded;

        // "c1999", "[2005?]", "2021 [1964]": the bracketed one is the Gregorian year of a local calendar.
        int? last = null;
        var digits = 0;
        foreach (var (sign, at) in (imprint ?? "").Append(' ').Select((sign, at) => (sign, at)))
        {
            if (char.IsAsciiDigit(sign))
            {
                digits++;
                continue;
            }

            if (digits == 4 && int.Parse(imprint.AsSpan(at - 4, 4), CultureInfo.InvariantCulture) is > 0 and <= 2200 and var year
                && (last is null || imprint!.AsSpan(0, at - 4).TrimEnd().EndsWith("["))) last = year;
            digits = 0;
        }

        return last;
    }

    private static string? LanguageOf(MarcRecord record, string fixedData)
    {
        var coded = fixedData.Length >= 38 ? fixedData[35..38].ToLowerInvariant() : "";
        if (!IsLanguage(coded)) coded = (record.First("041", 'a') ?? "").ToLowerInvariant();
        if (coded.Length > 3) coded = coded[..3];
        return IsLanguage(coded) ? coded : null;

        static bool IsLanguage(string code) => code.Length == 3 && code.All(char.IsAsciiLetterLower) && code is not ("und" or "zxx");
    }

    private static Audience AudienceOf(string fixedData) => At(fixedData, 22) switch
    {
        'a' => Audience.Preschool,
        'b' or 'c' or 'j' => Audience.Children,
        'd' => Audience.Youth,
        'e' or 'f' => Audience.Adult,
        'g' => Audience.General,
        _ => Audience.Unspecified,
    };

    private static string? DdcOf(MarcRecord record)
    {
        foreach (var written in record.Data("082", "092").SelectMany(field => field.All("a")))
        {
            // "959.8/03", "899.221 3 22": prime marks and what follows a blank are not part of the class.
            var number = written.Replace("/", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Trim();
            var end = number.AsSpan().IndexOfAnyExcept(ClassSigns);
            if (end >= 0) number = number[..end];
            number = number.TrimEnd('.');
            if (number.Length > 30) number = number[..30];
            if (DdcClass.IsClass(number)) return number;
        }

        return null;
    }

    private static readonly SearchValues<char> ClassSigns = SearchValues.Create("0123456789.");

    private static DescribedContributor? ContributorOf(DataField field)
    {
        var kind = field.Tag[1..] switch { "00" => ContributorKind.Person, "10" => ContributorKind.Organisation, _ => ContributorKind.Meeting };
        var name = Text(string.Join(' ', field.All(kind == ContributorKind.Person ? "abcq" : "ab").Select(part => part.Trim())), TitleDescription.Limits.Heading);
        if (name is null || !name.EnumerateRunes().Any(Rune.IsLetterOrDigit)) return null;
        return new(name, RoleOf(field), kind);
    }

    private static ContributorRole RoleOf(DataField field)
    {
        foreach (var code in field.All("4"))
            foreach (var role in Roles)
                if (code.Trim().EndsWith(role.Code, StringComparison.OrdinalIgnoreCase)) return role.Role;
        foreach (var term in field.All("e"))
            foreach (var role in Roles)
                if (role.Terms.Any(known => term.Contains(known, StringComparison.OrdinalIgnoreCase))) return role.Role;
        return field.Tag[0] == '1' ? ContributorRole.Author : ContributorRole.Contributor;
    }

    /// <summary>MARC's relator codes, and the terms that records in English and Indonesian use.</summary>
    private static readonly (ContributorRole Role, string Code, string[] Terms)[] Roles =
    [
        (ContributorRole.Author, "aut", ["author", "pengarang", "penulis"]),
        (ContributorRole.Editor, "edt", ["editor", "penyunting", "ed."]),
        (ContributorRole.Translator, "trl", ["translator", "penerjemah", "tr.", "alih bahasa"]),
        (ContributorRole.Illustrator, "ill", ["illustrator", "ilustrator", "ill."]),
        (ContributorRole.Compiler, "com", ["compiler", "penyusun", "penghimpun", "comp."]),
        (ContributorRole.Composer, "cmp", ["composer", "penggubah", "komponis"]),
        (ContributorRole.Performer, "prf", ["performer", "musician", "singer", "pemain", "penyanyi"]),
        (ContributorRole.Narrator, "nrt", ["narrator", "pencerita"]),
        (ContributorRole.Director, "drt", ["director", "sutradara"]),
        (ContributorRole.Photographer, "pht", ["photographer", "fotografer"]),
        (ContributorRole.Contributor, "ctb", []),
    ];

    /// <summary>A heading with its subdivisions behind double hyphens; each $a of 653 is a heading of its own.</summary>
    private static IEnumerable<string> SubjectsOf(DataField field)
    {
        var heads = field.Tag == "653"
            ? field.All("a")
            : [string.Join(" -- ", (string[])[
                string.Join(' ', field.All("abcdt").Select(part => part.Trim())),
                .. field.All("vxyz")])];
        foreach (var head in heads)
        {
            var text = Text(string.Join(" -- ", head.Split(" -- ").Select(Tidy).OfType<string>()), TitleDescription.Limits.Heading);
            if (text is not null && text.EnumerateRunes().Any(Rune.IsLetterOrDigit)) yield return text;
        }
    }

    private static DataField SubjectField(string subject)
    {
        var parts = subject.Split(" -- ");
        return new DataField("650", ' ', '4', [new('a', parts[0]), .. parts.Skip(1).Select(part => new MarcSubfield('x', part))]);
    }

    private static IEnumerable<DescribedIdentifier> IdentifiersOf(MarcRecord record)
    {
        foreach (var text in record.Data("020").SelectMany(field => field.All("a")))
            if (Isbn.TryParse(text, out var isbn)) yield return new(IdentifierKind.Isbn, isbn.Digits);
        foreach (var text in record.Data("022").SelectMany(field => field.All("a")))
            if (Issn.TryParse(text, out var issn)) yield return new(IdentifierKind.Issn, issn.Value);
        foreach (var (tag, kind) in OtherNumbers)
            foreach (var text in record.Data(tag).SelectMany(field => field.All("a")))
                if (Text(text, TitleDescription.Limits.Number, keepEnd: true) is { } number) yield return new(kind, number);
    }

    private static readonly (string Tag, IdentifierKind Kind)[] OtherNumbers =
        [("010", IdentifierKind.Lccn), ("028", IdentifierKind.PublisherNumber), ("024", IdentifierKind.Other)];

    private static DataField IdentifierField(DescribedIdentifier number) => number.Kind switch
    {
        IdentifierKind.Isbn => DataField.Of("020", ' ', ' ', new MarcSubfield('a', number.Value)),
        IdentifierKind.Issn => DataField.Of("022", ' ', ' ', new MarcSubfield('a', number.Value)),
        IdentifierKind.Lccn => DataField.Of("010", ' ', ' ', new MarcSubfield('a', number.Value)),
        IdentifierKind.PublisherNumber => DataField.Of("028", '0', '0', new MarcSubfield('a', number.Value)),
        _ => DataField.Of("024", '8', ' ', new MarcSubfield('a', number.Value)),
    };

    private static string? Unbracketed(string? text) => text?.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static string? Text(string? text, int limit, bool keepEnd = false) =>
        (keepEnd ? Clean(text) : Tidy(text)) is { Length: > 0 } tidy ? Cut(tidy, limit) : null;

    /// <summary>Without the punctuation by which ISBD announces the next part; an abbreviation keeps its point.</summary>
    private static string? Tidy(string? text)
    {
        if (Clean(text) is not { } tidy) return null;
        while (true)
        {
            var before = tidy;
            tidy = tidy.TrimEnd(' ', ':', ';', '/', ',', '=');
            if (tidy.EndsWith('.') && !tidy.EndsWith("...", StringComparison.Ordinal) && LastWord(tidy) > 3) tidy = tidy[..^1];
            if (tidy == before) return tidy.Length == 0 ? null : tidy;
        }

        // "Jr." and "ed." and initials keep theirs.
        static int LastWord(string text) => text.Length - 1 - (text.AsSpan(0, text.Length - 1).LastIndexOfAny(" .") + 1);
    }

    /// <summary>Composed, on one line, without signs that cannot be kept.</summary>
    private static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.AsSpan().ContainsAnyInRange('\x7F', '\x9F'))
            text = string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign));
        // The two noncharacters that normalisation refuses.
        return text.Replace('\ufffe', ' ').Replace('\uffff', ' ').Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Cut at a limit, never inside a surrogate pair.</summary>
    private static string Cut(string text, int limit)
    {
        if (text.Length <= limit) return text;
        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)].TrimEnd();
    }

    private static char At(string text, int position) => position < text.Length ? text[position] : ' ';
}
