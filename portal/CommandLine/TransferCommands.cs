using System.CommandLine;
using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Marc;
using Metro.Portal.Settings;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.CommandLine;

/// <summary>
/// Brings data in and out by file: MARC records and content recipes. An import tells what it did, record by record or
/// step by step where something was wrong; a dry run only what it would do. Ends with 1 when the file itself cannot be
/// taken.
/// </summary>
internal static class TransferCommands
{
    public static IEnumerable<Command> Create(Func<Command, Func<ParseResult, string[], CancellationToken, Task<int>>, Command> answering)
    {
        var file = new Argument<string>("file") { Description = PortalText.Get("Transfer.File") };
        var dryRun = new Option<bool>("--dry-run") { Description = PortalText.Get("Transfer.DryRun") };

        var withoutFiles = new Option<bool>("--without-files") { Description = PortalText.Get("Transfer.WithoutFiles") };
        var parameters = new Option<string[]>("--parameter") { Description = PortalText.Get("Transfer.Parameter"), HelpName = "name=value", AllowMultipleArgumentsPerToken = false };

        var branch = new Option<string>("--branch") { Description = PortalText.Get("Transfer.Branch"), HelpName = "code" };

        yield return new Command("import", PortalText.Get("Command.import"))
        {
            answering(new Command("marc", PortalText.Get("Command.import.marc")) { file, dryRun, branch }, (parsed, settings, stop) =>
                ImportAsync(settings, parsed.GetValue(file)!, (services, stream) => ImportMarcAsync(services, stream, parsed.GetValue(dryRun), parsed.GetValue(branch), stop), stop)),
            answering(new Command("recipe", PortalText.Get("Command.import.recipe")) { file, dryRun, withoutFiles, parameters }, (parsed, settings, stop) =>
                ImportAsync(settings, parsed.GetValue(file)!, (services, stream) => ImportRecipeAsync(
                    services, stream, new RecipeOptions { DryRun = parsed.GetValue(dryRun), KeepMissingFiles = parsed.GetValue(withoutFiles), Parameters = Named(parsed.GetValue(parameters)) }, stop), stop)),
        };
        yield return new Command("export", PortalText.Get("Command.export"))
        {
            answering(new Command("marc", PortalText.Get("Command.export.marc")) { file }, (parsed, settings, stop) =>
                ExportAsync(settings, parsed.GetValue(file)!, (services, stream, isXml) => ExportMarcAsync(services, stream, isXml, stop), stop)),
            answering(new Command("recipe", PortalText.Get("Command.export.recipe")) { file }, (parsed, settings, stop) =>
                ExportAsync(settings, parsed.GetValue(file)!, (services, stream, _) => services.GetRequiredService<RecipeExport>().WriteJsonAsync(stream, stop: stop), stop)),
        };
    }

    private static async Task<int> ImportAsync(string[] settings, string file, Func<IServiceProvider, Stream, Task<int>> import, CancellationToken stop)
    {
        var path = CallersFolder.Of(file);
        if (!File.Exists(path)) throw new SettingFaultException(PortalText.Get("Transfer.NoFile", path));

        await using var stream = File.OpenRead(path);
        return await WithPortalAsync(settings, services => import(services, stream), stop);
    }

    private static async Task<int> ImportMarcAsync(IServiceProvider services, Stream stream, bool dryRun, string? branch, CancellationToken stop)
    {
        var options = new MarcImportOptions { DryRun = dryRun, BranchId = await BranchAsync(services, branch, stop) };
        var report = await services.GetRequiredService<MarcImport>().ImportAsync(
            stream, options, Actor.System("import marc"), new Told<MarcImportProgress>(now => PortalText.Get("Transfer.Records", now.Records)), stop);
        foreach (var remark in report.Refused.Concat(report.Mended))
            foreach (var reason in remark.Reasons)
                Console.WriteLine(PortalText.Get("Transfer.Remark", remark.Number, remark.Offset, remark.Name ?? "–", reason.Explain(CultureInfo.CurrentUICulture)));

        var totals = report.Totals;
        Console.WriteLine(PortalText.Get(dryRun ? "Transfer.WouldMarc" : "Transfer.DoneMarc", totals.Records, totals.New, totals.Changed, totals.Unchanged, totals.Refused, totals.Copies));
        if (totals.Records == 0) await Console.Error.WriteLineAsync(PortalText.Get("Transfer.NoRecords"));
        return totals.Refused == totals.Records ? 1 : 0;
    }

