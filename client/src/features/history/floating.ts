/** The day floats over the messages while they are scrolled; at rest it covers nothing. */
const REST_MS = 900;
const timers = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** To be called at each step of scrolling. */
export function floatDay(list: Element): void {
  clearTimeout(timers.get(list));
  list.classList.add("scrolling");
  timers.set(list, setTimeout(() => list.classList.remove("scrolling"), REST_MS));
}
