using Metro.Library;
using Metro.Library.Members;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>The card in the size of a bank card, to be printed; and a new one when it was lost.</summary>
internal sealed class CardModel(MemberAccounts accounts, LibrarySettings settings) : MemberFilePage
{
    /// <summary>Whose card it is.</summary>
    public LibrarySettings Library => settings;

    public async Task<IActionResult> OnPostReplaceAsync(CancellationToken stop) => After((await accounts.ReplaceCardAsync(Id, Staff, stop)).Refusal, "Done.Card", "/card");
}
