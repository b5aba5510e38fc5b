import { describe, expect, it } from 'vitest';
import { hasChoices, parseState, renderState } from './search-state.ts';

describe('the state of the search', () => {
  it('survives the way through the address', () => {
    const address = '?q=0x40-0x43&guest=hvm&guest=pvh&how=emulated&text=anyway';
    expect(renderState(parseState(address))).toBe(address);
  });

  it('has one address whatever the order and the repetitions', () => {
    expect(renderState(parseState('?how=native&guest=pvh&guest=hvm&guest=pvh&q=+pit+'))).toBe(
      '?q=pit&guest=hvm&guest=pvh&how=native',
    );
  });

  it('is empty without a question and drops what it does not know', () => {
    const state = parseState('?utm=1&guest=');
    expect(renderState(state)).toBe('');
    expect(hasChoices(state)).toBe(false);
  });

  it('keeps hostile text as text', () => {
    const query = '<img src=x onerror=alert(1)>&guest=pv';
    const address = renderState({ ...parseState(''), query });
    expect(parseState(address)).toMatchObject({ query, choices: { guest: [] } });
  });
});
