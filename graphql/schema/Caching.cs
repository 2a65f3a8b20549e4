using Metro.GraphQL.Types;

namespace Metro.Portal.Schema;

/// <summary>
/// How long answers hold. A root field says it of what it answers with; what lies below holds as long, as far as its types
/// are named here. What not everybody may see is never kept, wherever it stands; and whatever nobody speaks for is not.
/// </summary>
internal static class Caching
{
    private static readonly string[] PublicTypes =
    [
        "Book", "Contributor", "SubjectHeading", "BookIdentifier", "BookAvailability", "BranchAvailability", "Copy", "BookSearch", "BookFacets",
        "FormatCount", "AudienceCount", "ValueCount", "NumberCount", "BranchCount", "WordCorrection", "Suggestion",
        "Branch", "DayHours", "Opening", "WeekdayHours", "Closure", "Program", "Session", "Space", "SpaceKind", "SpaceAgenda", "SpaceSlot", "Equipment", "ClassVisitOffer", "ClassVisitSlot",
        "ContentItem", "ContentPage", "ContentLink", "PlaceOnMap", "Picture", "ContentTerm", "ContentHit", "SiteMenu", "SiteMenuEntry", "SocialKit", "SocialCaption",
        .. Content.ContentObjectTypes.Offered.SelectMany(type => (string[])[type.Name, $"{type.Name}Page"]),
        "BooksConnection", "BooksEdge", "ProgramsConnection", "ProgramsEdge", "SessionsConnection", "SessionsEdge", "PageInfo",
    ];

    public static void Apply(SchemaBuilder schema)
    {
        foreach (var field in schema.Types.OfType<ObjectType>().SelectMany(type => type.Fields))
        {
            if (field.Features.Get<AuthorizationRules>() is { AllowsAnonymous: false })
                Say(field, new() { MaxAge = 0, Scope = CacheControlScope.Private });
            else if (PublicTypes.Contains(field.DeclaringType?.Name) && PublicTypes.Contains(field.TypeReference.InnermostName) && !IsSaid(field))
                Say(field, new() { InheritMaxAge = true });
        }
    }

    private static bool IsSaid(FieldDefinition field) => field.Directives.Any(directive => directive.Name == "cacheControl");

    private static void Say(FieldDefinition field, CacheHint hint) => field.Apply(hint.ToDirective());
}
