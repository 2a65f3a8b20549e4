using System.Globalization;

namespace Metro.Library;

/// <summary>What an audit line or a message is about, written as <c>loan:42</c>.</summary>
/// <param name="Kind">One word in lower case, such as <c>loan</c>, <c>hold</c>, <c>session</c>.</param>
/// <param name="Id">Its key.</param>
public readonly record struct Subject(string Kind, long Id)
{
    /// <summary>The most characters that a written subject has.</summary>
    public const int MaxLength = 60;

    /// <summary>The written form, which is how it is stored.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Id}");
}
