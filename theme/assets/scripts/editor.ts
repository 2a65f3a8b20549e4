// What saves an editor's typing. Every act works without this file.

const pause = 2_000;
const renewal = 60_000;

/** What is typed is kept a moment later, outside the history; the lock is held while somebody types. */
function keepWhatIsTyped(form: HTMLFormElement): void {
  const target = form.dataset["autosave"];
  const state = form.querySelector<HTMLElement>("[data-autosave-state]");
  const token = form.querySelector<HTMLInputElement>("input[name=lockToken]");
  if (target === undefined || state === null || token === null) return;

  let timer = 0;
  let lastKept = 0;
  let isTyped = false;
  const sending = new AbortController();

  const keep = async (): Promise<void> => {
    isTyped = false;
    const answer = await fetch(target, { method: "POST", body: new FormData(form), signal: sending.signal }).catch(() => null);
    if (answer === null || !(answer.headers.get("Content-Type") ?? "").includes("json")) {
      isTyped = true;
      return;
    }

    const { message, token: held } = (await answer.json()) as { message: string; token?: string | null };
    state.textContent = message;
    if (held) token.value = held;
    lastKept = Date.now();
  };

  form.addEventListener("input", () => {
    isTyped = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), pause);
  });
  // A preview opens beside the form, which goes on being kept; a saved form is kept no longer.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.submitter?.hasAttribute("formtarget") !== true) sending.abort();
  });
  window.setInterval(() => {
    if (isTyped && Date.now() - lastKept > renewal) void keep();
  }, renewal);
}

/** Markdown beside its result, as the server's own renderer makes it. */
function showMarkdown(form: HTMLFormElement): void {
  const target = form.dataset["markdownPreview"];
  if (target === undefined) return;

  for (const text of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-markdown]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = form.dataset["previewLabel"] ?? "";
    const result = document.createElement("div");
    result.className = "prose card";
    result.setAttribute("aria-live", "polite");
    result.hidden = true;
    text.after(button, result);

    button.addEventListener("click", async () => {
      const sent = new FormData();
      sent.set("markdown", text.value);
      sent.set("__RequestVerificationToken", form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")?.value ?? "");
      const answer = await fetch(target, { method: "POST", body: sent }).catch(() => null);
      if (answer?.ok !== true) return;

      // Sanitised by the server; the page's policy lets nothing in it run.
      result.innerHTML = await answer.text();
      result.hidden = false;
    });
  }
}

export function helpEditors(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
    keepWhatIsTyped(form);
    showMarkdown(form);
  }
}
