using System.Reflection;
using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

// migrations.sh MODULE NAME: adds a migration of that name to a module, once for each provider.
if (args is not [var module, var name, var root])
{
    Console.Error.WriteLine("Usage: ./migrations.sh MODULE NAME    (modules: library, content, accounts, scheduler)");
    return 1;
}

var (assembly, folder) = module switch
{
    "library" => (Assembly.Load("Metro.Library"), "library"),
    "content" => (Assembly.Load("Metro.Content"), "content/model"),
    "accounts" => (Assembly.Load("Metro.Portal"), "portal"),
    "scheduler" => (Assembly.Load("Metro.Scheduler"), "scheduler"),
    _ => throw new ArgumentException($"There is no module {module}."),
};

foreach (var provider in Enum.GetValues<DatabaseProvider>())
{
    var type = assembly.GetTypes().Single(t => !t.IsAbstract && t.IsSubclassOf(typeof(DbContext))
        && t.Name.StartsWith(provider.ToString(), StringComparison.Ordinal));
    var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
    options.UseDatabase(new DatabaseSettings(provider, provider == DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Host=localhost"), module);
    using var context = (DbContext)Activator.CreateInstance(type, options.Options)!;

    var reporter = new OperationReporter(new OperationReportHandler(Console.Error.WriteLine, Console.Error.WriteLine));
    using var services = new DesignTimeServicesBuilder(assembly, assembly, reporter, []).Build(context) as ServiceProvider;
    var scaffolder = services!.CreateScope().ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    var migration = Dated(scaffolder.ScaffoldMigration(name, assembly.GetName().Name!, $"Migrations.{provider}", "C#"));
    var project = Path.Combine(root, folder);
    scaffolder.Save(project, migration, Path.Combine(project, "Migrations", provider.ToString()), dryRun: false);
    Console.WriteLine($"{module}: {migration.MigrationId} for {provider}");
}

return 0;

// The Initial migration keeps its date when it is written anew: migrations written by hand come after it.
static ScaffoldedMigration Dated(ScaffoldedMigration migration)
{
    if (!migration.MigrationId.EndsWith("_Initial", StringComparison.Ordinal)) return migration;

    const string initial = "20260101000000_Initial";
    return new ScaffoldedMigration(
        migration.FileExtension, migration.PreviousMigrationId, migration.MigrationCode, initial,
        migration.MetadataCode.Replace(migration.MigrationId, initial, StringComparison.Ordinal),
        migration.MigrationSubNamespace, migration.SnapshotCode, migration.SnapshotName, migration.SnapshotSubnamespace);
}
