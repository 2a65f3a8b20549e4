/**
 * A passkey is the one thing that a page cannot ask for without a script. The form shows where the browser knows passkeys; its
 * button asks the device, and what the device answers is sent with the form.
 */
export function askPasskey(form: HTMLFormElement): void {
  if (!("PublicKeyCredential" in window) || !("parseRequestOptionsFromJSON" in PublicKeyCredential)) return;

  form.hidden = false;
  document.querySelectorAll<HTMLElement>("[data-without-passkeys]").forEach((sentence) => { sentence.hidden = true; });
  const fault = form.querySelector<HTMLElement>("[data-passkey-fault]");
  form.addEventListener("submit", async (event) => {
    const answer = form.elements.namedItem("credential") as HTMLInputElement;
    if (answer.value !== "") return;

    event.preventDefault();
    fault?.setAttribute("hidden", "");
    const credential = await ask(form).catch(() => null);
    if (credential === null) return fault?.removeAttribute("hidden");

    answer.value = JSON.stringify(credential);
    form.submit();
  });
}

async function ask(form: HTMLFormElement): Promise<Credential | null> {
  const answer = await fetch(form.dataset["options"]!, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return null;

  const options = await answer.json();
  return form.dataset["passkey"] === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
