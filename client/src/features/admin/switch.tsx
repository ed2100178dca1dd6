/** Small parts of the screens: a switch that is turned at the server, something that only shows why it is empty. */
import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";

interface Given {
  on: boolean;
  label: string;
  hint?: string;
  disabled?: boolean;
  onTurn: (to: boolean) => Promise<unknown> | void;
}

/** Shows at once what was wanted, and what is once the server has answered. */
export function Switch({ on, label, hint, disabled, onTurn }: Given) {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const turn = (to: boolean) => {
    const turned = onTurn(to);
    if (!turned) return;
    setWanted(to);
    void turned.finally(() => setWanted(null));
  };
  return (
    <label class={disabled ? "switch off" : "switch"}>
      <span>{label}{hint && <small>{hint}</small>}</span>
      <input type="checkbox" role="switch" checked={wanted ?? on} disabled={disabled} aria-busy={wanted !== null} onInput={(event) => turn(event.currentTarget.checked)} />
    </label>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="admin-section"><h3>{title}</h3>{children}</section>;
}
