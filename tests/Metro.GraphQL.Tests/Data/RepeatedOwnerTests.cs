using Metro.Data;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data;
using Metro.GraphQL.Tests.Annotations;
using Metro.GraphQL.Tests.Execution;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Data;

/// <summary>Lists of objects that an answer holds several times, because several others lead to them.</summary>
public sealed class RepeatedOwnerTests
{
    [Fact]
    public async Task Whoever_stands_several_times_has_its_list_each_time()
    {
        var settings = await TestDatabase.EmptyAsync("clubs");
        await using var db = new ClubDbContext((DbContextOptions<ClubDbContext>)new DbContextOptionsBuilder<ClubDbContext>().UseDatabase(settings, "clubs").Options);
        await db.Database.EnsureCreatedAsync();
        var (ana, budi) = (new Reader { Id = 1, Name = "Ana", Loans = [new() { Title = "Bumi" }, new() { Title = "Laut" }] }, new Reader { Id = 2, Name = "Budi" });
        db.AddRange(new Club { Id = 1, Readers = [ana, budi] }, new Club { Id = 2, Readers = [ana] });
        await db.SaveChangesAsync();
        var executor = Server.Of(builder => builder.AddQueryType<Clubs>(), services => services.AddSingleton(db));

        var answer = await executor.JsonAsync("{ clubs { id readers { name loans { title } } } }");

        Execute.Same(
            """
            {"data":{"clubs":[
              {"id":1,"readers":[{"name":"Ana","loans":[{"title":"Bumi"},{"title":"Laut"}]},{"name":"Budi","loans":[]}]},
              {"id":2,"readers":[{"name":"Ana","loans":[{"title":"Bumi"},{"title":"Laut"}]}]}]}}
            """,
            answer);
        await TestDatabase.DropAsync(settings);
    }

    public sealed class Clubs
    {
        [UseProjection]
        public IQueryable<Club> GetClubs(ClubDbContext db) => db.Set<Club>().OrderBy(club => club.Id);
    }

    public sealed class Club
    {
        public int Id { get; set; }

        public List<Reader> Readers { get; set; } = [];
    }

    public sealed class Reader
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public List<Loan> Loans { get; set; } = [];

        [GraphQLIgnore]
        public List<Club> Clubs { get; set; } = [];
    }

    public sealed class Loan
    {
        public int Id { get; set; }

        public string Title { get; set; } = "";
    }

    public sealed class ClubDbContext(DbContextOptions<ClubDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Club>();
    }
}
