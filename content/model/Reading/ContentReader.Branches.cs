using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

public sealed partial class ContentReader
{
    private const int MostTaxonomies = 100;
    private const int LargestBranch = 500;

    /// <summary>For each version of a taxonomy, each term with all below it. Versions never change, so what is here is true for good.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string[]>> BranchesByVersion = new(StringComparer.Ordinal);

    /// <summary>Each term with those below it, to any depth: who asks for a term means its children too.</summary>
    private async Task<IReadOnlyList<string[]>> BranchesAsync(IReadOnlyList<string> terms, CancellationToken stop)
    {
        if (terms.Count == 0) return [];

        var versions = await Rows().Where(row => row.Type == nameof(Types.Taxonomy) && row.Culture == "").OrderBy(row => row.StartsUtc).ThenBy(row => row.ItemId)
            .Select(row => row.VersionId).Take(MostTaxonomies).ToListAsync(stop);
        var unknown = versions.Where(version => !BranchesByVersion.ContainsKey(version)).ToArray();
        if (unknown.Length > 0)
        {
            if (BranchesByVersion.Count > 10 * MostTaxonomies) BranchesByVersion.Clear();
            foreach (var version in await db.Versions.AsNoTracking().Where(version => unknown.Contains(version.VersionId)).Select(version => new { version.VersionId, version.Doc }).ToListAsync(stop))
                BranchesByVersion[version.VersionId] = BranchesOf(ContentJson.Read(version.Doc));
        }

        var branches = versions.Select(version => BranchesByVersion.GetValueOrDefault(version)).OfType<IReadOnlyDictionary<string, string[]>>().ToList();
        return [.. terms.Select(term => branches.Select(each => each.GetValueOrDefault(term)).FirstOrDefault(branch => branch is not null) ?? [term])];
    }

    private static Dictionary<string, string[]> BranchesOf(JsonObject taxonomy)
    {
        var branches = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Collect(taxonomy.At("TaxonomyPart", "Terms") as JsonArray);
        return branches;

        List<string> Collect(JsonArray? terms)
        {
            var all = new List<string>();
            foreach (var term in terms?.OfType<JsonObject>() ?? [])
            {
                if (term.Text("ContentItemId") is not { } id) continue;

                List<string> branch = [id, .. Collect(term["Terms"] as JsonArray)];
                branches[id] = [.. branch.Take(LargestBranch)];
                all.AddRange(branch);
            }

            return all;
        }
    }
}
