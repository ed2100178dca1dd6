/** A long answer that is fetched page by page, as far as somebody looks at it. */
import { batch, signal } from "@preact/signals";

export interface Page<T> {
  items: readonly T[];
  /** How many there are in all. */
  total: number;
  end: boolean;
}

/** `failed`: the next page can be asked for again. */
export type PagedState = "idle" | "loading" | "failed" | "done";

export class Paged<T> {
  readonly items = signal<readonly T[]>([]);
  /** null: not known yet. */
  readonly total = signal<number | null>(null);
  readonly state = signal<PagedState>("idle");
  /** Why the last page did not come. */
  error: unknown = null;
  private readonly fetch: (last: T | undefined, count: number) => Promise<Page<T>>;
  private running: Promise<void> | null = null;
  private stopped = false;

  /** `fetch` gets the last item there is, and how many there are. */
  constructor(fetch: (last: T | undefined, count: number) => Promise<Page<T>>) {
    this.fetch = fetch;
  }

  /** Ask for the next page; nothing is asked for twice at a time. */
  more(): Promise<void> {
    if (this.state.peek() === "done" || this.stopped) return Promise.resolve();
    this.running ??= this.load().finally(() => (this.running = null));
    return this.running;
  }

  /** What is on its way is not wanted any more. */
  stop(): void {
    this.stopped = true;
  }

  /** Take one out that is gone. */
  drop(gone: (item: T) => boolean): void {
    const left = this.items.peek().filter((one) => !gone(one));
    const fewer = this.items.peek().length - left.length;
    this.items.value = left;
    if (this.total.peek() !== null) this.total.value = Math.max(0, (this.total.peek() ?? 0) - fewer);
  }

  private async load(): Promise<void> {
    this.state.value = "loading";
    const before = this.items.peek();
    try {
      const page = await this.fetch(before.at(-1), before.length);
      if (this.stopped) return;
      batch(() => {
        this.items.value = [...this.items.peek(), ...page.items];
        this.total.value = Math.max(page.total, this.items.peek().length);
        // A page without anything leads nowhere.
        this.state.value = page.end || !page.items.length ? "done" : "idle";
      });
    } catch (error) {
      this.error = error;
      if (!this.stopped) this.state.value = "failed";
    }
  }
}
