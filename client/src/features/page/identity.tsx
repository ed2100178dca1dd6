/** What a channel shows itself as on the web: name, logo, colours, sections, texts, and its own domain. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { petitbleu_identity } from "../../wire/schema.d.ts";
import { randomFileId, upload } from "../../wire/upload.ts";
import { copy, describe, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import "./page.css";

type Call = () => Promise<petitbleu_identity>;
/** Do something and show how things stand then; whether it was taken. */
type Deed = (call: Call) => Promise<boolean>;

export function IdentityDialog({ chat, onClose }: { chat: string; onClose: () => void }) {
  const client = useClient();
  const channel = channelOf(client, chat);
  const [shown, setShown] = useState<petitbleu_identity | null>(null);
  const [wrong, setWrong] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const load = () => {
    setWrong("");
    client.connection.call("petitbleu.getIdentity", { channel }).then(setShown, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(load, []);
  const deed: Deed = async (call) => {
    setBusy(true);
    setWrong("");
    setSaid("");
    try {
      const found = await call();
      setShown(found);
      if (found.refused) setWrong(found.said ?? "");
      else setSaid(found.said ?? t("page.saved"));
      return !found.refused;
    } catch (error) {
      setWrong(describe(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const set = (name: string) => (value: string) => deed(() => client.connection.call("petitbleu.setIdentity", { channel, name, value }));
  const sendLogo = (file: File) =>
    deed(async () => {
      const sent = await upload(file, randomFileId(), client.config.limits, { stop: new AbortController().signal, progress: () => {} });
      return client.connection.call("petitbleu.setLogo", { channel, file: sent });
    });
  return (
    <Dialog title={t("paper.title")} closeLabel={t("dialog.close")} onClose={onClose}>
      {!shown && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
      <p class={said ? "page-said" : "unseen"} role="status">{said}</p>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {!shown && wrong && <div class="dialog-acts"><button class="secondary" type="button" onClick={load}>{t("status.retry")}</button></div>}
      {shown && (
        <>
          <Part label={t("paper.name")} hint={t("paper.name_hint")} kept={shown.name} most={64} save={set("name")} />
          <Logo logo={shown.logo} busy={busy} send={sendLogo} remove={() => deed(() => client.connection.call("petitbleu.setLogo", { channel }))} />
          <Colour label={t("paper.accent")} kept={shown.accent} usual="#1d5fa8" save={set("accent")} />
          <Colour label={t("paper.background")} kept={shown.background} usual="#fdfdfb" save={set("background")} />
          <Part label={t("paper.sections")} hint={t("paper.sections_hint")} kept={shown.sections} most={1000} rows={4} save={set("sections")} />
          <Part label={t("paper.about")} kept={shown.about} most={8000} rows={5} save={set("about")} />
          <Part label={t("paper.imprint")} hint={t("paper.imprint_hint")} kept={shown.imprint} most={1000} rows={3} save={set("imprint")} />
          <Domain key={shown.domain?.domain ?? ""} shown={shown} busy={busy} ask={(domain) => deed(() => client.connection.call("petitbleu.setDomain", { channel, domain }))} check={() => deed(() => client.connection.call("petitbleu.checkDomain", { channel }))} />
        </>
      )}
    </Dialog>
  );
}

type PartProps = { label: string; hint?: string; kept: string; most: number; rows?: number; save: (value: string) => Promise<boolean> };

/** A line or several; the button is there once something was written. */
function Part({ label, hint, kept, most, rows, save }: PartProps) {
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  const field = { value: text, maxLength: most, dir: "auto" as const };
  return (
    <Saved changed={text !== kept} save={() => save(text)}>
      <label class="field">
        <span>{label}</span>
        {rows ? <textarea {...field} rows={rows} onInput={(event) => setText(event.currentTarget.value)} /> : <input {...field} onInput={(event) => setText(event.currentTarget.value)} />}
      </label>
      {hint && <p class="hint">{hint}</p>}
    </Saved>
  );
}

function Saved({ changed, save, children }: { changed: boolean; save: () => Promise<boolean>; children: ComponentChildren }) {
  const submit = (event: Event) => {
    event.preventDefault();
    void save();
  };
  return <form class="page-line" onSubmit={submit}>{children}{changed && <button class="secondary">{t("composer.save")}</button>}</form>;
}

/** A colour by its picker; what cannot be read is refused by the server, with the contrast it would have. */
function Colour({ label, kept, usual, save }: { label: string; kept: string; usual: string; save: (value: string) => Promise<boolean> }) {
  const id = useId();
  const [value, setValue] = useState(kept || usual);
  useEffect(() => setValue(kept || usual), [kept]);
  const put = (colour: string) => void save(colour).then((done) => done || setValue(kept || usual));
  return (
    <div class="field">
      <label class="paper-label" for={id}>{label}</label>
      <div class="paper-colour">
        <input id={id} type="color" value={value} onInput={(event) => setValue(event.currentTarget.value)} onChange={(event) => put(event.currentTarget.value)} />
        <code dir="ltr">{value}</code>
        {kept && <button class="plain" type="button" aria-label={t("paper.usual_of", { name: label })} onClick={() => put("")}>{t("paper.usual")}</button>}
      </div>
    </div>
  );
}

function Logo({ logo, busy, send, remove }: { logo: string | undefined; busy: boolean; send: (file: File) => Promise<boolean>; remove: () => Promise<boolean> }) {
  const field = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState("");
  useEffect(() => () => URL.revokeObjectURL(own), [own]);
  const chosen = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    input.value = "";
    if (file) void send(file).then((done) => done && setOwn(URL.createObjectURL(file)));
  };
  return (
    <section class="page-part" aria-label={t("paper.logo")}>
      <span class="paper-label" aria-hidden="true">{t("paper.logo")}</span>
      {logo && own && <img class="paper-logo" src={own} alt="" />}
      {logo && !own && <p class="hint">{t("paper.logo_there")}</p>}
      <p class="panel-acts">
        <button class="secondary" type="button" aria-disabled={busy} onClick={() => busy || field.current?.click()}><Icon name="attach" />{t(logo ? "paper.logo_change" : "paper.logo_choose")}</button>
        {logo && <button class="secondary danger" type="button" onClick={() => void remove()}>{t("paper.logo_remove")}</button>}
      </p>
      <input ref={field} type="file" accept="image/*" hidden onChange={(event) => chosen(event.currentTarget)} />
    </section>
  );
}

type DomainProps = { shown: petitbleu_identity; busy: boolean; ask: (domain: string) => Promise<boolean>; check: () => Promise<boolean> };

function Domain({ shown, busy, ask, check }: DomainProps) {
  const { domain } = shown;
  if (!domain) return <Part label={t("paper.domain")} hint={t("paper.domain_hint")} kept="" most={253} save={ask} />;
  return (
    <section class="page-part">
      <h3>{t("paper.domain")}</h3>
      <p><strong dir="ltr">{domain.domain}</strong></p>
      <p class="hint">{t(domain.verified ? "paper.domain_proved" : "paper.domain_how")}</p>
      <Copied label={t("paper.record")} text={domain.record} />
      <Copied label={t("paper.value")} text={domain.value} />
      {!domain.verified && <p class="hint">{t("paper.or_file")}</p>}
      {!domain.verified && <Copied label={t("paper.file")} text={domain.file} />}
      <p class="panel-acts">
        {!domain.verified && <button class="primary" type="button" aria-disabled={busy} onClick={() => busy || void check()}>{t("paper.check")}</button>}
        <button class="secondary danger" type="button" aria-disabled={busy} onClick={() => busy || void ask("")}>{t("paper.give_up")}</button>
      </p>
    </section>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <span class="paper-label">{label}</span>
      <p class="page-address"><span dir="ltr">{text}</span><button class="round" type="button" aria-label={t("paper.copy", { name: label })} onClick={() => copy(text)}><Icon name="copy" /></button></p>
    </div>
  );
}
