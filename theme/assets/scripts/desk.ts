// The counter of the desk works without this file. With it a scan draws only the counter anew, a wrong one is heard, and what is
// scanned while the network is down is kept and sent when it returns.
import { Waiting, type Kept } from "./desk-waiting";
import { good, wrong } from "./desk-sound";

const partHeader = "X-Metro-Part";
const addressHeader = "X-Metro-Address";

class Counter {
  readonly #root: HTMLElement;
  readonly #waiting: Waiting;
  readonly #isOfflineShell: boolean;
  #kind: string;
  /** Scanners are faster than networks: what they type is answered in order. */
  #last: Promise<void> = Promise.resolve();
  /** Whose card was scanned while the network was down. */
  #cardMeanwhile: string | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#isOfflineShell = "offline" in root.dataset;
    this.#kind = root.dataset["counter"] || (/\/return$/.test(location.pathname) ? "Return" : /\/reading$/.test(location.pathname) ? "Read" : "Lend");
    if (root.dataset["branch"]) localStorage.setItem("metro-desk-branch", root.dataset["branch"]);
    this.#waiting = new Waiting(root, () => this.#caughtUp());
    root.addEventListener("submit", (event) => this.#submitted(event));
    if (this.#isOfflineShell) this.#label();
    this.#speak();
    this.#focus();
  }

  get #part(): HTMLElement { return this.#root.querySelector<HTMLElement>("[data-part]")!; }

  get #field(): HTMLInputElement { return this.#part.querySelector<HTMLInputElement>("#scan")!; }

  #submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (!("scan" in form.dataset)) return;

    event.preventDefault();
    const isScan = form.querySelector("#scan") !== null;
    const fields = new FormData(form);
    if (isScan) {
      fields.set("ScanKey", crypto.randomUUID().replaceAll("-", ""));
      this.#field.value = "";
    }
    this.#last = this.#last.then(() => this.#scanned(form.action, fields, isScan)).catch(() => undefined);
  }

  async #scanned(action: string, fields: FormData, isScan: boolean): Promise<void> {
    const scan = String(fields.get("Scan") ?? "").trim();
    if (isScan) {
      if (scan === "") return;
      // The member may have changed between two scans, and the key of the form with them.
      const now = this.#part.querySelector<HTMLInputElement>("input[name=member]");
      if (now) fields.set("member", now.value);
      else fields.delete("member");
      const token = this.#part.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]");
      if (token) fields.set("__RequestVerificationToken", token.value);
      if (this.#isOfflineShell || !navigator.onLine || this.#waiting.count > 0) return this.#keep(scan, fields);
    }

    const answer = await fetch(action, { method: "POST", body: fields, headers: { [partHeader]: "1" }, redirect: "manual", signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (answer === null) {
      if (isScan) this.#keep(scan, fields);
      return;
    }

    const address = answer.headers.get(addressHeader);
    // Signed out meanwhile, or something unforeseen: the whole page tells.
    if (address === null) return location.reload();

    this.#draw(await answer.text());
    history.replaceState(null, "", address);
  }

  #draw(html: string): void {
    // The scanner may be typing the next one already.
    const typed = this.#field.value;
    this.#part.innerHTML = html;
    this.#field.value = typed;
    this.#cardMeanwhile = null;
    this.#speak();
    const answer = this.#part.querySelector<HTMLElement>("[data-tone]");
    if (answer) (answer.dataset["tone"] === "Bad" ? wrong : good)();
    this.#focus();
  }

  #focus(): void {
    if (!this.#part.querySelector(".answer__override")?.contains(document.activeElement)) this.#field.focus({ preventScroll: true });
  }

  /** A region that was there before is read aloud more surely than one that has just come. */
  #speak(): void {
    const answer = this.#part.querySelector<HTMLElement>("[data-tone]");
    answer?.removeAttribute("role");
    this.#root.querySelector("[data-aloud]")!.textContent = answer === null ? "" : [...answer.querySelectorAll("p")].map((line) => line.textContent).join(". ");
  }

