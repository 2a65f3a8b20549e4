// Reads a barcode with the camera into a field and sends its form; where the browser cannot, the field is typed into.
interface Detected { rawValue: string }
interface Detector { detect(source: HTMLVideoElement): Promise<Detected[]> }
declare const BarcodeDetector: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } | undefined;

const wanted = ["code_128", "code_39", "codabar", "ean_13", "itf", "qr_code"];

async function prepare(box: HTMLElement): Promise<void> {
  const field = document.getElementById(box.dataset["scanner"]!) as HTMLInputElement | null;
  const [video, button, said] = [box.querySelector("video")!, box.querySelector("button")!, box.querySelector<HTMLElement>(".scanner__said")!];
  if (!field || typeof BarcodeDetector === "undefined" || !navigator.mediaDevices) return;
  const formats = (await BarcodeDetector.getSupportedFormats()).filter(format => wanted.includes(format));
  if (formats.length === 0) return;

  const detector = new BarcodeDetector({ formats });
  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      said.textContent = said.dataset["looking"]!;
      await look(stream);
    } catch {
      said.textContent = said.dataset["denied"]!;
      button.disabled = false;
    }
  });

  async function look(stream: MediaStream): Promise<void> {
    const found = (await detector.detect(video))[0];
    if (!found) {
      requestAnimationFrame(() => void look(stream));
      return;
    }

    for (const track of stream.getTracks()) track.stop();
    navigator.vibrate?.(80);
    field!.value = found.rawValue;
    field!.form!.requestSubmit();
  }
}

for (const box of document.querySelectorAll<HTMLElement>("[data-scanner]")) void prepare(box);
