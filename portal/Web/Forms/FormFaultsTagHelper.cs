using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Metro.Portal.Web.Forms;

/// <summary>
/// What is wrong with a form, in one place above it, each fault leading to its question; nothing where nothing is wrong. It is an
/// alert, so that a screen reader says it as soon as the page is there (WCAG 2.2, 3.3.1 and 4.1.3). <c>&lt;form-faults /&gt;</c>
/// </summary>
[HtmlTargetElement("form-faults", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FormFaultsTagHelper : TagHelper
{
    /// <summary>The page that is drawn; filled in by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var faults = ViewContext.ModelState
            .SelectMany(field => field.Value?.Errors.Take(1).Select(error => (Name: field.Key, error.ErrorMessage)) ?? [])
            .DistinctBy(fault => fault).ToList();
        if (faults.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice notice--bad");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("id", "faults");
        // Whoever sent the form goes on from here, by keyboard too, and without a script.
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        if (faults is [("", var only)])
        {
            output.Content.AppendHtml("<p>").Append(only).AppendHtml("</p>");
            return;
        }

        output.Content.AppendHtml("<h2>").Append(FormText.Get("Faults")).AppendHtml("</h2>");
        var list = new TagBuilder("ul");
        foreach (var (name, sentence) in faults)
        {
            var item = new TagBuilder("li");
            if (name.Length == 0) item.InnerHtml.Append(sentence);
            else
            {
                var link = new TagBuilder("a");
                link.MergeAttribute("href", "#" + NameAndId.IdOf(name));
                link.InnerHtml.Append(sentence);
                item.InnerHtml.AppendHtml(link);
            }

            list.InnerHtml.AppendHtml(item);
        }

        output.Content.AppendHtml(list);
    }
}
