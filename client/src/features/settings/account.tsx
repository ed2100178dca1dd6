/** Picture, name, description, public name, birthday. */
import { useEffect, useState } from "preact/hooks";
import { lang, t } from "../../i18n/index.ts";
import { usernameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import type { Birthday, UserFull } from "../../wire/schema.d.ts";
import { copy, describe, useClient, useEntity } from "../app/index.tsx";
import { RpcError } from "../../wire/errors.ts";
import { Field, Form } from "./form.tsx";
import { Photo } from "./photo.tsx";
import { birthdayOf, checkUsername, loadSelf, saveBirthday, saveNames, saveUsername } from "./profile.ts";
import type { PartProps } from "./sections.ts";

const ABOUT_LENGTH = 70;
const PAUSE_MS = 400;

export function Profile({ detail }: PartProps) {
  const client = useClient();
  const known = useEntity(`u${client.store.me}`) !== undefined;
  const [full, setFull] = useState<UserFull | null>(null);
  useEffect(() => {
    loadSelf(client).then(setFull, (error: unknown) => alarm(describe(error)));
  }, []);
  if (detail) return null;
  if (!known || !full) return <p class="hint" role="status">{t("settings.loading")}</p>;
  return (
    <>
      <Photo />
      <Names about={full.about ?? ""} />
      <Username />
      <BirthdayForm known={full.birthday} />
    </>
  );
}

function Names({ about: before }: { about: string }) {
  const client = useClient();
  const me = useEntity(`u${client.store.me}`);
  const known = me?._ === "user" ? me : null;
  const [first, setFirst] = useState(known?.first_name ?? "");
  const [last, setLast] = useState(known?.last_name ?? "");
  const [about, setAbout] = useState(before);
  const save = async () => {
    await saveNames(client, { first_name: first, last_name: last, about });
    return t("settings.saved");
  };
  return (
    <Form title={t("settings.profile")} button={t("composer.save")} act={save}>
      <Field label={t("signin.first_name")} name="first" value={first} onValue={setFirst} maxLength={64} required />
      <Field label={t("signin.last_name")} name="last" value={last} onValue={setLast} maxLength={64} />
      <label class="field">
        <span>{t("settings.about_me")}</span>
        <textarea name="about" rows={2} maxLength={ABOUT_LENGTH} dir="auto" value={about} onInput={(event) => setAbout(event.currentTarget.value)} />
        <small class="hint">{t("settings.about_me_hint", { n: ABOUT_LENGTH - about.length })}</small>
      </label>
    </Form>
  );
}

/** Free, taken, not possible: asked once the typing pauses. */
function useCheck(name: string, own: string): string {
  const client = useClient();
  const [found, setFound] = useState("");
  useEffect(() => {
    setFound("");
    if (!name || name.toLowerCase() === own.toLowerCase()) return;
    if (!/^[a-z]\w{4,31}$/i.test(name)) return setFound(t("settings.username_rule"));
    let over = false;
    const timer = setTimeout(() => {
      const said = (kind: string) => (kind ? describe(new RpcError(kind === "USERNAME_INVALID" ? "USERNAME_FORM" : kind, 400)) : t("settings.username_free", { name }));
      checkUsername(client, name).then((kind) => over || setFound(said(kind)), (error: unknown) => over || setFound(describe(error)));
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [name, own]);
  return found;
}

function Username() {
  const client = useClient();
  const own = usernameOf(useEntity(`u${client.store.me}`));
  const [name, setName] = useState(own);
  const said = useCheck(name, own);
  const link = `${client.config.public_url || location.origin}/${own}`;
  const save = async () => {
    await saveUsername(client, name);
    return t(name ? "settings.saved" : "settings.username_gone");
  };
  return (
    <Form title={t("settings.username")} button={t("composer.save")} act={save}>
      <Field label={t("settings.username_field")} name="username" value={name} onValue={(value) => setName(value.replace(/^@/, "").trim())} maxLength={32} plain hint={t("settings.username_hint")} />
      <p class="hint" role="status">{said}</p>
      {own && <p class="row"><bdi dir="ltr" class="settings-link">{link}</bdi><button type="button" class="plain" onClick={() => copy(link)}>{t("message.copy_link")}</button></p>}
    </Form>
  );
}

const MONTHS = Array.from({ length: 12 }, (_, at) => at);

function BirthdayForm({ known }: { known: Birthday | undefined }) {
  const client = useClient();
  const [day, setDay] = useState(String(known?.day ?? ""));
  const [month, setMonth] = useState(String(known?.month ?? ""));
  const [year, setYear] = useState(String(known?.year ?? ""));
  const nameOf = new Intl.DateTimeFormat(lang(), { month: "long", timeZone: "UTC" });
  const save = async () => {
    const birthday = birthdayOf(day, month, year);
    if (birthday === "wrong") throw new RpcError("BIRTHDAY_INVALID", 400);
    await saveBirthday(client, birthday);
    return t(birthday ? "settings.saved" : "settings.birthday_gone");
  };
  return (
    <Form title={t("settings.birthday")} button={t("composer.save")} act={save}>
      <p class="hint">{t("settings.birthday_hint")}</p>
      <div class="settings-date">
        <Field label={t("settings.birthday_day")} value={day} onValue={setDay} maxLength={2} inputMode="numeric" autocomplete="bday-day" />
        <label class="field select">
          <span>{t("settings.birthday_month")}</span>
          <select value={month} onChange={(event) => setMonth(event.currentTarget.value)} autocomplete="bday-month">
            <option value="">–</option>
            {MONTHS.map((at) => <option key={at} value={at + 1}>{nameOf.format(Date.UTC(2000, at, 1))}</option>)}
          </select>
        </label>
        <Field label={t("settings.birthday_year")} value={year} onValue={setYear} maxLength={4} inputMode="numeric" autocomplete="bday-year" />
      </div>
    </Form>
  );
}
