/** The microphone, until it is stopped. */
import { toBase64 } from "../../wire/srp.ts";
import { loudnessOf, packWaveform, readWebm, secondsOf, writeOgg } from "./ogg.ts";

const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

export interface Voice {
  file: File;
  seconds: number;
  /** Base64, as a document says it. */
  waveform: string;
}

/** Whether the browser can record what voice notes are made of. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices) && TYPES.some((one) => MediaRecorder.isTypeSupported(one));
}

/** Begin; `stop` gives what was said. Throws NotAllowedError where the microphone is refused, others where there is none. */
export async function record(): Promise<{ stop: () => Promise<Voice>; cancel: () => void }> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((one) => MediaRecorder.isTypeSupported(one)) ?? "";
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => void parts.push(data);
  const ended = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
  recorder.start(1000);
  const end = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    return ended;
  };
  const stop = async () => {
    await end();
    return finished(new Blob(parts, { type: mimeType }), mimeType);
  };
  return { stop, cancel: () => void end() };
}

async function finished(blob: Blob, type: string): Promise<Voice> {
  const data = new Uint8Array(await blob.arrayBuffer());
  const context = new AudioContext();
  const sound = await context.decodeAudioData(data.slice().buffer);
  await context.close();
  const waveform = toBase64(packWaveform(loudnessOf(sound.getChannelData(0))));
  const rewrapped = type.startsWith("audio/webm") ? readWebm(data) : null;
  const bytes = rewrapped ? writeOgg(rewrapped) : data;
  const seconds = Math.max(1, Math.round(rewrapped ? secondsOf(rewrapped) : sound.duration));
  return { file: new File([bytes as BlobPart], "voice.ogg", { type: "audio/ogg" }), seconds, waveform };
}
