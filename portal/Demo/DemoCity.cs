using Metro.Content;
using Metro.Data;
using Metro.Library;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Demo;

/// <summary>
/// Fills an empty database with a demonstration city, through the doors by which a real one comes in: the importers and the
/// library's verbs. Three steps, each whole or not at all, each noted in the audit trail: the library in one transaction, the
/// content in one, the accounts each by itself and found again by their address. A start after a killed one goes on where it
/// ended, and a database with anything in it that is not the demonstration's is left alone.
/// </summary>
internal sealed class DemoCity(IServiceScopeFactory scopes, DatabaseSettings database, LibrarySettings settings, TimeProvider clock)
{
    /// <summary>Loads what is missing.</summary>
    /// <returns>Whether the demonstration is there now.</returns>
    public async Task<bool> LoadAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var done = await DoneAsync(db, stop);
        if (!done.Contains(LibraryCame))
        {
            if (!await IsEmptyAsync(scope.ServiceProvider, stop) || !await BringLibraryAsync(stop)) return false;
        }

        if (!done.Contains(ContentCame)) await NoteAsync(db, ContentCame, () => BringContentAsync(scope.ServiceProvider, stop), stop);
        if (!done.Contains(AccountsCame)) await NoteAsync(db, AccountsCame, () => DemoAccounts.OpenAsync(scope.ServiceProvider, stop), stop);
        return true;
    }

    private async Task<bool> BringLibraryAsync(CancellationToken stop)
    {
        var present = clock.GetUtcNow().UtcDateTime;
        await using var city = new City(database, settings, present);
        var came = false;
        await city.Db.WriteTogetherAsync(async inner =>
        {
            // Another node may have been faster, or somebody at the desk.
            if (await HasBooksOrPeopleAsync(city.Db, inner)) return;

            await city.LiveAsync(inner);
            await city.Db.WriteAsync(async write =>
            {
                city.Db.Audit(Demo, LibraryCame, Subject, present);
                await city.Db.SaveChangesAsync(write);
            }, inner);
            came = true;
        }, stop);
        return came;
    }

    private static async Task BringContentAsync(IServiceProvider services, CancellationToken stop)
    {
        using var recipe = DemoContent.Open();
        var today = services.GetRequiredService<Metro.Library.Calendar.LibraryCalendar>().Today;
        var imported = await services.GetRequiredService<RecipeImport>().ImportAsync(ContentUser.Portal, recipe, DemoContent.On(today), stop);
        if (!imported.Succeeded) throw new InvalidOperationException($"The demonstration content was refused: {string.Join("; ", imported.Refusal.Faults.Take(5))}");
    }

    /// <summary>An account is no content: whoever made one before the first start may still want to see the city.</summary>
    private static async Task<bool> IsEmptyAsync(IServiceProvider services, CancellationToken stop) =>
        !await HasBooksOrPeopleAsync(services.GetRequiredService<LibraryDbContext>(), stop)
        && (await services.GetRequiredService<EditorList>().FindAsync(ContentUser.Portal, new EditorQuery { PageSize = 1 }, stop)) is { Succeeded: true, Result.Count: 0 };

    private static async Task<bool> HasBooksOrPeopleAsync(LibraryDbContext db, CancellationToken stop) =>
        await db.Branches.AnyAsync(stop) || await db.Titles.AnyAsync(stop) || await db.Members.AnyAsync(stop) || await db.Programs.AnyAsync(stop)
        || await db.Spaces.AnyAsync(stop) || await db.Schools.AnyAsync(stop);

    private static async Task<HashSet<string>> DoneAsync(LibraryDbContext db, CancellationToken stop) =>
        [.. await db.AuditLines.Where(line => line.Subject == Subject.ToString()).Select(line => line.Action).ToListAsync(stop)];

    private async Task NoteAsync(LibraryDbContext db, string step, Func<Task> take, CancellationToken stop)
    {
        await take();
        await db.WriteAsync(async inner =>
        {
            db.Audit(Demo, step, Subject, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(inner);
        }, stop);
    }

    private const string LibraryCame = "demo.library";
    private const string ContentCame = "demo.content";
    private const string AccountsCame = "demo.accounts";

    private static readonly Actor Demo = Actor.System("demo");
    private static readonly Subject Subject = new("demo", 1);
}
