/** The page of somebody who is signed in. Loaded apart from the door. */
import { render } from "preact";
import { ClientContext, follow } from "./features/app/index.tsx";
import { AskDialog } from "./features/ask/index.tsx";
import { EndWatch, SignedOut, Suspended } from "./features/ended/index.tsx";
import type { OnEnd } from "./features/ended/index.tsx";
import { FolderDialog } from "./features/folders/index.tsx";
import { ForwardDialog } from "./features/forward/index.tsx";
import { Viewer } from "./features/media/index.tsx";
import { PageDialogs } from "./features/page/index.tsx";
import { PollDialogs } from "./features/polls/index.tsx";
import { ReportDialog } from "./features/report/index.tsx";
import { Shell } from "./features/shell/index.tsx";
import { lang, loadRest } from "./i18n/index.ts";
import { Client } from "./state/client.ts";
import { wipe } from "./state/keep.ts";
import type { About, Kept } from "./state/kept.ts";
import { readKept } from "./state/kept.ts";
import { keepFocus } from "./ui/focus.ts";
import { byPoll, bySocket } from "./wire/carriers.ts";
import { loadSession, rotate } from "./wire/http.ts";
import { installWorker } from "./worker/install.ts";

export { Suspended };

const clock = {
  later: (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
};

/** Show the app; `kept`: with what the device has kept. */
export async function showApp(place: HTMLElement, { config, session }: About, kept: Kept | null = null): Promise<Client> {
  const words = loadRest();
  // The fragment of an invitation names the person: it has done its work.
  if (location.hash && location.pathname !== "/app/link") history.replaceState(null, "", location.pathname.replace("/app/signin", "/app"));
  follow();
  // What this page was built as, whatever the server serves by now.
  const build = document.querySelector<HTMLMetaElement>("meta[name=build]")?.content || config.build;
  const client = new Client({ config: { ...config, build }, session, kept, lang: lang(), carriers: { socket: bySocket, poll: byPoll }, clock });
  const end: OnEnd = ({ why, told }, texts) => render(why === "suspended" ? <Suspended told={told} texts={texts} /> : <SignedOut texts={texts} />, place);
  // With what is kept, a chat can be there at once: so must be what was typed in it.
  await Promise.all([client.opened, words]);
  render(
    <ClientContext.Provider value={client}>
      <Shell />
      <ForwardDialog />
      <FolderDialog />
      <PollDialogs />
      <ReportDialog />
      <PageDialogs />
      <AskDialog />
      <Viewer />
      <EndWatch onEnd={end} />
    </ClientContext.Provider>,
    place,
  );
  keepFocus(place);
  if (session.trusted) void installWorker();
  return client;
}

/** Show what this device has kept, if anything, and see meanwhile whether the session still stands. */
export async function showKept(place: HTMLElement): Promise<boolean> {
  const kept = await readKept().catch(() => null);
  if (!kept) return false;
  void confirmSession(await showApp(place, kept.list, kept));
  return true;
}

async function confirmSession(client: Client): Promise<void> {
  const session = await loadSession().catch(() => null);
  // Without an answer there is no connection: that is said already, and tried again.
  if (!session) return;
  if (session.state !== "signed-in") client.end("signed-out");
  else if (session.suspended) client.end("suspended", session);
  else if (session.user !== client.store.me) {
    client.stop();
    await wipe();
    location.reload();
  } else if (session.rotate) await rotate().catch(() => {});
}
