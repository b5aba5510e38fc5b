import type { Answer } from './answer.ts';
import { element } from './element.ts';
import { FACET_TITLES, facetValueTitle, sortFacetValues } from './facet-words.ts';
import type { Facet } from './search-state.ts';

function choice(facet: Facet, value: string, count: number, checked: boolean): HTMLElement {
  const box = element('input', { type: 'checkbox', name: facet, value });
  box.checked = checked;
  return element(
    'label',
    { class: count === 0 ? 'choice choice-empty' : 'choice' },
    box,
    element('span', {}, facetValueTitle(facet, value)),
    element('span', { class: 'count' }, String(count)),
  );
}

/** A group of choices per facet: every value that some page has, with the number of pages that it would leave. */
function groups(shown: readonly Facet[], { values: all, counts, state }: Answer): Node[] {
  return shown.flatMap((facet) => {
    const chosen = state.choices[facet];
    const values = sortFacetValues(facet, [...Object.keys(all[facet] ?? {}), ...chosen]);
    if (values.length === 0) return [];
    const boxes = values.map((value) =>
      choice(facet, value, counts[facet]?.[value] ?? 0, chosen.includes(value)),
    );
    return [
      element('fieldset', { class: 'facet' }, element('legend', {}, FACET_TITLES[facet]), ...boxes),
    ];
  });
}

/** Draws facets of an answer anew, and gives the keyboard back to the box that had it. */
export function renderFacets(region: HTMLElement, shown: readonly Facet[], answer: Answer): void {
  const focused = document.activeElement;
  const kept = focused instanceof HTMLInputElement && region.contains(focused) ? focused : null;
  region.replaceChildren(...groups(shown, answer));
  const same = [...region.querySelectorAll('input')].find(
    ({ name, value }) => name === kept?.name && value === kept.value,
  );
  same?.focus();
}
