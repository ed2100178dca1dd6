import type { ComponentType, FunctionComponent } from "preact";
import { Component, createElement } from "preact";

/** A component that is rendered again only when what it is given has changed (or a signal it reads). */
export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const now = this.props as Record<string, unknown>;
      return Object.entries(next).some(([key, value]) => now[key] !== value);
    }
    override render() {
      return createElement(inner, this.props as P);
    }
  };
}
