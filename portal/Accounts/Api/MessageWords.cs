using Metro.GraphQL.Annotations;
using Metro.GraphQL.Cost;
using Metro.Library.Outbox;
using Metro.Scheduler.Letters;

namespace Metro.Portal.Accounts.Api;

/// <summary>
/// What a message said, as the pages of an account show it. Several messages that went in one letter are told one by one.
/// </summary>
[ExtendObjectType<OutboxMessage>]
internal static class MessageWords
{
    /// <summary>What it is about, in the language in which it was written; null for one that nobody may read again, such as a link with which one signs in.</summary>
    [Cost(2)]
    public static string? Subject([Parent] OutboxMessage message, SentLetters letters) => letters.Read([message])?.Subject;

    /// <summary>What it says, as plain text in the language in which it was written; null for one that nobody may read again.</summary>
    [Cost(2)]
    public static string? Text([Parent] OutboxMessage message, SentLetters letters) => letters.Read([message]) is { } letter
        ? string.Join("\n\n", [.. letter.Paragraphs, .. letter.Items, .. letter.Facts.Select(fact => $"{fact.Name}: {fact.Value}")])
        : null;
}