    /// <summary>The branch of a code; null where none was given, and copies are left out.</summary>
    private static async Task<long?> BranchAsync(IServiceProvider services, string? code, CancellationToken stop)
    {
        if (code is null) return null;
        var branches = await services.GetRequiredService<LibraryDbContext>().Branches.AsNoTracking()
            .OrderBy(branch => branch.Code).Select(branch => new { branch.Id, branch.Code }).ToListAsync(stop);
        return branches.Find(branch => branch.Code.Equals(code, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new SettingFaultException(PortalText.Get("Transfer.NoBranch", code, branches.Count == 0 ? "–" : string.Join(", ", branches.Select(branch => branch.Code))));
    }

    /// <summary>What a recipe asks for by <c>parameters('…')</c>, given as <c>name=value</c>.</summary>
    private static Dictionary<string, string> Named(string[]? given)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in given ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value]) throw new SettingFaultException(PortalText.Get("Transfer.NotAParameter", pair));
            named[name] = value;
        }

        return named;
    }

    private static async Task<int> ImportRecipeAsync(IServiceProvider services, Stream stream, RecipeOptions options, CancellationToken stop)
    {
        var package = RecipePackage.Read(stream);
        if (!package.Succeeded) return Refused(package.Refusal);

        using var recipe = package.Result;
        var imported = await services.GetRequiredService<RecipeImport>().ImportAsync(ContentUser.Portal, recipe, options, stop);
        if (!imported.Succeeded) return Refused(imported.Refusal);

        foreach (var step in imported.Result.Steps)
        {
            Console.WriteLine(PortalText.Get("Transfer.Step", step.Index, step.Name, PortalText.Get($"StepFate.{step.Fate}"), step.Added, step.Changed, step.Unchanged));
            foreach (var note in step.Notes) Console.WriteLine($"      {note.Path}: {note.Sentence(CultureInfo.CurrentUICulture)}");
        }

        Console.WriteLine(PortalText.Get(options.DryRun ? "Transfer.WouldRecipe" : "Transfer.DoneRecipe"));
        return 0;
    }

    private static int Refused(Metro.Content.Refusal refusal)
    {
        Console.Error.WriteLine(refusal.Sentence(CultureInfo.CurrentUICulture));
        foreach (var fault in refusal.Faults) Console.Error.WriteLine($"  {fault.Path}: {fault.Sentence(CultureInfo.CurrentUICulture)}");
        return 1;
    }

    /// <summary>What is exported stands under its name only when it is whole.</summary>
    private static Task<int> ExportAsync(string[] settings, string file, Func<IServiceProvider, Stream, bool, Task> export, CancellationToken stop) =>
        WithPortalAsync(settings, async services =>
        {
            var path = CallersFolder.Of(file);
            var unfinished = path + ".part";
            try
            {
                await using (var stream = File.Create(unfinished)) await export(services, stream, path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));
                File.Move(unfinished, path, overwrite: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new SettingFaultException(PortalText.Get("Transfer.CannotWrite", path, fault.Message), fault);
            }

            Console.WriteLine(PortalText.Get("Transfer.Exported", path));
            return 0;
        }, stop);

    private static async Task ExportMarcAsync(IServiceProvider services, Stream stream, bool isXml, CancellationToken stop)
    {
        var export = services.GetRequiredService<MarcExport>();
        var progress = new Told<long>(records => PortalText.Get("Transfer.Records", records));
        if (isXml) await export.WriteXmlAsync(stream, progress, stop);
        else await export.WriteIso2709Async(stream, progress, stop);
    }

    private static async Task<int> WithPortalAsync(string[] settings, Func<IServiceProvider, Task<int>> work, CancellationToken stop)
    {
        await using var portal = PortalHost.Build(settings);
        await MigrateCommand.ApplyAsync(portal.Services, stop);
        await using var scope = portal.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Progress as lines on standard error, in order, on the worker's own thread.</summary>
    private sealed class Told<T>(Func<T, string> sentence) : IProgress<T>
    {
        public void Report(T value) => Console.Error.WriteLine(sentence(value));
    }
}
