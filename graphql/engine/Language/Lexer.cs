using System.Buffers;
using System.Globalization;
using System.Text;

namespace Metro.GraphQL.Language;

/// <summary>What a token is (spec 2.1.5).</summary>
internal enum TokenKind : byte
{
    StartOfFile,
    EndOfFile,
    Bang,
    Dollar,
    Ampersand,
    LeftParenthesis,
    RightParenthesis,
    Spread,
    Colon,
    EqualsSign,
    At,
    LeftBracket,
    RightBracket,
    LeftBrace,
    Pipe,
    RightBrace,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <summary>
/// Reads a document token by token (spec 2.1 and the grammar summary). Only strings with escapes and block strings make garbage;
/// every other token is a stretch of the text. Comments are read over.
/// </summary>
internal ref struct Lexer(Source source)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What may end a run of ordinary characters inside a quoted or block string; surrogates are checked for pairs.
    private static readonly SearchValues<char> StringStops = SearchValues.Create(
        ['"', '\\', '\n', '\r', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    private static readonly SearchValues<char> CommentStops = SearchValues.Create(
        ['\n', '\r', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    private readonly ReadOnlySpan<char> text = source.Text;

    public Source Source { get; } = source;

    public TokenKind Kind { get; private set; } = TokenKind.StartOfFile;

    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>Where the token before the present one ended.</summary>
    public int PreviousEnd { get; private set; }

    /// <summary>The present token as it is written.</summary>
    public readonly ReadOnlySpan<char> Text => text[Start..End];

    /// <summary>What a string token means; null for any other token.</summary>
    public string? StringValue { get; private set; }

    public void Advance()
    {
        PreviousEnd = End;
        var position = End;
        while (position < text.Length)
        {
            switch (text[position])
            {
                // Spec 2.1.1, 2.1.4, 2.1.6: the byte-order mark, white space and commas mean nothing, wherever they stand.
                case '\uFEFF' or '\t' or ' ' or ',' or '\n' or '\r':
                    position++;
                    continue;
                case '#':
                    position = SkipComment(position);
                    continue;
                case '!': Take(TokenKind.Bang, position, 1); return;
                case '$': Take(TokenKind.Dollar, position, 1); return;
                case '&': Take(TokenKind.Ampersand, position, 1); return;
                case '(': Take(TokenKind.LeftParenthesis, position, 1); return;
                case ')': Take(TokenKind.RightParenthesis, position, 1); return;
                case ':': Take(TokenKind.Colon, position, 1); return;
                case '=': Take(TokenKind.EqualsSign, position, 1); return;
                case '@': Take(TokenKind.At, position, 1); return;
                case '[': Take(TokenKind.LeftBracket, position, 1); return;
                case ']': Take(TokenKind.RightBracket, position, 1); return;
                case '{': Take(TokenKind.LeftBrace, position, 1); return;
                case '|': Take(TokenKind.Pipe, position, 1); return;
                case '}': Take(TokenKind.RightBrace, position, 1); return;
                case '.':
                    ReadSpread(position);
                    return;
                case '"':
                    if (At(position + 1) == '"' && At(position + 2) == '"') ReadBlockString(position);
                    else ReadString(position);
                    return;
                case '-' or (>= '0' and <= '9'):
                    ReadNumber(position);
                    return;
                case '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'):
                    ReadName(position);
                    return;
                default:
                    throw UnexpectedCharacter(position);
            }
        }

        Take(TokenKind.EndOfFile, text.Length, 0);
    }

    public readonly SyntaxException Fault(int position, string description) => new(Source, position, description);

    /// <summary>The present token as messages name it, such as <c>Name "foo"</c> or <c>"{"</c>.</summary>
    public readonly string Describe() => Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{DescribeKind(Kind)} \"{Text}\"",
        TokenKind.String or TokenKind.BlockString => $"{DescribeKind(Kind)} \"{StringValue}\"",
        _ => DescribeKind(Kind),
    };

    public static string DescribeKind(TokenKind kind) => kind switch
    {
        TokenKind.StartOfFile => "<SOF>",
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.LeftParenthesis => "\"(\"",
        TokenKind.RightParenthesis => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.EqualsSign => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.LeftBracket => "\"[\"",
        TokenKind.RightBracket => "\"]\"",
        TokenKind.LeftBrace => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.RightBrace => "\"}\"",
        _ => kind.ToString(),
    };

    private void Take(TokenKind kind, int start, int length)
    {
        Kind = kind;
        Start = start;
        End = start + length;
        StringValue = null;
    }

    /// <summary>The character at a position, or NUL behind the end; callers only compare it with characters that NUL is not.</summary>
    private readonly char At(int position) => position < text.Length ? text[position] : '\0';

    // Spec 2.1.3: Comment :: `#` CommentChar* [lookahead != CommentChar]
    private readonly int SkipComment(int position)
    {
        while (true)
        {
            var run = text[position..].IndexOfAny(CommentStops);
            if (run < 0) return text.Length;

            position += run;
            if (text[position] is '\n' or '\r') return position;
            if (!IsSurrogatePair(position)) throw UnexpectedCharacter(position);
            position += 2;
        }
    }

    private void ReadSpread(int start)
    {
        if (At(start + 1) == '.' && At(start + 2) == '.')
        {
            Take(TokenKind.Spread, start, 3);
            return;
        }

        if (At(start + 1) == '.') throw Fault(start, "Unexpected \"..\", did you mean \"...\"?");
        if (char.IsAsciiDigit(At(start + 1)))
        {
            var digits = text[(start + 1)..SkipDigits(start + 1)];
            throw Fault(start, $"Invalid number, expected digit before \".\", did you mean \"0.{digits}\"?");
        }

        throw UnexpectedCharacter(start);
    }

    // Spec 2.1.8: Name :: NameStart NameContinue* [lookahead != NameContinue]
    private void ReadName(int start)
    {
        var length = text[start..].IndexOfAnyExcept(NameCharacters);
        Take(TokenKind.Name, start, length < 0 ? text.Length - start : length);
    }

    // Spec 2.10.1 and 2.10.2: IntegerPart, FractionalPart, ExponentPart, none followed by a digit, a dot or a NameStart.
    private void ReadNumber(int start)
    {
        var position = start;
        var isFloat = false;
        if (text[position] == '-') position++;

        if (At(position) == '0')
        {
            position++;
            if (char.IsAsciiDigit(At(position)))
                throw Fault(position, $"Invalid number, unexpected digit after 0: {DescribeCharacter(position)}.");
        }
        else
        {
            position = SkipDigits(position);
        }

        if (At(position) == '.')
        {
            isFloat = true;
            position = SkipDigits(position + 1);
        }

        if (At(position) is 'e' or 'E')
        {
            isFloat = true;
            position++;
            if (At(position) is '+' or '-') position++;
            position = SkipDigits(position);
        }

        if (At(position) is '.' or '_' || char.IsAsciiLetter(At(position))) throw DigitExpected(position);
        Take(isFloat ? TokenKind.Float : TokenKind.Int, start, position - start);
    }

    private readonly int SkipDigits(int position)
    {
        if (!char.IsAsciiDigit(At(position))) throw DigitExpected(position);
        while (char.IsAsciiDigit(At(position))) position++;
        return position;
    }

    private readonly SyntaxException DigitExpected(int position) =>
        Fault(position, $"Invalid number, expected digit but got: {DescribeCharacter(position)}.");

    // Spec 2.10.4: StringValue :: `"` StringCharacter* `"`
    private void ReadString(int start)
    {
        var position = start + 1;
        var chunk = position;
        StringBuilder? value = null;
        while (true)
        {
            var run = text[position..].IndexOfAny(StringStops);
            position = run < 0 ? text.Length : position + run;
            if (position == text.Length || text[position] is '\n' or '\r')
                throw Fault(position, "Unterminated string.");

            switch (text[position])
            {
                case '"':
                    var last = text[chunk..position];
                    Take(TokenKind.String, start, position + 1 - start);
                    StringValue = value is null ? last.ToString() : value.Append(last).ToString();
                    return;
                case '\\':
                    value ??= new StringBuilder();
                    value.Append(text[chunk..position]);
                    position = ReadEscape(position, value);
                    chunk = position;
                    break;
                default:
                    position = SkipSurrogatePair(position);
                    break;
            }
        }
    }

    private readonly int ReadEscape(int position, StringBuilder value)
    {
        char meaning;
        switch (At(position + 1))
        {
            case 'u':
                return At(position + 2) == '{'
                    ? ReadVariableWidthEscape(position, value)
                    : ReadFixedWidthEscape(position, value);
            case '"': meaning = '"'; break;
            case '\\': meaning = '\\'; break;
            case '/': meaning = '/'; break;
            case 'b': meaning = '\b'; break;
            case 'f': meaning = '\f'; break;
            case 'n': meaning = '\n'; break;
            case 'r': meaning = '\r'; break;
            case 't': meaning = '\t'; break;
            default:
                throw Fault(position, $"Invalid character escape sequence: \"{UpTo(position, 2)}\".");
        }

        value.Append(meaning);
        return position + 2;
    }

    // EscapedUnicode :: `{` HexDigit+ `}`, whose value is a Unicode scalar value.
    private readonly int ReadVariableWidthEscape(int position, StringBuilder value)
    {
        var code = 0;
        var size = 3;
        // Eight digits fit the code's 32 bits; the loop reads no more, and the message quotes no more.
        while (size < 12)
        {
            var c = At(position + size++);
            if (c == '}')
            {
                if (size < 5 || !Rune.IsValid(code)) break;
                value.Append(new Rune(code).ToString());
                return position + size;
            }

            if (!char.IsAsciiHexDigit(c)) break;
            code = (code << 4) | HexValue(c);
            if (code < 0) break;
        }

        throw Fault(position, $"Invalid Unicode escape sequence: \"{UpTo(position, size)}\".");
    }

    // EscapedUnicode :: HexDigit four times; a leading surrogate must be followed by the escape of a trailing one.
    private readonly int ReadFixedWidthEscape(int position, StringBuilder value)
    {
        var code = HexCode(position + 2);
        if (code >= 0 && Rune.IsValid(code))
        {
            value.Append((char)code);
            return position + 6;
        }

        if (code >= 0 && char.IsHighSurrogate((char)code) && At(position + 6) == '\\' && At(position + 7) == 'u')
        {
            var trailing = HexCode(position + 8);
            if (trailing >= 0 && char.IsLowSurrogate((char)trailing))
            {
                value.Append((char)code).Append((char)trailing);
                return position + 12;
            }
        }

        throw Fault(position, $"Invalid Unicode escape sequence: \"{UpTo(position, 6)}\".");
    }

    private readonly int HexCode(int position)
    {
        var code = 0;
        for (var i = 0; i < 4; i++)
        {
            var c = At(position + i);
            if (!char.IsAsciiHexDigit(c)) return -1;
            code = (code << 4) | HexValue(c);
        }

        return code;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    // Spec 2.10.4: StringValue :: `"""` BlockStringCharacter* `"""`
    private void ReadBlockString(int start)
    {
        var position = start + 3;
        while (true)
        {
            var run = text[position..].IndexOfAny(StringStops);
            if (run < 0) throw Fault(text.Length, "Unterminated string.");

            position += run;
            switch (text[position])
            {
                case '"' when At(position + 1) == '"' && At(position + 2) == '"':
                    var raw = text[(start + 3)..position];
                    Take(TokenKind.BlockString, start, position + 3 - start);
                    StringValue = BlockString.Dedent(raw);
                    return;
                case '\\' when At(position + 1) == '"' && At(position + 2) == '"' && At(position + 3) == '"':
                    position += 4;
                    break;
                case >= '\uD800' and <= '\uDFFF':
                    position = SkipSurrogatePair(position);
                    break;
                default:
                    position++;
                    break;
            }
        }
    }

    private readonly int SkipSurrogatePair(int position) =>
        IsSurrogatePair(position)
            ? position + 2
            : throw Fault(position, $"Invalid character within String: {DescribeCharacter(position)}.");

    private readonly bool IsSurrogatePair(int position) =>
        char.IsHighSurrogate(At(position)) && char.IsLowSurrogate(At(position + 1));

    private readonly SyntaxException UnexpectedCharacter(int position)
    {
        if (text[position] == '\'')
        {
            return Fault(
                position,
                "Unexpected single quote character ('), did you mean to use a double quote (\")?");
        }

        return char.IsSurrogate(text[position]) && !IsSurrogatePair(position)
            ? Fault(position, $"Invalid character: {DescribeCharacter(position)}.")
            : Fault(position, $"Unexpected character: {DescribeCharacter(position)}.");
    }

    private readonly string DescribeCharacter(int position)
    {
        if (position >= text.Length) return "<EOF>";
        var code = IsSurrogatePair(position)
            ? char.ConvertToUtf32(text[position], text[position + 1])
            : text[position];
        return code switch
        {
            '"' => "'\"'",
            >= 0x20 and <= 0x7E => $"\"{(char)code}\"",
            _ => $"U+{code.ToString("X4", CultureInfo.InvariantCulture)}",
        };
    }

    private readonly ReadOnlySpan<char> UpTo(int position, int length) =>
        text.Slice(position, Math.Min(length, text.Length - position));
}
