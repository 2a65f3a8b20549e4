// Short sounds, so that nobody has to look up from the pile. Where the device makes none, nothing is missing.
let context: AudioContext | undefined;

function tone(pitch: number, after: number, length: number): void {
  try {
    context ??= new AudioContext();
    const [sound, volume, start] = [context.createOscillator(), context.createGain(), context.currentTime + after];
    sound.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + length);
    sound.connect(volume).connect(context.destination);
    sound.start(start);
    sound.stop(start + length);
  } catch {
    // A device without sound.
  }
}

/** One high tone: done. */
export function good(): void {
  tone(880, 0, 0.12);
}

/** Two low ones: look up. */
export function wrong(): void {
  tone(220, 0, 0.18);
  tone(180, 0.22, 0.3);
}
