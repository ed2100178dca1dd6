/** What the session is leads to the door or to the app. */
import { render } from "preact";
import { ClientContext, describe, follow } from "./features/app/index.tsx";
import { EndWatch, SignedOut, Suspended } from "./features/ended/index.tsx";
import { ForwardDialog } from "./features/forward/index.tsx";
import { Viewer } from "./features/media/index.tsx";
import { ReportDialog } from "./features/report/index.tsx";
import { applyTheme } from "./features/settings/index.tsx";
import { Shell } from "./features/shell/index.tsx";
import type { OnEnd } from "./features/ended/index.tsx";
import { SignIn } from "./features/signin/index.tsx";
import { lang, load, preferred, t } from "./i18n/index.ts";
import { Client } from "./state/client.ts";
import { wipe } from "./state/keep.ts";
import "./theme/tokens.css";
import "./theme/base.css";
import { byPoll, bySocket } from "./wire/carriers.ts";
import { loadConfig, loadSession, rotate } from "./wire/http.ts";
import type { Config, Session } from "./wire/http.ts";

const clock = {
  later: (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
};

async function start(): Promise<void> {
  applyTheme();
  await load(preferred(localStorage.getItem("pb-app-lang"), navigator.languages));
  document.documentElement.lang = lang();
  const place = document.getElementById("app");
  if (!place) return;
  try {
    const [config, session] = await Promise.all([loadConfig(), loadSession()]);
    await show(place, config, session);
  } catch (error) {
    render(<main class="page centre"><h1>petitbleu</h1><p role="alert">{describe(error)}</p><p><button class="primary" type="button" onClick={() => location.reload()}>{t("status.retry")}</button></p></main>, place);
  }
}

async function show(place: HTMLElement, config: Config, session: Session): Promise<void> {
  if (session.state === "ended") await wipe();
  if (session.state !== "signed-in") {
    const done = () => void loadSession().then((now) => show(place, config, now));
    return render(<SignIn config={config} session={session} onDone={done} />, place);
  }
  if (session.suspended) {
    await wipe();
    return render(<Suspended texts={[]} />, place);
  }
  if (session.rotate) await rotate().catch(() => {});
  // The fragment of an invitation names the person: it has done its work.
  if (location.hash) history.replaceState(null, "", location.pathname.replace("/app/signin", "/app"));
  follow();
  const client = new Client({ config, lang: lang(), trusted: session.trusted, carriers: { socket: bySocket, poll: byPoll }, clock });
  client.store.me = session.user;
  const end: OnEnd = (why, texts) => render(why === "suspended" ? <Suspended texts={texts} /> : <SignedOut texts={texts} />, place);
  render(
    <ClientContext.Provider value={client}>
      <Shell />
      <ForwardDialog />
      <ReportDialog />
      <Viewer />
      <EndWatch onEnd={end} />
    </ClientContext.Provider>,
    place,
  );
}

void start();
