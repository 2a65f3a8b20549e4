using System.Reflection;
using Metro.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Migrations;

/// <summary>A module's context for one provider, and the services of EF Core that write code for it.</summary>
internal sealed class Module : IDisposable
{
    private readonly ServiceProvider services;
    private readonly IServiceScope scope;

    /// <param name="name">The module's name.</param>
    /// <param name="provider">The database.</param>
    /// <param name="checkout">The folder of the checkout.</param>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    public Module(string name, DatabaseProvider provider, string checkout)
    {
        var (assembly, folder) = name switch
        {
            "library" => (Assembly.Load("Metro.Library"), "library"),
            "content" => (Assembly.Load("Metro.Content"), "content/model"),
            "accounts" => (Assembly.Load("Metro.Portal"), "portal"),
            "scheduler" => (Assembly.Load("Metro.Scheduler"), "scheduler"),
            _ => throw new ArgumentException($"There is no module {name}.", nameof(name)),
        };
        var type = assembly.GetTypes().Single(t => !t.IsAbstract && t.IsSubclassOf(typeof(DbContext))
            && t.Name.StartsWith(provider.ToString(), StringComparison.Ordinal));
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        options.UseDatabase(new DatabaseSettings(provider, provider == DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Host=localhost"), name);

        Context = (DbContext)Activator.CreateInstance(type, options.Options)!;
        (Provider, Namespace, Folder) = (provider, assembly.GetName().Name!, Path.Combine(checkout, folder));
        var reporter = new OperationReporter(new OperationReportHandler(Console.Error.WriteLine, Console.Error.WriteLine));
        services = (ServiceProvider)new DesignTimeServicesBuilder(assembly, assembly, reporter, []).Build(Context);
        scope = services.CreateScope();
    }

    public DbContext Context { get; }

    public DatabaseProvider Provider { get; }

    /// <summary>The namespace of its project.</summary>
    public string Namespace { get; }

    /// <summary>The folder of its project.</summary>
    public string Folder { get; }

    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public void Dispose()
    {
        scope.Dispose();
        services.Dispose();
        Context.Dispose();
    }
}
