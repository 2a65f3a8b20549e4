using System.Globalization;
using Metro.Library;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>Where staff read more about what takes place in a space.</summary>
internal static class SpaceUseShown
{
    /// <summary>The page of a booking, visit or session; null for anything else.</summary>
    public static string? OfUse(this IUrlHelper url, Subject subject)
    {
        var id = subject.Id.ToString(CultureInfo.InvariantCulture);
        return subject.Kind switch
        {
            "booking" => url.Content($"~/desk/bookings/{id}"),
            "visit" => url.Content($"~/desk/visits/{id}"),
            "session" => url.Content($"~/desk/sessions/{id}"),
            _ => null,
        };
    }
}
