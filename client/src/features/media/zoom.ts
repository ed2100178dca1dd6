/** How a picture lies on its stage: larger by `scale`, its middle moved by `x`, `y` pixels. Pure. */
export interface View {
  scale: number;
  x: number;
  y: number;
}
/** Half of what the picture measures unscaled, and half of its stage. */
export interface Room {
  width: number;
  height: number;
  stageWidth: number;
  stageHeight: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const STEP = 1.5;
const MOST = 8;

/** Larger or smaller by a factor; the point `px`, `py` (from the middle of the stage) stays where it is. */
export function zoomed(view: View, factor: number, px: number, py: number, room: Room): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return held({ scale, x: px - (px - view.x) * grown, y: py - (py - view.y) * grown }, room);
}

/** Moved by so much, as far as there is something to see. */
export function moved(view: View, dx: number, dy: number, room: Room): View {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, room);
}

function held(view: View, room: Room): View {
  const hold = (at: number, half: number, stage: number) => {
    const most = Math.max(0, half * view.scale - stage);
    return Math.min(most, Math.max(-most, at)) + 0;
  };
  return { scale: view.scale, x: hold(view.x, room.width, room.stageWidth), y: hold(view.y, room.height, room.stageHeight) };
}
