using Metro.Data;
using Metro.Migrations;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;

// Called by migrations.sh:
//   MODULE NAME ROOT          adds a migration of that name to a module, and writes its compiled models
//   --models ROOT MODULE...   writes compiled models only
switch (args)
{
    case ["--models", var checkout, .. var modules]:
        foreach (var name in modules)
            foreach (var provider in Enum.GetValues<DatabaseProvider>())
                using (var module = new Module(name, provider, checkout)) CompiledModel.Write(module);

        return 0;
    case [var name, var migration, var checkout]:
        foreach (var provider in Enum.GetValues<DatabaseProvider>())
        {
            using var module = new Module(name, provider, checkout);
            var scaffolder = module.Get<IMigrationsScaffolder>();
            var written = Dated(scaffolder.ScaffoldMigration(migration, module.Namespace, $"Migrations.{provider}", "C#"));
            scaffolder.Save(module.Folder, written, Path.Combine(module.Folder, "Migrations", provider.ToString()), dryRun: false);
            Console.WriteLine($"{name}: {written.MigrationId} for {provider}");
            CompiledModel.Write(module);
        }

        return 0;
    default:
        Console.Error.WriteLine("Usage: ./migrations.sh MODULE NAME | ./migrations.sh --models [MODULE...]    (modules: library, content, accounts, scheduler)");
        return 1;
}

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
