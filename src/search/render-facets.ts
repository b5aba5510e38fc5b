import { element } from './element.ts';
import { FACET_TITLES, facetValueTitle, sortFacetValues } from './facet-words.ts';
import type { FilterCounts } from './pagefind.ts';
import { type Choices, FACETS, type Facet } from './search-state.ts';

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
export function renderFacets(all: FilterCounts, counts: FilterCounts, choices: Choices): Node[] {
  return FACETS.flatMap((facet) => {
    const values = sortFacetValues(facet, [...Object.keys(all[facet] ?? {}), ...choices[facet]]);
    if (values.length === 0) return [];
    const boxes = values.map((value) =>
      choice(facet, value, counts[facet]?.[value] ?? 0, choices[facet].includes(value)),
    );
    return [
      element('fieldset', { class: 'facet' }, element('legend', {}, FACET_TITLES[facet]), ...boxes),
    ];
  });
}
