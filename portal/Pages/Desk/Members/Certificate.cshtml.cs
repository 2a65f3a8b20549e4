using Metro.Library;
using Metro.Library.Members;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A certificate that a member owes nothing, as a letter to be printed and signed.</summary>
internal sealed class CertificateModel(LibraryDbContext db, LibrarySettings settings) : MemberFilePage
{
    /// <summary>Its key.</summary>
    [BindProperty(SupportsGet = true)]
    public long Number { get; set; }

    /// <summary>The certificate.</summary>
    public ClearanceCertificate Certificate { get; private set; } = null!;

    /// <summary>Who gives it.</summary>
    public LibrarySettings Library => settings;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await db.ClearanceCertificates.AsNoTracking().FirstOrDefaultAsync(one => one.Id == Number && one.MemberId == Id, stop) is not { } certificate) return NotFound();

        Certificate = certificate;
        return Page();
    }
}
