/** The list over the field: what the word at the caret may stand for. The field keeps the focus. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../i18n/index.ts";
import type { Written } from "../../../state/drafts.ts";
import { PeerAvatar, useClient } from "../../app/index.tsx";
import type { Field } from "../field.ts";
import type { Option } from "./sources.ts";
import { optionsFor } from "./sources.ts";
import type { Trigger } from "./trigger.ts";
import { triggerAt } from "./trigger.ts";
import "./suggest.css";

interface Props {
  chat: string;
  field: { current: Field | null };
  written: Written;
  /** Filled with what takes the keys that are for the list. */
  keys: { current: ((event: KeyboardEvent) => boolean) | null };
  onAria: (attributes: Record<string, string | undefined>) => void;
}
const TITLES = { "@": "suggest.people", "#": "suggest.tags", ":": "suggest.emoji", "/": "suggest.commands" } as const;
const MORE_MS = 120;

export function Suggestions({ chat, field, written, keys, onAria }: Props) {
  const { trigger, dismiss } = useTrigger(field, written);
  const options = useOptions(chat, trigger);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const open = trigger !== null && options.length > 0;
  const here = Math.min(at, Math.max(0, options.length - 1));
  useEffect(() => setAt(0), [trigger?.kind, trigger?.word]);
  useEffect(() => list.current?.children[here]?.scrollIntoView({ block: "nearest" }), [here]);
  const attributes = open ? { "aria-controls": id, "aria-activedescendant": `${id}-${here}`, "aria-haspopup": "listbox", "aria-autocomplete": "list" } : {};
  useLayoutEffect(() => onAria(attributes), [open, here, id]);
  const accept = (option: Option | undefined) => {
    if (!option || !trigger) return;
    option.chosen?.();
    dismiss();
    field.current?.replace(trigger.from, trigger.to, option.put);
  };
  keys.current = (event) => {
    if (!open || event.ctrlKey || event.metaKey || event.altKey) return false;
    const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1 };
    const next = steps[event.key];
    if (next !== undefined) setAt((next + options.length) % options.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) accept(options[here]);
    else if (event.key === "Escape") dismiss();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  if (!open) return <span class="unseen" role="status" />;
  return (
    <>
      <span class="unseen" role="status">{t("suggest.count", { n: options.length })}</span>
      <ul ref={list} id={id} class="suggest" role="listbox" aria-label={t(TITLES[trigger.kind])}>
        {options.map((one, n) => (
          // The press must not take the focus from the field.
          <li key={one.id} id={`${id}-${n}`} class="suggest-row" role="option" aria-selected={n === here} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()} onClick={() => accept(one)}>
            {one.peer && <PeerAvatar peer={one.peer} size="small" />}
            {one.emoji && <span class="suggest-emoji" aria-hidden="true">{one.emoji}</span>}
            <bdi>{one.label}</bdi>
            {one.note && <span class="hint"><bdi>{one.note}</bdi></span>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What is named at the caret, unless that was waved away. */
function useTrigger(field: { current: Field | null }, written: Written) {
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const away = useRef("");
  const look = () => {
    const at = field.current?.place();
    const focused = document.activeElement === field.current?.element;
    const found = at && focused && at.start === at.end ? triggerAt(at.text, at.start) : null;
    if (!found) away.current = "";
    const shown = found && `${found.kind}${found.from}` !== away.current ? found : null;
    setTrigger((before) => (before?.word === shown?.word && before?.from === shown?.from && before?.kind === shown?.kind ? before : shown));
  };
  useLayoutEffect(look, [written]);
  useEffect(() => {
    document.addEventListener("selectionchange", look);
    addEventListener("focusout", look);
    return () => {
      document.removeEventListener("selectionchange", look);
      removeEventListener("focusout", look);
    };
  }, []);
  const dismiss = () => {
    if (trigger) away.current = `${trigger.kind}${trigger.from}`;
    setTrigger(null);
  };
  return { trigger, dismiss };
}

/** The newest answer; while another is looked for, the one before stays, if it still fits. */
function useOptions(chat: string, trigger: Trigger | null): readonly Option[] {
  const client = useClient();
  const [found, setFound] = useState<{ for: string; options: readonly Option[] }>({ for: "", options: [] });
  const kind = trigger ? `${chat}${trigger.kind}${trigger.from}` : "";
  useEffect(() => {
    if (!trigger) return;
    let over = false;
    const take = (options: readonly Option[]) => {
      if (!over) setFound({ for: kind, options });
    };
    const timer = setTimeout(() => void optionsFor(client, chat, trigger).then(take, () => take([])), trigger.kind === "@" && trigger.word ? MORE_MS : 0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [kind, trigger?.word]);
  return found.for === kind && kind ? found.options : [];
}
