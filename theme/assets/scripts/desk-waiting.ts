/** A scan that waits for the network. */
export type Kept = { key: string; kind: string; scan: string; card: string; branch: string; at: string; returnedOn: string };

type Conflict = { scan: string; card: string; word: string; next: string | null };

const waitingShelf = "metro-desk-waiting";
const conflictShelf = "metro-desk-conflicts";

/**
 * What was scanned while the network was down: kept on the device, shown with its number, sent in order when the network returns.
 * Each has a name of its own, so that sending it again does nothing twice.
 */
export class Waiting {
  readonly #root: HTMLElement;
  readonly #caughtUp: () => void;
  #isSending = false;

  constructor(root: HTMLElement, caughtUp: () => void) {
    this.#root = root;
    this.#caughtUp = caughtUp;
    addEventListener("online", () => void this.send());
    addEventListener("storage", () => this.#show());
    document.addEventListener("visibilitychange", () => void this.send());
    setInterval(() => void this.send(), 10_000);
    root.querySelector("[data-conflicts-seen]")?.addEventListener("click", () => {
      write(conflictShelf, []);
      this.#show();
    });
    this.#show();
    void this.send();
  }

  get count(): number { return read<Kept>(waitingShelf).length; }

  get texts(): DOMStringMap { return this.#root.querySelector<HTMLElement>("[data-waiting]")!.dataset; }

  keep(scan: Kept): void {
    write(waitingShelf, [...read<Kept>(waitingShelf), scan]);
    this.#show();
    void this.send();
  }

  async send(): Promise<void> {
    if (this.#isSending || this.count === 0 || !navigator.onLine) return;
    this.#isSending = true;
    try {
      // Two windows of one desk do not send the same scan at the same time.
      await navigator.locks.request("metro-desk-waiting", () => this.#sendAll());
    } finally {
      this.#isSending = false;
      this.#show();
    }
    if (this.count === 0) this.#caughtUp();
  }

  async #sendAll(): Promise<void> {
    const address = this.#root.dataset["send"]!;
    const pass = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (pass === null) return;
    this.#root.toggleAttribute("data-signed-out", !pass.ok);
    if (!pass.ok) return;

    const { token } = await pass.json() as { token: string };
    for (let scan = read<Kept>(waitingShelf)[0]; scan; scan = read<Kept>(waitingShelf)[0]) {
      const fields = new FormData();
      for (const [name, value] of Object.entries({ ...scan, __RequestVerificationToken: token })) if (value !== "") fields.set(name, value);
      const answer = await fetch(address, { method: "POST", body: fields, redirect: "manual" }).catch(() => null);
      if (answer === null || answer.type === "opaqueredirect" || answer.status >= 500) return;

      const said = answer.ok ? await answer.json() as { isFault: boolean; word: string; next: string | null } : { isFault: true, word: String(answer.status), next: null };
      if (said.isFault) write(conflictShelf, [...read<Conflict>(conflictShelf), { scan: scan.scan, card: scan.card, word: said.word, next: said.next }]);
      write(waitingShelf, read<Kept>(waitingShelf).filter(({ key }) => key !== scan.key));
      this.#show();
    }
  }

  #show(): void {
    const [waiting, conflicts] = [read<Kept>(waitingShelf), read<Conflict>(conflictShelf)];
    const box = this.#root.querySelector<HTMLElement>("[data-waiting]")!;
    box.hidden = waiting.length === 0;
    const title = waiting.length === 1 ? this.texts["one"]! : this.texts["many"]!.replace("{0}", String(waiting.length));
    box.querySelector("[data-waiting-title]")!.textContent = this.#root.hasAttribute("data-signed-out") ? `${title} ${this.texts["signIn"]}` : title;
    box.querySelector("[data-waiting-list]")!.replaceChildren(...waiting.map(({ at, scan, card }) =>
      line(`${new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })} · ${scan}${card === "" ? "" : ` → ${card}`}`)));

    const look = this.#root.querySelector<HTMLElement>("[data-conflicts]")!;
    look.hidden = conflicts.length === 0;
    look.querySelector("[data-conflicts-list]")!.replaceChildren(...conflicts.map(({ scan, card, word, next }) =>
      line(`${scan}${card === "" ? "" : ` → ${card}`}: ${word}${next ? ` ${next}` : ""}`)));
  }
}

function line(text: string): HTMLLIElement {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function read<T>(shelf: string): T[] {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? "[]") as T[];
  } catch {
    return [];
  }
}

function write<T>(shelf: string, things: T[]): void {
  localStorage.setItem(shelf, JSON.stringify(things));
}
