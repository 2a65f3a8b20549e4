namespace Metro.Content;

/// <summary>What became of a recipe's step.</summary>
public enum StepFate
{
    /// <summary>Acted on.</summary>
    Imported,

    /// <summary>Not acted on, but kept: an export has it again.</summary>
    Parked,

    /// <summary>Neither acted on nor kept.</summary>
    Unsupported,
}

/// <summary>What became of one step.</summary>
/// <param name="Index">Its place in the recipe, from 0.</param>
/// <param name="Name">Its name as written.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Added">How many things it added.</param>
/// <param name="Changed">How many it changed.</param>
/// <param name="Unchanged">How many were there already, the same.</param>
/// <param name="Notes">What was left out, with the place in the recipe.</param>
public sealed record StepReport(int Index, string Name, StepFate Fate, int Added, int Changed, int Unchanged, IReadOnlyList<Fault> Notes);

/// <summary>What an import did, or a dry run would do.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="IsDryRun">Whether nothing was kept.</param>
/// <param name="Steps">Each step, in the recipe's order.</param>
public sealed record RecipeReport(string Recipe, bool IsDryRun, IReadOnlyList<StepReport> Steps)
{
    /// <summary>Whether the import changed nothing: all was there already.</summary>
    public bool ChangesNothing => Steps.All(step => step is { Added: 0, Changed: 0 });
}

/// <summary>How a recipe is imported.</summary>
public sealed record RecipeOptions
{
    /// <summary>Do all of it, report, and undo it.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Whether a file that the package lacks is passed over and reported, its expression kept as written,
    /// instead of refusing the recipe: for recipes that come without their theme's files.
    /// </summary>
    public bool KeepMissingFiles { get; init; }

    /// <summary>What <c>parameters('…')</c> gives, beside AdminUserId and AdminUsername, which are the importer's.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Told after each item how many are done, of how many.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}
