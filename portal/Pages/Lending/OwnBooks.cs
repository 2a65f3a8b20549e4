using Metro.Library;
using Metro.Library.Catalog;
using Metro.Portal.Pages.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Lending;

/// <summary>The titles of what somebody has or waits for, with what their rows show; also titles that have left the catalogue since.</summary>
internal static class OwnBooks
{
    extension(LibraryDbContext db)
    {
        public async Task<IReadOnlyDictionary<long, BookLine>> BooksOfAsync(IEnumerable<long> titleIds, CancellationToken stop)
        {
            var ids = titleIds.Distinct().ToArray();
            var titles = await db.Titles.AsNoTracking().Whole().Where(title => ids.Contains(title.Id)).ToListAsync(stop);
            return (await db.BookLinesAsync(titles, stop)).ToDictionary(line => line.Title.Id);
        }
    }
}
