/** What carries the frames: a WebSocket, or POST and long poll where sockets do not get through. */
import { pause } from "./again.ts";
import type { CallFrame, Incoming } from "./frames.ts";

export type Outgoing = CallFrame | { a: number } | { ping: number };

export interface Heard {
  frame(frame: Incoming, counted: boolean): void;
  /** The carrier is gone; the code is that of the socket (4401: signed out). */
  closed(code: number): void;
}

export interface Carrier {
  send(frames: Outgoing[]): void;
  close(): void;
}

export type Connect = (opening: Record<string, unknown>, heard: Heard) => Carrier;

export const SIGNED_OUT = 4401;
const OPEN_SECONDS = 5;
const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 8000;
const BATCH = 16;
/** UTF-16 units: of three bytes each, they are less than the 256 KiB that the server takes. */
const BATCH_UNITS = 64_000;

/** The headers that a request of ours must have. */
export const HEADERS = { "X-Petitbleu-App": "1", "Content-Type": "application/json" };

/** Frames over one WebSocket. */
export const bySocket: Connect = (opening, heard) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/app/ws`, "petitbleu.json.1");
  let over = false;
  const end = (code: number) => {
    if (over) return;
    over = true;
    clearTimeout(guard);
    socket.close();
    heard.closed(code);
  };
  const guard = setTimeout(() => end(1006), OPEN_SECONDS * 1000);
  socket.onopen = () => socket.send(JSON.stringify({ open: opening }));
  socket.onmessage = ({ data }) => {
    if (over) return;
    const frame = parse(data);
    if (!frame) return end(1007);
    if ("opened" in frame) clearTimeout(guard);
    heard.frame(frame, true);
  };
  socket.onclose = ({ code }) => end(code);
  return {
    send(frames) {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (const frame of frames) socket.send(JSON.stringify(frame));
    },
    close: () => end(1000),
  };
};

/** Frames over POST and long poll. */
export const byPoll: Connect = (opening, heard) => {
  const stop = new AbortController();
  let session = String(opening.session ?? "");
  let got = Number(opening.got ?? 0);
  let over = false;
  const end = (code: number) => {
    if (over) return;
    over = true;
    stop.abort();
    heard.closed(code);
  };
  /** Requests that wait for an answer, by the numbers of their calls. */
  const underway = new Map<number, Promise<void>>();
  /** `of`: the session that was asked. */
  const frames = async (answer: Response, counted: boolean, of: string) => {
    const list = await framesOf(answer);
    if (!Array.isArray(list)) return end(list ?? 1006);
    // The numbers of calls are a session's own: a late answer of one before says nothing now.
    if (of !== session) return;
    for (const frame of list) {
      if (over) return;
      if ("bye" in frame) {
        heard.frame(frame, counted);
        return end(1012);
      }
      if ("opened" in frame) {
        if (!frame.opened.resumed) {
          got = 0;
          underway.clear();
        }
        session = frame.opened.session;
      } else if (counted && ("i" in frame || "u" in frame)) got++;
      heard.frame(frame, counted);
    }
  };
  const listen = async () => {
    let strangers = 0;
    for (let first = true; !over; first = false) {
      // Where each request reaches another worker, nobody knows the session, and asking at once would never end.
      if (strangers > 1) await pause(Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (strangers - 2)));
      if (over) return;
      const of = session;
      const place = new URLSearchParams(of ? { session: of, got: String(got) } : {});
      if (first) place.set("open", "1");
      const options: RequestInit = { signal: stop.signal, cache: "no-store" };
      await frames(await fetch(`/app/events?${place}`, options), true, of);
      strangers = of && session !== of ? strangers + 1 : 0;
    }
  };
  listen().catch(() => end(1006));
  const post = async (body: string, of: string) => {
    if (over) return;
    const headers = { ...HEADERS, "X-Petitbleu-Session": of };
    await frames(await fetch("/app/rpc", { method: "POST", headers, body, signal: stop.signal }), false, of);
  };
  return {
    send(outgoing) {
      const of = session;
      for (const { body, calls } of batches(outgoing.filter((frame) => "q" in frame))) {
        // Requests overtake each other, and the server waits for no call that it has not seen.
        const before = calls.flatMap(({ after = 0 }) => underway.get(after) ?? []);
        const sent = (before.length ? Promise.all(before).then(() => post(body, of)) : post(body, of)).catch(() => end(1006));
        for (const { i } of calls) underway.set(i, sent);
        void sent.then(() => calls.forEach(({ i }) => underway.get(i) === sent && underway.delete(i)));
      }
    },
    close: () => end(1000),
  };
};

/**
 * The frames of an answer, or the code with which the carrier ends; null where the answer is none of
 * ours: a proxy's, or the page of a network that wants to be signed in to.
 */
async function framesOf(answer: Response): Promise<Incoming[] | number | null> {
  if (!isJson(answer)) return null;
  const data: unknown = await answer.json();
  if (answer.ok && Array.isArray(data)) return data as Incoming[];
  const { error } = (data ?? {}) as { error?: string };
  return answer.status === 401 && error === "NOT_SIGNED_IN" ? SIGNED_OUT : null;
}

/** Whether the answer can be one of the server's. */
export function isJson(answer: Response): boolean {
  return (answer.headers.get("content-type") ?? "").includes("json");
}

/** Calls in bodies that the server takes: at most 16 in one, and not too large. */
function batches(all: readonly CallFrame[]): { body: string; calls: CallFrame[] }[] {
  const bodies: { texts: string[]; calls: CallFrame[] }[] = [];
  let room = 0;
  for (const call of all) {
    const text = JSON.stringify(call);
    let last = bodies.at(-1);
    if (!last || last.calls.length === BATCH || text.length > room) {
      bodies.push((last = { texts: [], calls: [] }));
      room = BATCH_UNITS;
    }
    last.texts.push(text);
    last.calls.push(call);
    room -= text.length;
  }
  return bodies.map(({ texts, calls }) => ({ body: `[${texts.join(",")}]`, calls }));
}

function parse(data: unknown): Incoming | null {
  try {
    const frame: unknown = typeof data === "string" ? JSON.parse(data) : null;
    return typeof frame === "object" && frame !== null ? (frame as Incoming) : null;
  } catch {
    return null;
  }
}
