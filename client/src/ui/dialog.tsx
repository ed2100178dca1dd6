/** A window of its own over the page: the browser's `dialog` keeps the focus in it and gives it back. */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { addLayer } from "./layers.ts";

export function Dialog(props: { title: string; closeLabel: string; onClose: () => void; /** Much to read and nothing to press: the keyboard scrolls it. */ reading?: boolean; /** It fills the window. */ whole?: boolean; onKeyDown?: (event: KeyboardEvent) => void; children: ComponentChildren }) {
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  const close = useRef(props.onClose);
  close.current = props.onClose;
  // At once: what is typed next is for it.
  useLayoutEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    const remove = addLayer(() => close.current());
    return () => {
      remove();
      dialog?.close();
    };
  }, []);
  const outside = (event: MouseEvent) => event.target === place.current && props.onClose();
  return (
    <dialog ref={place} class={props.whole ? "dialog whole" : "dialog"} aria-labelledby={id} onCancel={props.onClose} onClick={outside} onKeyDown={props.onKeyDown}>
      <header class="dialog-head">
        <h2 id={id}><bdi>{props.title}</bdi></h2>
        <button class="round" type="button" aria-label={props.closeLabel} onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="dialog-body" {...(props.reading ? { tabIndex: 0, role: "region", "aria-labelledby": id } : {})}>{props.children}</div>
    </dialog>
  );
}
