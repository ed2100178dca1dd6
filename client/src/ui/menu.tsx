/** A menu at a place of the page: arrows move, Escape closes, the focus goes back to where it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { IconName } from "./icon.tsx";
import { Icon } from "./icon.tsx";
import { addLayer } from "./layers.ts";

export interface Item {
  label: string;
  icon: IconName;
  danger?: boolean;
  act: () => void;
}
export interface Place {
  x: number;
  y: number;
}

const EDGE = 8;

export function Menu(props: { label: string; at: Place; items: readonly Item[]; onClose: () => void; children?: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const back = useRef(document.activeElement);
  const close = () => {
    props.onClose();
    if (back.current instanceof HTMLElement) back.current.focus();
  };
  useLayoutEffect(() => {
    const menu = place.current;
    if (!menu) return;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(EDGE, Math.min(props.at.x, innerWidth - width - EDGE))}px`;
    menu.style.top = `${Math.max(EDGE, props.at.y + height + EDGE <= innerHeight ? props.at.y : props.at.y - height)}px`;
    menu.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [props.at]);
  useEffect(() => addLayer(props.onClose), []);
  useEffect(() => {
    const away = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) props.onClose();
    };
    addEventListener("pointerdown", away, true);
    addEventListener("blur", props.onClose);
    return () => {
      removeEventListener("pointerdown", away, true);
      removeEventListener("blur", props.onClose);
    };
  }, []);
  const keys = (event: KeyboardEvent) => {
    const all = [...(place.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const now = all.findIndex((one) => one === document.activeElement);
    const steps: Record<string, number> = { ArrowDown: now + 1, ArrowRight: now + 1, ArrowUp: now - 1, ArrowLeft: now - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (next !== undefined) all.at(next % all.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={place} class="menu" role="menu" aria-label={props.label} onKeyDown={keys}>
      {props.children}
      {props.items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={item.danger ? "menu-item danger" : "menu-item"}
          onClick={() => {
            close();
            item.act();
          }}
        >
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  );
}
