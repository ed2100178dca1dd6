/** A round picture, or initials on a colour of the peer's own. Decoration: the name stands beside it. */
import { useState } from "preact/hooks";

const COLOURS = 7;

export function Avatar({ id, initials, picture, size }: { id: string; initials: string; picture: string; size?: "small" | "large" }) {
  const [broken, setBroken] = useState("");
  const colour = Number(BigInt(id.replace(/\D/g, "") || "0") % BigInt(COLOURS));
  const shown = picture && broken !== picture;
  return (
    <span class={`avatar tint-${colour} ${size ?? ""}`} aria-hidden="true">
      {shown ? <img src={picture} alt="" loading="lazy" onError={() => setBroken(picture)} /> : initials}
    </span>
  );
}
