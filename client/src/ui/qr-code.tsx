/** A QR code as a drawing. What makes it is loaded when the first one is shown. */
import { useEffect, useState } from "preact/hooks";

/** Modules around it that stay empty. */
const MARGIN = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState({ size: 0, path: "" });
  useEffect(() => {
    let over = false;
    void import("lean-qr").then(({ generate }) => {
      const code = generate(text);
      let path = "";
      for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
      if (!over) setDrawn({ size: code.size, path });
    });
    return () => {
      over = true;
    };
  }, [text]);
  const side = drawn.size + 2 * MARGIN;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`} shape-rendering="crispEdges">
      <path d={drawn.path} />
    </svg>
  );
}
