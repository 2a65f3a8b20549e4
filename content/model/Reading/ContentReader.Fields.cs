using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

public sealed partial class ContentReader
{
    private const int MostSoughtValues = 500;

    /// <summary>
    /// The published items whose declared text field has one of these values, whatever their type, in the reader's language or the
    /// one that stands in for it: for those who know content by a code of their own.
    /// </summary>
    /// <param name="field">The name of a field that types declare as indexed, such as <c>ProgramCode</c>.</param>
    /// <param name="values">The values; at most 500 are looked for.</param>
    /// <param name="culture">The reader's language.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<ILookup<string, OfferedItem>> ByFieldAsync(string field, IReadOnlyCollection<string> values, string culture, CancellationToken stop = default)
    {
        var sought = values.Distinct().Take(MostSoughtValues).ToArray();
        if (sought.Length == 0) return Array.Empty<OfferedItem>().ToLookup(_ => "");

        var found = await (
            from value in db.Fields.AsNoTracking()
            where value.Scope == Scope.Published && value.Field == field && value.Culture == culture && value.Text != null && sought.Contains(value.Text)
            join row in db.Index.AsNoTracking() on new { value.ItemId, value.Scope, value.Culture } equals new { row.ItemId, row.Scope, row.Culture }
            join item in db.Items.AsNoTracking() on row.ItemId equals item.ItemId
            join version in db.Versions.AsNoTracking() on row.VersionId equals version.VersionId
            orderby row.ItemId
            select new { value.Text, row.IsFallback, item, version }).Take(2 * MostSoughtValues).ToListAsync(stop);
        return found.ToLookup(each => each.Text!, each => new OfferedItem(ContentItem.Of(each.item, each.version), each.IsFallback));
    }
}
