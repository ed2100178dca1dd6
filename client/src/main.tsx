/** What the session is leads to the door or to the app; each is loaded when it is wanted. */
import { render } from "preact";
import { describe } from "./features/app/index.tsx";
import { applyPreferences } from "./features/settings/index.tsx";
import { lang, load, loadRest, preferred, t } from "./i18n/index.ts";
import { persist } from "./wire/again.ts";
import { isError } from "./wire/errors.ts";
import { loadConfig, loadSession, rotate } from "./wire/http.ts";
import type { Config, Session } from "./wire/http.ts";

/** How often this tab has begun anew since a part of the page did not arrive. */
const ANEW = "pb-app-anew";
const ANEW_TRIES = 2;
const ANEW_MS = 1000;

async function start(): Promise<void> {
  document.getElementById("late")?.remove();
  applyPreferences();
  const place = document.getElementById("app");
  // Set by state/kept.ts.
  const app = localStorage.getItem("pb-app-kept") ? import("./app.tsx") : null;
  await load(preferred(localStorage.getItem("pb-app-lang"), navigator.languages));
  document.documentElement.lang = lang();
  if (!place) return;
  try {
    if (app && (await (await app).showKept(place))) return;
    const [config, session] = await persist(() => Promise.all([loadConfig(), loadSession()]), { tries: 2 });
    await show(place, config, session);
  } catch (error) {
    if (!isError(error) && mayBeginAnew()) throw error;
    render(<main class="page centre"><h1>petitbleu</h1><p role="alert">{describe(error)}</p><p><button class="primary" type="button" onClick={() => location.reload()}>{t("status.retry")}</button></p></main>, place);
  }
}

async function show(place: HTMLElement, config: Config, session: Session): Promise<void> {
  if (session.state === "ended") await (await import("./state/keep.ts")).wipe();
  if (session.state !== "signed-in") {
    const { SignIn } = await import("./features/signin/index.tsx");
    const done = () => void persist(loadSession).then((now) => show(place, config, now)).catch(() => location.reload());
    return render(<SignIn config={config} session={session} onDone={done} />, place);
  }
  const { showApp, Suspended } = await import("./app.tsx");
  if (session.suspended) {
    await (await import("./state/keep.ts")).wipe();
    await loadRest();
    return render(<Suspended told={session} texts={[]} />, place);
  }
  if (session.rotate) await rotate().catch(() => {});
  await showApp(place, { config, session });
}

function mayBeginAnew(): boolean {
  return Number(sessionStorage.getItem(ANEW)) < ANEW_TRIES;
}

/** Texts or scripts were lost on the way, with a worker that was killed: a browser does not ask for them again in the same page. */
function beginAnew(error: unknown): void {
  if (!mayBeginAnew()) throw error;
  sessionStorage.setItem(ANEW, String(Number(sessionStorage.getItem(ANEW)) + 1));
  setTimeout(() => location.reload(), ANEW_MS);
}

void start().then(() => sessionStorage.removeItem(ANEW), beginAnew);
