// Shows a PDF page by page where scripts run; the page around it always links to the file itself.
import { getDocument, GlobalWorkerOptions, TextLayer, type PDFDocumentProxy } from "pdfjs-dist";

const SMALLEST = 0.5;
const LARGEST = 4;

class Reader {
  private scale = 1;
  private readonly drawn = new Map<number, number>();
  private readonly watcher = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => void this.draw(one.target as HTMLElement)), { rootMargin: "100%" });

  constructor(private readonly pages: HTMLElement, private readonly file: PDFDocumentProxy, private readonly status: HTMLElement) {}

  async layOut(): Promise<void> {
    const first = await this.file.getPage(1);
    this.scale = Math.min(1.6, Math.max(SMALLEST, (this.pages.clientWidth - 2) / first.getViewport({ scale: 1 }).width));
    for (let number = 1; number <= this.file.numPages; number++) {
      const page = document.createElement("section");
      page.className = "reader__page";
      page.dataset["page"] = String(number);
      page.setAttribute("aria-label", (this.pages.dataset["page"] ?? "{0}").replace("{0}", String(number)));
      page.tabIndex = 0;
      this.pages.append(page);
    }
    await this.measure();
  }

  async zoom(factor: number): Promise<void> {
    this.scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    await this.measure();
  }

  private async measure(): Promise<void> {
    this.watcher.disconnect();
    for (const page of this.pages.querySelectorAll<HTMLElement>("section")) {
      const { width, height } = (await this.file.getPage(Number(page.dataset["page"]))).getViewport({ scale: this.scale });
      page.style.setProperty("inline-size", `${width}px`);
      page.style.setProperty("block-size", `${height}px`);
      this.watcher.observe(page);
    }
    this.status.textContent = `${Math.round(this.scale * 100)} %`;
  }

  private async draw(section: HTMLElement): Promise<void> {
    const number = Number(section.dataset["page"]);
    if (this.drawn.get(number) === this.scale) return;
    this.drawn.set(number, this.scale);

    const page = await this.file.getPage(number);
    const viewport = page.getViewport({ scale: this.scale });
    const sharpness = window.devicePixelRatio || 1;
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width * sharpness);
    canvas.height = Math.floor(viewport.height * sharpness);
    canvas.style.setProperty("inline-size", `${viewport.width}px`);
    canvas.style.setProperty("block-size", `${viewport.height}px`);
    canvas.setAttribute("aria-hidden", "true");
    const words = document.createElement("div");
    words.className = "reader__words";
    words.style.setProperty("--scale-factor", String(this.scale));
    words.style.setProperty("--total-scale-factor", String(this.scale));
    section.replaceChildren(canvas, words);
    await page.render({ canvas, viewport, transform: sharpness === 1 ? undefined : [sharpness, 0, 0, sharpness, 0, 0] }).promise;
    await new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport }).render();
  }
}

async function open(pages: HTMLElement): Promise<void> {
  const status = document.getElementById("reader-status")!;
  GlobalWorkerOptions.workerSrc = pages.dataset["worker"]!;
  try {
    const file = await getDocument({ url: pages.dataset["file"]!, isEvalSupported: false, useWasm: false, enableXfa: false }).promise;
    const reader = new Reader(pages, file, status);
    await reader.layOut();
    for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-zoom]"))
      button.addEventListener("click", () => void reader.zoom(Number(button.dataset["zoom"])));
    document.getElementById("reader-bar")!.hidden = false;
  } catch {
    status.textContent = pages.dataset["failed"] ?? "";
  }
}

const pages = document.getElementById("reader-pages");
if (pages !== null) void open(pages);
