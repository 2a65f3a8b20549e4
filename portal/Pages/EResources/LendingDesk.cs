using System.Security.Claims;
using Metro.Content;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Portal.People;

namespace Metro.Portal.Pages.EResources;

/// <summary>How somebody of a household stands with an e-resource.</summary>
/// <param name="Member">Who.</param>
/// <param name="IsSelf">Whether it is the reader.</param>
/// <param name="Standing">What they have of it, and whether they can have it.</param>
internal sealed record HouseholdStanding(Member Member, bool IsSelf, DigitalStanding Standing);

/// <summary>What the page of a lent e-resource offers its reader. Drawn by <c>_LendingChoice</c>.</summary>
/// <param name="Code">The code under which it is lent.</param>
/// <param name="Address">The page of the resource.</param>
/// <param name="IsSignedIn">Whether the reader is signed in at all.</param>
/// <param name="People">The reader and the children for whom they decide; none for somebody without membership.</param>
internal sealed record LendingChoice(string Code, string Address, bool IsSignedIn, IReadOnlyList<HouseholdStanding> People);

/// <summary>Tells readers of e-resources what they can do with one. Not thread-safe: one per request.</summary>
internal sealed class LendingDesk(Household household, DigitalLending lending)
{
    /// <summary>What can be done with an item; null where it is not lent.</summary>
    public async Task<LendingChoice?> ChoiceAsync(ContentItem item, ClaimsPrincipal user, CancellationToken stop)
    {
        if (item.Type != "EResource" || KeptFiles.CodeOf(item) is not { } code || !await lending.IsLentAsync(code, stop)) return null;

        var isSignedIn = user.Identity?.IsAuthenticated == true;
        var people = new List<HouseholdStanding>();
        if (isSignedIn && await household.CallerAsync(user, stop) is { AsMember: { } by } caller && await household.FindAsync(caller, null, stop) is { Member: var self })
            foreach (var member in (IReadOnlyList<Member>)[self, .. await household.WardsAsync(caller, stop)])
                people.Add(new HouseholdStanding(member, member.Id == self.Id, await lending.StandingOfAsync(member.Id, code, by, stop)));
        return new LendingChoice(code, "/" + item.Path, isSignedIn, people);
    }
}
