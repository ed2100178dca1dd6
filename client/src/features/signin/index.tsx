/** Sign in and up: who, the code, a name for those who are new, the second password. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Config } from "../../wire/http.ts";
import type { Session } from "../../wire/http.ts";
import { LanguageChoice } from "../settings/index.tsx";
import type { Step } from "./actions.ts";
import { QrStep } from "./qr-step.tsx";
import { CodeStep, NameStep, PasswordStep, WhoStep } from "./steps.tsx";
import "./signin.css";

export function SignIn({ config, session, onDone }: { config: Config; session: Session; onDone: () => void }) {
  const [step, setStep] = useState<Step>(session.state === "password" ? { kind: "password", trusted: false } : { kind: "who" });
  useEffect(() => {
    document.title = `${t("signin.title")} · ${config.name}`;
  }, []);
  const next = (to: Step) => (to.kind === "done" ? onDone() : setStep(to));
  return (
    <div class="signin">
      <main class="signin-card">
        <p class="brand" aria-hidden="true"><span class="brand-tube" /></p>
        <h1>{config.name}</h1>
        {session.state === "ended" && step.kind === "who" && <p class="note" role="status">{t("signin.ended")}</p>}
        {step.kind === "who" && <WhoStep config={config} onNext={next} />}
        {step.kind === "code" && <CodeStep step={step} config={config} onNext={next} />}
        {step.kind === "qr" && <QrStep step={step} onNext={next} />}
        {step.kind === "name" && <NameStep step={step} onNext={next} />}
        {step.kind === "password" && <PasswordStep step={step} onNext={next} />}
      </main>
      <footer class="signin-foot">
        <LanguageChoice languages={config.languages} />
        <a href="/">{t("signin.about")}</a>
        <a href="/app/licences.txt">{t("signin.licences")}</a>
      </footer>
    </div>
  );
}
