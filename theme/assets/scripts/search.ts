/** While one types into a search box, titles, authors and subjects that fit are offered; the browser draws the list. */
export function suggestWhileTyping(box: HTMLInputElement): void {
  const list = document.createElement("datalist");
  list.id = `${box.id}-suggestions`;
  box.after(list);
  box.setAttribute("list", list.id);

  let waiting: number | undefined;
  let asking: AbortController | undefined;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    asking?.abort();
    const words = box.value.trim();
    if (words.length < 3) return;

    waiting = window.setTimeout(async () => {
      asking = new AbortController();
      const answer = await fetch(`${box.dataset["suggest"]}?q=${encodeURIComponent(words)}`, { signal: asking.signal }).catch(() => null);
      if (!answer?.ok) return;
      const found: { text: string; kind: string }[] = await answer.json();
      list.replaceChildren(...found.map(({ text, kind }) => {
        const option = document.createElement("option");
        option.value = text;
        option.label = kind;
        return option;
      }));
    }, 180);
  });
}

/** A choice of order is sent as soon as it is made; without scripts a button beside it does that. */
export function submitOnChoice(choice: HTMLSelectElement): void {
  choice.parentElement?.querySelector("button")?.setAttribute("hidden", "");
  choice.addEventListener("change", () => choice.form?.requestSubmit());
}

/** Shares a link with what the device offers, or copies it. */
export function share(button: HTMLButtonElement): void {
  const url = button.dataset["share"]!;
  if (!("share" in navigator) && !("clipboard" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if ("share" in navigator) await navigator.share({ title: button.dataset["shareTitle"] ?? "", url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        button.textContent = button.dataset["shareDone"] ?? "";
      }
    } catch {
      // Whoever changes their mind has not failed.
    }
  });
}
