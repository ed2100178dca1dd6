/** One picture that can be made larger and moved: by wheel, two fingers, a double click, and by keys. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Room, View } from "./zoom.ts";
import { moved, WHOLE, zoomed } from "./zoom.ts";

const SWIPE = 60;
const CLOSE_UP = 2.5;
const WHEEL = 0.002;

export interface StageProps {
  src: string;
  alt: string;
  width: number;
  height: number;
  view: View;
  onView: (view: View) => void;
  /** Swiped: to the left or right of the screen. */
  onSwipe: (right: boolean) => void;
  onError: () => void;
  /** What the page asks of the stage. */
  handle: { current: StageHandle | null };
}
export interface StageHandle {
  zoom(factor: number): void;
  move(dx: number, dy: number): void;
}

export function Stage({ src, alt, width, height, view, onView, onSwipe, onError, handle }: StageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const fingers = useRef(new Map<number, PointerEvent>());
  const began = useRef<PointerEvent | null>(null);
  const now = useRef(view);
  now.current = view;
  const room = (): Room => {
    const [outer, inner] = [stage.current, picture.current];
    return { width: (inner?.offsetWidth ?? 0) / 2, height: (inner?.offsetHeight ?? 0) / 2, stageWidth: (outer?.clientWidth ?? 0) / 2, stageHeight: (outer?.clientHeight ?? 0) / 2 };
  };
  const set = (next: View) => onView((now.current = next));
  const zoomAt = (factor: number, clientX: number, clientY: number) => {
    const box = stage.current?.getBoundingClientRect();
    if (box) set(zoomed(now.current, factor, clientX - box.left - box.width / 2, clientY - box.top - box.height / 2, room()));
  };
  useLayoutEffect(() => {
    handle.current = {
      zoom: (factor) => set(factor === 0 ? WHOLE : zoomed(now.current, factor, 0, 0, room())),
      move: (dx, dy) => set(moved(now.current, dx, dy, room())),
    };
  });
  const down = (event: PointerEvent) => {
    if (event.button) return;
    stage.current?.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, event);
    began.current = fingers.current.size === 1 ? event : null;
  };
  const move = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    fingers.current.set(event.pointerId, event);
    const other = [...fingers.current.values()].find((one) => one.pointerId !== event.pointerId);
    if (other) {
      const apart = (one: PointerEvent) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoomAt(apart(event) / apart(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else if (now.current.scale > 1) set(moved(now.current, event.clientX - before.clientX, event.clientY - before.clientY, room()));
  };
  const up = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    const from = began.current;
    began.current = null;
    if (event.type !== "pointerup" || !from || event.pointerType === "mouse" || now.current.scale > 1) return;
    const across = event.clientX - from.clientX;
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(event.clientY - from.clientY)) onSwipe(across > 0);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? WHEEL * 16 : WHEEL)), event.clientX, event.clientY);
  };
  const twice = (event: MouseEvent) => (now.current.scale > 1 ? set(WHOLE) : zoomAt(CLOSE_UP, event.clientX, event.clientY));
  const style = { transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` };
  return (
    <div ref={stage} class={view.scale > 1 ? "stage larger" : "stage"} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onWheel={wheel} onDblClick={twice}>
      <img ref={picture} src={src} alt={alt} width={width} height={height} style={style} draggable={false} onError={onError} />
    </div>
  );
}

