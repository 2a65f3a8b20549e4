using Metro.Portal.Accounts;
using Metro.Portal.Web;
using Metro.Theme;

namespace Metro.Portal.People;

/// <summary>The ways through an account and through the rooms of the staff, in the order of their menus.</summary>
internal static class Ways
{
    /// <summary>The pages of an account.</summary>
    /// <param name="page">The page that is open.</param>
    public static IReadOnlyList<SiteLink> OfAccount(AccountPage page)
    {
        // Only pages of a member are opened for a child.
        SiteLink Member(string name, string path) => new(PeopleText.Get(name), page.At(path), IsAt(page.Request, path));
        SiteLink Own(string name, string path) => new(PeopleText.Get(name), PortalChrome.InLanguage(path), IsAt(page.Request, path));

        return
        [
            Member("Account", "/account"),
            .. page.Acting is null ? [] : (SiteLink[])
            [
                Member("Loans", "/account/loans"),
                Member("Holds", "/account/holds"),
                Member("ELoans", "/account/e-loans"),
                Member("Fines", "/account/fines"),
            ],
            Member("Registrations", "/account/registrations"),
            Member("Bookings", "/account/bookings"),
            .. page.Acting?.Member.Npsn is null ? [] : (SiteLink[])[Member("Visits", "/account/visits")],
            Member("Attendance", "/account/attendance"),
            .. page.Acting is null ? [] : (SiteLink[])
            [
                Member("Borrow", "/account/borrow"), Member("ReturnByPhone", "/account/return"), Member("Card", "/account/card"),
                Member("Messages", "/account/messages"), Member("OwnCalendar", "/account/calendar"),
            ],
            Member("Membership", "/account/membership"),
            .. page.Acting is null ? [] : (SiteLink[])[Member("Details", "/account/details")],
            .. page.For is null && page.Acting is not null ? [Own("Family", "/account/family")] : (SiteLink[])[],
            Member("Privacy", "/account/privacy"),
            .. page.For is null ? [Own("Security", "/account/security"), Own("Tokens", "/account/tokens")] : (SiteLink[])[],
        ];
    }

    /// <summary>The rooms of the desk.</summary>
    /// <param name="request">The request for the page that is open.</param>
    public static IReadOnlyList<LinkGroup> OfDesk(HttpRequest request)
    {
        SiteLink Way(string name, string path) => new(PeopleText.Get(name), PortalChrome.InLanguage(path), IsAt(request, path));

        return
        [
            new(PeopleText.Get("Desk"),
            [
                Way("Lend", "/desk"), Way("Return", "/desk/return"), Way("Reading", "/desk/reading"), Way("Members", "/desk/members"), Way("Applications", "/desk/applications"),
                Way("Lists", "/desk/lists"),
            ]),
            new(PeopleText.Get("Office"),
            [
                Way("Catalog", "/desk/catalog"), Way("Visits", "/desk/visits"), Way("Schools", "/desk/schools"), Way("Spaces", "/desk/spaces"), Way("Programs", "/desk/programs"), Way("Door", "/desk/door"),
                Way("Calendar", "/desk/calendar"), Way("Appeals", "/desk/appeals"),
                .. request.HttpContext.User.IsInRole(Role.Administrator) ? [Way("Policies", "/desk/policies"), Way("Audit", "/desk/audit")] : (SiteLink[])[],
            ]),
            new(PeopleText.Get("Self"), [Way("Point", "/desk/point")]),
            new(PeopleText.Get("House"), [Way("Mail", "/admin/mail"), Way("Jobs", "/admin/jobs"), .. request.HttpContext.User.IsInRole(Role.Administrator) ? [Way("Accounts", "/admin/accounts")] : (SiteLink[])[]]),
        ];
    }

    private static bool IsAt(HttpRequest request, string path) =>
        request.Path == path || (path is not ("/account" or "/desk") && request.Path.StartsWithSegments(path, StringComparison.Ordinal));
}

