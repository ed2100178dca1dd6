/** What lies over the page, in the order in which it was opened: dialogs and menus. The browser's Back closes the topmost. */
export type Close = () => void;

const open: Close[] = [];
/** Told of each layer that opens. */
let opened: Close = () => {};

/** Call `listener` at each layer that opens. */
export function onLayer(listener: Close): void {
  opened = listener;
}

/** A layer has been opened; gives what says that it is gone. */
export function addLayer(close: Close): Close {
  open.push(close);
  opened();
  return () => {
    const at = open.lastIndexOf(close);
    if (at >= 0) open.splice(at, 1);
  };
}

/** Close the topmost layer; whether there was one. */
export function closeTopLayer(): boolean {
  const close = open.pop();
  close?.();
  return close !== undefined;
}
