using System.Reflection;
using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Metro.Portal.Tests;

/// <summary>A start reads each context's model from code that was written beforehand (decision 0026).</summary>
public sealed class CompiledModelTests
{
    public static TheoryData<string, DatabaseProvider> Contexts =>
        new MatrixTheoryData<string, DatabaseProvider>(["library", "content", "accounts", "scheduler"], Enum.GetValues<DatabaseProvider>());

    [Theory]
    [MemberData(nameof(Contexts))]
    public void What_a_start_reads_of_a_model_is_what_its_classes_say(string module, DatabaseProvider provider)
    {
        using var context = Open(module, provider);
        var compiled = context.Model;
        var described = context.GetService<IModelSource>().GetModel(context, context.GetService<ModelCreationDependencies>(), designTime: false);
        var command = $"Run ./migrations.sh --models {module}";

        Assert.True(compiled.GetType() != described.GetType(), $"{context.GetType().Name} has no compiled model. {command}");
        var (written, said) = (Lines(compiled), Lines(described));
        var apart = written.Zip(said).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(
            apart == default && written.Length == said.Length,
            $"The compiled model of {context.GetType().Name} is not what its classes say any more. {command}\nIt has: {apart.First}\nThey say: {apart.Second}");
    }

    private static string[] Lines(IModel model) =>
    [
        // What a question by hand-written SQL has added since is no part of the model.
        .. model.ToDebugString(MetadataDebugStringOptions.LongDefault).Split("Ad-hoc entity types:")[0].Split("\nAnnotations:")[0].TrimEnd().Split('\n'),
        .. model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault).Split('\n'),
        .. from entity in model.GetEntityTypes()
           from property in entity.GetProperties()
           select $"{entity.Name}.{property.Name} {property.GetValueConverter()?.GetType().Name}",
    ];

    private static DbContext Open(string module, DatabaseProvider provider)
    {
        var assembly = Assembly.Load(module switch { "library" => "Metro.Library", "content" => "Metro.Content", "scheduler" => "Metro.Scheduler", _ => "Metro.Portal" });
        var type = assembly.GetTypes().Single(type => !type.IsAbstract && type.IsSubclassOf(typeof(DbContext)) && type.Name.StartsWith(provider.ToString(), StringComparison.Ordinal));
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        options.UseDatabase(new DatabaseSettings(provider, provider is DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Host=localhost"), module);
        return (DbContext)Activator.CreateInstance(type, options.Options)!;
    }
}
