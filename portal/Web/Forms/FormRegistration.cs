using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Web.Forms;

/// <summary>What is asked of answers before any rule sees them.</summary>
internal static class FormRegistration
{
    /// <summary>
    /// Whether an answer is there is a rule of its page, not of its type; and what cannot be read is said in the reader's language.
    /// </summary>
    public static void AddForms(this IServiceCollection services) => services.Configure<MvcOptions>(options =>
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => FormText.Get("Unreadable"));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => FormText.Get("Unreadable"));
        messages.SetUnknownValueIsInvalidAccessor(_ => FormText.Get("Unreadable"));
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => FormText.Get("Unreadable"));
        messages.SetValueIsInvalidAccessor(_ => FormText.Get("Unreadable"));
        messages.SetValueMustBeANumberAccessor(_ => FormText.Get("NotANumber"));
        messages.SetNonPropertyValueMustBeANumberAccessor(() => FormText.Get("NotANumber"));
        messages.SetValueMustNotBeNullAccessor(_ => FormText.Get("Missing"));
        messages.SetMissingBindRequiredValueAccessor(_ => FormText.Get("Missing"));
        messages.SetMissingKeyOrValueAccessor(() => FormText.Get("Missing"));
        messages.SetMissingRequestBodyRequiredValueAccessor(() => FormText.Get("Missing"));
    });
}
