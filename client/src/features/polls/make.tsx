/** Ask a poll. */
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { go, route, useClient, useEntity } from "../app/index.tsx";
import { isBroadcast } from "../../state/names.ts";
import type { Draft, Fault } from "./asked.ts";
import { EMPTY, EXPLANATION, faultOf, mediaOf, MOST, OPTION, QUESTION, withRoom } from "./asked.ts";
import { shown } from "./index.tsx";

const WRONG = { question: "poll.needs_question", options: "poll.needs_options", twice: "poll.twice", right: "poll.needs_right", closes: "poll.not_then" } as const satisfies Record<Fault, string>;

/** What was begun in a chat is still there after Escape. */
const begun = new Map<string, Draft>();

export function Make({ chat }: { chat: string }) {
  const client = useClient();
  const channel = isBroadcast(useEntity(chat));
  const [draft, setDraft] = useState<Draft>(begun.get(chat) ?? EMPTY);
  const [fault, setFault] = useState<Fault | null>(null);
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    begun.set(chat, next);
    setDraft(next);
    setFault(null);
  };
  const close = () => (shown.value = null);
  const submit = (event: Event) => {
    event.preventDefault();
    // Nobody sees who votes in a channel.
    const asked = channel ? { ...draft, anonymous: true } : draft;
    const wrong = faultOf(asked, client.store.now());
    if (wrong) return setFault(wrong);
    client.outbox.add({ chat, text: "", entities: [], media: mediaOf(asked) });
    begun.delete(chat);
    close();
    // Where the panel lies over the chat, whoever asked from there sees the poll.
    const at = route.peek();
    if (at.screen === "chat" && at.panel && matchMedia("(max-width: 1199px)").matches) go(`/app/c/${chat}`);
  };
  return (
    <Dialog title={t("poll.new")} closeLabel={t("dialog.close")} onClose={close}>
      <form class="poll-form" onSubmit={submit} noValidate>
        <label class="field"><span>{t("poll.question")}</span><input value={draft.question} maxLength={QUESTION} onInput={(event) => change({ question: event.currentTarget.value })} dir="auto" /></label>
        <Options draft={draft} onChange={change} />
        {!channel && <Tick label={t("poll.anonymous")} on={draft.anonymous} onChange={(anonymous) => change({ anonymous })} />}
        {!draft.quiz && <Tick label={t("poll.multiple")} on={draft.multiple} onChange={(multiple) => change({ multiple })} />}
        <Tick label={t("poll.quiz")} note={t("poll.quiz_hint")} on={draft.quiz} onChange={(quiz) => change({ quiz, multiple: false })} />
        {draft.quiz && <label class="field"><span>{t("poll.explanation")}</span><textarea rows={2} value={draft.explanation} maxLength={EXPLANATION} onInput={(event) => change({ explanation: event.currentTarget.value })} dir="auto" /></label>}
        <Closes closes={draft.closes} now={client.store.now()} onChange={(closes) => change({ closes })} />
        {fault && <p class="wrong" role="alert">{t(WRONG[fault])}</p>}
        <div class="dialog-acts"><button class="primary">{t("poll.ask")}</button></div>
      </form>
    </Dialog>
  );
}

function Tick({ label, note, on, onChange }: { label: string; note?: string; on: boolean; onChange: (on: boolean) => void }) {
  return <label class="tick"><input type="checkbox" checked={on} onInput={() => onChange(!on)} /><span>{label}{note && <small>{note}</small>}</span></label>;
}

function Options({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const list = useRef<HTMLUListElement>(null);
  const write = (at: number, text: string) => onChange({ options: withRoom(draft.options.map((one, n) => (n === at ? text : one))) });
  const remove = (at: number) => onChange({ options: draft.options.filter((_, n) => n !== at), right: draft.right === at ? -1 : draft.right > at ? draft.right - 1 : draft.right });
  // Enter goes to the next option, not to the end of the form.
  const keys = (event: KeyboardEvent, at: number) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    list.current?.querySelectorAll<HTMLElement>("input[type=text]")[at + 1]?.focus();
  };
  return (
    <fieldset class="choice">
      <legend>{t("poll.options")}</legend>
      <ul ref={list} class="poll-options">
        {draft.options.map((text, at) => (
          <li key={at}>
            {draft.quiz && <input type="radio" name="right" checked={draft.right === at} aria-label={t("poll.right", { n: at + 1 })} onInput={() => onChange({ right: at })} />}
            <input type="text" class="input" value={text} maxLength={OPTION} placeholder={t("poll.option", { n: at + 1 })} aria-label={t("poll.option", { n: at + 1 })} onInput={(event) => write(at, event.currentTarget.value)} onKeyDown={(event) => keys(event, at)} dir="auto" />
            {draft.options.length > 2 && <button class="round" type="button" aria-label={t("poll.remove", { n: at + 1 })} onClick={() => remove(at)}><Icon name="close" /></button>}
          </li>
        ))}
      </ul>
      <p class="hint">{draft.quiz ? t("poll.mark_right") : t("poll.room", { n: MOST - draft.options.filter((one) => one.trim()).length })}</p>
    </fieldset>
  );
}

const [HOUR, DAY] = [3600, 86_400];
const PERIODS = [HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];

function Closes({ closes, now, onChange }: { closes: number; now: number; onChange: (closes: number) => void }) {
  const near = closes ? PERIODS.toSorted((a, b) => Math.abs(now + a - closes) - Math.abs(now + b - closes))[0] : 0;
  return (
    <label class="field select">
      <span>{t("poll.closes")}</span>
      <select value={near} onChange={(event) => onChange(Number(event.currentTarget.value) && now + Number(event.currentTarget.value))}>
        <option value={0}>{t("poll.closes_never")}</option>
        {PERIODS.map((one) => <option key={one} value={one}>{one < DAY ? t("poll.closes_hours", { n: one / HOUR }) : t("poll.closes_days", { n: one / DAY })}</option>)}
      </select>
    </label>
  );
}
