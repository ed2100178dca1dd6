/** Who may see or do what; blocked people. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { GlobalPrivacySettings } from "../../wire/schema.d.ts";
import { describe, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { block } from "../info/index.tsx";
import { PersonPicker } from "./person-picker.tsx";
import type { Blocked, Choice, Setting, Who } from "./privacy.ts";
import { exceptionsOf, loadBlocked, loadGlobal, loadPrivacy, saveGlobal, savePrivacy, SETTINGS, withException, withoutException } from "./privacy.ts";
import type { PartProps } from "./sections.ts";

export const WHO: Record<Who, Key> = { everybody: "privacy.everybody", contacts: "privacy.contacts", nobody: "privacy.nobody" };

const fail = (error: unknown) => alarm(describe(error));

/** All rules, each with a page of its own. */
export function Privacy({ detail }: PartProps) {
  const setting = SETTINGS.find((one) => one.id === detail);
  if (setting) return <Rule key={setting.id} setting={setting} />;
  if (detail === "blocked") return <BlockedPeople />;
  return (
    <>
      <Overview />
      <ReadTime />
    </>
  );
}

function Overview() {
  const client = useClient();
  const [all, setAll] = useState<Record<string, Choice>>({});
  const [blocked, setBlocked] = useState<Blocked | null>(null);
  useEffect(() => {
    const one = async (setting: Setting) => [setting.id, await loadPrivacy(client, setting)] as const;
    Promise.all(SETTINGS.map(one)).then((found) => setAll(Object.fromEntries(found)), fail);
    loadBlocked(client, 0).then(setBlocked, fail);
  }, []);
  const said = (choice: Choice | undefined) => {
    if (!choice) return "…";
    const n = exceptionsOf(choice.who).reduce((sum, kind) => sum + choice[kind].length, 0);
    return [t(WHO[choice.who]), n ? t("privacy.exceptions_n", { n }) : ""].filter(Boolean).join(" · ");
  };
  return (
    <section>
      <h2>{t("privacy.title")}</h2>
      <ul class="pick">
        {SETTINGS.map((one) => <Row key={one.id} href={one.id} title={t(one.title)} said={said(all[one.id])} />)}
        <Row href="blocked" title={t("privacy.blocked")} said={blocked ? t("privacy.blocked_n", { n: blocked.count }) : "…"} />
      </ul>
    </section>
  );
}

function Row({ href, title, said }: { href: string; title: string; said: string }) {
  return (
    <li>
      <a class="settings-line" href={`/app/settings/privacy/${href}`}><span>{title}</span> <span class="hint">{said}</span></a>
    </li>
  );
}

function Rule({ setting }: { setting: Setting }) {
  const client = useClient();
  const [choice, setChoice] = useState<Choice | null>(null);
  useEffect(() => {
    loadPrivacy(client, setting).then(setChoice, fail);
  }, []);
  if (!choice) return <p class="hint" role="status">{t("settings.loading")}</p>;
  const save = (wanted: Choice) => {
    const before = choice;
    setChoice(wanted);
    savePrivacy(client, setting, wanted).then(setChoice, (error: unknown) => (setChoice(before), fail(error)));
  };
  return (
    <>
      <fieldset class="choice">
        <legend>{t(setting.title)}</legend>
        <p class="hint">{t(setting.hint)}</p>
        {setting.who.map((one) => (
          <label key={one} class="tick"><input type="radio" name="who" checked={choice.who === one} onInput={() => save({ ...choice, who: one })} /><span>{t(WHO[one])}</span></label>
        ))}
      </fieldset>
      {exceptionsOf(choice.who).map((kind) => <Exceptions key={kind} kind={kind} choice={choice} onSave={save} />)}
    </>
  );
}

