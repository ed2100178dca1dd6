/** A part of a feature whose code is loaded when it is first shown. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";

/** `load` gives the component; nothing is shown until it is there, and a failed load can be tried again. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let known: FunctionComponent<P> | null = null;
  return function Later(props: P) {
    const [part, setPart] = useState<{ shown: FunctionComponent<P> } | null>(known && { shown: known });
    const [failed, setFailed] = useState(false);
    const fetch = () => {
      setFailed(false);
      load().then((shown) => setPart({ shown: (known = shown) }), () => setFailed(true));
    };
    useEffect(() => {
      if (!part) fetch();
    }, []);
    if (failed) return <p class="nothing" role="alert">{t("error.offline")} <button type="button" class="plain" onClick={fetch}>{t("status.retry")}</button></p>;
    return part && <part.shown {...props} />;
  };
}
