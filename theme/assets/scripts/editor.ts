// What saves an editor's typing and a page load. Every act works without this file.

const pause = 2_000;
const renewal = 60_000;

type Fault = { severity: string; state: string; text: string; control?: string | null };
type Kept = { message: string; token?: string | null; faults?: Fault[]; clean?: string };

/** What the checks find in what is typed, each with the way to its field. */
function showChecks(faults: Fault[], clean: string): void {
  const panel = document.querySelector<HTMLElement>("[data-checks]");
  if (panel === null) return;

  const found = document.createElement(faults.length === 0 ? "p" : "ul");
  if (faults.length === 0) found.textContent = clean;
  else found.className = "faults";
  for (const fault of faults) {
    const state = document.createElement("span");
    state.className = `state state--${fault.severity}`;
    state.textContent = fault.state;
    const text = document.createElement(fault.control ? "a" : "span");
    text.textContent = fault.text;
    if (text instanceof HTMLAnchorElement) text.href = `#${fault.control}`;
    const line = document.createElement("li");
    line.append(state, text);
    found.append(line);
  }
  panel.replaceChildren(found);
}

/** What is typed is kept a moment later, outside the history; the lock is held while somebody types. */
function keepWhatIsTyped(form: HTMLFormElement, gone: AbortSignal): void {
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

    const { message, token: held, faults, clean } = (await answer.json()) as Kept;
    state.textContent = message;
    if (held) token.value = held;
    if (faults) showChecks(faults, clean ?? "");
    lastKept = Date.now();
  };

  form.addEventListener("input", () => {
    isTyped = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), pause);
  });
  // A preview opens beside the form, which goes on being kept; a saved form is kept no longer.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.hasAttribute("formtarget") === true) return;
    clearTimeout(timer);
    sending.abort();
  });
  const renewing = window.setInterval(() => {
    if (isTyped && Date.now() - lastKept > renewal) void keep();
  }, renewal);
  gone.addEventListener("abort", () => {
    clearTimeout(timer);
    clearInterval(renewing);
    sending.abort();
  });
}

/** Markdown beside its result, as the server's own renderer makes it. */
function showMarkdown(form: HTMLFormElement): void {
  const target = form.dataset["markdownPreview"];
  if (target === undefined) return;

  for (const text of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-markdown=true]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small";
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

/** Rows are added, moved and picked by the server as without scripts; here the page stays where it is meanwhile. */
function changeRowsInPlace(form: HTMLFormElement, replace: (by: HTMLFormElement) => void): void {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || button.name !== "rows") return;

    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) }).catch(() => null);
    const page = answer?.ok === true ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const made = page?.querySelector<HTMLFormElement>("form[data-editor]");
    form.removeAttribute("aria-busy");
    if (made) {
      replace(document.adoptNode(made));
      return;
    }

    // Whatever came instead, such as the page to sign in on, the browser shows by itself.
    const again = document.createElement("input");
    Object.assign(again, { type: "hidden", name: button.name, value: button.value });
    form.append(again);
    if (button.hasAttribute("formenctype")) form.enctype = button.formEnctype;
    form.submit();
  });
}

/** The open picker over the page, searching while somebody types. */
function openPicker(form: HTMLFormElement): void {
  const picker = form.querySelector<HTMLDialogElement>("dialog[data-picker]");
  if (picker === null) return;

  picker.removeAttribute("open");
  picker.showModal();
  const words = picker.querySelector<HTMLInputElement>("input[type=search]");
  const find = picker.querySelector<HTMLButtonElement>("[data-picker-find]");
  picker.addEventListener("cancel", (event) => {
    event.preventDefault();
    picker.querySelector<HTMLButtonElement>("[data-picker-close]")?.click();
  });
  if (words === null || find === null) return;

  let timer = 0;
  words.setSelectionRange(words.value.length, words.value.length);
  words.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    timer = window.setTimeout(() => find.click(), 350);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    find.click();
  });
}

/** The point that stays in view is where somebody clicks on the picture; the two numbers say the same. */
function pickFocus(root: ParentNode): void {
  for (const picture of root.querySelectorAll<HTMLImageElement>("img[data-focus-on]")) {
    const place = picture.closest("li, form, .focus");
    const [x, y] = [...(place?.querySelectorAll<HTMLInputElement>("input[data-share]:not([data-share=''])") ?? [])];
    if (x === undefined || y === undefined) continue;

    const frame = document.createElement("span");
    frame.className = "focus-frame";
    const point = document.createElement("span");
    point.className = "focus-point";
    picture.replaceWith(frame);
    frame.append(picture, point);
    const show = (): void => {
      const scale = x.dataset["share"] === "1" ? 1 : 100;
      const typed = [x, y].map((input) => (input.value === "" ? 0.5 : Number(input.value) / scale));
      point.style.left = `${(typed[0] ?? 0.5) * 100}%`;
      point.style.top = `${(typed[1] ?? 0.5) * 100}%`;
    };
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      const scale = x.dataset["share"] === "1" ? 1 : 100;
      const share = (at: number, size: number): string => String(Math.round(Math.min(1, Math.max(0, at / size)) * 100) / (100 / scale));
      x.value = share(event.clientX - box.left, box.width);
      y.value = share(event.clientY - box.top, box.height);
      for (const input of [x, y]) input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    for (const input of [x, y]) input.addEventListener("input", show);
    show();
  }
}

/** A colour is typed or picked; the two say the same. */
function pickColours(form: HTMLFormElement): void {
  for (const typed of form.querySelectorAll<HTMLInputElement>("input[data-colour]:not([data-colour=''])")) {
    const well = document.createElement("input");
    well.type = "color";
    well.className = "colour-well";
    well.setAttribute("aria-label", `${typed.dataset["colour"]}: ${typed.labels?.[0]?.textContent?.trim() ?? ""}`);
    const show = (): void => {
      if (/^#[0-9a-f]{6}$/i.test(typed.value)) well.value = typed.value;
    };
    well.addEventListener("input", () => {
      typed.value = well.value;
      typed.dispatchEvent(new Event("input", { bubbles: true }));
    });
    typed.addEventListener("input", show);
    typed.after(well);
    show();
  }
}

function helpEditor(form: HTMLFormElement): void {
  const gone = new AbortController();
  changeRowsInPlace(form, (made) => {
    gone.abort();
    form.replaceWith(made);
    helpEditor(made);
    // A live region speaks when it changes, not when it arrives.
    const said = made.querySelector<HTMLElement>("[data-rows-said]");
    const words = said?.textContent ?? "";
    if (said) said.textContent = "";
    window.setTimeout(() => said?.replaceChildren(words), 50);
    made.querySelector<HTMLElement>("[autofocus]")?.focus();
    if (words !== "") made.dispatchEvent(new Event("input"));
  });
  keepWhatIsTyped(form, gone.signal);
  showMarkdown(form);
  pickColours(form);
  pickFocus(form);
  openPicker(form);
}

export function helpEditors(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-editor]").forEach(helpEditor);
  for (const place of document.querySelectorAll<HTMLElement>(".focus")) pickFocus(place);
}
