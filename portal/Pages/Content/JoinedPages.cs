using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Content;

/// <summary>
/// Content that presents something which the library plans is read on that thing's own page, beside its sessions and seats or its
/// free slots. The two are joined by the program's or space's content key.
/// </summary>
internal sealed class JoinedPages(LibraryDbContext db)
{
    /// <summary>The page of what the item presents, in the reader's language; null where it stands for itself.</summary>
    public async Task<string?> AddressOfAsync(ContentItem item, CancellationToken stop)
    {
        if (item.Type == "SpacePage")
        {
            return item.Text("SpaceCode") is { Length: > 0 } space
                && await db.Spaces.AsNoTracking().Where(one => one.ContentKey == space && one.IsActive).OrderBy(one => one.Id).Select(one => (long?)one.Id).FirstOrDefaultAsync(stop) is { } spaceId
                ? Address($"/spaces/{spaceId}") : null;
        }

        return item.Text("ProgramCode") is { Length: > 0 } program
            && await db.Programs.AsNoTracking().ForThePublic().Where(one => one.ContentKey == program).OrderBy(one => one.Id).Select(one => (long?)one.Id).FirstOrDefaultAsync(stop) is { } programId
            ? Address($"/programs/{programId}") : null;
    }

    private static string Address(FormattableString path) => PortalChrome.InLanguage(path.ToString(CultureInfo.InvariantCulture));
}
