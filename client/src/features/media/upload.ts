/** Files on their way up: parts by PUT, which go on after a cut where they stopped. */
import { HEADERS } from "../../wire/carriers.ts";
import { RpcError } from "../../wire/errors.ts";
import type { InputFile } from "../../wire/schema.d.ts";

export interface Limits {
  part: number;
  big_file: number;
}

const LANES = 2;
const TRIES = 8;

/** 62 random bits in decimal digits. */
export function randomFileId(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((BigInt(high >>> 2) << 32n) | BigInt(low)).toString();
}

/** Send all parts; gives what `sendMedia` takes. `progress` from 0 to 1. */
export async function upload(
  file: File,
  id: string,
  limits: Limits,
  stop: AbortSignal,
  progress: (share: number) => void,
): Promise<InputFile> {
  const parts = Math.max(1, Math.ceil(file.size / limits.part));
  const big = file.size >= limits.big_file;
  const missing = await missingParts(id, parts);
  let done = parts - missing.length;
  const lane = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const data = file.slice(part * limits.part, (part + 1) * limits.part);
      await put(`/app/up/${id}/${part}?total=${parts}${big ? "&big=1" : ""}`, data, stop);
      progress(++done / parts);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return big
    ? { _: "inputFileBig", id, parts, name: file.name }
    : { _: "inputFile", id, parts, name: file.name, md5_checksum: "" };
}

/** What the server has not got yet. */
async function missingParts(id: string, parts: number): Promise<number[]> {
  const all = Array.from({ length: parts }, (_, part) => part);
  const answer = await fetch(`/app/up/${id}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return all;
  const { got } = (await answer.json()) as { got: string };
  const bits = Uint8Array.from(atob(got), (char) => char.charCodeAt(0));
  return all.filter((part) => !((bits[part >> 3] ?? 0) & (1 << (part & 7))));
}

async function put(address: string, body: Blob, stop: AbortSignal): Promise<void> {
  const headers = { ...HEADERS, "Content-Type": "application/octet-stream" };
  for (let turn = 0; ; turn++) {
    const answer = await fetch(address, { method: "PUT", headers, body, signal: stop }).catch(() => null);
    stop.throwIfAborted();
    if (answer?.ok) return;
    if (answer && answer.status < 500 && answer.status !== 429) {
      const said = (await answer.json().catch(() => ({}))) as { err?: [string, number, number, string] };
      throw said.err ? new RpcError(...said.err) : new RpcError("UPLOAD", answer.status);
    }
    if (turn === TRIES) throw new RpcError("OFFLINE", 0);
    const wait = Number(answer?.headers.get("Retry-After") ?? 0) * 1000 || 500 * 2 ** turn;
    await new Promise((resume) => setTimeout(resume, Math.min(wait, 30_000)));
  }
}
