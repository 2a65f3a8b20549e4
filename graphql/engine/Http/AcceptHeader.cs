using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Metro.GraphQL.Http;

/// <summary>How an answer can be written.</summary>
internal enum ResponseFormat
{
    /// <summary><c>application/graphql-response+json</c>: the status code tells what happened.</summary>
    GraphQLResponse,

    /// <summary><c>application/json</c>: the status code is 200 for whatever GraphQL answers.</summary>
    Json,

    /// <summary><c>multipart/mixed</c>: answers one after another, in parts.</summary>
    MultipartMixed,

    /// <summary><c>text/event-stream</c>: answers as events (graphql-sse, distinct connections).</summary>
    EventStream,

    /// <summary><c>application/graphql-response+jsonl</c>: an answer a line.</summary>
    GraphQLJsonLines,

    /// <summary><c>application/jsonl</c>: an answer a line.</summary>
    JsonLines,
}

/// <summary>What the client accepts, by quality in thousandths (RFC 9110, 12.5.1). 0 is refused.</summary>
internal readonly struct AcceptHeader
{
    private const int Formats = 6;
    private static readonly SearchValues<char> NoTokenCharacters = SearchValues.Create(" \t\"()<>@:\\[]?={}");
    private static readonly ResponseFormat[] ForOne =
    [
        ResponseFormat.GraphQLResponse, ResponseFormat.Json, ResponseFormat.MultipartMixed, ResponseFormat.EventStream,
        ResponseFormat.GraphQLJsonLines, ResponseFormat.JsonLines,
    ];

    private static readonly ResponseFormat[] ForEvents =
        [ResponseFormat.EventStream, ResponseFormat.GraphQLJsonLines, ResponseFormat.JsonLines];

    private static readonly ResponseFormat[] ForBatch =
        [ResponseFormat.MultipartMixed, ResponseFormat.EventStream, ResponseFormat.GraphQLJsonLines, ResponseFormat.JsonLines];

    private AcceptHeader(ResponseFormat? forOne, ResponseFormat? forEvents, ResponseFormat? forBatch, bool isMalformed)
    {
        Single = forOne;
        Events = forEvents;
        Batch = forBatch;
        IsMalformed = isMalformed;
    }

    /// <summary>Everything is welcome.</summary>
    public static AcceptHeader Anything { get; } =
        new(ResponseFormat.GraphQLResponse, ResponseFormat.EventStream, ResponseFormat.MultipartMixed, false);

    /// <summary>How to write one answer; null when nothing is accepted.</summary>
    public ResponseFormat? Single { get; }

    /// <summary>How to write a subscription's answers; null when no such format is accepted.</summary>
    public ResponseFormat? Events { get; }

    /// <summary>How to write the answers of a batch; null when no such format is accepted.</summary>
    public ResponseFormat? Batch { get; }

    /// <summary>Whether the header is no list of media ranges.</summary>
    public bool IsMalformed { get; }

    public static AcceptHeader Read(StringValues header)
    {
        if (header.Count == 0) return Anything;
        if (header.Count == 1)
        {
            switch (header[0])
            {
                case null or "" or "*/*" or "application/*": return Anything;
                case "application/json": return OnlyJson;
                case "application/graphql-response+json": return OnlyGraphQLResponse;
            }
        }

        return Parse(header);
    }

    private static AcceptHeader OnlyJson { get; } = new(ResponseFormat.Json, null, null, false);

    private static AcceptHeader OnlyGraphQLResponse { get; } = new(ResponseFormat.GraphQLResponse, null, null, false);

    private static AcceptHeader Parse(StringValues header)
    {
        // The quality of each format, and how exactly the range that gave it names the format: an exact range wins.
        Span<int> quality = stackalloc int[Formats];
        Span<int> exactness = stackalloc int[Formats];
        foreach (var line in header)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var range = NextRange(ref rest);
                if (range.IsWhiteSpace()) continue;
                if (!ReadRange(range, quality, exactness)) return new(null, null, null, isMalformed: true);
            }
        }

        return new(Best(ForOne, quality), Best(ForEvents, quality), Best(ForBatch, quality), false);
    }

    private static ReadOnlySpan<char> NextRange(ref ReadOnlySpan<char> rest)
    {
        var isQuoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"') isQuoted = !isQuoted;
            if (rest[i] != ',' || isQuoted) continue;
            var range = rest[..i];
            rest = rest[(i + 1)..];
            return range;
        }

        var last = rest;
        rest = default;
        return last;
    }

    private static bool ReadRange(ReadOnlySpan<char> range, Span<int> quality, Span<int> exactness)
    {
        var semicolon = range.IndexOf(';');
        var type = (semicolon < 0 ? range : range[..semicolon]).Trim();
        if (!IsMediaRange(type) || !ReadQuality(semicolon < 0 ? default : range[(semicolon + 1)..], out var q)) return false;

        for (var i = 0; i < Formats; i++)
        {
            var exact = Exactness(type, NameOf((ResponseFormat)i));
            if (exact == 0 || exact < exactness[i]) continue;
            quality[i] = exact == exactness[i] ? Math.Max(quality[i], q) : q;
            exactness[i] = exact;
        }

        return true;
    }

    private static bool IsMediaRange(ReadOnlySpan<char> type)
    {
        var slash = type.IndexOf('/');
        return slash > 0 && slash < type.Length - 1
            && type[(slash + 1)..].IndexOf('/') < 0
            && !type.ContainsAny(NoTokenCharacters)
            && (type[0] != '*' || type is "*/*");
    }

    private static bool ReadQuality(ReadOnlySpan<char> parameters, out int quality)
    {
        quality = 1000;
        foreach (var piece in parameters.Split(';'))
        {
            var parameter = parameters[piece].Trim();
            if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) continue;
            if (!decimal.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) || q is < 0 or > 1)
                return false;
            quality = (int)(q * 1000);
        }

        return true;
    }

    private static int Exactness(ReadOnlySpan<char> range, string name)
    {
        if (range is "*/*") return 1;
        if (range.Equals(name, StringComparison.OrdinalIgnoreCase)) return 3;
        return range.EndsWith("/*", StringComparison.Ordinal)
            && name.AsSpan().StartsWith(range[..^1], StringComparison.OrdinalIgnoreCase) ? 2 : 0;
    }

    private static ResponseFormat? Best(ResponseFormat[] candidates, Span<int> quality)
    {
        ResponseFormat? best = null;
        foreach (var format in candidates)
        {
            if (quality[(int)format] > (best is { } other ? quality[(int)other] : 0)) best = format;
        }

        return best;
    }

    private static string NameOf(ResponseFormat format) => format switch
    {
        ResponseFormat.GraphQLResponse => "application/graphql-response+json",
        ResponseFormat.Json => "application/json",
        ResponseFormat.MultipartMixed => "multipart/mixed",
        ResponseFormat.EventStream => "text/event-stream",
        ResponseFormat.GraphQLJsonLines => "application/graphql-response+jsonl",
        _ => "application/jsonl",
    };
}
