namespace Metro.Content.Types;

/// <summary>A menu, one per language: entries lead to pages, and may have entries below them.</summary>
public sealed class Menu : ContentTypeDef
{
    /// <inheritdoc cref="Menu"/>
    public Menu()
    {
        With<TitlePart>(required: true);
        With<AliasPart>(required: true);
        With<LocalizationPart>();
        With<MenuPart>();
        With<MenuItemsListPart>(containing: nameof(LinkMenuItem));
    }
}

/// <summary>An entry of a menu.</summary>
public sealed class LinkMenuItem : ContentTypeDef
{
    /// <inheritdoc cref="LinkMenuItem"/>
    public LinkMenuItem()
    {
        (IsCreatable, Stereotype) = (false, "MenuItem");
        With<LinkMenuItemPart>();
        With<MenuItemsListPart>(containing: nameof(LinkMenuItem));
    }
}
