using System.Globalization;
using Metro.Library.Members;

namespace Metro.Portal.People;

/// <summary>
/// Consents that are ticked on a page: each has its own box, its own sentence and its own proof, which is that sentence, when it was
/// ticked and from where (DOMAIN.md rule 10).
/// </summary>
internal static class OnlineConsent
{
    /// <summary>What a guardian is asked about a child, the one without which there is no card first.</summary>
    public static IReadOnlyList<ConsentPurpose> OfGuardians { get; } = [ConsentPurpose.Membership, ConsentPurpose.OnlineUse, ConsentPurpose.Photographs, ConsentPurpose.News];

    /// <summary>What a grown-up is asked: whatever is no condition of anything.</summary>
    public static IReadOnlyList<ConsentPurpose> OfOneself { get; } = [ConsentPurpose.Photographs, ConsentPurpose.News];

    /// <summary>The sentence beside the box, in the language of the request.</summary>
    public static string Sentence(ConsentPurpose purpose, bool byGuardian) => ConsentText.Get($"{(byGuardian ? "Guardian" : "Self")}.{purpose}");

    /// <summary>A box that was ticked, with its proof.</summary>
    public static ConsentGiven Given(ConsentPurpose purpose, bool byGuardian, HttpContext context, TimeProvider clock) => new(
        purpose,
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {context.Request.PathBase}{context.Request.Path} {context.Connection.RemoteIpAddress}: “{Sentence(purpose, byGuardian)}”"));
}
