/** The options below a combobox: one at most is active, the field says which, and it stays in sight. */
export interface OptionList {
  /** Puts new options in place of the old ones; none is active. */
  replace(nodes: readonly Node[]): void;
  /** Makes the next option active, or with -1 the one before; past an end the first or the last. */
  move(step: 1 | -1): void;
  /** The option that Enter follows, if any. */
  active(): HTMLElement | undefined;
}

export function optionList(field: HTMLInputElement, list: HTMLElement): OptionList {
  let options: readonly HTMLElement[] = [];
  let position = -1;
  const active = () => options[position];
  const activate = (next: number) => {
    active()?.setAttribute('aria-selected', 'false');
    position = next;
    const option = active();
    field.setAttribute('aria-activedescendant', option?.id ?? '');
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
  };
  return {
    active,
    replace(nodes) {
      list.replaceChildren(...nodes);
      options = [...list.querySelectorAll<HTMLElement>('[role=option]')];
      for (const [index, option] of options.entries()) option.id = `${list.id}-${index}`;
      list.hidden = options.length === 0;
      field.setAttribute('aria-expanded', String(options.length > 0));
      activate(-1);
    },
    move(step) {
      if (options.length === 0) return;
      const first = step === 1 ? 0 : options.length - 1;
      activate(position === -1 ? first : (position + step + options.length) % options.length);
    },
  };
}
