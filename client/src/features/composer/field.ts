/** What the composer asks of a field, plain or rich. */
import type { Rich } from "../../ui/markdown.ts";
import type { MessageEntity } from "../../wire/schema.d.ts";

export interface Place {
  /** The text as it stands in the field: with its marks in the plain one. */
  text: string;
  start: number;
  end: number;
}

export interface Field {
  readonly element: HTMLElement;
  place(): Place;
  /** Put a text in the place of a part, with the caret after it; it can be undone. */
  replace(start: number, end: number, by: Rich): void;
  /** `kinds`: the styles of what is typed next; those around it where nothing is said. */
  select(start: number, end: number, kinds?: ReadonlySet<MessageEntity["_"]>): void;
}

export interface FieldProps {
  id: string;
  placeholder: string;
  /** Whether it is an edit: nothing else says so in here. */
  label: string;
  onKeyDown: (event: KeyboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
  /** Attributes of what is open beside the field. */
  aria: Record<string, string | undefined>;
  ready: (field: Field | null) => void;
}
