using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

/// <summary>What holds for every table.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task Every_text_has_a_limit()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();

        var unlimited = db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null)
            .SelectMany(entity => entity.GetProperties())
            .Where(property => (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) == typeof(string) && property.GetMaxLength() is null)
            .Select(property => $"{property.DeclaringType.DisplayName()}.{property.Name}");

        Assert.Empty(unlimited);
    }

    [Fact]
    public async Task A_text_beyond_its_limit_is_refused_by_the_database_too()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();
        var branch = await db.Branches.FirstAsync();
        branch.Name = new string('a', 201);

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_refusal_undoes_what_was_saved_before_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        await using var db = library.NewContext();

        var refusal = await db.WriteAsync(async stop =>
        {
            (await db.Branches.FirstAsync(stop)).Name = "Berubah";
            await db.SaveChangesAsync(stop);
            return (Refusal?)new Refusal("input.not_a_phone", "x");
        });

        Assert.Equal("input.not_a_phone", refusal?.Code);
        Assert.DoesNotContain(db.Branches, branch => branch.Name == "Berubah");
    }
}
