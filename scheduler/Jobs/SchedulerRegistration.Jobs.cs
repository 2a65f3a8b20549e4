using Metro.Data;
using Metro.Library.Calendar;
using Metro.Scheduler.Backup;
using Metro.Scheduler.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Metro.Scheduler;

public static partial class SchedulerRegistration
{
    /// <summary>Registers the jobs, which start once the host says that it can do its work.</summary>
    /// <param name="services">The portal's services.</param>
    /// <param name="database">Where what jobs do is written; on PostgreSQL the nodes share their jobs through it.</param>
    /// <param name="backup">Where copies of a SQLite file go.</param>
    /// <param name="run">Whether jobs run in this process; otherwise they are only shown.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, DatabaseSettings database, BackupSettings backup, bool run = true) =>
        services.AddJobs(database, backup, run, [.. PortalJobs.All.Where(job => !job.OnlyOnSqlite || database.Provider == DatabaseProvider.Sqlite)]);

    internal static IServiceCollection AddJobs(this IServiceCollection services, DatabaseSettings database, BackupSettings backup, bool run, IReadOnlyList<PlannedJob> jobs)
    {
        services.AddDatabase<SchedulerDbContext, SqliteSchedulerDbContext, PostgreSqlSchedulerDbContext>(database);
        services.AddSingleton(backup);
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton(new PlannedJobs(jobs));
        services.AddScoped<JobLog>();
        services.AddScoped<ForgetPeople>();
        services.AddScoped(of => new JobBoard(
            of.GetRequiredService<SchedulerDbContext>(), of.GetRequiredService<JobLog>(), of.GetRequiredService<PlannedJobs>(), of.GetRequiredService<LibraryCalendar>(), of.GetService<ISchedulerFactory>()));
        foreach (var type in jobs.Select(job => job.Type).Distinct()) services.AddScoped(type);
        if (!run) return services;

        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(4);
            if (database.Provider == DatabaseProvider.Sqlite) quartz.UseInMemoryStore();
            else
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(database.ConnectionString);
                    store.UseSystemTextJsonSerializer();
                    store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
                    store.ProvisionSchema();
                });
        });
        services.AddHostedService<JobsStart>();
        return services;
    }
}
