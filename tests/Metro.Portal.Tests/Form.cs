using System.Net;
using System.Text.RegularExpressions;

namespace Metro.Portal.Tests;

/// <summary>A form as a browser would send it: its hidden fields as the page gave them, and what was typed.</summary>
internal static partial class Form
{
    public static FormUrlEncodedContent Of(string html, params (string Name, string Value)[] typed) => new(
        Hidden().Matches(html).Select(input => KeyValuePair.Create(
                WebUtility.HtmlDecode(Name().Match(input.Value).Groups["name"].Value),
                WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value)))
            .Where(field => field.Key is "__RequestVerificationToken" or "ReturnTo")
            .DistinctBy(field => field.Key)
            .Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex(" name=\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
