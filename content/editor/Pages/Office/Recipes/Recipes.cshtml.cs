using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Recipes;

/// <summary>
/// Content in and out as Orchard Core's recipes. A file that comes in is first tried: each step and each fault is shown
/// before anything is changed.
/// </summary>
[RequestSizeLimit(LargestUpload)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
internal sealed class RecipesModel(
    ContentTypes types, ContentSettings settings, RecipeImport import, RecipeExport export, ParkedSteps parked, TimeProvider clock)
    : OfficePage(types, settings)
{
    private const long LargestUpload = 1_100_000_000;

    protected override string? Permission => ContentPermissions.ManageRecipes;

    public IReadOnlyList<ParkedStep> Parked { get; private set; } = [];

    /// <summary>What a recipe did, or would do; null when none was sent.</summary>
    public RecipeReport? Report { get; private set; }

    /// <summary>What is wrong with a recipe, each with its place in the JSON.</summary>
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>By what a recipe that was tried is imported.</summary>
    public string? Token { get; private set; }

    /// <summary>Whether a file that the package lacks is passed over.</summary>
    [BindProperty]
    public bool WithoutFiles { get; set; }

    public async Task OnGetAsync(CancellationToken stop) => Parked = await parked.ListAsync(stop);

    public async Task<IActionResult> OnPostTryAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null)
        {
            Trouble = OfficeText.Get("recipes.no_file");
            return Go("/recipes");
        }

        await using var bytes = file.OpenReadStream();
        var token = await UploadedRecipes.KeepAsync(Person, bytes, clock.GetUtcNow().UtcDateTime, stop);
        await using var kept = UploadedRecipes.Open(Person, token)!;
        if (await RunAsync(kept, isDryRun: true, stop)) Token = token;
        else UploadedRecipes.Forget(Person, token);
        await OnGetAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostImportAsync(string? token, CancellationToken stop)
    {
        await using (var kept = UploadedRecipes.Open(Person, token))
        {
            if (kept is null)
            {
                Trouble = OfficeText.Get("recipes.gone");
                return Go("/recipes");
            }

            await RunAsync(kept, isDryRun: false, stop);
        }

        UploadedRecipes.Forget(Person, token!);
        await OnGetAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string hash, CancellationToken stop) =>
        Answer(await parked.RemoveAsync(Person, hash, stop), OfficeText.Get("recipes.parked_removed"), "/recipes");

    /// <summary>The content as a file. It is written apart first: a fault on the way never looks like a whole export.</summary>
    public async Task<IActionResult> OnGetExportAsync(string? what, string[] only, string? format, bool drafts, CancellationToken stop)
    {
        var chosen = only.Where(name => Types.Any(type => type.Name == name)).Distinct().ToArray();
        if (what == "some" && chosen.Length == 0)
        {
            Trouble = OfficeText.Get("recipes.choose");
            return Go("/recipes");
        }

        var options = new RecipeExportOptions { WithDrafts = drafts, Types = what == "some" ? chosen : null };
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"metro-export-{ContentId.New()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81_920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            if (format == "zip") await export.WriteZipAsync(file, options, stop);
            else await export.WriteJsonAsync(file, options, stop);
            file.Position = 0;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        var day = TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return format == "zip" ? File(file, "application/zip", $"content-{day}.zip") : File(file, "application/json", $"content-{day}.recipe.json");
    }

    /// <returns>Whether the recipe can be, or was, imported.</returns>
    private async Task<bool> RunAsync(Stream bytes, bool isDryRun, CancellationToken stop)
    {
        var read = RecipePackage.Read(bytes);
        if (!read.Succeeded) return Refuse(read.Refusal);

        using var package = read.Result;
        var done = await import.ImportAsync(Person, package, new RecipeOptions { DryRun = isDryRun, KeepMissingFiles = WithoutFiles }, stop);
        if (!done.Succeeded) return Refuse(done.Refusal);

        Report = done.Result;
        return true;
    }

    private bool Refuse(Refusal refusal)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Refused = OfficeText.Get("recipes.refused");
        Faults = refusal.Faults.Count > 0 ? refusal.Faults : [new Fault(refusal.Code, "$", refusal.Values)];
        return false;
    }
}
