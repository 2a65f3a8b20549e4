using Metro.Content;
using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Policies;
using Metro.Library.Programs;
using Metro.Library.Search;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Catalog;
using Metro.Portal.Schema.Content;
using Metro.Portal.Schema.Desk;
using Metro.Portal.Schema.Events;
using Metro.Portal.Schema.Hours;
using Metro.Portal.Schema.Members;
using Metro.Portal.Schema.Nodes;
using Metro.Portal.Schema.Programs;
using Metro.Portal.Schema.Spaces;
using Metro.Portal.Schema.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema;

/// <summary>The portal's API: which types it has, and what bounds a request.</summary>
public static class PortalSchema
{
    /// <summary>
    /// Registers the schema. The host registers the library, the content module, an <see cref="Callers.ICallers"/> and a policy for
    /// each of <see cref="Callers.Permissions"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static GraphQLServerBuilder AddPortalSchema(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PortalAddress>().AddScoped<Acting>();
        services.AddSingleton<LibraryChanges>().AddSingleton<ContentHandler, ContentPublications>();
        services.ConfigureDbContext<SqliteLibraryDbContext>(ListenToChanges).ConfigureDbContext<PostgreSqlLibraryDbContext>(ListenToChanges);
        return services.AddGraphQLServer()
            .AddTypes(Types)
            .AddLibraryTypes()
            .AddEnumType<ContentOrder>(order => order.Name("ContentOrder"))
            .ConfigureTypes(ContentObjectTypes.Add)
            .AddFiltering()
            .AddSorting()
            .AddProjections()
            .AddAuthorization()
            .AddGlobalObjectIdentification()
            .AddMutationConventions()
            .AddErrorInterfaceType<IMutationError>()
            .AddRelayedSubscriptions(DatabaseRelay.Of)
            .AllowIntrospection(true)
            .ModifyRequestOptions(options => options.ExecutionTimeout = TimeSpan.FromSeconds(10))
            .ModifyCostOptions(cost => (cost.MaxFieldCost, cost.MaxTypeCost) = (2_000, 2_000))
            .AddMaxExecutionDepthRule(20)
            .ConfigureSchema(Descriptions.Complete)
            .ConfigureSchema(Caching.Apply);
    }

    /// <summary>Serves the API at <c>/graphql</c>, in the language that the path or the header <c>Accept-Language</c> asks for.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    public static IEndpointConventionBuilder MapPortalSchema(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGraphQL("/graphql");
        api.Add(RequestLanguage.Wrap);
        return api;
    }

    /// <summary>The classes of the schema by name: the printed schema must not depend on the order in which a machine lists its files.</summary>
    private static IEnumerable<Type> Types =>
        typeof(PortalSchema).Assembly.GetTypes().Where(type => !type.IsGenericTypeDefinition).OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static void ListenToChanges(IServiceProvider services, DbContextOptionsBuilder library) =>
        library.AddInterceptors(services.GetRequiredService<LibraryChanges>());

    /// <summary>How the library's classes, which know nothing of the API, appear in it: only what is named here does.</summary>
    private static GraphQLServerBuilder AddLibraryTypes(this GraphQLServerBuilder builder) => builder
        .AddObjectType<Title>(BookFields.Describe)
        .AddObjectType<Contributor>(BookFields.Describe)
        .AddObjectType<SubjectHeading>(BookFields.Describe)
        .AddObjectType<TitleIdentifier>(BookFields.Describe)
        .AddObjectType<Copy>(CopyFields.Describe)
        .AddObjectType<Suggestion>(SuggestionFields.Describe)
        .AddEnumType<TitleFormat>(format => format.Name("BookFormat"))
        .AddEnumType<IdentifierKind>(kind => kind.Name("BookIdentifierKind"))
        .AddEnumType<CopyStatus>(status => status.Value(CopyStatus.OnLoan, "With a borrower, on time or overdue: an overdue copy is still out."))
        .AddEnumType<SearchOrder>(order => order.Name("BookSearchOrder"))
        .AddObjectType<Branch>(BranchFields.Describe)
        .AddObjectType<CalendarException>(ClosureFields.Describe)
        .AddObjectType<AffectedByClosure>(TouchedByClosureFields.Describe)
        .AddObjectType<LoanTerms>(PolicyMutations.Describe)
        .AddObjectType<HouseLimits>(PolicyMutations.Describe)
        .AddObjectType<LibraryProgram>(ProgramFields.Describe)
        .AddObjectType<Session>(SessionFields.Describe)
        .AddObjectType<Space>(SpaceFields.Describe)
        .AddObjectType<SpaceKind>(SpaceFields.Describe)
        .AddObjectType<SpaceSlot>(SpaceFields.Describe)
        .AddObjectType<FreeAlternative>(SpaceFields.Describe)
        .AddObjectType<Equipment>(SpaceFields.Describe)
        .AddObjectType<VisitOffer>(VisitOfferFields.Describe)
        .AddObjectType<VisitSlot>(VisitOfferFields.Describe)
        .AddEnumType<DayOfWeek>(day => day.Description("A weekday.")
            .Value(DayOfWeek.Sunday, "Sunday.").Value(DayOfWeek.Monday, "Monday.").Value(DayOfWeek.Tuesday, "Tuesday.").Value(DayOfWeek.Wednesday, "Wednesday.")
            .Value(DayOfWeek.Thursday, "Thursday.").Value(DayOfWeek.Friday, "Friday.").Value(DayOfWeek.Saturday, "Saturday."))
        .AddEnumType<VisitKind>(kind => kind.Name("ClassVisitKind"))
        .AddEnumType<VisitStatus>(status => status.Name("ClassVisitStatus"))
        .AddObjectType<Member>(MemberFields.Describe)
        .AddObjectType<ClearanceCertificate>(MemberMutations.Describe)
        .AddObjectType<MemberNote>(MemberNoteFields.Describe)
        .AddObjectType<Loan>(LoanFields.Describe)
        .AddObjectType<Lateness>(LatenessFields.Describe)
        .AddEnumType<Channel>(channel => channel.Name("LendingChannel"))
        .AddObjectType<Hold>(HoldFields.Describe)
        .AddObjectType<DigitalLoan>(DigitalLoanFields.Describe)
        .AddObjectType<DigitalHold>(DigitalHoldFields.Describe)
        .AddEnumType<DigitalHoldStatus>(status => status.Name("EResourceHoldStatus"))
        .AddObjectType<Fine>(FineFields.Describe)
        .AddObjectType<FineOnRecord>(FineFields.Describe)
        .AddObjectType<FinePayment>(LendingMutations.Describe)
        .AddObjectType<FineWaiver>(LendingMutations.Describe)
        .AddObjectType<Registration>(RegistrationFields.Describe)
        .AddObjectType<AccommodationRequest>(RegistrationFields.Describe)
        .AddObjectType<Booking>(BookingFields.Describe)
        .AddObjectType<Visit>(VisitFields.Describe)
        .AddObjectType<School>(VisitFields.Describe)
        .AddObjectType<OutboxMessage>(MessageFields.Describe)
        .AddEnumType<OutboxState>(state => state.Name("MessageState"))
        .AddObjectType<Strike>(StrikeFields.Describe)
        .AddObjectType<FoundMember>(FoundMemberFields.Describe)
        .AddObjectType<DoorListRow>(DoorListRowFields.Describe)
        .AddObjectType<ShelvedHold>(ShelvedHoldFields.Describe)
        .AddObjectType<HoldToFetch>(HoldToFetchFields.Describe);
}
