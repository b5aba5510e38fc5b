import { describe, expect, it } from 'vitest';
import { licenceOf } from './licence.ts';

const paths = new Set(['COPYING', 'tools/wheels/COPYING']);
const of = (text: string, path = 'xen/common/wheel.c') => licenceOf(path, text.split('\n'), paths);

describe('the licence of a file', () => {
  it('is the identifier of its first lines', () => {
    expect(of('/* SPDX-License-Identifier: GPL-2.0-only */\nint hub;')).toEqual({
      spdx: 'GPL-2.0-only',
    });
    expect(of('#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0-only OR MIT')).toEqual({
      spdx: 'GPL-2.0-only OR MIT',
    });
  });

  it('is not an identifier that stands somewhere in the file', () => {
    expect(of('\n\n\n/* SPDX-License-Identifier: MIT */')).toEqual({ copying: 'COPYING' });
  });

  it('is what the head of the file says in words', () => {
    expect(of('/*\n * under the terms of the GNU Lesser General Public License\n */')).toEqual({
      head: true,
    });
  });

  it('is the COPYING of its folder, else of the tree', () => {
    expect(of('int hub;')).toEqual({ copying: 'COPYING' });
    expect(of('int hub;', 'tools/wheels/wheel.c')).toEqual({ copying: 'tools/wheels/COPYING' });
  });
});
