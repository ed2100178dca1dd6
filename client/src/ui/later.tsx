/** A part of the page whose code is loaded when it is first shown. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";

/** A component in place of the one that `load` brings. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => preact.JSX.Element | null {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | null>(() => loaded);
    const [lost, setLost] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then((found) => setPart(() => (loaded = found)), () => setLost(true));
    }, []);
    if (lost) return <p class="hint" role="alert">{t("error.offline")}</p>;
    return Part && <Part {...props} />;
  };
}
