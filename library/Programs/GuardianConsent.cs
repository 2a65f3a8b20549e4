using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Programs;

/// <summary>What a guardian agrees to. Each purpose is asked by itself, and can be refused by itself (Law 27/2022, art. 22).</summary>
public enum GuardianConsentPurpose
{
    /// <summary>The child takes part and its details are kept for that.</summary>
    Participation,

    /// <summary>Pictures and films of the child may be published.</summary>
    Photographs,
}

/// <summary>How consent was given, so that it can be proven (Law 27/2022, art. 24).</summary>
public enum ConsentChannel
{
    /// <summary>By the guardian in the portal.</summary>
    Portal,

    /// <summary>By a signed form that the library keeps.</summary>
    PaperForm,

    /// <summary>In person at the desk.</summary>
    Desk,
}

/// <summary>
/// A guardian's recorded consent for somebody under 18 (DOMAIN.md rule 10; Law 27/2022, arts. 22, 24 and 25): one row a
/// purpose, with who, when, how and which wording they saw. Never deleted when withdrawn: that it was withdrawn is a fact too.
/// </summary>
public sealed class GuardianConsent
{
    private GuardianConsent()
    {
    }

    internal GuardianConsent(GuardianConsentGiven given, DateTime now)
    {
        (Purpose, GuardianName, GuardianContact) = (given.Purpose, given.GuardianName, given.GuardianContact);
        (Channel, Wording, GivenAt) = (given.Channel, given.Wording, now);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The registration.</summary>
    public long RegistrationId { get; private set; }

    /// <summary>What was agreed to.</summary>
    public GuardianConsentPurpose Purpose { get; private set; }

    /// <summary>Who agreed.</summary>
    public string GuardianName { get; private set; } = "";

    /// <summary>The guardian's telephone number or e-mail address.</summary>
    public string GuardianContact { get; private set; } = "";

    /// <summary>How it was given.</summary>
    public ConsentChannel Channel { get; private set; }

    /// <summary>Which version of the wording the guardian saw, such as <c>2026-01</c>.</summary>
    public string Wording { get; private set; } = "";

    /// <summary>When it was given, in UTC.</summary>
    public DateTime GivenAt { get; private set; }

    /// <summary>When it was withdrawn, in UTC; null while it holds.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    internal void Withdraw(DateTime now) => WithdrawnAt ??= now;

    internal const int ContactLimit = 254;
    internal const int WordingLimit = 40;
}

internal sealed class GuardianConsentConfiguration : IEntityTypeConfiguration<GuardianConsent>
{
    public void Configure(EntityTypeBuilder<GuardianConsent> builder)
    {
        builder.ToTable("registration_consents");
        builder.Property(consent => consent.GuardianName).HasMaxLength(Registration.NameLimit);
        builder.Property(consent => consent.GuardianContact).HasMaxLength(GuardianConsent.ContactLimit);
        builder.Property(consent => consent.Wording).HasMaxLength(GuardianConsent.WordingLimit);
        builder.HasIndex(consent => new { consent.RegistrationId, consent.Purpose }).IsUnique();
    }
}
