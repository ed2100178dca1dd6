/** The number at the icon of the installed app. */
interface Badged {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

let shown = -1;

/** Show how many chats have something new. */
export function showBadge(count: number): void {
  if (count === shown) return;
  shown = count;
  const place = navigator as Badged;
  void (count ? place.setAppBadge?.(count) : place.clearAppBadge?.())?.catch(() => {});
}
