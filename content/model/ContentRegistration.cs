using Metro.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Metro.Content;

/// <summary>How the portal takes the content module in.</summary>
public static class ContentRegistration
{
    /// <summary>Registers the module's tables and its verbs, one of each per request.</summary>
    /// <param name="services">The portal's services.</param>
    /// <param name="database">Where the data is.</param>
    /// <param name="content">The city's settings.</param>
    /// <param name="media">Where media are kept.</param>
    public static IServiceCollection AddContent(this IServiceCollection services, DatabaseSettings database, ContentSettings content, MediaSettings media)
    {
        services.AddDatabase<ContentDbContext, SqliteContentDbContext, PostgreSqlContentDbContext>(database);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(ContentTypes.Shipped).AddSingleton(content).AddSingleton(media).AddSingleton<PictureSizes>();
        services.TryAddSingleton(new WebhookSettings());
        services.AddSingleton<WebhookPost>();
        return services
            .AddScoped<ContentStore>().AddScoped<ContentReader>().AddScoped<ContentHistory>().AddScoped<EditorList>().AddScoped<StoredTypes>().AddScoped<PickList>()
            .AddScoped<Autosaves>().AddScoped<EditLocks>().AddScoped<Translations>().AddScoped<Schedules>().AddScoped<Webhooks>()
            .AddScoped<MediaLibrary>().AddScoped<LinkReport>().AddScoped<Redirects>().AddScoped<RecipeImport>().AddScoped<RecipeExport>().AddScoped<ParkedSteps>();
    }
}
