using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Metro.Portal.Web.Forms;

/// <summary>
/// One question of a form: label, hint, fault and input, tied together for those who do not see them side by side (WCAG 2.2,
/// 1.3.1, 3.3.1, 3.3.2). What was typed stays, also when it could not be read.
/// <c>&lt;field asp-for="Phone" label="…" type="tel" autocomplete="tel" /&gt;</c>
/// </summary>
/// <remarks>Attributes that are not its own go to the input: <c>autocomplete</c>, <c>maxlength</c>, <c>inputmode</c>, <c>min</c>, <c>max</c>.</remarks>
[HtmlTargetElement("field", Attributes = "asp-for")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>What the answer is bound to.</summary>
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>The question, in the reader's language.</summary>
    public string Label { get; set; } = "";

    /// <summary>What helps to answer it; null for nothing.</summary>
    public string? Hint { get; set; }

    /// <summary>As of <c>input</c>; also <c>textarea</c>, and <c>select</c>, which is meant wherever there are <see cref="Items"/>. A Boolean is a checkbox.</summary>
    public string? Type { get; set; }

    /// <summary>What can be chosen.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>Whether it has to be answered; the others say that they need not.</summary>
    public bool Required { get; set; }

    /// <summary>Whether an answer that need not be given says so; no by itself where all of a form's are optional.</summary>
    public bool SayOptional { get; set; } = true;

    /// <summary>How many lines a <c>textarea</c> shows.</summary>
    public int Rows { get; set; } = 4;

    /// <summary>The page that is drawn; filled in by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = NameAndId.NameOf(For, ViewContext);
        var id = NameAndId.IdOf(name);
        ViewContext.ModelState.TryGetValue(name, out var entry);
        var isChoice = IsChoice;
        var input = Input(name, id, entry, [.. output.Attributes]);
        var (label, hint, fault) = (LabelOf(id, isChoice), HintOf(id), FaultOf(id, entry));
        if (string.Join(' ', new[] { hint, fault }.OfType<TagBuilder>().Select(one => one.Attributes["id"])) is { Length: > 0 } described)
            input.MergeAttribute("aria-describedby", described);
        if (fault is not null) input.MergeAttribute("aria-invalid", "true");

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", isChoice ? "field field--choice" : "field");
        TagBuilder?[] parts = isChoice ? [input, label, hint, fault] : [label, hint, fault, input];
        foreach (var part in parts.OfType<TagBuilder>()) output.Content.AppendHtml(part);
    }

    private bool IsChoice => Type == "checkbox" || (Type is null && For.ModelExplorer.ModelType is var type && (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool));

    private TagBuilder Input(string name, string id, ModelStateEntry? entry, IReadOnlyList<TagHelperAttribute> given)
    {
        var typed = entry?.AttemptedValue ?? Written(For.Model);
        var input = Items is not null ? Select(entry, typed) : Type == "textarea" ? TextArea(typed) : TextInput(typed);
        input.MergeAttribute("id", id, replaceExisting: true);
        input.MergeAttribute("name", name);
        if (Required) input.MergeAttribute("required", "required");
        foreach (var attribute in given) input.MergeAttribute(attribute.Name, attribute.Value?.ToString() ?? "", replaceExisting: true);
        return input;
    }

    private TagBuilder TextInput(string? typed)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        if (IsChoice)
        {
            input.MergeAttribute("type", "checkbox");
            input.MergeAttribute("value", "true");
            if (typed?.Split(',')[0] is "true" or "True") input.MergeAttribute("checked", "checked");
            return input;
        }

        var type = Type ?? (Nullable.GetUnderlyingType(For.ModelExplorer.ModelType) ?? For.ModelExplorer.ModelType) switch
        {
            var date when date == typeof(DateOnly) => "date",
            var time when time == typeof(TimeOnly) => "time",
            var number when number == typeof(int) || number == typeof(long) => "number",
            _ => "text",
        };
        input.MergeAttribute("type", type);
        // A password goes one way only.
        if (type != "password") input.MergeAttribute("value", typed ?? "");
        return input;
    }

    private TagBuilder TextArea(string? typed)
    {
        var input = new TagBuilder("textarea");
        input.MergeAttribute("rows", Rows.ToString(CultureInfo.InvariantCulture));
        // HTML takes the first line end of a text area for none.
        input.InnerHtml.AppendHtml("\n");
        if (typed is not null) input.InnerHtml.Append(typed);
        return input;
    }

    private TagBuilder Select(ModelStateEntry? entry, string? typed)
    {
        var select = new TagBuilder("select");
        var chosen = entry?.RawValue is string[] several ? several : typed is null ? [] : [typed];
        foreach (var item in Items!)
        {
            var option = new TagBuilder("option");
            option.MergeAttribute("value", item.Value ?? item.Text);
            if (chosen.Length > 0 ? chosen.Contains(item.Value ?? item.Text, StringComparer.Ordinal) : item.Selected) option.MergeAttribute("selected", "selected");
            if (item.Disabled) option.MergeAttribute("disabled", "disabled");
            option.InnerHtml.Append(item.Text);
            select.InnerHtml.AppendHtml(option);
        }

        return select;
    }

    private TagBuilder LabelOf(string id, bool isChoice)
    {
        var label = new TagBuilder("label");
        label.MergeAttribute("for", id);
        label.InnerHtml.Append(Label);
        // Of a list that always has an answer, nobody can leave the answer out.
        if (Required || isChoice || !SayOptional || (Items is { } items && items.All(item => item.Value != ""))) return label;

        var optional = new TagBuilder("span");
        optional.AddCssClass("field__optional");
        optional.InnerHtml.Append(FormText.Get("Optional"));
        label.InnerHtml.Append(" ").AppendHtml(optional);
        return label;
    }

    private TagBuilder? HintOf(string id)
    {
        if (Hint is not { Length: > 0 }) return null;

        var hint = new TagBuilder("p");
        hint.AddCssClass("field__hint");
        hint.MergeAttribute("id", id + "-hint");
        hint.InnerHtml.Append(Hint);
        return hint;
    }

    private static TagBuilder? FaultOf(string id, ModelStateEntry? entry)
    {
        if (entry is not { Errors: [var first, ..] }) return null;

        var fault = new TagBuilder("p");
        fault.AddCssClass("field__fault");
        fault.MergeAttribute("id", id + "-fault");
        fault.InnerHtml.Append(first.ErrorMessage);
        return fault;
    }

    private static string? Written(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>How a question is called in the form that is sent, and in the page.</summary>
internal static class NameAndId
{
    public static string NameOf(ModelExpression expression, ViewContext page) => page.ViewData.TemplateInfo.GetFullHtmlFieldName(expression.Name);

    /// <summary>Dots and brackets are good in names but awkward in selectors.</summary>
    public static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "-");
}
