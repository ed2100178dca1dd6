/** One switch of a page: a tick, a choice, several ticks or a line of text. */
import { useEffect, useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import type { petitbleu_pageSwitch } from "../../wire/schema.d.ts";

/** Set a switch; whether that was done. */
export type Change = (name: string, value: string) => Promise<boolean>;
type Props = { one: petitbleu_pageSwitch; change: Change };

const LABELS: Record<string, Key> = {
  robots: "page.robots",
  ai: "page.ai",
  frames: "page.frames",
  share: "page.share",
  comments: "page.comments",
  comments_days: "page.comments_days",
  charter: "page.charter",
  pictures: "page.comment_pictures",
  members: "page.members",
  press: "page.press",
  newsletter: "page.newsletter",
  history: "page.history",
  second_reader: "page.second_reader",
  language: "page.language",
};
const HINTS: Record<string, Key> = {
  frames: "page.frames_hint",
  comments_days: "page.comments_days_hint",
  charter: "page.charter_hint",
  history: "page.history_hint",
  language: "page.language_hint",
  newsletter: "page.newsletter_hint",
  second_reader: "page.second_reader_hint",
  pictures: "page.comment_pictures_hint",
};
const VALUES: Record<string, Key> = {
  index: "page.robots_index",
  noarchive: "page.robots_noarchive",
  noindex: "page.robots_noindex",
  closed: "page.comments_closed",
  members: "page.comments_members",
  held: "page.comments_held",
  direct: "page.comments_direct",
  open: "page.comments_open",
  usual: "page.comments_usual",
  copy: "page.share_copy",
  mail: "page.share_mail",
  app: "page.share_app",
};
/** Names of sites are the same in every language. */
const SITES: Record<string, string> = { facebook: "Facebook", x: "X", linkedin: "LinkedIn", pinterest: "Pinterest", mastodon: "Mastodon" };

function labelOf(name: string): string {
  if (name.startsWith("post/")) return t("page.post", { id: name.slice("post/".length) });
  const key = LABELS[name];
  return key ? t(key) : name;
}

function words(value: string): string {
  const key = VALUES[value];
  return key ? t(key) : (SITES[value] ?? value);
}

/** The kind of control that its values ask for: a switch of a newer server is shown as well. */
export function Switch({ one, change }: Props) {
  if (one.values.join() === "on,off") return <Tick one={one} change={change} />;
  if (one.name === "share") return <Several one={one} change={change} />;
  if (one.values.length) return <Choice one={one} change={change} />;
  return <Line one={one} change={change} />;
}

/** What was chosen is shown at once, and as it was where the server refuses it. */
function useChosen({ one, change }: Props): [string, (value: string) => void] {
  const [chosen, setChosen] = useState(one.value);
  useEffect(() => setChosen(one.value), [one.value]);
  const choose = (value: string) => {
    setChosen(value);
    void change(one.name, value).then((done) => done || setChosen(one.value));
  };
  return [chosen, choose];
}

function Tick(props: Props) {
  const [chosen, choose] = useChosen(props);
  const hint = HINTS[props.one.name];
  return <label class="tick"><input type="checkbox" checked={chosen === "on"} onInput={(event) => choose(event.currentTarget.checked ? "on" : "off")} /><span>{labelOf(props.one.name)}{hint && <small class="hint">{t(hint)}</small>}</span></label>;
}

function Choice(props: Props) {
  const [chosen, choose] = useChosen(props);
  return (
    <label class="field select">
      <span>{labelOf(props.one.name)}</span>
      <select class="input" value={chosen} onInput={(event) => choose(event.currentTarget.value)}>{props.one.values.map((value) => <option key={value} value={value}>{words(value)}</option>)}</select>
    </label>
  );
}

function Several(props: Props) {
  const [written, choose] = useChosen(props);
  const chosen = written === "none" ? [] : written.split(",");
  const toggle = (value: string) => choose((chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]).join() || "none");
  return (
    <fieldset class="choice">
      <legend>{labelOf(props.one.name)}</legend>
      <div class="page-ticks">{props.one.values.map((value) => <label key={value} class="tick"><input type="checkbox" checked={chosen.includes(value)} onInput={() => toggle(value)} /><span>{words(value)}</span></label>)}</div>
    </fieldset>
  );
}

/** What the server writes for nothing in particular is shown as nothing. */
const EMPTY: Record<string, string> = { frames: "*", comments_days: "0", language: "off" };

function Line({ one, change }: Props) {
  const kept = one.value === EMPTY[one.name] ? "" : one.value;
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  const hint = HINTS[one.name];
  const save = (event: Event) => {
    event.preventDefault();
    void change(one.name, text.trim() || (one.name === "frames" ? "any" : ""));
  };
  return (
    <form class="page-line" onSubmit={save}>
      <label class="field">
        <span>{labelOf(one.name)}</span>
        <input value={text} maxLength={one.name === "charter" ? 300 : 2000} inputMode={one.name === "comments_days" ? "numeric" : "text"} onInput={(event) => setText(event.currentTarget.value)} dir="auto" />
      </label>
      {hint && <p class="hint">{t(hint)}</p>}
      {text !== kept && <button class="secondary">{t("composer.save")}</button>}
    </form>
  );
}
