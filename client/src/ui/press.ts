/** A long press of a finger does what a right click does, where the browser does not say so itself. */
import { useRef } from "preact/hooks";
import type { Place } from "./menu.tsx";

const LONG_MS = 500;
const MOVED = 10;

/** Handlers for an element; `open` gets the place of the click or the press. */
export function usePress(open: (at: Place) => void) {
  const state = useRef<{ timer?: ReturnType<typeof setTimeout>; at: Place; pressed: boolean }>({ at: { x: 0, y: 0 }, pressed: false });
  const cancel = () => clearTimeout(state.current.timer);
  return {
    onPointerDown: (event: PointerEvent) => {
      cancel();
      state.current.pressed = false;
      if (event.pointerType !== "touch") return;
      state.current.at = { x: event.clientX, y: event.clientY };
      state.current.timer = setTimeout(() => {
        state.current.pressed = true;
        open(state.current.at);
      }, LONG_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      const { x, y } = state.current.at;
      if (Math.hypot(event.clientX - x, event.clientY - y) > MOVED) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    // What the finger would have pressed besides.
    onClickCapture: (event: MouseEvent) => {
      if (!state.current.pressed) return;
      state.current.pressed = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onContextMenu: (event: MouseEvent) => {
      if (getSelection()?.toString()) return;
      event.preventDefault();
      cancel();
      open({ x: event.clientX, y: event.clientY });
    },
  };
}
