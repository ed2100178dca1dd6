/** Tabs of one browser: each has a name over its reloads, and knows which others are still there. */
const LOCK = "pb-tab-";
const TAB = "pb-app-tab";

/** The page before a reload may last so long after the one after it has begun. */
const LINGERS_MS = 10_000;

export interface Tabs {
  /** Of this tab. */
  readonly name: string;
  /**
   * Do something with what a tab has left, if it is gone; or soon, where it is this tab before a
   * reload. What belongs to a tab that is there stays its own.
   */
  afterEnd(tab: string, adopt: () => Promise<void>): Promise<void>;
}

/** This tab, and the others. */
export async function openTabs(): Promise<Tabs> {
  const before = sessionStorage.getItem(TAB);
  let name = before ?? crypto.randomUUID();
  while (!(await hold(LOCK + name))) name = crypto.randomUUID();
  sessionStorage.setItem(TAB, name);
  return { name, afterEnd: (tab, adopt) => afterEnd(tab, tab === before, adopt) };
}

/** Take a lock until the tab ends; false when another tab has it. */
function hold(lock: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(lock, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      return held ? new Promise(() => {}) : undefined;
    });
  });
}

async function afterEnd(tab: string, isOwn: boolean, adopt: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return adopt();
  const isGone = await navigator.locks.request(LOCK + tab, { ifAvailable: true }, async (held) => {
    if (held) await adopt();
    return held !== null;
  });
  if (isGone || !isOwn) return;
  navigator.locks.request(LOCK + tab, { signal: AbortSignal.timeout(LINGERS_MS) }, adopt).catch(() => {});
}
