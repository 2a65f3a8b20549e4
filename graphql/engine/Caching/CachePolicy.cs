using System.Collections.Immutable;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Caching;

/// <summary>How long a whole answer holds: as long as the part of it that holds shortest, and for whom its most private part may be kept.</summary>
/// <param name="MaxAge">Seconds.</param>
/// <param name="SharedMaxAge">Seconds in a shared cache; null for <paramref name="MaxAge"/>.</param>
/// <param name="IsPrivate">Whether any part is for the one who asked.</param>
/// <param name="Vary">The request headers it depends on, in order.</param>
internal sealed record CachePolicy(int MaxAge, int? SharedMaxAge, bool IsPrivate, ImmutableSortedSet<string> Vary)
{
    // An operation with more fields than this is not worth keeping, nor worth looking at.
    private const int MaxVisits = 10_000;

    public static CachePolicy Never { get; } = new(0, null, true, []);

    public static CachePolicy Of(Schema schema, SelectionSet root)
    {
        var found = new Finder(schema);
        found.Add(root, null);
        return found.IsExhausted || found.MaxAge is not { } age
            ? Never
            : new(age, found.SharedMaxAge, found.IsPrivate, found.Vary.ToImmutable());
    }

    private sealed class Finder(Schema schema)
    {
        private int _visits;

        public int? MaxAge { get; private set; }

        public int? SharedMaxAge { get; private set; }

        public bool IsPrivate { get; private set; }

        public ImmutableSortedSet<string>.Builder Vary { get; } = ImmutableSortedSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);

        public bool IsExhausted => _visits > MaxVisits;

        /// <summary>Takes in the fields below a field of this age; null at the root.</summary>
        public void Add(SelectionSet selections, int? above)
        {
            foreach (var selection in selections.Selections)
            {
                if (++_visits > MaxVisits || MaxAge is 0) return;
                if (selection.IsTypeName) continue;

                var hint = CacheHint.Of(selection.Field);
                var isComposite = selection.IsComposite;
                // What nobody spoke for does not hold: at the root, and where another object begins. A leaf holds with its object.
                var age = hint is { MaxAge: { } given } ? given
                    : above is { } inherited && (!isComposite || hint?.InheritMaxAge is true) ? inherited
                    : 0;
                MaxAge = Math.Min(MaxAge ?? age, age);
                var shared = hint?.SharedMaxAge ?? (hint?.MaxAge is null ? null : age);
                if (hint?.SharedMaxAge is not null || SharedMaxAge is not null)
                    SharedMaxAge = Math.Min(SharedMaxAge ?? int.MaxValue, shared ?? SharedMaxAge ?? age);
                IsPrivate |= hint?.Scope is CacheControlScope.Private;
                Vary.UnionWith(hint?.Vary ?? []);

                if (!isComposite) continue;
                foreach (var possible in schema.PossibleTypes(selection.Field.Type.Named))
                {
                    if (++_visits > MaxVisits) return;
                    Add(selection.SelectionsOn(possible), age);
                }
            }
        }
    }
}
