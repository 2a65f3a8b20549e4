using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddCirculation(IServiceCollection services)
    {
        services.AddScoped<CirculationDesk>();
        services.AddScoped<BorrowedCopies>();
        services.AddScoped<PresencePoints>();
        services.AddScoped<PhoneLoans>();
        services.AddScoped<HoldQueue>();
        services.AddScoped<FinesLedger>();
        services.AddScoped<TermsTable>();
        services.AddScoped<LimitsInForce>();
        services.AddScoped<OnSiteCounter>();
        services.AddScoped<CirculationLists>();
        services.AddScoped<LoanPrivacy>();
        services.AddScoped<LoanStatistics>();
        services.AddScoped<LoanReminders>();
        services.AddScoped<HoldReminders>();
        services.AddScoped<Receipts>();
        services.AddScoped<AtTheDesk>();
        services.AddScoped<IClosureListener, CirculationClosures>();
        services.AddScoped<IMemberRecords, CirculationRecords>();
        services.AddScoped<ICopyListener, CirculatingCopies>();
        services.AddScoped<IMessageCheck, CirculationMessageCheck>();
    }
}
