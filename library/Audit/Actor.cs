using System.Globalization;

namespace Metro.Library;

/// <summary>What sort of person or program acts.</summary>
public enum ActorKind
{
    /// <summary>A member, for themselves or for a child whose guardian they are.</summary>
    Member,

    /// <summary>Someone who works at the library.</summary>
    Staff,

    /// <summary>The portal itself: a job, an import.</summary>
    System,
}

/// <summary>Who does something, as it will stand in the audit trail.</summary>
public sealed record Actor
{
    private Actor(ActorKind kind, string id, string name) => (Kind, Id, Name) = (kind, id, name);

    /// <summary>What sort of actor.</summary>
    public ActorKind Kind { get; }

    /// <summary>The member's key, the staff account's key, or the name of the job.</summary>
    public string Id { get; }

    /// <summary>A name for people; at most 200 characters are kept.</summary>
    public string Name { get; }

    /// <summary>The member's key; null for staff and for the system.</summary>
    public long? MemberId => Kind == ActorKind.Member ? long.Parse(Id, CultureInfo.InvariantCulture) : null;

    /// <summary>A member who acts.</summary>
    public static Actor Member(long id, string name) => new(ActorKind.Member, id.ToString(CultureInfo.InvariantCulture), name);

    /// <summary>Someone of the staff, by the key of their account.</summary>
    public static Actor Staff(string id, string name) => new(ActorKind.Staff, id, name);

    /// <summary>A part of the portal that acts by itself, by its name.</summary>
    public static Actor System(string name) => new(ActorKind.System, name, name);
}
