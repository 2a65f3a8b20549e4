using Metro.Content;
using Metro.Library.Programs;
using Metro.Library.Spaces;

namespace Metro.Portal.Schema.Programs;

/// <summary>
/// Which content presents what: the key that the library keeps of a program or a space is the code that editors write into the
/// content about it. Library and content know nothing of each other; here alone they are joined.
/// </summary>
public static class Presentation
{
    /// <summary>The field of content that presents a program; its value is the program's <see cref="LibraryProgram.ContentKey"/>.</summary>
    public const string ProgramField = "ProgramCode";

    /// <summary>The field of content that presents a space; its value is the space's <see cref="Space.ContentKey"/>.</summary>
    public const string SpaceField = "SpaceCode";

    extension(ContentReader reader)
    {
        /// <summary>The published content that presents programs, by their keys; a key that nothing presents is missing.</summary>
        /// <param name="keys">The programs' keys.</param>
        /// <param name="culture">The reader's language.</param>
        /// <param name="stop">Stops the query.</param>
        public Task<IReadOnlyDictionary<string, OfferedItem>> PresentingProgramsAsync(IReadOnlyCollection<string> keys, string culture, CancellationToken stop = default) =>
            reader.PresentingAsync(ProgramField, keys, culture, stop);

        /// <summary>The published content that presents spaces, by their keys; a key that nothing presents is missing.</summary>
        /// <inheritdoc cref="PresentingProgramsAsync"/>
        public Task<IReadOnlyDictionary<string, OfferedItem>> PresentingSpacesAsync(IReadOnlyCollection<string> keys, string culture, CancellationToken stop = default) =>
            reader.PresentingAsync(SpaceField, keys, culture, stop);

        private async Task<IReadOnlyDictionary<string, OfferedItem>> PresentingAsync(string field, IReadOnlyCollection<string> keys, string culture, CancellationToken stop)
        {
            var found = await reader.ByFieldAsync(field, keys, culture, stop);
            // Where several items have one code, the one in the reader's own language is meant.
            return found.ToDictionary(same => same.Key, same => same.OrderBy(one => one.IsFallback).First());
        }
    }
}
