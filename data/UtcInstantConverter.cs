using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Metro.Data;

/// <summary>
/// Instants are stored as UTC and marked so when read back. An instant of another kind is a programmer's
/// mistake: it would move by seven hours without a word, so writing it throws. Public because compiled models name it.
/// </summary>
public sealed class UtcInstantConverter() : ValueConverter<DateTime, DateTime>(
    instant => Checked(instant),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc))
{
    /// <summary>The instant itself, when it is UTC.</summary>
    /// <param name="instant">What is to be stored.</param>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public static DateTime Checked(DateTime instant) => instant.Kind == DateTimeKind.Utc
        ? instant
        : throw new InvalidOperationException($"{instant:O} is {instant.Kind}; only UTC instants are stored.");
}
