using System.Globalization;
using Metro.Library;
using Metro.Library.Input;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Web.Forms;

/// <summary>How the library's "no" reaches somebody who sent a form: beside the question that it is about, and above the form.</summary>
internal static class Refusing
{
    extension(PageModel page)
    {
        /// <summary>
        /// The page once more, with a refusal. Which question it is about, the refusal says itself where it is about input; for other
        /// codes the page says it.
        /// </summary>
        /// <param name="refusal">Why not.</param>
        /// <param name="about">Codes, and the names of the questions that they are about.</param>
        public PageResult Refuse(Refusal refusal, params ReadOnlySpan<(string Code, string Field)> about)
        {
            page.Fault(page.FieldOf(refusal, about), refusal.Explain(CultureInfo.CurrentUICulture));
            return page.Refused();
        }

        /// <summary>Says what is wrong with a question; with the form as a whole where its name is empty.</summary>
        public void Fault(string field, string sentence) => page.ModelState.AddModelError(field, sentence);

        /// <summary>Says that an answer is missing where it is.</summary>
        public void Require(string field, string? answer)
        {
            // What could not be read is said already.
            if (string.IsNullOrWhiteSpace(answer) && page.ModelState.GetValueOrDefault(field) is not { Errors.Count: > 0 }) page.Fault(field, FormText.Get("Missing"));
        }

        /// <summary>The page once more, because of what is wrong with the form.</summary>
        public PageResult Refused()
        {
            page.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return page.Page();
        }

        private string FieldOf(Refusal refusal, ReadOnlySpan<(string Code, string Field)> about)
        {
            foreach (var (code, field) in about)
                if (code == refusal.Code) return field;

            var key = refusal.Arguments.OfType<FieldName>().FirstOrDefault()?.Key ?? refusal.Code switch
            {
                "input.not_an_email" => "email",
                "input.not_a_phone" => "phone",
                _ => null,
            };
            var asked = key?.Replace("_", "", StringComparison.Ordinal);
            return asked is null ? "" : page.ModelState.Keys.FirstOrDefault(name => asked.Equals(name[(name.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase)) ?? "";
        }
    }
}