function Exceptions({ kind, choice, onSave }: { kind: "allow" | "never"; choice: Choice; onSave: (choice: Choice) => void }) {
  const [adding, setAdding] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const title = t(kind === "allow" ? "privacy.allow" : "privacy.never");
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul class="pick">
        {choice[kind].map((id) => <Person key={id} peer={`u${id}`} label="privacy.remove" onRemove={() => (button.current?.focus(), onSave(withoutException(choice, id)))} />)}
      </ul>
      <p><button ref={button} type="button" class="secondary" onClick={() => setAdding(true)}><Icon name="new" />{t("privacy.add")}</button></p>
      {adding && <PersonPicker title={title} without={choice[kind].map((id) => `u${id}`)} onClose={() => setAdding(false)} onPick={(key) => (setAdding(false), onSave(withException(choice, kind, key.slice(1))))} />}
    </section>
  );
}

function Person({ peer, label, onRemove }: { peer: string; label: Key; onRemove: () => void }) {
  const name = useName(peer, true);
  return (
    <li class="device">
      <PeerAvatar peer={peer} size="small" />
      <bdi class="file-text">{name}</bdi>
      <button type="button" class="plain" aria-label={`${t(label)}: ${name}`} onClick={onRemove}>{t(label)}</button>
    </li>
  );
}

/** Whether the time at which I have read is told; what becomes of archived chats. */
function ReadTime() {
  const client = useClient();
  const [settings, setSettings] = useState<GlobalPrivacySettings | null>(null);
  useEffect(() => {
    loadGlobal(client).then(setSettings, fail);
  }, []);
  if (!settings) return null;
  const tick = (name: "hide_read_marks" | "keep_archived_unmuted" | "keep_archived_folders", wanted: boolean) => {
    const { [name]: _, ...others } = settings;
    saveGlobal(client, wanted ? { ...others, [name]: true } : others).then(setSettings, (error: unknown) => (setSettings({ ...settings }), fail(error)));
  };
  return (
    <>
      <section>
        <h2>{t("privacy.read")}</h2>
        <label class="tick"><input type="checkbox" name="read" checked={!settings.hide_read_marks} onInput={(event) => tick("hide_read_marks", !event.currentTarget.checked)} /><span>{t("privacy.read_shown")}<small>{t("privacy.read_hint")}</small></span></label>
      </section>
      <section>
        <h2>{t("privacy.archive")}</h2>
        <label class="tick"><input type="checkbox" checked={settings.keep_archived_unmuted ?? false} onInput={(event) => tick("keep_archived_unmuted", event.currentTarget.checked)} /><span>{t("privacy.archive_unmuted")}</span></label>
        <label class="tick"><input type="checkbox" checked={settings.keep_archived_folders ?? false} onInput={(event) => tick("keep_archived_folders", event.currentTarget.checked)} /><span>{t("privacy.archive_folders")}</span></label>
      </section>
    </>
  );
}

function BlockedPeople() {
  const client = useClient();
  const [found, setFound] = useState<Blocked | null>(null);
  useEffect(() => {
    loadBlocked(client, 0).then(setFound, fail);
  }, []);
  if (!found) return <p class="hint" role="status">{t("settings.loading")}</p>;
  const unblock = (key: string) =>
    void block(client, key, false).then(() => {
      confirmDone(t("privacy.unblocked"));
      setFound({ keys: found.keys.filter((one) => one !== key), count: found.count - 1 });
    }, fail);
  const more = () => void loadBlocked(client, found.keys.length).then((next) => setFound({ keys: [...new Set([...found.keys, ...next.keys])], count: next.count }), fail);
  return (
    <section>
      <h2>{t("privacy.blocked")}</h2>
      <p class="hint">{t(found.keys.length ? "privacy.blocked_hint" : "privacy.blocked_none")}</p>
      <ul class="pick devices">{found.keys.map((key) => <Person key={key} peer={key} label="info.unblock" onRemove={() => unblock(key)} />)}</ul>
      {found.count > found.keys.length && <p><button type="button" class="plain" onClick={more}>{t("privacy.more")}</button></p>}
    </section>
  );
}
