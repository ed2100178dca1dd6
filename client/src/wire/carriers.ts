/** What carries the frames: a WebSocket, or POST and long poll where sockets do not get through. */
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
  const frames = async (answer: Response, counted: boolean) => {
    if (answer.status === 401) return end(SIGNED_OUT);
    const list: unknown = answer.ok ? await answer.json() : null;
    if (!Array.isArray(list)) return end(1006);
    for (const frame of list as Incoming[]) {
      if (over) return;
      if ("opened" in frame) {
        if (!frame.opened.resumed) got = 0;
        session = frame.opened.session;
      } else if (counted && ("i" in frame || "u" in frame)) got++;
      heard.frame(frame, counted);
    }
  };
  const listen = async () => {
    while (!over) {
      const place = new URLSearchParams(session ? { session, got: String(got) } : {});
      const options: RequestInit = { signal: stop.signal, cache: "no-store" };
      await frames(await fetch(`/app/events?${place}`, options), true);
    }
  };
  listen().catch(() => end(1006));
  return {
    send(outgoing) {
      const calls = outgoing.filter((frame) => "q" in frame);
      for (let at = 0; at < calls.length; at += 16) {
        const body = JSON.stringify(calls.slice(at, at + 16));
        const headers = { ...HEADERS, "X-Petitbleu-Session": session };
        fetch("/app/rpc", { method: "POST", headers, body, signal: stop.signal })
          .then((answer) => frames(answer, false))
          .catch(() => end(1006));
      }
    },
    close: () => end(1000),
  };
};

function parse(data: unknown): Incoming | null {
  try {
    const frame: unknown = typeof data === "string" ? JSON.parse(data) : null;
    return typeof frame === "object" && frame !== null ? (frame as Incoming) : null;
  } catch {
    return null;
  }
}
