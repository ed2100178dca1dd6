import { useEffect, useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { date, legal } from "../../i18n/times.ts";
import type { petitbleu_case, petitbleu_cases } from "../../wire/schema.d.ts";
import { describe } from "../app/index.tsx";
import "./cases.css";

export type LoadCases = () => Promise<petitbleu_cases>;

/** Kinds of cases under one heading, in their order. */
const PARTS: readonly { title: Key; kinds: readonly string[] }[] = [
  { title: "cases.decisions", kinds: ["decision"] },
  { title: "cases.appeals", kinds: ["appeal"] },
  { title: "cases.reports", kinds: ["report", "notice"] },
  { title: "cases.data", kinds: ["data"] },
];
const STATES: Record<string, Key> = {
  received: "cases.received",
  review: "cases.review",
  decided: "cases.decided",
  contested: "cases.contested",
  undone: "cases.undone",
  admins: "cases.admins",
};

export function CaseList({ load }: { load: LoadCases }) {
  const [found, setFound] = useState<petitbleu_cases | null>(null);
  const [wrong, setWrong] = useState("");
  const again = () => {
    setWrong("");
    load().then(setFound, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(() => {
    again();
    // Addresses are good for a day, and an objection is made in another tab: look again on the way back.
    const look = () => document.visibilityState === "visible" && again();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  if (wrong && !found) {
    return (
      <div class="cases-wrong">
        <p role="alert">{wrong}</p>
        <p><button class="secondary" type="button" onClick={again}>{t("status.retry")}</button></p>
      </div>
    );
  }
  if (!found) return <div class="skeleton" role="status" aria-label={t("cases.loading")}><span /><span /><span /></div>;
  if (!found.cases.length) return <p class="cases-none">{t("cases.none")}</p>;
  return (
    <div class="cases">
      {PARTS.map((part) => {
        const cases = found.cases.filter((one) => part.kinds.includes(one.kind));
        return cases.length > 0 && (
          <section key={part.title}>
            <h2>{t(part.title)}</h2>
            <ul>{cases.map((one) => <Row key={`${one.number} ${one.role}`} one={one} />)}</ul>
          </section>
        );
      })}
      {found.url && <p class="hint">{t("cases.pages")} <a href={found.url} target="_blank" rel="noopener">{t("cases.all")}</a></p>}
    </div>
  );
}

function Row({ one }: { one: petitbleu_case }) {
  const state = STATES[one.state];
  return (
    <li class="case">
      <p class="case-head"><strong>{one.number}</strong> <span class="hint">{date(one.at)}</span></p>
      {one.reason && <p>{one.reason}{one.about && <>{" – "}<bdi>{one.about}</bdi></>}</p>}
      <p>{t(one.asked ? "cases.asked" : (state ?? "cases.review"))}</p>
      {one.due !== undefined && <p class="hint">{t(one.kind === "decision" ? "cases.until" : "cases.due", { when: one.kind === "decision" ? legal(one.due) : date(one.due) })}</p>}
      {(one.url || one.contest) && (
        <p class="panel-acts">
          {one.url && <a class="secondary" href={one.url} target="_blank" rel="noopener" aria-label={t(one.asked ? "cases.answer_this" : "cases.open_this", { number: one.number })}>{t(one.asked ? "cases.answer" : "cases.open")}</a>}
          {one.contest && <a class="secondary" href={one.contest} target="_blank" rel="noopener" aria-label={t("cases.contest_this", { number: one.number })}>{t("cases.contest")}</a>}
        </p>
      )}
    </li>
  );
}
