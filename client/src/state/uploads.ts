/**
 * Files on their way up. What is needed to go on after a reload is kept; the file itself a page cannot
 * keep: it is chosen again, and compared with what was sent of it.
 */
import { signal } from "@preact/signals";
import { RpcError } from "../wire/errors.ts";
import type { InputFile, InputMedia, MessageEntity } from "../wire/schema.d.ts";
import { FILE_CHANGED, randomFileId, upload } from "../wire/upload.ts";
import type { Limits, Sums } from "../wire/upload.ts";
import type { Keep } from "./keep.ts";
import type { PeerKey } from "./keys.ts";
import type { Tabs } from "./tabs.ts";

export interface Fault {
  readonly kind: string;
  readonly code: number;
  readonly value: number;
  readonly incident: string;
}
/** What is said with a file. */
export interface Words {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly replyTo: number;
}
export const NO_WORDS: Words = { text: "", entities: [], replyTo: 0 };

export interface Row {
  /** The file's number, and of the message that it becomes. */
  readonly id: string;
  readonly chat: PeerKey;
  readonly name: string;
  readonly size: number;
  /** From 0 to 1. */
  readonly share: number;
  readonly error: Fault | null;
  /** The page was loaded anew: the file has to be chosen again. */
  readonly lost: boolean;
  /** It is at the server, and waits for the others of its album. */
  readonly arrived: boolean;
}
/** A file that is to go up. `prepare` makes what is sent of it, `finish` gets what it came to. */
export interface Job {
  chat: PeerKey;
  file: File;
  words: Words;
  prepare: (file: File) => Promise<File>;
  /** The row stays until this is done. */
  finish: (input: InputFile, sent: File) => Promise<void> | void;
  fail: () => void;
}
interface Kept {
  id: string;
  chat: PeerKey;
  tab: string;
  name: string;
  size: number;
  parts: number;
  sums: Record<number, string>;
  /** Absent in what an older page has left. */
  words?: Words;
}

/** Another file than the one that was on its way. */
const FILE_OTHER = "FILE_OTHER";
const KEY = "upload-";

type Send = (chat: PeerKey, media: InputMedia, id: string, words: Words) => void;

export class Uploads {
  readonly rows = signal<readonly Row[]>([]);
  private readonly limits: Limits;
  private readonly send: Send;
  private readonly jobs = new Map<string, Job>();
  private readonly stops = new Map<string, AbortController>();
  private readonly kept = new Map<string, Kept>();
  private keep: Keep | null = null;
  private tab = "";

  constructor(limits: Limits, send: Send) {
    this.limits = limits;
    this.send = send;
  }

  /** Read what this tab and tabs that are gone have left; `isSent`: what has become a message since. */
  async open(keep: Keep, tabs: Tabs, isSent: (id: string) => boolean): Promise<void> {
    this.keep = keep;
    this.tab = tabs.name;
    for (const name of await keep.names()) {
      if (!name.startsWith(KEY)) continue;
      const found = (await keep.get(name)) as Kept | undefined;
      if (!found) continue;
      if (found.tab === tabs.name) await this.adopt(name, isSent);
      else await tabs.afterEnd(found.tab, () => this.adopt(name, isSent));
    }
  }

  private async adopt(name: string, isSent: (id: string) => boolean): Promise<void> {
    // It may have gone on, or have been adopted by another tab.
    const found = (await this.keep?.get(name)) as Kept | undefined;
    if (!found || this.kept.has(found.id)) return;
    if (isSent(found.id)) return this.keep?.remove(name);
    const mine = { ...found, tab: this.tab };
    this.kept.set(found.id, mine);
    await this.keep?.set(name, mine).catch(() => {});
    const share = Object.keys(found.sums).length / Math.max(1, found.parts);
    const { id, chat, name: called, size } = found;
    this.rows.value = [...this.rows.peek(), { id, chat, name: called, size, share, error: null, lost: true, arrived: false }];
  }

