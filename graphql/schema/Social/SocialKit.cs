using System.Globalization;
using Metro.Portal.Schema.Content;

namespace Metro.Portal.Schema.Social;

/// <summary>A network on which a post can be made, with the length that it allows.</summary>
public enum SocialNetwork
{
    /// <summary>Instagram: captions of up to 2,200 characters, thirty hashtags.</summary>
    Instagram,

    /// <summary>X: posts of up to 280 characters.</summary>
    X,

    /// <summary>Facebook: posts of up to 5,000 characters here, although more fit.</summary>
    Facebook,

    /// <summary>Threads: posts of up to 500 characters.</summary>
    Threads,

    /// <summary>WhatsApp: status and channel posts of up to 700 characters.</summary>
    Whatsapp,

    /// <summary>TikTok: captions of up to 2,200 characters.</summary>
    Tiktok,
}

/// <summary>A caption that fits a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Text">The caption: title, when and where, what it is about as far as it fits, link and hashtags.</param>
/// <param name="Length">How many characters it has, as people count them.</param>
/// <param name="Limit">How many the network allows.</param>
public sealed record SocialCaption(SocialNetwork Network, string Text, int Length, int Limit);

/// <summary>What is needed for a post in social media.</summary>
[ObjectType]
public sealed class SocialKit
{
    private readonly SocialSource source;

    internal SocialKit(SocialSource source) => this.source = source;

    /// <summary>Whether it does not take place any more. Post it as cancelled, or not at all: the captions say so.</summary>
    public bool IsCancelled => source.IsCancelled;

    /// <summary>The captions, each in the length of its network.</summary>
    /// <param name="language">The language; that of the request unless told otherwise. Indonesian where nobody translated it.</param>
    /// <param name="networks">Only for these networks.</param>
    [ListSize(AssumedSize = 6, RequireOneSlicingArgument = false)]
    public IReadOnlyList<SocialCaption> Captions(Language? language = null, IReadOnlyList<SocialNetwork>? networks = null) =>
        [.. (networks is { Count: > 0 } ? networks.Distinct() : Enum.GetValues<SocialNetwork>()).Select(network => CaptionWriter.Write(network, source.In(language ?? Language.OfRequest)))];

    /// <summary>The caption for one network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="language">The language; that of the request unless told otherwise. Indonesian where nobody translated it.</param>
    public SocialCaption Caption(SocialNetwork network, Language? language = null) => CaptionWriter.Write(network, source.In(language ?? Language.OfRequest));

    /// <summary>The pictures to post, each with its alternative text and addresses in several sizes.</summary>
    [ListSize(AssumedSize = 2, RequireOneSlicingArgument = false)]
    public IReadOnlyList<Picture> Pictures => source.Pictures;

    /// <summary>The address that the post leads to.</summary>
    /// <param name="language">The language of the page; that of the request unless told otherwise.</param>
    public Uri? Link(Language? language = null) => source.In(language ?? Language.OfRequest).Link;

    /// <summary>The hashtags, with their number signs.</summary>
    public IReadOnlyList<string> Hashtags => source.Hashtags;
}

/// <summary>What a kit is made from: the words in each language, and what has none.</summary>
/// <param name="Indonesian">The words in Indonesian.</param>
/// <param name="English">The words in English; null where nobody translated them.</param>
internal sealed record SocialSource(SocialWords Indonesian, SocialWords? English)
{
    public bool IsCancelled { get; init; }

    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    public IReadOnlyList<string> Hashtags { get; init; } = [];

    public SocialWords In(Language language) =>
        (language == Language.En && English is { } english ? english : Indonesian) with { IsCancelled = IsCancelled, Hashtags = Hashtags };
}

/// <summary>The words of a post in one language.</summary>
/// <param name="Culture">The language.</param>
/// <param name="Title">The title.</param>
internal sealed record SocialWords(CultureInfo Culture, string Title)
{
    /// <summary>When and where, one fact each.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    public string? Summary { get; init; }

    public Uri? Link { get; init; }

    public bool IsCancelled { get; init; }

    public IReadOnlyList<string> Hashtags { get; init; } = [];
}
