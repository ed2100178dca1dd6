/** The requests beside the socket: what the session is, signing in, the instance's facts. */
import { HEADERS, isJson } from "./carriers.ts";
import { OFFLINE, RpcError } from "./errors.ts";
import type { ErrorForm, Incoming, Method, Suspension } from "./frames.ts";
import type { Methods, Updates } from "./schema.d.ts";

export interface Config {
  name: string;
  build: string;
  server: string;
  languages: string[];
  public_url: string;
  ways: string[];
  joining: string;
  /** Whether browsers offer passkeys at this address. */
  passkeys: boolean;
  /** The key with which the browser subscribes to notices (`applicationServerKey`). */
  vapid: string;
  limits: { message: number; caption: number; part: number; big_file: number; file: number };
  reactions: string[];
  appeal_url?: string;
  /** Numbers to call where somebody is in danger. */
  emergency: string;
}

export type Session =
  | { state: "none" | "ended" | "open" | "password" }
  | ({ state: "signed-in"; user: string; trusted: boolean; rotate: boolean; suspended?: boolean } & Suspension);

/** The session that calls by POST belong to: named by the first answer. */
let named = "";
let calls = 0;
/** The call that brings the cookie: two at once would bring two. */
let first: Promise<unknown> | null = null;
/** Frames that were pushed to it. */
let got = 0;

/** Facts of the instance, for everybody. */
export async function loadConfig(): Promise<Config> {
  return (await json("/app/config.json")) as Config;
}

/** Why the server does not answer: OFFLINE, PORTAL, UNAVAILABLE; "" where it does. */
export async function findTrouble(): Promise<string> {
  try {
    await json("/app/config.json", { cache: "no-store" });
    return "";
  } catch (error) {
    return error instanceof RpcError ? error.kind : "UNAVAILABLE";
  }
}

/** Who the cookie says we are. */
export async function loadSession(): Promise<Session> {
  return (await json("/app/session", { cache: "no-store" })) as Session;
}

/** A new value for the cookie, and whether the device is trusted. */
export async function rotate(trusted?: boolean): Promise<Session> {
  const body = JSON.stringify(trusted === undefined ? {} : { trusted });
  await json("/app/session", { method: "POST", headers: HEADERS, body });
  return loadSession();
}

/** Forget the cookie here and at the server. */
export async function endSession(): Promise<void> {
  await fetch("/app/session", { method: "DELETE", headers: { "X-Petitbleu-App": "1" } });
}

/** Call a method by POST: before there is a socket. Rejects with RpcError. */
export async function post<M extends Method>(
  method: M,
  params: Methods[M]["params"],
  lang = "",
): Promise<Methods[M]["result"]> {
  if (!named && first) await first.catch(() => {});
  const headers = {
    ...HEADERS,
    ...(lang ? { "X-Petitbleu-Lang": lang } : {}),
    ...(named ? { "X-Petitbleu-Session": named } : {}),
  };
  const body = JSON.stringify({ i: ++calls, q: { _: method, ...params } });
  const options = { method: "POST", headers, body };
  const asked = json("/app/rpc", options, (answer) => {
    const session = answer.headers.get("X-Petitbleu-Session") ?? named;
    // The numbers of calls go on in a new session: the call that began it has one of them.
    if (session !== named) [named, got] = [session, 0];
  }) as Promise<Answer[]>;
  first = asked;
  const [answer] = await asked;
  if (!answer) throw new RpcError("INTERNAL", 500);
  if (answer.err) throw new RpcError(...answer.err);
  return answer.ok as Methods[M]["result"];
}

/** What is pushed to the session that calls by POST: one long poll. `isStrange`: whoever was asked did not know the session. */
export async function listen(signal: AbortSignal): Promise<{ updates: Updates[]; isStrange: boolean }> {
  const before = named;
  const place = new URLSearchParams({ session: named, got: String(got) });
  const frames = (await json(`/app/events?${place}`, { cache: "no-store", signal })) as Incoming[];
  const pushed: Updates[] = [];
  for (const frame of frames) {
    if ("opened" in frame && frame.opened.session !== named) [named, got] = [frame.opened.session, 0];
    if ("i" in frame || "u" in frame) got++;
    if ("u" in frame) pushed.push(frame.u);
  }
  return { updates: pushed, isStrange: before !== "" && named !== before };
}

interface Answer {
  ok?: unknown;
  err?: ErrorForm;
}

async function json(
  path: string,
  options: RequestInit = {},
  look: (answer: Response) => void = () => {},
): Promise<unknown> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(path, options);
    look(answer);
    text = await answer.text();
  } catch {
    // Cut before the answer, or in the midst of it.
    throw new RpcError(OFFLINE, 0);
  }
  if (!isJson(answer)) {
    // A portal of the network answers with a page of its own.
    throw new RpcError(answer.ok ? "PORTAL" : "UNAVAILABLE", answer.status);
  }
  const data: unknown = JSON.parse(text);
  if (!answer.ok) {
    const { error = "INTERNAL", reason = "" } = data as { error?: string; reason?: string };
    throw new RpcError(error, answer.status, 0, reason);
  }
  return data;
}