  #keep(scan: string, fields: FormData): void {
    const texts = this.#waiting.texts;
    if (/^[*/]?(selesai|done)[*/]?$/i.test(scan)) {
      this.#cardMeanwhile = "";
      this.#answer("Good", "", texts["noCard"]!);
    } else if (this.#kind === "Lend" && isCard(scan)) {
      this.#cardMeanwhile = scan;
      this.#answer("Good", scan, texts["keptCard"]!);
    } else {
      const card = this.#cardMeanwhile ?? this.#part.querySelector<HTMLInputElement>("input[data-card]")?.dataset["card"] ?? "";
      if (this.#kind === "Lend" && card === "") return this.#answer("Bad", scan, texts["noCard"]!);

      this.#waiting.keep({
        key: String(fields.get("ScanKey")), kind: this.#kind, scan, card, branch: localStorage.getItem("metro-desk-branch") ?? "0",
        at: new Date().toISOString(), returnedOn: String(fields.get("ReturnedOn") ?? ""),
      } satisfies Kept);
      this.#answer("Caution", scan, texts["kept"]!);
    }
    this.#focus();
  }

  #answer(tone: "Good" | "Caution" | "Bad", about: string, word: string): void {
    const answer = document.createElement("div");
    answer.className = `answer answer--${tone.toLowerCase()}`;
    answer.dataset["tone"] = tone;
    for (const [name, text] of [["word", word], ["about", about]] as const) {
      const line = document.createElement("p");
      line.className = `answer__${name}`;
      line.textContent = text;
      if (text !== "") answer.append(line);
    }
    this.#part.querySelector("[data-answer]")!.replaceChildren(answer);
    this.#speak();
    (tone === "Bad" ? wrong : good)();
  }

  /** Everything that waited has been sent: the counter shows what is true now. */
  #caughtUp(): void {
    if (this.#isOfflineShell) return location.reload();

    const form = this.#part.querySelector<HTMLFormElement>("form.counter__scan")!;
    const fields = new FormData(form);
    fields.set("Scan", this.#cardMeanwhile ?? "");
    this.#last = this.#last.then(async () => {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { [partHeader]: "1" }, redirect: "manual" }).catch(() => null);
      const address = answer?.headers.get(addressHeader);
      if (!answer || !address) return;
      this.#draw(await answer.text());
      history.replaceState(null, "", address);
    });
  }

  #label(): void {
    const label = this.#part.querySelector<HTMLElement>("label")!;
    label.textContent = label.dataset[this.#kind.toLowerCase()] ?? label.textContent;
  }
}

/** Whether this is a card by its looks: a patron's fourteen digits with the right check digit, or the number printed on it. */
function isCard(scan: string): boolean {
  if (/^MTR-\d+$/i.test(scan)) return true;
  if (!/^2\d{13}$/.test(scan)) return false;
  const sum = [...scan].reverse().reduce((total, sign, place) => {
    const digit = Number(sign) * (place % 2 === 1 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

/** Keeps the page that opens when there is no network, with what it needs, so that a reload in mid-queue loses nothing. */
async function keepShell(address: string): Promise<void> {
  if (!("caches" in window)) return;
  const shelf = await caches.open("metro-1");
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) return;
  await shelf.put(address, answer.clone());
  const assets = [...(await answer.text()).matchAll(/(?:href|src)="(\/_content\/Metro\.Theme\/dist\/[^"]+)"/g)].map((match) => match[1]!);
  for (const asset of assets) if (!await shelf.match(asset)) await shelf.add(asset).catch(() => undefined);
  document.documentElement.dataset["shell"] = "kept";
}

document.querySelectorAll<HTMLElement>("[data-counter]").forEach((root) => new Counter(root));
const shell = document.querySelector<HTMLElement>("[data-shell]")?.dataset["shell"];
if (shell) void keepShell(shell).catch(() => undefined);
document.querySelectorAll<HTMLButtonElement>("button[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
