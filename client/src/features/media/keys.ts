const SECONDS = 10;
const FRAME = 1 / 25;
const [SLOWEST, FASTEST, STEP] = [0.5, 2, 0.25];

/** Keys of a sound or video that has the focus; whether it was one. Space is the browser's own. */
export function mediaKey(media: HTMLMediaElement, key: string): boolean {
  const moves: Record<string, number> = { j: -SECONDS, l: SECONDS, ",": -FRAME, ".": FRAME };
  const move = moves[key.toLowerCase()];
  // How long it is may not be known yet.
  if (move !== undefined) media.currentTime = Math.max(0, Math.min(media.duration || Infinity, media.currentTime + move));
  else if (key.toLowerCase() === "k") void (media.paused ? media.play().catch(() => {}) : media.pause());
  else if (key === "<" || key === ">") {
    const rate = media.playbackRate + (key === ">" ? STEP : -STEP);
    media.playbackRate = Math.max(SLOWEST, Math.min(FASTEST, rate));
  } else return false;
  return true;
}
