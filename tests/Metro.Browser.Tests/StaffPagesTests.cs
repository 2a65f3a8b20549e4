using Metro.Portal.Accounts;

namespace Metro.Browser.Tests;

/// <summary>The pages on which staff watch jobs and mails, and people make tokens for their programs.</summary>
public sealed class StaffPagesTests(Browsing browsing)
{
    [Fact]
    public async Task Everybody_can_use_every_page()
    {
        var page = await browsing.SignedInAsync(Role.Administrator);

        await Usable.PagesAsync(
            page,
            "/admin/jobs", "/admin/mail", "/admin/mail/letters", "/admin/mail/person", "/admin/mail/templates", "/admin/mail/templates/circulation.hold_ready", "/account/tokens");
    }
}