  /** Send a file up; `fault`: why it cannot be. Gives its number. */
  add(job: Job, fault: Fault | null): string {
    const id = randomFileId();
    const { name, size } = job.file;
    this.jobs.set(id, job);
    this.rows.value = [...this.rows.peek(), { id, chat: job.chat, name, size, share: 0, error: fault, lost: false, arrived: false }];
    if (fault) job.fail();
    else void this.run(id);
    return id;
  }

  /** The file of a row that was lost, chosen again. */
  choose(id: string, file: File): void {
    const kept = this.kept.get(id);
    if (!kept) return;
    if (file.size !== kept.size || file.name !== kept.name) {
      return this.change(id, { error: new RpcError(FILE_OTHER, 0) });
    }
    const { chat, words = NO_WORDS } = kept;
    const finish = (input: InputFile, sent: File) => this.send(chat, documentOf(input, sent), id, words);
    this.jobs.set(id, { chat, file, words, prepare: async () => file, finish, fail() {} });
    this.retry(id);
  }

  /** Go on with a row that failed. */
  retry(id: string): void {
    this.change(id, { error: null, lost: false });
    void this.run(id);
  }

  cancel(id: string): void {
    this.stops.get(id)?.abort();
    this.jobs.get(id)?.fail();
    this.forget(id);
  }

  private async run(id: string): Promise<void> {
    const job = this.jobs.get(id);
    if (!job) return;
    const stop = new AbortController();
    this.stops.set(id, stop);
    try {
      const sent = await job.prepare(job.file);
      const sums = sent === job.file ? this.sums(id, job) : undefined;
      const hooks = { stop: stop.signal, progress: (share: number) => this.change(id, { share }), ...(sums ? { sums } : {}) };
      const input = await upload(sent, id, this.limits, hooks);
      const finished = job.finish(input, sent);
      this.drop(id);
      if (finished) {
        this.change(id, { arrived: true });
        await finished;
      }
      this.forget(id);
    } catch (error) {
      if (stop.signal.aborted) return;
      const { kind, code, value, incident } = error instanceof RpcError ? error : new RpcError("INTERNAL", 500);
      // The right file can still be chosen.
      const lost = kind === FILE_CHANGED && this.kept.has(id);
      this.change(id, { error: { kind, code, value, incident }, lost });
      job.fail();
    }
  }

  /** The digests of the parts of a file that is sent as it is; they are kept as they come. */
  private sums(id: string, job: Job): Sums {
    const { name, size } = job.file;
    const parts = Math.max(1, Math.ceil(size / this.limits.part));
    const kept = this.kept.get(id) ?? { id, chat: job.chat, tab: this.tab, name, size, parts, sums: {}, words: job.words };
    this.kept.set(id, kept);
    return {
      get: (part) => kept.sums[part],
      set: (part, sum) => {
        kept.sums[part] = sum;
        if (this.kept.has(id)) this.keep?.set(KEY + id, kept).catch(() => {});
      },
    };
  }

  /** Nothing of it is to go up any more. */
  private drop(id: string): void {
    this.jobs.delete(id);
    this.stops.delete(id);
    this.kept.delete(id);
    this.keep?.remove(KEY + id).catch(() => {});
  }

  private forget(id: string): void {
    this.drop(id);
    this.rows.value = this.rows.peek().filter((one) => one.id !== id);
  }

  private change(id: string, to: Partial<Row>): void {
    this.rows.value = this.rows.peek().map((one) => (one.id === id ? { ...one, ...to } : one));
  }
}

/** A file as it is. */
export function documentOf(input: InputFile, file: File): InputMedia {
  return {
    _: "inputMediaUploadedDocument",
    file: input,
    mime_type: file.type || "application/octet-stream",
    attributes: [{ _: "documentAttributeFilename", file_name: file.name }],
  };
}
