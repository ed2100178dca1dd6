/** Icons, drawn by strokes on a grid of 24. They are decoration: the button beside them has a name. */
const PATHS = {
  accessibility: "M12 5.500v.01M5 9l7 1.500L19 9m-7 1.500V15m-3 6 3-6 3 6",
  appearance: "M12 3v18a9 9 0 0 0 0-18m0 0a9 9 0 0 0 0 18",
  attach: "M20 11.5 12 19.4a5 5 0 0 1-7-7L13.500 4a3.400 3.400 0 0 1 4.800 4.800L10 17a1.700 1.700 0 0 1-2.400-2.400L15 7.300",
  back: "M19 12H5m6-7-7 7 7 7",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6m4 10h4",
  calendar: "M4 6h16v14H4zm0 4h16M8 3v4m8-4v4",
  check: "m5 12.500 4.500 4.500L19 7.500",
  clock: "M12 7v5l3.500 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  device: "M4 5h16v11H4zm5 15h6m-3-4v4",
  down: "m6 9 6 6 6-6",
  edit: "M4 20h4L19 9l-4-4L4 16zm9-13 4 4",
  file: "M6 3h8l5 5v13H6zm8 0v5h5",
  flag: "M6 21V4h12l-2.500 4.500L18 13H6",
  folder: "M3 6h6l2 2.500h10V19H3z",
  forward: "M14 6l6 6-6 6M20 12H9a5 5 0 0 0-5 5v2",
  globe: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M3.500 12h17M12 3c5 5 5 13 0 18-5-5-5-13 0-18",
  group: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7m-6.500 9a6.500 6.500 0 0 1 13 0m.5-9a3.500 3.500 0 0 0 0-7m2.500 16a6.500 6.500 0 0 0-3.500-6",
  info: "M12 11v6m0-10v.5M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18",
  lock: "M6 11h12v10H6zm2.500 0V7.500a3.500 3.500 0 0 1 7 0V11",
  link: "M10 14a4 4 0 0 0 5.700 0l3.600-3.600a4 4 0 0 0-5.700-5.700L12.500 5.800M14 10a4 4 0 0 0-5.700 0l-3.600 3.600a4 4 0 0 0 5.700 5.700l1.100-1.100",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  message: "M4 5h16v11H9l-5 4z",
  microphone: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3m-7-3.500a7 7 0 0 0 14 0M12 18.500V22",
  minus: "M5 12h14",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  mute: "M6 10a6 6 0 0 1 9-5.200M18 10c0 5 2 6 2 6H8M4 16s2-1 2-6m4 10h4M4 4l16 16",
  new: "M12 5v14M5 12h14",
  next: "M5 12h14m-6-7 7 7-7 7",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 9a8 8 0 0 1 16 0",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zm3 11v6",
  poll: "M5 20V11m7 9V4m7 16v-6",
  react: "M9 10v.5M15 10v.5M8.500 14.500a4.500 4.500 0 0 0 7 0M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  reply: "m10 6-6 6 6 6M4 12h11a5 5 0 0 1 5 5v2",
  save: "M12 4v11m-5-4 5 5 5-5M5 20h14",
  search: "m20 20-4.500-4.500M18 10.500a7.500 7.500 0 1 1-15 0 7.500 7.500 0 0 1 15 0",
  send: "M4 12 20 4l-5 16-3-7z",
  settings: "M4 7h9m4 0h3M4 17h3m4 0h9M13 4.500v5M7 14.500v5M15 7h2M7 17h4",
  shield: "M12 3l7.500 3v5c0 5-3.500 8.500-7.500 10-4-1.500-7.500-5-7.500-10V6z",
  stop: "M7 7h10v10H7z",
  storage: "M4 6c0-4 16-4 16 0s-16 4-16 0m0 0v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  up: "m6 15 6-6 6 6",
} as const;
export type IconName = keyof typeof PATHS;

/** `flips`: pictures of a direction turn round where the script runs from right to left. */
export function Icon({ name }: { name: IconName }) {
  const flips = name === "back" || name === "forward" || name === "next" || name === "reply" || name === "send";
  return (
    <svg class={flips ? "icon flips" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
