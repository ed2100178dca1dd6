/** Name, description, public name, picture. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { describe, useClient, useEntity } from "../app/index.tsx";

export function Profile() {
  const known = useEntity(`u${useClient().store.me}`) !== undefined;
  return known ? <Names /> : null;
}

function Names() {
  const client = useClient();
  const me = useEntity(`u${client.store.me}`);
  const known = me?._ === "user" ? me : null;
  const [first, setFirst] = useState(known?.first_name ?? "");
  const [last, setLast] = useState(known?.last_name ?? "");
  const [said, setSaid] = useState("");
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const user = await client.connection.call("account.updateProfile", { first_name: first, last_name: last });
      client.store.putEntities([user], []);
      setSaid(t("settings.saved"));
    } catch (error) {
      setSaid(describe(error));
    }
  };
  return (
    <form class="signin-form" onSubmit={save}>
      <h2>{t("settings.profile")}</h2>
      {known?.phone && <p class="hint" dir="ltr">+{known.phone}</p>}
      <label class="field"><span>{t("signin.first_name")}</span><input value={first} maxLength={64} dir="auto" onInput={(e) => setFirst(e.currentTarget.value)} required /></label>
      <label class="field"><span>{t("signin.last_name")}</span><input value={last} maxLength={64} dir="auto" onInput={(e) => setLast(e.currentTarget.value)} /></label>
      <p class="row"><button class="secondary">{t("composer.save")}</button><span role="status">{said}</span></p>
    </form>
  );
}
