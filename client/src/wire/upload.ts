/** Files on their way up: parts by PUT, which go on after a cut or a reload where they stopped. */
import { HEADERS, isJson } from "./carriers.ts";
import { OFFLINE, RpcError } from "./errors.ts";
import type { InputFile } from "./schema.d.ts";

export interface Limits {
  part: number;
  big_file: number;
}

/** What is known of the parts that were sent, by the number of each: a short digest. */
export interface Sums {
  get(part: number): string | undefined;
  set(part: number, sum: string): void;
}

export interface Hooks {
  stop: AbortSignal;
  /** From 0 to 1. */
  progress: (share: number) => void;
  /** With them the file may be another `File` than the one that began, if its bytes are the same. */
  sums?: Sums;
}

/** The file is not the one that began to go up. */
export const FILE_CHANGED = "FILE_CHANGED";
const LANES = 2;
const TRIES = 8;
const SUM_BYTES = 12;

/** 62 random bits in decimal digits. */
export function randomFileId(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((BigInt(high >>> 2) << 32n) | BigInt(low)).toString();
}

/** Send all parts; gives what `sendMedia` takes. Rejects with RpcError (FILE_CHANGED, …). */
export async function upload(file: File, id: string, limits: Limits, hooks: Hooks): Promise<InputFile> {
  const { stop, progress, sums } = hooks;
  const parts = Math.max(1, Math.ceil(file.size / limits.part));
  const big = file.size >= limits.big_file;
  const bytes = (part: number) => bytesOf(file.slice(part * limits.part, (part + 1) * limits.part));
  const left = await missing(id, parts, stop, async (part) => {
    const known = sums?.get(part);
    if (!sums) return true;
    if (known === undefined) return false;
    if ((await sumOf(await bytes(part))) !== known) throw new RpcError(FILE_CHANGED, 0);
    return true;
  });
  let done = parts - left.length;
  progress(done / parts);
  const lane = async () => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      const data = await bytes(part);
      sums?.set(part, await sumOf(data));
      const headers = { ...HEADERS, "Content-Type": "application/octet-stream" };
      await ask(`/app/up/${id}/${part}?total=${parts}${big ? "&big=1" : ""}`, { method: "PUT", headers, body: data }, stop);
      progress(++done / parts);
    }
  };
  const failed = (error: unknown) => {
    left.length = 0;
    throw error;
  };
  await Promise.all(Array.from({ length: LANES }, () => lane().catch(failed)));
  return big
    ? { _: "inputFileBig", id, parts, name: file.name }
    : { _: "inputFile", id, parts, name: file.name, md5_checksum: "" };
}

/** What the server has not got yet, and what it has but `isSure` does not stand for. */
async function missing(
  id: string,
  parts: number,
  stop: AbortSignal,
  isSure: (part: number) => Promise<boolean>,
): Promise<number[]> {
  const { got } = (await ask(`/app/up/${id}`, { cache: "no-store" }, stop)) as { got: string };
  const bits = Uint8Array.from(atob(got), (char) => char.charCodeAt(0));
  const left: number[] = [];
  for (let part = 0; part < parts; part++) {
    const has = (bits[part >> 3] ?? 0) & (1 << (part & 7));
    if (!has || !(await isSure(part))) left.push(part);
  }
  return left;
}

/** The bytes of a part; a file that was changed or moved meanwhile cannot be read. */
async function bytesOf(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer();
  } catch {
    throw new RpcError(FILE_CHANGED, 0);
  }
}

async function sumOf(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data), 0, SUM_BYTES);
  return btoa(String.fromCharCode(...digest));
}

/** The answer of the server, asked again while there is none. Rejects with RpcError. */
async function ask(address: string, options: RequestInit, stop: AbortSignal): Promise<unknown> {
  for (let turn = 0; ; turn++) {
    const answer = await fetch(address, { ...options, signal: stop }).catch(() => null);
    stop.throwIfAborted();
    // What is no JSON comes from a proxy, or from a network that wants to be signed in to.
    const said: unknown = answer && isJson(answer) ? await answer.json().catch(() => null) : null;
    if (answer && said !== null) {
      if (answer.ok) return said;
      const { error = "UPLOAD" } = said as { error?: string };
      if (answer.status < 500 && answer.status !== 429) throw new RpcError(error, answer.status);
    }
    if (turn === TRIES) throw new RpcError(OFFLINE, 0);
    const wait = Number(answer?.headers.get("Retry-After") ?? 0) * 1000 || 500 * 2 ** turn;
    await new Promise((resume) => setTimeout(resume, Math.min(wait, 30_000)));
  }
}
