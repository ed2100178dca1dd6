/** Where the questions end: numbers to call, ways not to see it any more, the number of the report. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { nameOf } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import type { IconName } from "../../ui/icon.tsx";
import type { petitbleu_receipt } from "../../wire/schema.d.ts";
import { describe, go, useClient } from "../app/index.tsx";
import { blockPerson, leaveChat, leaveKey, mayMute, muteChat, personIn } from "./actions.ts";
import type { Reported } from "./index.tsx";
import { numbersOf } from "./numbers.ts";

/** Whom to call before anything is typed: the operator's numbers. */
export function Emergency() {
  const { emergency } = useClient().config;
  return (
    <section class="emergency" aria-label={t("report.danger")}>
      <h3 tabIndex={-1} data-first>{t("report.danger")}</h3>
      <p>{t("report.danger_text")}</p>
      <ul class="numbers">{numbersOf(emergency).map((one) => <li key={one.text}>{one.dial ? <a href={`tel:${one.dial}`}>{one.text}</a> : one.text}</li>)}</ul>
    </section>
  );
}

/** No case is made of it: how not to see it any more. */
export function Unwanted({ what, onClose }: { what: Reported; onClose: () => void }) {
  return (
    <section class="report-end">
      <h3 tabIndex={-1} data-first>{t("report.unwanted")}</h3>
      <p>{t("report.unwanted_text")}</p>
      <Offers what={what} onLeft={onClose} />
    </section>
  );
}

/** The number at once, what happens next, and what can be done besides. */
export function Receipt({ what, receipt, onClose }: { what: Reported; receipt: petitbleu_receipt | null; onClose: () => void }) {
  const toCases = (event: Event) => {
    event.preventDefault();
    onClose();
    // Once the dialog has given the focus back.
    setTimeout(() => go("/app/cases"));
  };
  return (
    <section class="report-end">
      <h3 tabIndex={-1} data-first>{t("report.received")}</h3>
      <div role="status">
        {receipt ? <p class="receipt"><span>{t("report.number")}</span> <strong>{receipt.number}</strong></p> : <p>{t("report.done")}</p>}
        {receipt && <p>{receipt.text}</p>}
      </div>
      {receipt?.url && (
        <div class="note">
          <p>{t("report.notice")}</p>
          <a class="primary" href={receipt.url} target="_blank" rel="noopener">{t("report.finish")}</a>
        </div>
      )}
      <Offers what={what} onLeft={onClose} />
      <div class="dialog-acts">
        <a class="secondary" href="/app/cases" onClick={toCases}>{t("cases.title")}</a>
        <button class="primary" type="button" onClick={onClose}>{t("dialog.close")}</button>
      </div>
    </section>
  );
}

/** Block, mute, leave: what is done says so where its button was. */
function Offers({ what, onLeft }: { what: Reported; onLeft: () => void }) {
  const client = useClient();
  const person = personIn(client, what);
  const leaving = leaveKey(client, what.chat);
  const [muteOffered] = useState(() => mayMute(client, what.chat));
  const [blockOffered] = useState(() => person !== "" && !client.store.isBlocked(person).peek());
  const name = person ? nameOf(client.store.entity(person).value) || t("person.deleted") : "";
  const leave = async () => {
    await leaveChat(client, what.chat);
    onLeft();
    setTimeout(() => go("/app"));
  };
  if (!muteOffered && !blockOffered && !leaving) return null;
  return (
    <div class="panel-acts" role="group" aria-label={t("report.besides")}>
      {blockOffered && <Offer icon="close" done="report.blocked" act={() => blockPerson(client, person)} danger>{t("report.block", { name })}</Offer>}
      {muteOffered && <Offer icon="mute" done="report.muted" act={async () => muteChat(client, what.chat)}>{t("report.mute")}</Offer>}
      {leaving && <Offer icon="back" done="report.left" act={leave} danger>{t(leaving)}</Offer>}
    </div>
  );
}

function Offer(props: { icon: IconName; done: Key; act: () => Promise<void>; danger?: boolean; children: ComponentChildren }) {
  const [state, setState] = useState<"" | "busy" | "done">("");
  const [wrong, setWrong] = useState("");
  const act = () => {
    if (state) return;
    setState("busy");
    setWrong("");
    props.act().then(() => setState("done"), (error: unknown) => (setState(""), setWrong(describe(error))));
  };
  if (state === "done") return <p class="offer-done" role="status"><Icon name="check" />{t(props.done)}</p>;
  return (
    <>
      <button type="button" class={props.danger ? "secondary danger" : "secondary"} aria-disabled={state === "busy"} onClick={act}><Icon name={props.icon} />{props.children}</button>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
    </>
  );
}
