using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;

namespace Metro.Migrations;

/// <summary>A context's model as code, which EF Core would otherwise work out of the module's classes at every start (decision 0026).</summary>
internal static partial class CompiledModel
{
    /// <summary>Writes it anew.</summary>
    public static void Write(Module module)
    {
        var folder = Path.Combine(module.Folder, "CompiledModels", module.Provider.ToString());
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var files = module.Get<ICompiledModelScaffolder>().ScaffoldModel(
            // From the classes, even where an older compiled model is part of the build.
            module.Context.GetService<IDesignTimeModel>().Model,
            folder,
            new CompiledModelCodeGenerationOptions
            {
                ContextType = module.Context.GetType(),
                ModelNamespace = $"{module.Namespace}.CompiledModels.{module.Provider}",
                UseNullableReferenceTypes = true,
                Language = "C#",
                GeneratedFileNames = new HashSet<string>(StringComparer.Ordinal),
            });
        foreach (var file in files.Where(file => file.EndsWith("ModelBuilder.cs", StringComparison.Ordinal))) Identify(file, module);
        Console.WriteLine($"{module.Context.GetType().Name}: {files.Count} files in {folder}");
    }

    /// <summary>A model's identity is drawn by lot each time it is written; here it stays the same, so that only what changed shows in review.</summary>
    private static void Identify(string file, Module module)
    {
        var identity = new Guid(MD5.HashData(Encoding.UTF8.GetBytes(module.Context.GetType().FullName!)));
        File.WriteAllText(file, Drawn().Replace(File.ReadAllText(file), $"modelId: new Guid(\"{identity}\")"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    [GeneratedRegex("""modelId: new Guid\("[0-9a-f-]+"\)""")]
    private static partial Regex Drawn();
}
