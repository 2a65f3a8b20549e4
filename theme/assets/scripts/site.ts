// Everything works without this file; it only saves a page load.
import { helpEditors } from "./editor";
import { askPasskey } from "./passkey";
import { share, submitOnChoice, suggestWhileTyping } from "./search";

/** A choice of appearance shows at once; the server remembers it for the next page. */
function chooseAppearanceInPlace(form: HTMLFormElement): void {
  form.addEventListener("submit", async (event) => {
    const chosen = event.submitter;
    if (!(chosen instanceof HTMLButtonElement)) return;

    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, chosen), redirect: "manual" }).catch(() => null);
    if (answer === null) return form.submit();

    document.documentElement.dataset["appearance"] = chosen.value;
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[name=appearance]"))
      button.setAttribute("aria-pressed", String(button === chosen));
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-appearance-form]").forEach(chooseAppearanceInPlace);
helpEditors();
document.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(suggestWhileTyping);
document.querySelectorAll<HTMLSelectElement>("select[data-submits]").forEach(submitOnChoice);
document.querySelectorAll<HTMLButtonElement>("button[data-share]").forEach(share);
document.querySelectorAll<HTMLFormElement>("form[data-passkey]").forEach(askPasskey);
if ("serviceWorker" in navigator) addEventListener("load", () => void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined));
